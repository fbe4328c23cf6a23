import type { Schema } from 'apache-arrow'
import {
  checkJsonObject,
  checkName,
  checkOptionalJson,
  checkTableVersion,
  invalid,
  listed,
  shown,
} from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { CatalogError } from './errors.ts'
import type {
  ContentType,
  LifecycleState,
  PartitionKey,
  PartitionSpec,
  Permissions,
  Properties,
  SchemaConsistency,
  SortKey,
} from './model/common.ts'
import { CONTENT_TYPES, LIFECYCLE_STATES } from './model/common.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import { partitionKeysOf } from './model/partition-spec.ts'
import type { Stream } from './model/stream.ts'
import { STORAGE_TYPE } from './model/stream.ts'
import type { TableVersion } from './model/table-version.ts'
import { numberOf } from './model/table-version.ts'
import { requireNamespace } from './namespaces.ts'
import { checkPartitionSpec } from './partition-spec.ts'
import type { ColumnTypes } from './records/schema.ts'
import { insertEntity, updateEntity } from './rows.ts'
import { checkConsistency, checkKeyColumns, schemaText } from './schemas.ts'
import { STREAM_CODEC } from './streams.ts'
import { latestOf, requireVersion, VERSION_CODEC, versionsOf } from './table-versions.ts'
import { findTable, mergeProperties, TABLE_CODEC, tableLocator } from './tables.ts'

/** What a new table version is. */
export interface NewTableVersion {
  /** Decimal text without leading zeros, one more than the latest version's. The next one unless said. */
  readonly tableVersion?: string | null
  /**
   * An Arrow schema, or the types of its columns as fixtures write them: `{ id: 'int64!' }`; also the bytes of an Arrow
   * schema's IPC message, their base64, or any other text, which is kept as an opaque schema.
   */
  readonly schema?: Schema | ColumnTypes | string | Uint8Array | null
  /** By column; needs a schema. */
  readonly schemaConsistency?: Readonly<Record<string, SchemaConsistency>> | null
  /** Names, or free JSON such as `{ keyName, keyType }`: one for each partition value. */
  readonly partitionKeys?: readonly PartitionKey[] | null
  /** Instead of `partitionKeys`. */
  readonly partitionSpec?: PartitionSpec | null
  /** The columns whose values an upsert replaces by; columns of the schema, if there is one. */
  readonly primaryKeyColumnNames?: Iterable<string> | null
  /** Columns with their order: `['at', 'descending']`. */
  readonly sortKeys?: readonly SortKey[] | null
  /** What the version is about. */
  readonly tableVersionDescription?: string | null
  /** Free JSON by key; `stream_id` is set by the catalog. */
  readonly tableVersionProperties?: Properties | null
  /** With the table's first version only. */
  readonly tablePermissions?: Permissions | null
  /** With the table's first version only. */
  readonly tableDescription?: string | null
  /** With the table's first version only. */
  readonly tableProperties?: Properties | null
  /** The content types that its files may have; not enforced. */
  readonly supportedContentTypes?: readonly ContentType[] | null
}

/** What `updateTableVersion` changes; `undefined` keeps, `null` clears. */
export interface TableVersionChange {
  /** `null`: unreleased. */
  readonly lifecycleState?: LifecycleState | null
  /** As in a new version; partitions that are staged from now on have it. */
  readonly schema?: Schema | ColumnTypes | string | Uint8Array | null
  /** Replaces the policies of all columns. */
  readonly schemaConsistency?: Readonly<Record<string, SchemaConsistency>> | null
  /** What the version is about. */
  readonly description?: string | null
  /** Merged into the version's by key; new ones win, but `stream_id` stays. */
  readonly properties?: Properties | null
}

