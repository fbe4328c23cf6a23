import { readFileSync } from 'node:fs'
import Driver from 'better-sqlite3'
import { test as base } from 'vitest'

export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it that nothing has to be made first
  names: async ({}, use) => {
    const driver = new Driver(readFileSync(process.env.BENCH_TEMPLATE))
    await use(driver.prepare('SELECT locator FROM namespaces').all())
    driver.close()
  },
})
