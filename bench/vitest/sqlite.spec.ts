import { readFileSync } from 'node:fs'
import Driver from 'better-sqlite3'
import { test } from 'vitest'

// The least that a catalog of its own costs a test: the driver alone, in memory, with no call of ours.
const bytes = readFileSync(process.env.BENCH_TEMPLATE!)

for (let i = 0; i < 1000; i++) {
  test(`sqlite ${i}`, () => {
    const driver = new Driver(bytes)
    driver.prepare('SELECT locator, value FROM namespaces WHERE locator = ?').raw(true).get('shop')
    driver.prepare('INSERT INTO namespaces VALUES (?, ?)').run('other', '{"namespaceLocator":{"namespace":"other"}}')
    driver.close()
  })
}