/** The calls that write table versions. */
export interface TableVersionWrites {
  /**
   * Creates a table version, unreleased, with the table if it is the first one, and its committed stream, which is
   * returned. Takes one id. Throws `not-found` without the namespace, `already-exists` if the version is there,
   * `invalid-argument` if it is not the next one or a key is no column of the schema.
   */
  createTableVersion(namespace: string, tableName: string, options?: NewTableVersion): Stream
  /** Changes a table version. Throws `not-found` if it is missing, `invalid-argument` if a key is no column of its schema. */
  updateTableVersion(namespace: string, tableName: string, tableVersion: string, change?: TableVersionChange): void
}

export const tableVersionWrites: Implementation<TableVersionWrites> = {
  createTableVersion(context, namespace, tableName, options = {}) {
    const draft = draftOf(options)
    const locator = tableLocator(namespace, tableName)
    const given = options.tableVersion ?? null
    if (given !== null) checkTableVersion(given)
    return context.store.write(() => {
      const parent = requireNamespace(context, namespace)
      const tableVersion = given ?? nextVersion(context, namespace, tableName)
      if (given !== null) checkNext(context, namespace, tableName, given)
      const table = canonicalString(locator)
      if (findTable(context, namespace, tableName) === null) {
        insertEntity(context, TABLE_CODEC, table, parent.locator, { locator, ...draft.table })
      }
      const streamId = context.ids()
      const versionLocator = { tableLocator: locator, tableVersion }
      const version = canonicalString(versionLocator)
      const properties = { ...draft.version.properties, stream_id: streamId }
      insertEntity(context, VERSION_CODEC, version, table, { ...draft.version, locator: versionLocator, properties })
      const stream: Stream = {
        locator: { tableVersionLocator: versionLocator, streamId, storageType: STORAGE_TYPE },
        partitionKeys: draft.version.partitionKeys,
        partitionSpec: draft.version.partitionSpec,
        state: 'committed',
        previousStreamDigest: null,
      }
      return insertEntity(context, STREAM_CODEC, canonicalString(stream), version, stream)
    })
  },

  updateTableVersion(context, namespace, tableName, tableVersion, change = {}) {
    checkTableVersion(tableVersion)
    const { lifecycleState, description } = change
    if (lifecycleState && !LIFECYCLE_STATES.includes(lifecycleState)) {
      throw invalid(`lifecycleState is ${shown(lifecycleState)}; give one of ${LIFECYCLE_STATES.join(', ')}.`)
    }
    const schema = change.schema === undefined ? undefined : schemaText(change.schema)
    const properties = checkOptionalJson(change.properties, 'properties')
    context.store.write(() => {
      const stored = requireVersion(context, namespace, tableName, tableVersion)
      const { entity } = stored
      const next: TableVersion = {
        ...entity,
        lifecycleState: lifecycleState === undefined ? entity.lifecycleState : (lifecycleState ?? 'unreleased'),
        schema: schema === undefined ? entity.schema : schema,
        schemaConsistency: change.schemaConsistency === undefined ? entity.schemaConsistency : change.schemaConsistency,
        description: description === undefined ? entity.description : description,
        properties: keepStreamId(entity.properties, mergeProperties(entity.properties, properties)),
      }
      checkConsistency(next.schemaConsistency, next.schema)
      if (schema !== undefined) checkKeyColumns(next.primaryKeys, next.sortKeys, next.schema)
      updateEntity(context, VERSION_CODEC, stored, next)
    })
  },
}

