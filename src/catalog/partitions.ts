import { checkPartitionValues, sameValues, shown } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { fail } from './context.ts'
import { checkStreamLocator } from './entity-arguments.ts'
import type { PartitionValue, PartitionValues } from './model/common.ts'
import type { ListResult } from './model/list-result.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import type { Partition, PartitionLocator } from './model/partition.ts'
import { decodePartition, encodePartition } from './model/partition.ts'
import type { Stream, StreamLocator } from './model/stream.ts'
import type { Keyed, PageOptions } from './paging.ts'
import { pageOf } from './paging.ts'
import { lastCommitted, nextPosition } from './positions.ts'
import type { Codec, Stored } from './rows.ts'
import { FIRST_ROW, findStored, insertEntity, listStored, storedOf, updateEntity } from './rows.ts'
import { rememberSeen } from './staged-partitions.ts'
import type { SqlValue } from './store/database.ts'
import { FIRST_VALUE, INDEX_FROM, PARTITION_STATE, SECOND_VALUE } from './store/ddl.ts'
import { PARAMETER } from './store/parameter.ts'
import { committedStream, requireLiveStream, requireStream } from './streams.ts'
import type { VersionOption } from './table-versions.ts'
import { requireVersion } from './table-versions.ts'

/** Which partition of the stream a call is about. */
export interface ValuesOption {
  /** None (`null`, `[]`, or left out): the unpartitioned partition. */
  readonly partitionValues?: PartitionValues | null
}

/** The calls about partitions. */
export interface PartitionCalls {
  /**
   * The committed partitions of the version's committed stream, in the order in which they were staged. Throws
   * `not-found` without the version.
   */
  listPartitions(namespace: string, tableName: string, options?: VersionOption & PageOptions): ListResult<Partition>
  /** The committed partitions of a stream, whatever the stream's state. Throws `not-found` without the stream. */
  listStreamPartitions(stream: Stream | StreamLocator, options?: PageOptions): ListResult<Partition>
  /** The partitions of a stream in every state. Throws `not-found` without the stream. */
  listAllPartitions(stream: Stream | StreamLocator, options?: PageOptions): ListResult<Partition>
  /**
   * Stages a partition that would replace the committed one of the same values. Takes one id, then reads the clock.
   * Throws `not-found` without the stream, `conflict` if the stream is deprecated.
   */
  stagePartition(stream: Stream | StreamLocator, values?: PartitionValues | ValuesOption | null): Partition
  /** Deprecates the committed partition of the values. Throws `not-found` if there is none. */
  deletePartition(namespace: string, tableName: string, options?: VersionOption & ValuesOption): void
  /** The committed partition of the values, or `null`. */
  getPartition(stream: StreamLocator | Stream, values?: PartitionValues | ValuesOption | null): Partition | null
}

export const PARTITION_CODEC: Codec<Partition> = {
  table: 'partitions',
  decode: decodePartition,
  encode: encodePartition,
}

