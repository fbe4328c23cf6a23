import type { Delta } from '../catalog/model/delta.ts'
import type { Partition } from '../catalog/model/partition.ts'
import { formatValues } from '../catalog/model/path-names.ts'
import type { Stream } from '../catalog/model/stream.ts'
import type { TableVersion } from '../catalog/model/table-version.ts'
import type { FixtureIndex, IndexDelta, IndexPartition, IndexStream } from '../fixtures/index.ts'
import { formatLabel, formatPartitionLabel, formatTable } from '../fixtures/paths.ts'

/** What people call the entities of a catalog: the fixture's labels where there is one, else values and numbers. */
export interface Names {
  stream(stream: Stream, number: number, isCurrent: boolean): string
  partition(partition: Partition): { readonly name: string; readonly isLabel: boolean }
  /** What stands after `#`: a label, or the delta's number in its partition. */
  delta(delta: Delta, number: number): string
  /** Characters of the longest label of a delta; 0 where there is none. */
  readonly widestDelta: number
}

/** The names that a fixture's index gives; an empty one gives numbers and values. */
export function namesOf(index: FixtureIndex): Names {
  const streams = new Map<string, IndexStream>()
  const partitions = new Map<string, IndexPartition>()
  const deltas = new Map<string, IndexDelta>()
  for (const entity of index.entities) {
    if (entity.kind === 'stream') streams.set(entity.streamId, entity)
    else if (entity.kind === 'partition') partitions.set(entity.partitionId, entity)
    else if (entity.kind === 'delta') deltas.set(`${entity.partitionId} ${entity.streamPosition}`, entity)
  }
  const labels = Array.from(deltas.values(), ({ label }) => (label ? formatLabel(label).length : 0))
  return {
    widestDelta: labels.reduce((widest, length) => Math.max(widest, length), 0),
    stream: (stream, number, isCurrent) =>
      streams.get(stream.locator.streamId)?.label ?? (isCurrent ? 'stream' : `stream ${number}`),
    partition(partition) {
      const label = partitions.get(partition.locator.partitionId)?.label
      return label
        ? { name: label, isLabel: true }
        : { name: formatValues(partition.locator.partitionValues), isLabel: false }
    },
    delta({ locator }, number) {
      const label = deltas.get(`${locator.partitionLocator.partitionId} ${locator.streamPosition}`)?.label
      return label ? formatLabel(label) : String(number)
    },
  }
}

/** `shop.orders`, or `shop.orders@2` where the version isn't the one that a path without it means. */
export function versionPath({ locator }: TableVersion, isDefault: boolean): string {
  const { tableLocator, tableVersion } = locator
  const { tableName, namespaceLocator } = tableLocator
  return formatTable(namespaceLocator.namespace, tableName, isDefault ? null : tableVersion)
}

/** The path of a partition of a stream with that path. */
export function partitionPath(stream: string, name: string, isLabel: boolean): string {
  return `${stream}/${isLabel ? formatPartitionLabel(name) : name}`
}
