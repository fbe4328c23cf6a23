import type {
  ContentType,
  JsonValue,
  LifecycleState,
  PartitionKey,
  PartitionSpec,
  Properties,
  SchemaConsistency,
  SortKey,
} from './common.ts'
import { CONSISTENCIES, LIFECYCLE_STATES } from './common.ts'
import type { JsonObject } from './json.ts'
import { asArray, asCopy, asObject, asOneOf, asText, asTexts, DocumentError, orNull } from './json.ts'
import { decodePartitionKeys, decodePartitionSpec } from './partition-spec.ts'
import type { TableLocator } from './table.ts'
import { decodeTableLocator, encodeTableLocator } from './table.ts'

/** Where a table version stands: its table and number. */
export interface TableVersionLocator {
  readonly tableLocator: TableLocator
  /** A decimal number without leading zeros, as text. */
  readonly tableVersion: string
}

/** A version of a table: its schema, keys and properties. */
export interface TableVersion {
  readonly locator: TableVersionLocator
  /**
   * The schema as stored: base64 of an Arrow IPC schema message, some other text (an opaque schema), or `null`.
   * `catalog.getTableVersionSchema()` decodes it.
   */
  readonly schema: string | null
  /** By column name. */
  readonly schemaConsistency: { readonly [column: string]: SchemaConsistency } | null
  readonly partitionKeys: readonly PartitionKey[] | null
  readonly partitionSpec: PartitionSpec | null
  readonly primaryKeys: readonly string[] | null
  readonly sortKeys: readonly SortKey[] | null
  readonly description: string | null
  /** `stream_id` names the committed stream. */
  readonly properties: Properties | null
  readonly contentTypes: readonly ContentType[] | null
  readonly lifecycleState: LifecycleState
}

export function decodeTableVersionLocator(json: JsonValue | undefined): TableVersionLocator {
  const object = asObject(json, 'tableVersionLocator')
  const version = object.tableVersion
  return {
    tableLocator: decodeTableLocator(object.tableLocator),
    // The mock's own counter writes a number.
    tableVersion: typeof version === 'number' ? String(version) : asText(version, 'tableVersion'),
  }
}

export function encodeTableVersionLocator({ tableLocator, tableVersion }: TableVersionLocator): JsonObject {
  return { tableLocator: encodeTableLocator(tableLocator), tableVersion }
}

export function decodeTableVersion(json: JsonObject): TableVersion {
  return {
    locator: decodeTableVersionLocator(json.tableVersionLocator),
    schema: decodeSchemaText(json.schema),
    schemaConsistency: orNull(json.schemaConsistency, 'schemaConsistency', decodeConsistency),
    partitionKeys: decodePartitionKeys(json.partitionKeys),
    partitionSpec: decodePartitionSpec(json.partitionSpec),
    primaryKeys: orNull(json.primaryKeys, 'primaryKeys', asTexts),
    sortKeys: orNull(json.sortKeys, 'sortKeys', (keys, name) => asArray(keys, name).map(decodeSortKey)),
    description: orNull(json.description, 'description', asText),
    properties: orNull(json.properties, 'properties', asCopy),
    contentTypes: decodeContentTypes(json.contentTypes),
    lifecycleState:
      orNull(json.lifecycleState, 'lifecycleState', (value, name) => asOneOf(value, name, LIFECYCLE_STATES)) ??
      'unreleased',
  }
}

/** As the mock writes it; its unknown keys (`schemaConsistency`, `partitionSpec`) are absent where they are null. */
export function encodeTableVersion(version: TableVersion): JsonObject {
  return {
    tableVersionLocator: encodeTableVersionLocator(version.locator),
    schema: version.schema,
    partitionKeys: version.partitionKeys,
    primaryKeys: version.primaryKeys,
    description: version.description,
    properties: version.properties,
    contentTypes: version.contentTypes,
    sortKeys: version.sortKeys,
    ...(version.schemaConsistency && { schemaConsistency: version.schemaConsistency }),
    ...(version.partitionSpec && { partitionSpec: version.partitionSpec as unknown as JsonObject }),
    // Absent means unreleased.
    ...(version.lifecycleState !== 'unreleased' && { lifecycleState: version.lifecycleState }),
  }
}

/** A schema is text; whatever else a document holds there is kept as the text of its JSON: an opaque schema. */
export function decodeSchemaText(json: JsonValue | undefined): string | null {
  if (json === undefined || json === null) return null
  return typeof json === 'string' ? json : JSON.stringify(json)
}

export function decodeContentTypes(json: JsonValue | undefined): readonly ContentType[] | null {
  return orNull(json, 'contentTypes', asTexts) as readonly ContentType[] | null
}

function decodeConsistency(json: JsonValue): { readonly [column: string]: SchemaConsistency } {
  const entries = Object.entries(asObject(json, 'schemaConsistency'))
  return Object.fromEntries(entries.map(([column, value]) => [column, asOneOf(value, column, CONSISTENCIES)]))
}

function decodeSortKey(json: JsonValue): SortKey {
  const [name, order] = asArray(json, 'an item of sortKeys')
  if (order !== 'ascending' && order !== 'descending') throw new DocumentError('a sort key has no order')
  return [asText(name, 'the name of a sort key'), order]
}

/** A version's number; -1 where its text is none, which only a file can bring. */
export function numberOf({ locator }: TableVersion): bigint {
  return /^\d+$/.test(locator.tableVersion) ? BigInt(locator.tableVersion) : -1n
}
