import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Catalog } from '../../src/catalog/index.ts'
import { deserializeCatalog, openCatalog } from '../../src/catalog/index.ts'
import { closing, temporaryFolder } from './backends.ts'

export { Database }

/** Changes a copy of a catalog, as Python or a fault might, and opens what comes of it until the test is over. */
export function tamper(catalog: Catalog, change: (database: Database.Database) => void): Catalog {
  const database = new Database(catalog.serialize())
  database.pragma('foreign_keys = OFF')
  change(database)
  const bytes = database.serialize()
  database.close()
  if (catalog.path === ':memory:') return closing(deserializeCatalog(bytes))
  const path = join(temporaryFolder(), 'changed.db')
  writeFileSync(path, bytes)
  return closing(openCatalog(path))
}

/** What a query on a catalog's database gives. */
export function query<Row>(catalog: Catalog, sql: string, ...parameters: readonly unknown[]): Row[] {
  const database = new Database(catalog.serialize())
  const rows = database.prepare(sql).all(...parameters) as Row[]
  database.close()
  return rows
}

/** The text of a document. */
export function documentOf(catalog: Catalog, table: string, locator: string): string {
  const [row] = query<{ value: string }>(catalog, `SELECT value FROM ${table} WHERE locator = ?`, locator)
  if (row === undefined) throw new Error(`no row ${locator} in ${table}`)
  return row.value
}
