import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's Chromium without a window. Throws an error that says how to get it where there is none. */
export async function launchChromium(path = process.env.CHROMIUM ?? '/usr/bin/chromium'): Promise<Browser> {
  if (!existsSync(path)) {
    throw new Error(
      `No Chromium at ${path}. Get it with "apt-get update && apt-get install -y chromium", or set CHROMIUM to its path.`,
    )
  }
  return chromium.launch({
    executablePath: path,
    // Like the limits of pages: the tests have one of their own.
    timeout: 0,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
