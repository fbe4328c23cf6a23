import type { Context, Implementation } from './context.ts'
import { checkDeltaLocator, checkPartitionLocator, checkStreamLocator, checkWhole } from './entity-arguments.ts'
import { findByManifest } from './manifest-rows.ts'
import type { CommitState } from './model/common.ts'
import { type Delta, STAGED } from './model/delta.ts'
import { canonicalString, deltaPrefix } from './model/locators.ts'
import type { Partition } from './model/partition.ts'
import type { Stream } from './model/stream.ts'
import { findPartition } from './partition-rows.ts'
import { findStored } from './rows.ts'
import { STREAM_CODEC } from './streams.ts'

/** The call that looks up the state of an entity. */
export interface StateCalls {
  /**
   * The state that an entity has in the file now, whatever it was when the entity was read; `null` if it is no longer
   * there. A delta is staged or committed; a merged one is `null` until it is committed.
   */
  stateOf(entity: Stream | Partition | Delta): CommitState | null
}

const FIND_OWNER = 'SELECT partition_locator FROM deltas WHERE locator = ?'

export const stateCalls: Implementation<StateCalls> = {
  stateOf(context, entity) {
    const locator: object = (entity as { readonly locator?: object } | null | undefined)?.locator ?? {}
    if ('streamId' in locator) {
      const stream = checkStreamLocator(entity)
      return findStored(context, STREAM_CODEC, canonicalString(stream))?.entity.state ?? null
    }
    if ('partitionId' in locator) return findPartition(context, checkPartitionLocator(entity))?.entity.state ?? null
    checkDeltaLocator(entity)
    checkWhole(entity, 'delta')
    return context.store.read(() => deltaState(context, entity as Delta))
  },
}

function deltaState(context: Context, { locator, manifest }: Delta): CommitState | null {
  const { partitionLocator, streamPosition } = locator
  const partition = findPartition(context, partitionLocator)
  if (partition === null) return null
  if (streamPosition === null) return manifest && findByManifest(context, partition, manifest.id) ? 'committed' : null
  const row = context.store.row(FIND_OWNER, deltaPrefix(partition.locator) + streamPosition)
  if (row === undefined) return null
  return row[0] === STAGED ? 'staged' : 'committed'
}
