import { checkName, checkOptionalJson, listed } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { fail } from './context.ts'
import type { Permissions, Properties } from './model/common.ts'
import type { ListResult } from './model/list-result.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import type { Table, TableLocator } from './model/table.ts'
import { decodeTable, encodeTable } from './model/table.ts'
import { requireNamespace } from './namespaces.ts'
import type { PageOptions } from './paging.ts'
import { pageOf } from './paging.ts'
import type { Codec, Stored } from './rows.ts'
import { findStored, listEntities, updateEntity } from './rows.ts'

/** What `updateTable` changes; `undefined` keeps, `null` clears. */
export interface TableChange {
  /** Free JSON by key; replaced as a whole. */
  readonly permissions?: Permissions | null
  /** What the table is about. */
  readonly description?: string | null
  /** Merged into the table's by key; new ones win. */
  readonly properties?: Properties | null
  /** Not supported: locators of everything below contain the name. */
  readonly newTableName?: string | null
}

/** The calls about tables. */
export interface TableCalls {
  /** The tables of a namespace, in the order in which they were created. Throws `not-found` without the namespace. */
  listTables(namespace: string, options?: PageOptions): ListResult<Table>
  /** Changes what describes a table. Throws `not-found`; `unsupported` for a new name. */
  updateTable(namespace: string, tableName: string, change?: TableChange): void
  /** The table, or `null` if there is none of that name. */
  getTable(namespace: string, tableName: string): Table | null
  /** Whether there is a table of that name. */
  tableExists(namespace: string, tableName: string): boolean
}

export const TABLE_CODEC: Codec<Table> = { table: 'tables', decode: decodeTable, encode: encodeTable }

export const tableCalls: Implementation<TableCalls> = {
  listTables: (context, namespace, options) =>
    pageOf(context, options, {
      list: ['listTables', namespace],
      holder: () => requireNamespace(context, namespace).locator,
      read: (...page) => listEntities(context, TABLE_CODEC, ...page),
    }),

  updateTable(context, namespace, tableName, { permissions, description, properties, newTableName } = {}) {
    if (newTableName !== undefined && newTableName !== null) {
      const place = placeOf(tableLocator(namespace, tableName))
      throw fail('unsupported', `Table ${place} cannot be renamed; create one with the new name.`)
    }
    const givenPermissions = checkOptionalJson(permissions, 'permissions')
    const givenProperties = checkOptionalJson(properties, 'properties')
    context.store.write(() => {
      const stored = requireTable(context, namespace, tableName)
      const { entity } = stored
      updateEntity(context, TABLE_CODEC, stored, {
        ...entity,
        permissions: givenPermissions === undefined ? entity.permissions : givenPermissions,
        description: description === undefined ? entity.description : description,
        properties: mergeProperties(entity.properties, givenProperties),
      })
    })
  },

  getTable: (context, namespace, tableName) => findTable(context, namespace, tableName)?.entity ?? null,

  tableExists: (context, namespace, tableName) => findTable(context, namespace, tableName) !== null,
}

/** Properties after a change: `undefined` keeps, `null` clears, an object is merged by key. */
export function mergeProperties(stored: Properties | null, given: Properties | null | undefined): Properties | null {
  if (given === undefined) return stored
  return given === null ? null : { ...stored, ...given }
}

/** The locator of a table, from checked names. */
export function tableLocator(namespace: string, tableName: string): TableLocator {
  const name = checkName(tableName, 'tableName')
  return { namespaceLocator: { namespace: checkName(namespace, 'namespace') }, tableName: name }
}

export function findTable(context: Context, namespace: string, tableName: string): Stored<Table> | null {
  return findStored(context, TABLE_CODEC, canonicalString(tableLocator(namespace, tableName)))
}

/** The table. Throws `not-found` if its namespace or it is missing. */
export function requireTable(context: Context, namespace: string, tableName: string): Stored<Table> {
  const stored = findTable(context, namespace, tableName)
  if (stored !== null) return stored
  const parent = requireNamespace(context, namespace)
  const names = listEntities(context, TABLE_CODEC, parent.locator).map(({ item }) => item.locator.tableName)
  throw fail(
    'not-found',
    `There is no table ${JSON.stringify(tableName)} in namespace ${JSON.stringify(namespace)}, which has ${listed(names, 'no table')}.`,
  )
}
