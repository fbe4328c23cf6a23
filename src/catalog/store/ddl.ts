/** The seven tables of a catalog, from the top of the hierarchy down. */
export const TABLES = ['namespaces', 'tables', 'table_versions', 'streams', 'partitions', 'deltas', 'data'] as const
export type TableName = (typeof TABLES)[number]

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
