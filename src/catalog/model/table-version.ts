import type {
  ContentType,
  LifecycleState,
  PartitionKey,
  PartitionSpec,
  Properties,
  SchemaConsistency,
  SortKey,
} from './common.ts'
import type { TableLocator } from './table.ts'

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
