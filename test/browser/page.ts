import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { ReportView } from '../../src/inspector/model.ts'
import { reportPieces } from '../../src/inspector/page.ts'
import { launchChromium } from './chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Viewed {
  readonly page: Page
  /** Everything the browser complained of: errors, refusals by the security policy. */
  readonly complaints: string[]
  /** Every address that was asked for. */
  readonly requests: string[]
}

export interface Light {
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
}

/** One Chromium for a file of tests, and the reports that it opens, written to a directory of their own. */
export function browserTests(): {
  file(name: string, report: { readonly view: ReportView; readonly chunks: readonly string[] }): string
  open(file: string, fragment?: string, light?: Light): Promise<Viewed>
} {
  let browser: Browser
  let directory: string
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'deltacat-report-'))
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(directory, { recursive: true, force: true })
  })
  return {
    file(name, report) {
      const path = join(directory, name)
      writeFileSync(path, Array.from(reportPieces(report.view, report.chunks)).join(''))
      return path
    },
    async open(file, fragment = '', { width = 1280, height = 800, dark = false } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' })
      // Each has processes of its own: those of all tests together are more than a small machine has room for.
      onTestFinished(() => context.close())
      context.setDefaultTimeout(0)
      context.setDefaultNavigationTimeout(0)
      const page = await context.newPage()
      const complaints: string[] = []
      const requests: string[] = []
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => requests.push(request.url()))
      await page.goto(`${pathToFileURL(file).href}${fragment}`)
      await page.getByRole('tree').waitFor()
      return { page, complaints, requests }
    },
  }
}

/** What axe-core finds wrong: the rule, and where. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const results = (await page.evaluate('axe.run()')) as AxeResults
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

/** All nodes of the document, texts and comments counted. */
export function nodes(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL)
    let count = 0
    while (walker.nextNode()) count += 1
    return count
  })()`)
}

/** Waits until what was scrolled or resized has been drawn. */
export async function drawn(page: Page): Promise<void> {
  // A frame for what happened, and one for what was drawn because of it.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))',
  )
}
