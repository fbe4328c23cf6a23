import type { Schema } from 'apache-arrow'
import { checkTableVersion, listed } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { fail } from './context.ts'
import type { ListResult } from './model/list-result.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import type { TableVersion } from './model/table-version.ts'
import { decodeTableVersion, encodeTableVersion, numberOf } from './model/table-version.ts'
import type { PageOptions } from './paging.ts'
import { pageOf } from './paging.ts'
import { schemaFromText } from './records/late.ts'
import type { Codec, Stored } from './rows.ts'
import { findStored, listEntities, listStored } from './rows.ts'
import { findTable, requireTable, tableLocator } from './tables.ts'

/** Which version of the table a call is about. */
export interface VersionOption {
  /** The latest active version, else the latest, unless said. */
  readonly tableVersion?: string | null
}

/** The calls that read table versions. */
export interface TableVersionCalls {
  /** The versions of a table, in the order in which they were created. Throws `not-found` without the table. */
  listTableVersions(namespace: string, tableName: string, options?: PageOptions): ListResult<TableVersion>
  /** The version, or `null` if there is none of that number. */
  getTableVersion(namespace: string, tableName: string, tableVersion: string): TableVersion | null
  /** Whether there is a version of that number. */
  tableVersionExists(namespace: string, tableName: string, tableVersion: string): boolean
  /** The version with the highest number, or `null` if the table has none. */
  getLatestTableVersion(namespace: string, tableName: string): TableVersion | null
  /** The version with the highest number among those whose lifecycle state is `active`, or `null`. */
  getLatestActiveTableVersion(namespace: string, tableName: string): TableVersion | null
  /**
   * The columns' names in order, or `null` if the version is schemaless. No version given: the latest active, else the
   * latest. Throws `not-found` without the version, `unsupported` if its schema is opaque.
   */
  getTableVersionColumnNames(namespace: string, tableName: string, options?: VersionOption): readonly string[] | null
  /**
   * The schema, decoded; an opaque one is the text that is stored; `null` if the version is schemaless. No version
   * given: the latest active, else the latest. Throws `not-found` without the version.
   */
  getTableVersionSchema(namespace: string, tableName: string, options?: VersionOption): Schema | string | null
}

export const VERSION_CODEC: Codec<TableVersion> = {
  table: 'table_versions',
  decode: decodeTableVersion,
  encode: encodeTableVersion,
}

export const tableVersionCalls: Implementation<TableVersionCalls> = {
  listTableVersions: (context, namespace, tableName, options) =>
    pageOf(context, options, {
      list: ['listTableVersions', namespace, tableName],
      holder: () => requireTable(context, namespace, tableName).locator,
      read: (...page) => listEntities(context, VERSION_CODEC, ...page),
    }),

  getTableVersion: (context, namespace, tableName, tableVersion) =>
    findVersion(context, namespace, tableName, checkTableVersion(tableVersion))?.entity ?? null,

  tableVersionExists: (context, namespace, tableName, tableVersion) =>
    findVersion(context, namespace, tableName, checkTableVersion(tableVersion)) !== null,

  getLatestTableVersion: (context, namespace, tableName) =>
    latestOf(context.store.read(() => versionsOf(context, namespace, tableName)))?.entity ?? null,

  getLatestActiveTableVersion: (context, namespace, tableName) =>
    latestOf(activeOf(context.store.read(() => versionsOf(context, namespace, tableName))))?.entity ?? null,

  getTableVersionColumnNames(context, namespace, tableName, options = {}) {
    const { entity } = context.store.read(() => requireVersion(context, namespace, tableName, options.tableVersion))
    if (entity.schema === null) return null
    const schema = schemaFromText(entity.schema)
    if (schema !== null) return schema.fields.map(({ name }) => name)
    throw fail(
      'unsupported',
      `The schema of ${placeOf(entity)} is opaque: it is no Arrow schema, so its columns are unknown; use getTableVersionSchema for its text.`,
    )
  },

  getTableVersionSchema(context, namespace, tableName, options = {}) {
    const { entity } = context.store.read(() => requireVersion(context, namespace, tableName, options.tableVersion))
    return entity.schema === null ? null : (schemaFromText(entity.schema) ?? entity.schema)
  },
}

/** The version of that number, or without one the version that calls resolve to: the latest active, else the latest. */
export function findVersion(
  context: Context,
  namespace: string,
  tableName: string,
  tableVersion: string | null | undefined,
): Stored<TableVersion> | null {
  if (tableVersion !== undefined && tableVersion !== null) {
    const locator = { tableLocator: tableLocator(namespace, tableName), tableVersion: checkTableVersion(tableVersion) }
    return findStored(context, VERSION_CODEC, canonicalString(locator))
  }
  const versions = versionsOf(context, namespace, tableName)
  return latestOf(activeOf(versions)) ?? latestOf(versions)
}

/** As `findVersion`. Throws `not-found` if the namespace, the table or the version is missing. */
export function requireVersion(
  context: Context,
  namespace: string,
  tableName: string,
  tableVersion: string | null | undefined,
): Stored<TableVersion> {
  const stored = findVersion(context, namespace, tableName, tableVersion)
  if (stored !== null) return stored
  requireTable(context, namespace, tableName)
  const names = versionsOf(context, namespace, tableName).map(({ entity }) => entity.locator.tableVersion)
  const which = tableVersion === undefined || tableVersion === null ? '' : ` ${JSON.stringify(tableVersion)}`
  throw fail(
    'not-found',
    `There is no version${which} of ${placeOf(tableLocator(namespace, tableName))}, which has ${listed(names, 'none')}.`,
  )
}

/** The versions of a table in the order of their creation; none where there is no such table. */
export function versionsOf(context: Context, namespace: string, tableName: string): readonly Stored<TableVersion>[] {
  const table = findTable(context, namespace, tableName)
  return table === null ? [] : listStored(context, VERSION_CODEC, table.locator).map(({ item }) => item)
}

/** The one with the highest number. A text that is no number, which only a file can bring, comes before them all. */
export function latestOf(versions: readonly Stored<TableVersion>[]): Stored<TableVersion> | null {
  let latest: Stored<TableVersion> | null = null
  for (const version of versions) {
    if (latest === null || numberOf(version.entity) > numberOf(latest.entity)) latest = version
  }
  return latest
}

function activeOf(versions: readonly Stored<TableVersion>[]): readonly Stored<TableVersion>[] {
  return versions.filter(({ entity }) => entity.lifecycleState === 'active')
}
