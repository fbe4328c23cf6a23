import { CatalogError } from '../../catalog/index.ts'
import { openStore, type SqlRow, type SqlValue } from '../../catalog/store/database.ts'

/** The rows of a file as they stand, whatever the catalog would say of them. */
export interface RawRows {
  /** All rows of a table in the order in which they were written: row number, key, parent (`''` of a namespace), value. */
  table(table: EntityTable): Generator<RawRow>
  /** The rows of a query on one table whose first column is the row's number as text, read a page at a time. */
  pages(sql: string): Generator<SqlRow>
  all(sql: string, ...parameters: readonly SqlValue[]): readonly SqlRow[]
  one(sql: string, ...parameters: readonly SqlValue[]): SqlRow | undefined
  count(table: string): number
  close(): void
}

export interface RawRow {
  readonly locator: SqlValue
  readonly parent: SqlValue
  readonly value: SqlValue
}

export type EntityTable = keyof typeof PARENTS
const PARENTS = {
  namespaces: "''",
  tables: 'namespace_locator',
  table_versions: 'table_locator',
  streams: 'table_version_locator',
  partitions: 'stream_locator',
  deltas: 'partition_locator',
} as const

/** Rows that are in memory at a time. */
const PAGE = 1000

/** Opens a file to look at its rows. Throws what opening a catalog throws. */
export function openRows(path: string): RawRows {
  const store = openStore(path, { readonly: true })
  function* pages(sql: string): Generator<SqlRow> {
    const page = `${sql} WHERE rowid > CAST(? AS INTEGER) ORDER BY rowid LIMIT ${PAGE}`
    // Row numbers go through text: they may exceed what a double holds.
    let after = '-9223372036854775808'
    for (;;) {
      const found = store.rows(page, after)
      yield* found
      if (found.length < PAGE) return
      after = found.at(-1)?.[0] as string
    }
  }
  return {
    pages,
    *table(table) {
      const sql = `SELECT CAST(rowid AS TEXT), locator, ${PARENTS[table]}, value FROM ${table}`
      for (const [, locator = null, parent = null, value = null] of pages(sql)) yield { locator, parent, value }
    },
    all: (sql, ...parameters) => store.rows(sql, ...parameters),
    one: (sql, ...parameters) => store.row(sql, ...parameters),
    count(table) {
      return Number(store.row(`SELECT count(*) FROM ${table}`)?.[0] ?? 0)
    },
    close: () => store.close(),
  }
}

/** The catalog's error that `work` throws, or `null`. */
export function refusalOf(work: () => unknown): CatalogError | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof CatalogError) return error
    throw error
  }
}

/** What a driver or catalog error says, for a finding. */
export function reasonOf(error: unknown): string {
  if (error instanceof CatalogError) return error.message
  return error instanceof Error ? error.message : String(error)
}
