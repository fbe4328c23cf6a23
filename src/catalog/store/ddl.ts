/** The seven tables of a catalog, from the top of the hierarchy down. */
export const TABLES = ['namespaces', 'tables', 'table_versions', 'streams', 'partitions', 'deltas', 'data'] as const
/** The name of one of them. */
export type TableName = (typeof TABLES)[number]

/** The column with the locator of what is above a row, in the tables that have one. */
export const PARENT_COLUMNS: Readonly<Record<TableName, string | null>> = {
  namespaces: null,
  tables: 'namespace_locator',
  table_versions: 'table_locator',
  streams: 'table_version_locator',
  partitions: 'stream_locator',
  deltas: 'partition_locator',
  data: null,
}

// Text for text as the mock creates them: it inserts by position, so a further column would break it.
const CREATE_TABLES = [
  'CREATE TABLE IF NOT EXISTS namespaces(locator, value, PRIMARY KEY (locator))',
  'CREATE TABLE IF NOT EXISTS tables(locator, namespace_locator, value, PRIMARY KEY (locator), FOREIGN KEY (namespace_locator) REFERENCES namespaces(locator))',
  'CREATE TABLE IF NOT EXISTS table_versions(locator, table_locator, value, PRIMARY KEY (locator), FOREIGN KEY (table_locator) REFERENCES tables(locator))',
  'CREATE TABLE IF NOT EXISTS streams(locator, table_version_locator, value, PRIMARY KEY(locator), FOREIGN KEY (table_version_locator) REFERENCES table_versions(locator))',
  'CREATE TABLE IF NOT EXISTS partitions(locator, stream_locator, value, PRIMARY KEY(locator), FOREIGN KEY (stream_locator) REFERENCES streams(locator))',
  'CREATE TABLE IF NOT EXISTS deltas(locator, partition_locator, value, PRIMARY KEY(locator), FOREIGN KEY (partition_locator) REFERENCES partitions(locator))',
  'CREATE TABLE IF NOT EXISTS data(uri, value, PRIMARY KEY(uri))',
]

/** What the first `createNamespace` of a file runs. */
export const CREATE_ALL = CREATE_TABLES.join(';')

/** What the locators of a partition's deltas begin with: a SHA-1 digest and a bar. */
export const DELTA_PREFIX = 'substr(locator, 1, 41)'
/** The stream position in a delta's locator. */
export const DELTA_POSITION = 'CAST(substr(locator, 42) AS INTEGER)'
/** The id of a delta's manifest; NULL where the document has none. */
export const MANIFEST_ID = ofDocument("json_extract(value, '$.manifest.id')")

/** A partition's state; empty where the document has none. */
export const PARTITION_STATE = "coalesce(CASE WHEN json_valid(value) THEN json_extract(value, '$.state') END, '')"
/** The first of a partition's values; NULL where there is none. */
export const FIRST_VALUE = ofDocument("json_extract(value, '$.partitionLocator.partitionValues[0]')")
/** The second of them. */
export const SECOND_VALUE = ofDocument("json_extract(value, '$.partitionLocator.partitionValues[1]')")

/** Python may write what is no JSON: an index must not fail then. */
function ofDocument(expression: string): string {
  return `CASE WHEN json_valid(value) THEN ${expression} END`
}

/**
 * Indexes that make a call's time independent of the number of rows. They are made when a partition has this many
 * deltas, or a stream this many partitions: below that, a scan costs less than keeping them. Nothing depends on them,
 * and Python doesn't notice them.
 */
export const INDEX_FROM = 64
export const INDEXES = {
  deltas: {
    vitest_deltacat_positions: `deltas(partition_locator, ${DELTA_PREFIX}, ${DELTA_POSITION})`,
    vitest_deltacat_manifests: `deltas(partition_locator, ${MANIFEST_ID})`,
  },
  partitions: {
    vitest_deltacat_values: `partitions(stream_locator, ${PARTITION_STATE}, ${FIRST_VALUE}, ${SECOND_VALUE})`,
  },
} as const
/** A table that has indexes. */
export type IndexedTable = keyof typeof INDEXES
