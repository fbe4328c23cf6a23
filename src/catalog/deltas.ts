import { checkPosition, valuesOf } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { corruptRow, entityOf } from './context.ts'
import { checkDeltaLocator, checkPartitionLocator } from './entity-arguments.ts'
import type { PartitionFilter } from './model/common.ts'
import type { Delta, DeltaLocator } from './model/delta.ts'
import { decodeDelta, encodeDelta, STAGED } from './model/delta.ts'
import type { ListResult } from './model/list-result.ts'
import { deltaPrefix } from './model/locators.ts'
import type { Manifest } from './model/manifest.ts'
import type { Partition, PartitionLocator } from './model/partition.ts'
import type { Keyed, PageOptions } from './paging.ts'
import { pageOf } from './paging.ts'
import { findCommitted, findPartition, requirePartition } from './partition-rows.ts'
import type { ValuesOption } from './partitions.ts'
import { deltaRows } from './positions.ts'
import type { Codec, Stored } from './rows.ts'
import { findStored } from './rows.ts'
import { committedStream } from './streams.ts'
import type { VersionOption } from './table-versions.ts'
import { findVersion, requireVersion } from './table-versions.ts'

/** Whether deltas come with their manifests. */
export interface ManifestOption {
  /** `false` unless said: `manifest` is `null` then. */
  readonly includeManifest?: boolean
}

/** Which deltas of a partition, and how. */
export interface DeltaRange extends ManifestOption, PageOptions {
  /** Inclusive. */
  readonly firstStreamPosition?: number | null
  /** Inclusive. */
  readonly lastStreamPosition?: number | null
  /** Descending positions unless said. */
  readonly ascendingOrder?: boolean
}

/** Which partition of which version, by its values in one of two ways. */
export interface PartitionOption extends VersionOption, ValuesOption {
  /** Instead of `partitionValues`. */
  readonly partitionFilter?: PartitionFilter | null
}

/** The calls that read deltas. */
export interface DeltaCalls {
  /**
   * The deltas committed to the version's committed partition of the values; none where there is no such partition.
   * Throws `not-found` without the version.
   */
  listDeltas(namespace: string, tableName: string, options?: PartitionOption & DeltaRange): ListResult<Delta>
  /** The deltas committed to a partition, whatever its state. Throws `not-found` without the partition. */
  listPartitionDeltas(partition: Partition | PartitionLocator, options?: DeltaRange): ListResult<Delta>
  /** The deltas that were staged in a partition and never committed, in ascending order of their positions. */
  listStagedDeltas(partition: Partition | PartitionLocator, options?: ManifestOption & PageOptions): ListResult<Delta>
  /** The delta at a position of the committed partition of the values, staged or committed; `null` if there is none. */
  getDelta(
    namespace: string,
    tableName: string,
    streamPosition: number,
    options?: PartitionOption & ManifestOption,
  ): Delta | null
  /** The last delta of the committed partition of the values; `null` if there is none. */
  getLatestDelta(namespace: string, tableName: string, options?: PartitionOption & ManifestOption): Delta | null
  /** The manifest that the file holds for a delta, staged or committed; `null` if there is no such delta. */
  getDeltaManifest(delta: Delta | DeltaLocator): Manifest | null
}

/** Deltas with their manifests. */
export const DELTA_CODEC: Codec<Delta> = {
  table: 'deltas',
  decode: (json) => decodeDelta(json, true),
  encode: encodeDelta,
}

