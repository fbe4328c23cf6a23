import { checkOptionalJson, checkPosition, invalid, shown } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { fail } from './context.ts'
import { DELTA_CODEC } from './deltas.ts'
import { checkDeltaLocator, checkWhole } from './entity-arguments.ts'
import { CatalogError } from './errors.ts'
import { findByManifest } from './manifest-rows.ts'
import { checkManifest } from './manifests.ts'
import type { Delta, DeltaLocator } from './model/delta.ts'
import { deltaPrefix } from './model/locators.ts'
import type { Manifest } from './model/manifest.ts'
import type { Partition } from './model/partition.ts'
import { checkLive, named, requirePartition } from './partition-rows.ts'
import { lastCommitted, nextPosition } from './positions.ts'
import { ownerOf } from './registry.ts'
import type { Stored } from './rows.ts'
import { changedDocument, findStored, insertEntity, newDocument, readBack } from './rows.ts'

/** What a commit insists on. */
export interface CommitDeltaOptions {
  /** The position of the partition's last committed delta, as the caller knows it; `null`: it has none. */
  readonly previousStreamPosition?: number | null
}

/** The call that makes records count. */
export interface CommitDeltaCalls {
  /**
   * Adds a delta to its partition, and returns it as committed. A merged delta without a position gets one: the clock
   * is read then.
   *
   * Throws `conflict` if the partition or its stream is deprecated, the position doesn't exceed the last committed
   * one, or that one isn't `previousStreamPosition`; `already-exists`, with the committed delta as `error.existing`, if
   * a delta with this manifest is committed there already; `not-found` without the partition.
   */
  commitDelta(delta: Delta, options?: CommitDeltaOptions): Delta
}

const COMMIT = 'UPDATE deltas SET partition_locator = ?, value = ? WHERE locator = ?'

export const commitDeltaCalls: Implementation<CommitDeltaCalls> = {
  commitDelta(context, delta, { previousStreamPosition } = {}) {
    const { partitionLocator, streamPosition } = checkDelta(context, delta)
    if (previousStreamPosition !== undefined && previousStreamPosition !== null) {
      checkPosition(previousStreamPosition, 'previousStreamPosition')
    }
    return context.store.write(() => {
      const partition = requirePartition(context, partitionLocator)
      const prefix = deltaPrefix(partition.locator)
      const staged = streamPosition === null ? null : findStored(context, DELTA_CODEC, prefix + streamPosition)
      const manifest = delta.manifest ?? staged?.entity.manifest
      if (!manifest) throw invalid('The delta has no manifest; commit the one that stageDelta or mergeDeltas returned.')
      // Before anything else: what was committed is done, even where the partition has been replaced since.
      checkNew(context, partition, manifest)
      checkLive(context, partition)
      const last = lastCommitted(context, partition.locator)
      if (previousStreamPosition !== undefined && previousStreamPosition !== last) {
        const there = last === null ? 'no committed delta' : `its last committed delta at ${last}`
        throw fail(
          'conflict',
          `${named(partition.entity, 'Partition')} has ${there}, where previousStreamPosition is ${previousStreamPosition}; read what is there and stage again.`,
        )
      }
      if (streamPosition !== null && last !== null && streamPosition <= last) {
        throw fail(
          'conflict',
          `Position ${streamPosition} does not exceed ${last}, the last one committed to ${named(partition.entity)}; stage the delta again for a new position.`,
        )
      }
      if (staged !== null) checkReplaces(staged, manifest, partition)
      const position = streamPosition ?? nextPosition(context, partition)
      const locator = { partitionLocator: partition.entity.locator, streamPosition: position }
      const committed: Delta = { ...delta, locator, manifest }
      if (staged === null) return insertEntity(context, DELTA_CODEC, prefix + position, partition.locator, committed)
      const isSame = staged.entity.manifest?.id === manifest.id
      const text = isSame
        ? changedDocument(context, DELTA_CODEC, staged, committed)
        : newDocument(DELTA_CODEC, committed)
      const written = readBack(context, DELTA_CODEC, staged.locator, text)
      context.store.run(COMMIT, partition.locator, text, staged.locator)
      return written
    })
  },
}

/** The locator of a delta that is given whole; what is in it, JSON must hold. */
function checkDelta({ catalog }: Context, delta: Delta): DeltaLocator {
  const locator = checkDeltaLocator(delta)
  checkWhole(delta, 'delta')
  // One that this catalog returned came from JSON.
  if (ownerOf(delta)?.catalog === catalog) return locator
  checkOptionalJson(delta.properties, 'properties')
  if (delta.manifest) checkManifest(delta.manifest)
  return locator
}

/** A retry after a lost answer finds what the first try has done: throws `already-exists`, with that delta. */
function checkNew(context: Context, partition: Stored<Partition>, { id }: Manifest): void {
  const existing = findByManifest(context, partition, id)?.entity
  if (existing === undefined) return
  throw new CatalogError(
    'already-exists',
    `The delta with manifest ${shown(id)} is committed to ${named(partition.entity)} already, at position ${existing.locator.streamPosition}; take error.existing as the answer.`,
    { existing },
  )
}

/** A staged delta at the position may only be replaced by one that holds all its files. */
function checkReplaces(staged: Stored<Delta>, manifest: Manifest, partition: Stored<Partition>): void {
  const uris = new Set(manifest.entries.map(({ uri }) => uri))
  if (staged.entity.manifest?.id === manifest.id) return
  if (staged.entity.manifest?.entries.every(({ uri }) => uris.has(uri))) return
  throw fail(
    'conflict',
    `Position ${staged.entity.locator.streamPosition} of ${named(partition.entity)} is taken by another delta, which is staged; commit with another position, or with null to get one.`,
  )
}
