import { invalid } from './arguments.ts'
import type { Context } from './context.ts'
import { atRow, corruptRow, documentOf } from './context.ts'
import { parseDocumentAt, rewriteDocument } from './model/document.ts'
import type { JsonObject } from './model/json.ts'
import { DocumentError } from './model/json.ts'
import type { Entity } from './model/locators.ts'
import type { Keyed } from './paging.ts'
import { remember } from './registry.ts'
import type { SqlRow } from './store/database.ts'
import { PARENT_COLUMNS, type TableName } from './store/ddl.ts'
import { PARAMETER } from './store/parameter.ts'

/** A table whose rows are entities' documents. */
export type EntityTable = Exclude<TableName, 'data'>

/** An entity with the row that it was read from. */
export interface Stored<E> {
  readonly locator: string
  readonly text: string
  readonly entity: E
}

/** How the documents of one table are read and written. */
export interface Codec<E extends Entity> {
  readonly table: EntityTable
  readonly decode: (json: JsonObject) => E
  readonly encode: (entity: E, isNew?: boolean) => JsonObject
}

interface Statements {
  readonly find: string
  readonly list: string
  readonly insert: string
  readonly update: string
}
function statementsOf(table: EntityTable): Statements {
  const places = table === 'namespaces' ? '?, ?' : '?, ?, ?'
  return {
    find: `SELECT locator, value FROM ${table} WHERE locator = ?`,
    // A row's number goes through text: it may exceed what a double holds.
    list: `SELECT CAST(rowid AS TEXT), locator, value FROM ${table} WHERE ${PARENT_COLUMNS[table] ?? "''"} = ${PARAMETER} AND rowid > CAST(? AS INTEGER) ORDER BY rowid LIMIT ${PARAMETER}`,
    insert: `INSERT INTO ${table} VALUES (${places})`,
    update: `UPDATE ${table} SET value = ? WHERE locator = ?`,
  }
}
const SQL: Readonly<Record<EntityTable, Statements>> = {
  namespaces: statementsOf('namespaces'),
  tables: statementsOf('tables'),
  table_versions: statementsOf('table_versions'),
  streams: statementsOf('streams'),
  partitions: statementsOf('partitions'),
  deltas: statementsOf('deltas'),
}
/** Before the first row, whatever its number. */
export const FIRST_ROW = '-9223372036854775808'

/** The entity of a row `locator, value`, with the row. */
export function storedOf<E extends Entity>(context: Context, codec: Codec<E>, row: SqlRow): Stored<E> {
  const [locator = null, value = null] = row
  const entity = documentOf(context, codec.table, locator, value, codec.decode)
  if (typeof locator !== 'string') throw corruptRow(context.store.path, codec.table, locator, 'the locator is not text')
  return { locator, text: value as string, entity: remember(entity, context) }
}

/** The entity at a locator's text. */
export function findStored<E extends Entity>(context: Context, codec: Codec<E>, locator: string): Stored<E> | null {
  const row = context.store.row(SQL[codec.table].find, locator)
  return row === undefined ? null : storedOf(context, codec, row)
}

/** The entities under a parent, in the order in which they were created. */
export function listStored<E extends Entity>(
  context: Context,
  codec: Codec<E>,
  parent: string,
  after: string | null = null,
  limit: number | null = null,
): readonly Keyed<Stored<E>>[] {
  const rows = context.store.rows(SQL[codec.table].list, parent, after ?? FIRST_ROW, limit ?? -1)
  return rows.map(([key, ...row]) => ({ key: key as string, item: storedOf(context, codec, row) }))
}

/** As `listStored`: the entities alone. */
export function listEntities<E extends Entity>(
  context: Context,
  codec: Codec<E>,
  parent: string,
  after: string | null = null,
  limit: number | null = null,
): readonly Keyed<E>[] {
  return listStored(context, codec, parent, after, limit).map(({ key, item }) => ({ key, item: item.entity }))
}

/** Adds a row, and returns the entity as it will be read. Throws `invalid-argument` for one that couldn't be. */
export function insertEntity<E extends Entity>(
  context: Context,
  codec: Codec<E>,
  locator: string,
  parent: string | null,
  entity: E,
): E {
  const text = newDocument(codec, entity)
  const written = readBack(context, codec, locator, text)
  context.store.run(SQL[codec.table].insert, ...(parent === null ? [locator, text] : [locator, parent, text]))
  return written
}

/** Adds a row with a copy of another's document, changed as the entity was. */
export function insertCopy<E extends Entity>(
  context: Context,
  codec: Codec<E>,
  source: Stored<E>,
  locator: string,
  parent: string,
  entity: E,
): void {
  context.store.run(SQL[codec.table].insert, locator, parent, changedDocument(context, codec, source, entity))
}

/** Writes an entity over the document that it was read from, and returns it as it will be read. */
export function updateEntity<E extends Entity>(context: Context, codec: Codec<E>, stored: Stored<E>, entity: E): E {
  const text = changedDocument(context, codec, stored, entity)
  const written = readBack(context, codec, stored.locator, text)
  context.store.run(SQL[codec.table].update, text, stored.locator)
  return written
}

/** The document of an entity that has none yet. */
export function newDocument<E extends Entity>(codec: Codec<E>, entity: E): string {
  try {
    return JSON.stringify(codec.encode(entity, true))
  } catch (cause) {
    throw notWritable(codec, cause)
  }
}

/** The document of a stored entity after a change; what the codec doesn't know stays. */
export function changedDocument<E extends Entity>(
  { store }: Context,
  codec: Codec<E>,
  stored: Stored<E>,
  entity: E,
): string {
  try {
    return rewriteDocument(stored.text, codec.encode(stored.entity), codec.encode(entity))
  } catch (error) {
    if (error instanceof TypeError) throw notWritable(codec, error)
    throw atRow(store.path, codec.table, stored.locator, error)
  }
}

/** The entity of a document that is about to be written. What can't be read back is the caller's mistake. */
export function readBack<E extends Entity>(context: Context, codec: Codec<E>, locator: string, text: string): E {
  try {
    return remember(codec.decode(parseDocumentAt(locator, text)), context)
  } catch (cause) {
    if (cause instanceof DocumentError) throw notWritable(codec, cause)
    throw cause
  }
}

function notWritable<E extends Entity>({ table }: Codec<E>, cause: unknown): unknown {
  const what = table.slice(0, -1).replace('_', ' ')
  const reason = cause instanceof Error ? cause.message : String(cause)
  return invalid(`The ${what} cannot be written: ${reason}; correct it.`, cause)
}