export const partitionCalls: Implementation<PartitionCalls> = {
  listPartitions: (context, namespace, tableName, options = {}) =>
    pageOf(context, ['listPartitions', namespace, tableName, options.tableVersion], options, (after, limit) => {
      const version = requireVersion(context, namespace, tableName, options.tableVersion)
      const stream = committedStream(context, version)
      return stream === null ? [] : committedPage(context, stream.locator, after, limit)
    }),

  listStreamPartitions: (context, stream, options) =>
    pageOf(context, ['listStreamPartitions', checkStreamLocator(stream)], options, (after, limit) =>
      committedPage(context, requireStream(context, checkStreamLocator(stream)).locator, after, limit),
    ),

  listAllPartitions: (context, stream, options) =>
    pageOf(context, ['listAllPartitions', checkStreamLocator(stream)], options, (after, limit) => {
      const parent = requireStream(context, checkStreamLocator(stream)).locator
      return listStored(context, PARTITION_CODEC, parent, after, limit).map(({ key, item }) => ({
        key,
        item: item.entity,
      }))
    }),

  stagePartition(context, stream, given) {
    const streamLocator = checkStreamLocator(stream)
    const partitionValues = givenValues(given)
    return context.store.write(() => {
      const parent = requireLiveStream(context, streamLocator)
      const { tableLocator, tableVersion } = streamLocator.tableVersionLocator
      const { namespace } = tableLocator.namespaceLocator
      const version = requireVersion(context, namespace, tableLocator.tableName, tableVersion).entity
      indexIfMany(context, parent.locator)
      const previous = findCommitted(context, parent.locator, partitionValues)
      const partitionId = context.ids()
      const partition: Partition = {
        locator: { streamLocator: parent.entity.locator, partitionValues, partitionId },
        schema: version.schema,
        contentTypes: version.contentTypes,
        state: 'staged',
        previousStreamPosition: previous === null ? null : previous.entity.streamPosition,
        previousPartitionId: previous === null ? null : previous.entity.locator.partitionId,
        // Above everything in the one that it would replace, as a delta there would be.
        streamPosition: previous === null ? context.clock() : nextPosition(context, previous),
        nextPartitionId: null,
      }
      const locator = canonicalString(partition)
      if (previous !== null) rememberSeen(context, locator, lastCommitted(context, previous.locator))
      return insertEntity(context, PARTITION_CODEC, locator, parent.locator, partition)
    })
  },

  deletePartition(context, namespace, tableName, options = {}) {
    const values = checkPartitionValues(options.partitionValues)
    context.store.write(() => {
      const version = requireVersion(context, namespace, tableName, options.tableVersion)
      const stream = committedStream(context, version)
      const stored = stream === null ? null : findCommitted(context, stream.locator, values)
      if (stored === null) {
        const there = stream === null ? [] : committedPage(context, stream.locator, null, null)
        throw noPartition(placeOf(version.entity), values, there)
      }
      updateEntity(context, PARTITION_CODEC, stored, { ...stored.entity, state: 'deprecated' })
    })
  },

  getPartition: (context, stream, given) =>
    findCommitted(context, canonicalString(checkStreamLocator(stream)), givenValues(given))?.entity ?? null,
}

function givenValues(given: PartitionValues | ValuesOption | null | undefined): PartitionValues | null {
  // Options that leave the values out are `{}`; any other object without them is a slip, and is refused as one.
  const options = typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as ValuesOption) : null
  const known = options !== null && ('partitionValues' in options || Object.keys(options).length === 0)
  return checkPartitionValues(known ? options.partitionValues : given)
}

// By the number of the row, so that a page costs as much as it holds; the index by values would have to be sorted.
const COMMITTED_PAGE = `SELECT CAST(rowid AS TEXT), locator, value FROM partitions NOT INDEXED WHERE rowid > CAST(? AS INTEGER) AND stream_locator = ${PARAMETER} AND ${PARTITION_STATE} IN ('committed', '') ORDER BY rowid LIMIT ${PARAMETER}`

function committedPage(
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
function indexIfMany({ store }: Context, stream: string): void {
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

/** Throws `conflict` if a partition, or its stream, is deprecated: what is written there would never be seen. */
export function checkLive(context: Context, { entity }: Stored<Partition>): void {
  const { locator } = entity
  requireLiveStream(context, locator.streamLocator)
  if (entity.state !== 'deprecated') return
  throw fail(
    'conflict',
    `Partition ${shown(locator.partitionId)} of ${placeOf(locator)} is deprecated, and nobody would see what is written there; go on with the partition that getPartition returns.`,
  )
}

function noPartition(place: string, values: PartitionValues | null, there: readonly Keyed<Partition>[]): Error {
  const others = there.slice(0, 10).map(({ item }) => shown(item.locator.partitionValues ?? []))
  const more = there.length > 10 ? ` and ${there.length - 10} more` : ''
  return fail(
    'not-found',
    `There is no committed partition ${shown(values ?? [])} of ${place}, which has ${others.join(', ') || 'no committed partition'}${more}.`,
  )
}