/** Everything of a new version but its locator and stream, checked. */
function draftOf(options: NewTableVersion) {
  const { partitionSpec = null, schemaConsistency = null } = options
  const partitionKeys = checkPartitionKeys(options.partitionKeys ?? null)
  if (partitionKeys !== null && partitionSpec !== null) {
    throw invalid('partitionKeys and partitionSpec are both given; give one of them.')
  }
  const schema = schemaText(options.schema ?? null)
  const primaryKeys = options.primaryKeyColumnNames ? checkColumns(options.primaryKeyColumnNames) : null
  const sortKeys = options.sortKeys ? checkSortKeys(options.sortKeys) : null
  checkKeyColumns(primaryKeys, sortKeys, schema)
  checkConsistency(schemaConsistency, schema)
  for (const type of options.supportedContentTypes ?? []) {
    if (!CONTENT_TYPES.includes(type)) {
      throw invalid(`supportedContentTypes holds ${shown(type)}; DeltaCAT's are ${CONTENT_TYPES.join(', ')}.`)
    }
  }
  const version: Omit<TableVersion, 'locator'> = {
    schema,
    schemaConsistency,
    partitionKeys: partitionSpec === null ? partitionKeys : partitionKeysOf(checkPartitionSpec(partitionSpec)),
    partitionSpec,
    primaryKeys,
    sortKeys,
    description: options.tableVersionDescription ?? null,
    properties: checkJsonObject(options.tableVersionProperties ?? {}, 'tableVersionProperties'),
    contentTypes: options.supportedContentTypes ?? null,
    lifecycleState: 'unreleased',
  }
  const table = {
    permissions: checkOptionalJson(options.tablePermissions, 'tablePermissions') ?? null,
    description: options.tableDescription ?? null,
    properties: checkOptionalJson(options.tableProperties, 'tableProperties') ?? null,
  }
  return { version, table }
}

function checkPartitionKeys(keys: readonly PartitionKey[] | null): readonly PartitionKey[] | null {
  if (keys === null) return null
  if (!Array.isArray(keys)) throw invalid(`partitionKeys is ${shown(keys)}; give a list of names, or of objects.`)
  return keys.map((key: unknown, index) => {
    const what = `partitionKeys[${index}]`
    return typeof key === 'string' ? checkName(key, what) : checkJsonObject(key, what)
  })
}

function checkColumns(given: Iterable<string>): readonly string[] {
  if (typeof given === 'string' || !(Symbol.iterator in Object(given))) {
    throw invalid(`primaryKeyColumnNames is ${shown(given)}; give a list of columns' names.`)
  }
  const names = [...given]
  const twice = names.find((name, index) => names.indexOf(checkName(name, 'a primary key column')) !== index)
  if (twice !== undefined) throw invalid(`The primary key names ${shown(twice)} twice; name each column once.`)
  return names
}

function checkSortKeys(keys: readonly SortKey[]): readonly SortKey[] {
  if (!Array.isArray(keys)) throw invalid(`sortKeys is ${shown(keys)}; give a list such as [["at", "ascending"]].`)
  return keys.map((key) => {
    const [name, order = 'ascending'] = Array.isArray(key) ? (key as readonly unknown[]) : []
    if (order !== 'ascending' && order !== 'descending') {
      throw invalid(
        `A sort key has the order ${shown(order)}; give ["column", "ascending"] or ["column", "descending"].`,
      )
    }
    return [checkName(name, 'the column of a sort key'), order]
  })
}

function nextVersion(context: Context, namespace: string, tableName: string): string {
  const latest = latestOf(versionsOf(context, namespace, tableName))
  return latest === null ? '1' : String(numberOf(latest.entity) + 1n)
}

function checkNext(context: Context, namespace: string, tableName: string, tableVersion: string): void {
  const versions = versionsOf(context, namespace, tableName)
  const existing = versions.find(({ entity }) => entity.locator.tableVersion === tableVersion)?.entity
  const next = nextVersion(context, namespace, tableName)
  const place = placeOf(tableLocator(namespace, tableName))
  if (existing !== undefined) {
    throw new CatalogError(
      'already-exists',
      `Version ${shown(tableVersion)} of ${place} is there already; the next one is "${next}".`,
      { existing },
    )
  }
  if (versions.length === 0 || tableVersion === next) return
  const there = listed(versions.map(({ entity }) => entity.locator.tableVersion))
  throw invalid(
    `Version ${shown(tableVersion)} of ${place} is not the next one after ${there}; give "${next}", or leave it out.`,
  )
}

function keepStreamId(before: Properties | null, after: Properties | null): Properties | null {
  const streamId = before?.stream_id
  return streamId === undefined ? after : { ...after, stream_id: streamId }
}
