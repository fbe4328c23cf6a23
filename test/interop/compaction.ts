import type { Table } from 'apache-arrow'
import { type Catalog, openCatalog, type PartitionValues, type SortKey } from '../../src/catalog/index.ts'
import { tableToJson } from './cells.ts'
import type { JsonTable } from './differential/step.ts'
import { reference } from './peer.ts'

export interface Place {
  readonly namespace: string
  readonly tableName: string
  readonly tableVersion: string
}

export interface Compaction {
  readonly source: Place
  readonly primaryKeys: readonly string[]
  readonly sortKeys: readonly SortKey[]
  readonly partitionValues: PartitionValues | null
  readonly dropDuplicates: boolean
  readonly hashBucketCount?: number
}

export interface Compacted {
  readonly delta: { readonly streamPosition: number }
  readonly table: JsonTable | null
  readonly files: number
}

/** Rows as texts, sorted: a compacted table has no order. */
export function sortedRows(
  { schema, rows }: JsonTable,
  columns: readonly string[] = schema.map(([name]) => name),
): string[] {
  const at = columns.map((column) => schema.findIndex(([name]) => name === column))
  return rows.map((row) => JSON.stringify(at.map((i) => row[i]))).toSorted()
}

/** Makes the table that the compactor writes to, of the source's name in the namespace `compacted`. */
export function makeDestination(catalog: Catalog, { source, partitionValues }: Compaction): Place {
  const destination = { namespace: 'compacted', tableName: source.tableName, tableVersion: '1' }
  catalog.createNamespace(destination.namespace)
  catalog.createTableVersion(destination.namespace, destination.tableName, {
    tableVersion: '1',
    supportedContentTypes: ['application/parquet'],
    ...(partitionValues !== null && { partitionKeys: [{ keyName: 'region', keyType: 'string' }] }),
  })
  return destination
}

/** Runs DeltaCAT's compactor on the file, which our catalog must not have open. */
export async function compact(path: string, compaction: Compaction, destination: Place): Promise<Compacted | null> {
  return reference().ask('compact', {
    db: path,
    source: compaction.source,
    destination,
    primary_keys: compaction.primaryKeys,
    sort_keys: compaction.sortKeys,
    partition_values: compaction.partitionValues,
    drop_duplicates: compaction.dropDuplicates,
    ...(compaction.hashBucketCount !== undefined && { hash_bucket_count: compaction.hashBucketCount }),
  })
}

/** What our catalog reads a table's committed partition as. */
export function readOurs(path: string, place: Place, values: PartitionValues | null, dropDuplicates = true): JsonTable {
  using catalog = openCatalog(path, { readonly: true })
  const stream = catalog.getStream(place.namespace, place.tableName, { tableVersion: place.tableVersion })
  const partition = stream && catalog.getPartition(stream.locator, { partitionValues: values })
  if (partition === null) throw new Error(`No partition ${JSON.stringify(values)} in ${JSON.stringify(place)}`)
  return tableToJson(catalog.readPartition(partition, { dropDuplicates }) as Table)
}
