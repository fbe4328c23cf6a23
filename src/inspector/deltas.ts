import type { Catalog } from '../catalog/index.ts'
import type { Delta } from '../catalog/model/delta.ts'
import type { Partition } from '../catalog/model/partition.ts'

/** A delta of a partition, its number in the order of positions, and whether it is staged. */
export interface ListedDelta {
  readonly entity: Delta
  readonly number: number
  readonly isStaged: boolean
}

export interface DeltasOptions {
  readonly includeManifest?: boolean
  /** The number that are wanted at most: no more are read at once. */
  readonly most?: number
}

/** Deltas that are in memory at a time. */
const PAGE = 5000

/** All deltas of a partition in the order of their positions, staged and committed; read a page at a time. */
export function* deltasOf(
  catalog: Catalog,
  partition: Partition,
  { includeManifest = false, most = PAGE }: DeltasOptions = {},
): Generator<ListedDelta> {
  const options = { includeManifest, pageSize: Math.max(1, Math.min(PAGE, most)) }
  const committed = catalog.listPartitionDeltas(partition, { ...options, ascendingOrder: true })[Symbol.iterator]()
  const staged = catalog.listStagedDeltas(partition, options)[Symbol.iterator]()
  let nextCommitted = committed.next()
  let nextStaged = staged.next()
  for (let number = 0; !nextCommitted.done || !nextStaged.done; number += 1) {
    const isStaged =
      nextCommitted.done || (!nextStaged.done && positionOf(nextStaged.value) < positionOf(nextCommitted.value))
    if (isStaged) {
      yield { entity: nextStaged.value, number, isStaged }
      nextStaged = staged.next()
    } else {
      yield { entity: nextCommitted.value, number, isStaged }
      nextCommitted = committed.next()
    }
  }
}

function positionOf(delta: Delta): number {
  return delta.locator.streamPosition ?? Number.POSITIVE_INFINITY
}
