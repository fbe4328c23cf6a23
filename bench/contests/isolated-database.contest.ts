import { unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import type { Catalog } from '../../src/catalog/index.ts'
import { emptyIndex } from '../../src/fixtures/fixture-index.ts'
import { openCopy, removeCopy, removeWorkerFolder } from '../../src/vitest-plugin/provision.ts'
import { hold, type Outcome } from '../contest.ts'
import { makeShop } from '../shop.ts'
import { standInForWorker } from '../worker.ts'

// Not more: a file system without a journal slows down with the number of files that were lately removed.
const ROUNDS = { rounds: 21, iterations: 120 }

/** What every test with a catalog pays: a file of its own from a template, and its removal. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  standInForWorker()
  // Both sides' files in one place: what a new file costs depends on its neighbours.
  process.env.TMPDIR = folder
  using shop = makeShop({ tables: 1, partitionsPerTable: 2, deltasPerPartition: 4 })
  const bytes = shop.serialize()
  const template = { bytes, index: emptyIndex, files: [] }
  const size = `${Math.round(bytes.length / 1000)} kB`
  let count = 0

  function write(): string {
    count += 1
    const path = join(folder, `${count}.db`)
    writeFileSync(path, bytes, { flag: 'wx' })
    return path
  }
  function ours(look: (catalog: Catalog) => unknown = () => {}): void {
    const catalog = openCopy(template, 'deterministic')
    look(catalog)
    catalog.getNamespace('shop')
    catalog.createNamespace('other')
    removeCopy(catalog)
  }
  function driverAlone(): void {
    const path = write()
    const driver = new Driver(path)
    driver.prepare('SELECT locator, value FROM namespaces WHERE locator = ?').raw(true).get('shop')
    driver.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF')
    driver.prepare('INSERT INTO namespaces VALUES (?, ?)').run('other', '{"namespaceLocator":{"namespace":"other"}}')
    driver.close()
    unlinkSync(path)
  }

  yield await hold({
    work: `a test's isolated .db (${size}): make, open, one read, one insert, close, remove`,
    rival: 'the floor: write the same bytes, open with better-sqlite3, close, remove',
    atMost: 2,
    note: 'in memory, as nobody looks at the file',
    ...ROUNDS,
    ours: () => ours(),
    theirs() {
      const path = write()
      new Driver(path).close()
      unlinkSync(path)
    },
  })
  yield await hold({
    work: 'the same where the test reads catalog.path, so that there is a file',
    rival: 'better-sqlite3 alone doing the same work on a file, with the same pragmas',
    ...ROUNDS,
    ours: () => ours(({ path }) => path),
    theirs: driverAlone,
  })
  removeWorkerFolder()
}
