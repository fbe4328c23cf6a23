import { shown } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { fail } from './context.ts'
import { committedDeltas, DELTA_CODEC } from './deltas.ts'
import { checkPartitionLocator, checkWhole } from './entity-arguments.ts'
import { CatalogError } from './errors.ts'
import type { Delta } from './model/delta.ts'
import { deltaPrefix } from './model/locators.ts'
import type { Partition, PartitionLocator } from './model/partition.ts'
import { findCommitted, named, PARTITION_CODEC, requirePartition } from './partition-rows.ts'
import { lastCommitted } from './positions.ts'
import type { Stored } from './rows.ts'
import { findStored, insertCopy, updateEntity } from './rows.ts'
import { forgetSeen, seenPosition } from './staged-partitions.ts'
import { requireLiveStream } from './streams.ts'

/** How a partition is committed. */
export interface CommitPartitionOptions {
  /**
   * The committed partition that was compacted into this one. Its deltas above this one's newest delta (or, where this
   * one has none, those that were committed since it was staged) are late, and are copied over, not refused. So commit
   * the compacted delta at the position of the last delta that went into it: `mergeDeltas(…, { streamPosition })`.
   */
  readonly previousPartition?: Partition | null
}

/** The call that replaces a partition. */
export interface CommitPartitionCalls {
  /**
   * Makes a staged partition the committed one of its values, and returns it; the one before it is deprecated.
   *
   * Throws `conflict` if it was staged to replace another than the committed one, if deltas have been committed to
   * that since (unless it is given as `previousPartition`), or if the stream is deprecated; `already-exists` if it is
   * committed already; `not-found` if it is missing.
   */
  commitPartition(partition: Partition, options?: CommitPartitionOptions): Partition
}

export const commitPartitionCalls: Implementation<CommitPartitionCalls> = {
  commitPartition(context, partition, { previousPartition } = {}) {
    const locator = checkPartitionLocator(partition)
    checkWhole(partition, 'partition')
    const previous = previousPartition ? checkPartitionLocator(previousPartition) : null
    return context.store.write(() => {
      const stream = requireLiveStream(context, locator.streamLocator)
      const stored = requirePartition(context, locator)
      checkStaged(stored)
      const current = findCommitted(context, stream.locator, stored.entity.locator.partitionValues)
      if (previous !== null) checkIsCommitted(previous, current)
      checkPrevious(partition, current)
      if (current !== null) {
        if (previous !== null) copyLateDeltas(context, current, stored)
        else refuseLateDeltas(context, current, stored)
        updateEntity(context, PARTITION_CODEC, current, { ...current.entity, state: 'deprecated' })
      }
      forgetSeen(context, stored.locator)
      return updateEntity(context, PARTITION_CODEC, stored, {
        ...stored.entity,
        state: 'committed',
        previousStreamPosition: partition.previousStreamPosition,
        previousPartitionId: partition.previousPartitionId,
        streamPosition: lastCommitted(context, stored.locator) ?? stored.entity.streamPosition,
      })
    })
  },
}

function checkStaged({ entity }: Stored<Partition>): void {
  if (entity.state === 'committed') {
    const message = `${named(entity, 'Partition')} is committed already; take error.existing as the answer.`
    throw new CatalogError('already-exists', message, { existing: entity })
  }
  if (entity.state === 'deprecated') {
    throw fail(
      'conflict',
      `${named(entity, 'Partition')} has been replaced or deleted since it was committed; stage a partition again.`,
    )
  }
}

function checkIsCommitted(previous: PartitionLocator, current: Stored<Partition> | null): void {
  if (current?.entity.locator.partitionId === previous.partitionId) return
  const there = current === null ? 'none is' : `${named(current.entity)} is`
  throw fail(
    'conflict',
    `previousPartition, ${named({ locator: previous })}, is not the committed one: ${there}; stage a partition on top of that.`,
  )
}

/** What the partition was staged to replace must be what is committed now. */
function checkPrevious(partition: Partition, current: Stored<Partition> | null): void {
  const id = current?.entity.locator.partitionId ?? null
  const position = current?.entity.streamPosition ?? null
  const { previousPartitionId, previousStreamPosition } = partition
  if (previousPartitionId === id && previousStreamPosition === position) return
  throw fail(
    'conflict',
    `${named(partition, 'Partition')} was staged to replace ${state(previousPartitionId, previousStreamPosition)}, but ${state(id, position)} is committed now; stage a partition again.`,
  )
}

function state(id: string | null, position: number | null): string {
  return id === null ? 'nothing' : `${shown(id)} at position ${position}`
}

/** Deltas that were committed to the replaced partition after this one was staged would be lost. */
function refuseLateDeltas(context: Context, current: Stored<Partition>, staged: Stored<Partition>): void {
  const seen = seenPosition(context, staged.locator)
  const threshold = seen === undefined ? staged.entity.streamPosition : seen
  const last = lastCommitted(context, current.locator)
  if (last === null || (threshold !== null && last <= threshold)) return
  throw fail(
    'conflict',
    `${named(current.entity, 'Partition')} has a delta at position ${last} that was committed after ${shown(staged.entity.locator.partitionId)} was staged to replace it, and would be lost; stage a partition again, or give previousPartition to carry it over.`,
  )
}

/** Copies the deltas that the compaction has not seen: same positions and files, new locators. */
function copyLateDeltas(context: Context, current: Stored<Partition>, staged: Stored<Partition>): void {
  const newest = lastCommitted(context, staged.locator)
  const seen = seenPosition(context, staged.locator)
  const threshold = newest ?? (seen === undefined ? staged.entity.streamPosition : seen)
  const range = {
    ascendingOrder: true,
    ...(threshold !== null && { firstStreamPosition: threshold + 1 }),
  }
  for (const { key } of committedDeltas(context, current.locator, range)) {
    const locator = deltaPrefix(staged.locator) + key
    if (findStored(context, DELTA_CODEC, locator) !== null) {
      throw fail(
        'conflict',
        `The delta at position ${key} of ${named(current.entity)} cannot be carried over: a delta that is staged in ${shown(staged.entity.locator.partitionId)} has that position; stage a partition again.`,
      )
    }
    const source = findStored(context, DELTA_CODEC, deltaPrefix(current.locator) + key) as Stored<Delta>
    const { streamPosition } = source.entity.locator
    const copy = { ...source.entity, locator: { partitionLocator: staged.entity.locator, streamPosition } }
    insertCopy(context, DELTA_CODEC, source, locator, staged.locator, copy)
  }
}
