import { sameValues, shown } from './arguments.ts'
import type { Context } from './context.ts'
import { fail } from './context.ts'
import type { PartitionValue, PartitionValues } from './model/common.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import type { Partition, PartitionLocator } from './model/partition.ts'
import { decodePartition, encodePartition } from './model/partition.ts'
import type { Keyed } from './paging.ts'
import type { Codec, Stored } from './rows.ts'
import { FIRST_ROW, findStored, listStored, storedOf } from './rows.ts'
import type { SqlValue } from './store/database.ts'
import { FIRST_VALUE, INDEX_FROM, PARTITION_STATE, SECOND_VALUE } from './store/ddl.ts'
import { PARAMETER } from './store/parameter.ts'
import { requireLiveStream, requireStream } from './streams.ts'

export const PARTITION_CODEC: Codec<Partition> = {
  table: 'partitions',
  decode: decodePartition,
  encode: encodePartition,
}

// By the number of the row, so that a page costs as much as it holds; the index by values would have to be sorted.
const COMMITTED_PAGE = `SELECT CAST(rowid AS TEXT), locator, value FROM partitions NOT INDEXED WHERE rowid > CAST(? AS INTEGER) AND stream_locator = ${PARAMETER} AND ${PARTITION_STATE} IN ('committed', '') ORDER BY rowid LIMIT ${PARAMETER}`

/** A page of the committed partitions of the stream with that locator. */
export function committedPage(
  context: Context,
  stream: string,
  after: string | null,
  limit: number | null,
): readonly Keyed<Partition>[] {
  const rows = context.store.rows(COMMITTED_PAGE, after ?? FIRST_ROW, stream, limit ?? -1)
  return rows.map(([key, ...row]) => ({ key: key as string, item: storedOf(context, PARTITION_CODEC, row).entity }))
}

// A partition without a state can't be told from a committed one: let the caller see what is wrong with it.
const FIND_COMMITTED = `SELECT locator, value FROM partitions WHERE stream_locator = ${PARAMETER} AND ${PARTITION_STATE} = 'committed' AND ${FIRST_VALUE} IS ? AND ${SECOND_VALUE} IS ? UNION ALL SELECT locator, value FROM partitions WHERE stream_locator = ${PARAMETER} AND ${PARTITION_STATE} = ''`

/** The committed partition of the values in the stream with that locator. */
export function findCommitted(
  context: Context,
  stream: string,
  values: PartitionValues | null,
): Stored<Partition> | null {
  const [first = null, second = null] = (values ?? []).map(sqlValue)
  for (const row of context.store.rows(FIND_COMMITTED, stream, first, second, stream)) {
    const stored = storedOf(context, PARTITION_CODEC, row)
    if (sameValues(stored.entity.locator.partitionValues, values)) return stored
  }
  return null
}

/** A partition value as SQLite's json_extract gives it. */
function sqlValue(value: PartitionValue): SqlValue {
  return typeof value === 'boolean' ? Number(value) : value
}

const COUNT = `SELECT count(*) FROM partitions WHERE stream_locator = ${PARAMETER}`

/** Makes the index by values where a stream has so many partitions that a scan is dearer. */
export function indexIfMany({ store }: Context, stream: string): void {
  if (store.hasIndexes('partitions')) return
  if (Number(store.row(COUNT, stream)?.[0]) >= INDEX_FROM) store.createIndexes('partitions')
}

/** The partition at a locator, whatever its state, found by its id. */
export function findPartition(context: Context, locator: PartitionLocator): Stored<Partition> | null {
  const guess = findStored(context, PARTITION_CODEC, canonicalString(locator))
  if (guess !== null) return guess
  // Python's text of the values may have been another's: the id tells.
  const stream = canonicalString(locator.streamLocator)
  const found = listStored(context, PARTITION_CODEC, stream).find(
    ({ item }) => item.entity.locator.partitionId === locator.partitionId,
  )
  return found?.item ?? null
}

/** As `findPartition`. Throws `not-found` if something above the partition or it is missing. */
export function requirePartition(context: Context, locator: PartitionLocator): Stored<Partition> {
  const stored = findPartition(context, locator)
  if (stored !== null) return stored
  const stream = requireStream(context, locator.streamLocator)
  const ids = listStored(context, PARTITION_CODEC, stream.locator).map(
    ({ item: { entity } }) => `${shown(entity.locator.partitionId)} (${entity.state})`,
  )
  const there = ids.length > 10 ? `${ids.slice(0, 10).join(', ')} and ${ids.length - 10} more` : ids.join(', ')
  throw fail(
    'not-found',
    `There is no partition ${shown(locator.partitionId)} in the stream of ${placeOf(locator.streamLocator)}, which has ${there || 'no partition'}.`,
  )
}

/** A partition as messages name it, by its id and place. */
export function named({ locator }: Pick<Partition, 'locator'>, what = 'partition'): string {
  return `${what} ${shown(locator.partitionId)} of ${placeOf(locator)}`
}

/** Throws `conflict` if a partition, or its stream, is deprecated: what is written there would never be seen. */
export function checkLive(context: Context, { entity }: Stored<Partition>): void {
  const { locator } = entity
  requireLiveStream(context, locator.streamLocator)
  if (entity.state !== 'deprecated') return
  throw fail(
    'conflict',
    `${named(entity, 'Partition')} is deprecated, and nobody would see what is written there; go on with the partition that getPartition returns.`,
  )
}
