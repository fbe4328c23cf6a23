import { checkPartitionValues, isPlainObject, shown } from './arguments.ts'
import type { Implementation } from './context.ts'
import { fail } from './context.ts'
import { checkStreamLocator } from './entity-arguments.ts'
import type { PartitionValues } from './model/common.ts'
import type { ListResult } from './model/list-result.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import type { Partition } from './model/partition.ts'
import type { Stream, StreamLocator } from './model/stream.ts'
import type { Keyed, PageOptions } from './paging.ts'
import { pageOf } from './paging.ts'
import { committedPage, findCommitted, indexIfMany, PARTITION_CODEC } from './partition-rows.ts'
import { lastCommitted, nextPosition } from './positions.ts'
import { insertEntity, listEntities, updateEntity } from './rows.ts'
import { rememberSeen } from './staged-partitions.ts'
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
   * Stages a partition that would replace the committed one of the same values. Takes one id, then reads the clock. Stage
   * before reading what goes into it: the commit notices what came after the staging, not what came before it.
   * Throws `not-found` without the stream, `conflict` if the stream is deprecated.
   */
  stagePartition(stream: Stream | StreamLocator, values?: PartitionValues | ValuesOption | null): Partition
  /** Deprecates the committed partition of the values. Throws `not-found` if there is none. */
  deletePartition(namespace: string, tableName: string, options?: VersionOption & ValuesOption): void
  /** The committed partition of the values, or `null`. */
  getPartition(stream: StreamLocator | Stream, values?: PartitionValues | ValuesOption | null): Partition | null
}

export const partitionCalls: Implementation<PartitionCalls> = {
  listPartitions: (context, namespace, tableName, options = {}) =>
    pageOf(context, options, {
      list: ['listPartitions', namespace, tableName, options.tableVersion],
      holder: () => {
        const version = requireVersion(context, namespace, tableName, options.tableVersion)
        return committedStream(context, version)?.locator ?? null
      },
      read: (...page) => committedPage(context, ...page),
    }),

  listStreamPartitions(context, stream, options) {
    const locator = checkStreamLocator(stream)
    return pageOf(context, options, {
      list: ['listStreamPartitions', locator],
      holder: () => requireStream(context, locator).locator,
      read: (...page) => committedPage(context, ...page),
    })
  },

  listAllPartitions(context, stream, options) {
    const locator = checkStreamLocator(stream)
    return pageOf(context, options, {
      list: ['listAllPartitions', locator],
      holder: () => requireStream(context, locator).locator,
      read: (...page) => listEntities(context, PARTITION_CODEC, ...page),
    })
  },

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
  const options = isPlainObject(given) ? (given as ValuesOption) : null
  const known = options !== null && ('partitionValues' in options || Object.keys(options).length === 0)
  return checkPartitionValues(known ? options.partitionValues : given)
}

function noPartition(place: string, values: PartitionValues | null, there: readonly Keyed<Partition>[]): Error {
  const others = there.slice(0, 10).map(({ item }) => shown(item.locator.partitionValues ?? []))
  const more = there.length > 10 ? ` and ${there.length - 10} more` : ''
  return fail(
    'not-found',
    `There is no committed partition ${shown(values ?? [])} of ${place}, which has ${others.join(', ') || 'no committed partition'}${more}.`,
  )
}
