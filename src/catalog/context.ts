import type { CatalogErrorCode } from './errors.ts'
import { CatalogError } from './errors.ts'
import { parseDocument, parseDocumentAt } from './model/document.ts'
import type { JsonObject } from './model/json.ts'
import { DocumentError } from './model/json.ts'
import type { Entity } from './model/locators.ts'
import { remember } from './registry.ts'
import type { SqlValue, Store } from './store/database.ts'
import type { TableName } from './store/ddl.ts'

/** What the calls of one catalog share. */
export interface Context {
  readonly catalog: object
  readonly store: Store
  /** Milliseconds; read once for each position that is allocated. */
  readonly clock: () => number
  readonly ids: () => string
  /** The page size of lists that are called without one; `null`: whole lists. */
  readonly pageSize: number | null
}

/** How a group of calls is written: each as a function of the context. */
export type Implementation<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (...parameters: infer Parameters) => infer Result
    ? (context: Context, ...parameters: Parameters) => Result
    : never
}

/** The entity of a stored document, remembered as this catalog's. */
export function entityOf<E extends Entity>(
  context: Context,
  table: TableName,
  locator: SqlValue,
  value: SqlValue,
  decode: (json: JsonObject) => E,
): E {
  return remember(documentOf(context, table, locator, value, decode), context)
}

/** What `decode` makes of a stored document. Throws `corrupt`, with path, table and locator, if it can't. */
export function documentOf<T>(
  { store }: Context,
  table: TableName,
  locator: SqlValue,
  value: SqlValue,
  decode: (json: JsonObject) => T,
): T {
  try {
    if (typeof value !== 'string') throw new DocumentError('the document is not text')
    return decode(typeof locator === 'string' ? parseDocumentAt(locator, value) : parseDocument(value))
  } catch (cause) {
    throw atRow(store.path, table, locator, cause)
  }
}

/** A document's error with the place of the document; any other error as it is. */
export function atRow(path: string, table: TableName, locator: SqlValue, error: unknown): unknown {
  return error instanceof DocumentError ? corruptRow(path, table, locator, error.message, error) : error
}

/** A row that can't be what it should be. */
export function corruptRow(
  path: string,
  table: TableName,
  locator: SqlValue,
  what: string,
  cause?: unknown,
): CatalogError {
  const row = typeof locator === 'string' ? JSON.stringify(locator) : String(locator)
  return fail(
    'corrupt',
    `${JSON.stringify(path)} is damaged: in table "${table}", at locator ${row}, ${what}; restore the file, or remove that row.`,
    cause,
  )
}

/** An error with that code and message. */
export function fail(code: CatalogErrorCode, message: string, cause?: unknown): CatalogError {
  return new CatalogError(code, message, cause === undefined ? undefined : { cause })
}
