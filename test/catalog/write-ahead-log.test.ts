import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { deserializeCatalog, openCatalog } from '../../src/catalog/index.ts'
import { closing, temporaryFolder } from './backends.ts'
import { Database } from './raw.ts'

/** The path of a catalog with a namespace `shop`, which others write under a write-ahead log. */
function logged(): string {
  const path = join(temporaryFolder(), 'logged.db')
  const database = new Database(path)
  onTestFinished(() => void database.close())
  database.pragma('journal_mode = WAL')
  return path
}

it('is in the bytes that a catalog is serialized to, which need none', () => {
  const path = logged()
  const catalog = closing(openCatalog(path))
  catalog.createNamespace('shop')
  const copy = closing(deserializeCatalog(catalog.serialize()))
  expect(copy.listNamespaces().items).toEqual(catalog.listNamespaces().items)
  copy.createNamespace('more')
  const again = closing(deserializeCatalog(copy.serialize()))
  expect(Array.from(again.listNamespaces(), ({ locator }) => locator.namespace)).toEqual(['shop', 'more'])
})

it('is not looked for beside the bytes of a file, which stay as they are', () => {
  const path = logged()
  const catalog = openCatalog(path)
  catalog.createNamespace('shop')
  catalog.close()
  const database = new Database(path)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  const bytes = readFileSync(path)
  const before = Buffer.from(bytes)
  const copy = closing(deserializeCatalog(bytes))
  expect(Array.from(copy.listNamespaces(), ({ locator }) => locator.namespace)).toEqual(['shop'])
  expect(bytes.equals(before)).toBe(true)
})
