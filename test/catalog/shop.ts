import type { Catalog, Delta, NewTableVersion, Partition, Stream } from '../../src/catalog/index.ts'

/** A namespace `shop` with a table `orders`, and the stream of its first version. */
export function shopIn(catalog: Catalog, options: NewTableVersion = {}): Stream {
  catalog.createNamespace('shop')
  return catalog.createTableVersion('shop', 'orders', options)
}

/** A partition that is committed, with no delta. */
export function committedPartition(
  catalog: Catalog,
  stream: Stream,
  values: readonly string[] | null = null,
): Partition {
  return catalog.commitPartition(catalog.stagePartition(stream, values))
}

/** A delta of rows with these ids, committed. */
export function commitIds(catalog: Catalog, partition: Partition, ...ids: readonly number[]): Delta {
  return catalog.commitDelta(stageIds(catalog, partition, ...ids))
}

/** A delta of rows with these ids, staged. */
export function stageIds(catalog: Catalog, partition: Partition, ...ids: readonly number[]): Delta {
  return catalog.stageDelta(
    ids.map((id) => ({ id })),
    partition,
    { deltaType: 'append' },
  )
}

/** The ids in a delta's records, as they are stored. */
export function idsOf(catalog: Catalog, delta: Delta): readonly number[] {
  return catalog.downloadDelta(delta, { tableType: 'rows' }).flatMap((rows) => rows.map(({ id }) => Number(id)))
}

/** The positions of a partition's committed deltas, in ascending order. */
export function positionsOf(catalog: Catalog, partition: Partition): readonly (number | null)[] {
  const deltas = catalog.listPartitionDeltas(partition, { ascendingOrder: true })
  return Array.from(deltas, ({ locator }) => locator.streamPosition)
}