export const deltaCalls: Implementation<DeltaCalls> = {
  listDeltas(context, namespace, tableName, options = {}) {
    const values = valuesOf(options)
    const { tableVersion } = options
    return pageOf(context, options, {
      list: ['listDeltas', namespace, tableName, tableVersion, values, rangeOf(options)],
      holder: () => {
        const version = requireVersion(context, namespace, tableName, tableVersion)
        const stream = committedStream(context, version)
        return stream === null ? null : (findCommitted(context, stream.locator, values)?.locator ?? null)
      },
      read: (holder, after, limit) => committedDeltas(context, holder, options, after, limit),
    })
  },

  listPartitionDeltas(context, partition, options = {}) {
    const locator = checkPartitionLocator(partition)
    return pageOf(context, options, {
      list: ['listPartitionDeltas', locator, rangeOf(options)],
      holder: () => requirePartition(context, locator).locator,
      read: (holder, after, limit) => committedDeltas(context, holder, options, after, limit),
    })
  },

  listStagedDeltas(context, partition, options = {}) {
    const locator = checkPartitionLocator(partition)
    return pageOf(context, options, {
      list: ['listStagedDeltas', locator],
      holder: () => requirePartition(context, locator).locator,
      read: (holder, after, limit) =>
        deltaPage(context, holder, STAGED, { ...options, ascendingOrder: true }, after, limit),
    })
  },

  getDelta(context, namespace, tableName, streamPosition, options = {}) {
    checkPosition(streamPosition, 'streamPosition')
    const values = valuesOf(options)
    return context.store.read(() => {
      const partition = committedPartition(context, namespace, tableName, options, values)
      if (partition === null) return null
      const row = context.store.row(FIND, deltaPrefix(partition.locator) + streamPosition)
      const [locator = null, value = null] = row ?? []
      return row === undefined ? null : entityOf(context, 'deltas', locator, value, decoder(options))
    })
  },

  getLatestDelta(context, namespace, tableName, options = {}) {
    const values = valuesOf(options)
    return context.store.read(() => {
      const partition = committedPartition(context, namespace, tableName, options, values)
      return partition === null
        ? null
        : (committedDeltas(context, partition.locator, options, null, 1)[0]?.item ?? null)
    })
  },

  getDeltaManifest(context, delta) {
    const locator = checkDeltaLocator(delta)
    return context.store.read(() => findDelta(context, locator)?.entity.manifest ?? null)
  },
}

const FIND = 'SELECT locator, value FROM deltas WHERE locator = ?'
function committedPartition(
  context: Context,
  namespace: string,
  tableName: string,
  { tableVersion }: VersionOption,
  values: ReturnType<typeof valuesOf>,
): Stored<Partition> | null {
  const version = findVersion(context, namespace, tableName, tableVersion)
  const stream = version === null ? null : committedStream(context, version)
  return stream === null ? null : findCommitted(context, stream.locator, values)
}

/** The committed deltas of the partition with that locator. */
export function committedDeltas(
  context: Context,
  partition: string,
  options: DeltaRange,
  after: string | null = null,
  limit: number | null = null,
): readonly Keyed<Delta>[] {
  return deltaPage(context, partition, partition, options, after, limit)
}

function deltaPage(
  context: Context,
  partition: string,
  owner: string,
  options: DeltaRange,
  after: string | null,
  limit: number | null,
): readonly Keyed<Delta>[] {
  const { firstStreamPosition, lastStreamPosition, ascendingOrder = false } = options
  // Without bounds to the ends of SQLite's integers: a position that is not safe must be met, and refused.
  let first: number | bigint = firstStreamPosition ?? -(2n ** 63n)
  let last: number | bigint = lastStreamPosition ?? 2n ** 63n - 1n
  if (after !== null && ascendingOrder) first = BigInt(after) + 1n
  if (after !== null && !ascendingOrder) last = BigInt(after) - 1n
  const prefix = deltaPrefix(partition)
  const order = ascendingOrder ? 'ascending' : 'descending'
  const rows = deltaRows(context, partition, owner, { first, last, order, limit })
  return rows.map(([locator = null, value = null]) => {
    const item = entityOf(context, 'deltas', locator, value, decoder(options))
    const position = item.locator.streamPosition
    if (locator !== prefix + String(position)) {
      throw corruptRow(context.store.path, 'deltas', locator, `the document's position is ${position}`)
    }
    return { key: String(position), item }
  })
}

function decoder({ includeManifest = false }: ManifestOption): (json: Parameters<typeof decodeDelta>[0]) => Delta {
  return (json) => decodeDelta(json, includeManifest)
}

/** The range of a list, checked; part of what makes its page tokens its own. */
function rangeOf(options: DeltaRange): readonly unknown[] {
  const { firstStreamPosition, lastStreamPosition, ascendingOrder = false } = options
  if (firstStreamPosition !== undefined && firstStreamPosition !== null) {
    checkPosition(firstStreamPosition, 'firstStreamPosition')
  }
  if (lastStreamPosition !== undefined && lastStreamPosition !== null) {
    checkPosition(lastStreamPosition, 'lastStreamPosition')
  }
  return [firstStreamPosition, lastStreamPosition, ascendingOrder]
}

/** A delta with its manifest, at a locator whose partition may have been replaced since. */
export function findDelta(context: Context, locator: DeltaLocator): Stored<Delta> | null {
  if (locator.streamPosition === null) return null
  const partition = findPartition(context, locator.partitionLocator)
  return partition === null
    ? null
    : findStored(context, DELTA_CODEC, deltaPrefix(partition.locator) + locator.streamPosition)
}
