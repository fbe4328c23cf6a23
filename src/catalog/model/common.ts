/** Every state of a stream or partition. */
export const COMMIT_STATES = ['staged', 'committed', 'deprecated'] as const
/** The state of a stream or partition. A delta's state is not in its document: ask the catalog. */
export type CommitState = (typeof COMMIT_STATES)[number]

/** Every lifecycle state, in DeltaCAT's order. */
export const LIFECYCLE_STATES = ['unreleased', 'active', 'deprecated', 'beta', 'deleted'] as const
/** The lifecycle of a table version; absent from its document means `unreleased`. */
export type LifecycleState = (typeof LIFECYCLE_STATES)[number]

/** Every delta type. */
export const DELTA_TYPES = ['append', 'upsert', 'delete'] as const
/** What a delta does to the rows before it. `upsert` is the default, as in DeltaCAT. */
export type DeltaType = (typeof DELTA_TYPES)[number]

/** Every policy of a column. */
export const CONSISTENCIES = ['none', 'coerce', 'validate'] as const
/** What happens to a column's cells that don't fit the schema when a delta is staged. */
export type SchemaConsistency = (typeof CONSISTENCIES)[number]

/** Every content type of DeltaCAT. */
export const CONTENT_TYPES = [
  'application/parquet',
  'application/x-amzn-unescaped-tsv',
  'text/csv',
  'text/tsv',
  'text/psv',
  'application/json',
  'application/feather',
  'application/orc',
  'application/x-amzn-ion',
] as const
/** DeltaCAT's content types, by their media type. */
export type ContentType = (typeof CONTENT_TYPES)[number]

/** DeltaCAT's content encodings. Records are stored as they are: `identity`. */
export type ContentEncoding = 'identity' | 'gzip' | 'deflate' | 'zstd' | 'bzip2' | 'snappy'

/** Any value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** Permissions as DeltaCAT keeps them: free JSON, by key. */
export type Permissions = { readonly [key: string]: JsonValue }

/** Properties of a table, table version or delta. */
export type Properties = { readonly [key: string]: JsonValue }

/** One partition value. Only strings can be exchanged with the Python mock. */
export type PartitionValue = string | number | boolean | null

/** The values of a partition, one for each partition key; none (`null` or `[]`) is the unpartitioned partition. */
export type PartitionValues = readonly PartitionValue[]

/** A column to sort by, and the direction. The last row of a key in this order is the one that is kept. */
export type SortKey = readonly [keyName: string, sortOrder: SortOrder]
/** Which way a sort key goes. */
export type SortOrder = 'ascending' | 'descending'

/** A partition key in DeltaCAT's older form: free JSON (`{ keyName, keyType }`), or a column's name. */
export type PartitionKey = string | { readonly [key: string]: JsonValue }

/** A filter on partition values; an alternative to `partitionValues` in the calls that take both. */
export interface PartitionFilter {
  readonly partitionValues: PartitionValues | null
}

/** The ordered transforms that give a partition's values. */
export interface PartitionSpec {
  readonly orderedTransforms: readonly Transform[] | null
}
/** What makes one partition value of a row. */
export type Transform = IdentityTransform | BucketTransform
/** The column's value itself. */
export interface IdentityTransform {
  readonly name: 'identity'
  readonly parameters: { readonly columnName: string }
}
/** A bucket's number, from a hash of one or several columns. */
export interface BucketTransform {
  readonly name: 'bucket'
  readonly parameters: {
    readonly numBuckets: number
    readonly columnNames: readonly string[]
    /** `default`: SHA-1 of the joined values; `iceberg`: murmur3 of one value. */
    readonly bucketingStrategy: 'default' | 'iceberg'
  }
}
