import type { Catalog } from '../catalog/index.ts'
import type { DeltaType } from '../catalog/model/common.ts'
import type { Partition } from '../catalog/model/partition.ts'
import type { FixtureIndex } from '../fixtures/index.ts'
import { formatLabel } from '../fixtures/paths.ts'
import { deltasOf } from '../inspector/deltas.ts'

/** A delta as paths name it: by its label, else by its number in the partition. */
export interface PathDelta {
  readonly name: string
  readonly isLabel: boolean
  readonly isDelete: boolean
}

/** The deltas of each partition: those of the index, and others that are in the catalog (those of `stored`). */
export function pathDeltas(
  catalog: Catalog,
  index: FixtureIndex,
  partitions: readonly Partition[],
): ReadonlyMap<string, readonly PathDelta[]> {
  const declared = Map.groupBy(
    index.entities.filter((entity) => entity.kind === 'delta'),
    ({ partitionId }) => partitionId,
  )
  return new Map(
    partitions.map((partition) => {
      const own = declared.get(partition.locator.partitionId) ?? []
      const known = new Set(own.map(({ streamPosition }) => streamPosition))
      const others = Array.from(deltasOf(catalog, partition), ({ entity }) => ({
        label: null,
        type: entity.type,
        streamPosition: entity.locator.streamPosition ?? Number.POSITIVE_INFINITY,
      })).filter(({ streamPosition }) => !known.has(streamPosition))
      const all = [...own, ...others].sort((a, b) => a.streamPosition - b.streamPosition)
      return [partition.locator.partitionId, all.map(pathDelta)]
    }),
  )
}

function pathDelta({ label, type }: { label: string | null; type: DeltaType | null }, number: number): PathDelta {
  const name = label === null ? String(number) : formatLabel(label)
  return { name, isLabel: label !== null, isDelete: type === 'delete' }
}

/** Numbers that are listed at most: TypeScript refuses unions of 100,000, and nobody reads on long before that. */
const MOST_NUMBERS = 1000

/**
 * The partitions whose deltas' numbers are listed one by one: the smallest ones, as long as they have no more than 1,000
 * together. Of the others any number is as good: there is a pattern in place of the list.
 */
export function listedPartitions(partitions: ReadonlyMap<string, readonly PathDelta[]>): ReadonlySet<string> {
  const counts = Array.from(partitions, ([id, deltas]) => ({
    id,
    count: deltas.filter(({ isLabel }) => !isLabel).length,
  })).sort((a, b) => a.count - b.count)
  const listed = new Set<string>()
  let left = MOST_NUMBERS
  for (const { id, count } of counts) {
    left -= count
    if (left < 0) break
    listed.add(id)
  }
  return listed
}
