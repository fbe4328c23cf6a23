import type { SqlValue, Store } from './store/database.ts'
import { PARENT_COLUMNS, type TableName } from './store/ddl.ts'

/** A row of one of the seven tables, as it is in the file. */
export interface StoredRow {
  readonly table: TableName
  /** The locator, or the URI of a file of records. */
  readonly key: SqlValue
  /** The locator of what is above; `null` where the table has no such column. */
  readonly parent: SqlValue
  readonly value: SqlValue
}

const stores = new WeakMap<object, Store>()

/** Lets the functions below find the store of a catalog. */
export function rememberStore(catalog: object, store: Store): void {
  stores.set(catalog, store)
}

const keyOf = (table: TableName): string => (table === 'data' ? 'uri' : 'locator')

/** The rows of a table in the order of their numbers; of `data` the keys alone, since their values may be large. */
export function storedRows(catalog: object, table: TableName): readonly StoredRow[] {
  const value = table === 'data' ? 'NULL' : 'value'
  const rows = storeOf(catalog).rows(
    `SELECT ${keyOf(table)}, ${PARENT_COLUMNS[table] ?? 'NULL'}, ${value} FROM ${table} ORDER BY rowid`,
  )
  return rows.map(([key = null, parent = null, document = null]) => ({ table, key, parent, value: document }))
}

/** The bytes of a file of records; `null` for a file without any, `undefined` where there is no such row. */
export function storedFile(catalog: object, uri: string): SqlValue | undefined {
  return storeOf(catalog).row('SELECT value FROM data WHERE uri = ?', uri)?.[0]
}

/** Writes a row as it is given, over the one with its key if there is one. Only within a transaction. */
export function putStoredRow(catalog: object, { table, key, parent, value }: StoredRow): void {
  const store = storeOf(catalog)
  store.createTables()
  const column = PARENT_COLUMNS[table]
  const set = column === null ? 'value = ?' : `${column} = ?, value = ?`
  const values = column === null ? [value] : [parent, value]
  if (store.run(`UPDATE ${table} SET ${set} WHERE ${keyOf(table)} = ?`, ...values, key) > 0) return
  store.run(`INSERT INTO ${table} VALUES (${column === null ? '?, ?' : '?, ?, ?'})`, key, ...values)
}

/** The store of a catalog. */
export function storeOf(catalog: object): Store {
  const store = stores.get(catalog)
  if (store === undefined) throw new TypeError('the catalog is of another copy of this package')
  return store
}
