import { pathOf } from './entity-name.ts'
import { linesOf } from './outline/lines.ts'
import { deltasOf, type OutlineNode, outlineCatalog, outlineDelta, outlinePartition } from './outline/outline.ts'
import { entityOf, isCatalog } from './receiver.ts'
import { versionOf } from './records-of.ts'

const options = { ids: false, positions: false }

/**
 * Prints a delta, partition or whole catalog in a snapshot: states, properties and records, without the ids and
 * positions that differ from run to run. Deltas and partitions are numbered as they stand.
 */
export const catalogSerializer = {
  test: (value: unknown): boolean => isCatalog(value) || entityOf(value, ['delta', 'partition']) !== undefined,
  serialize(value: unknown, _config: unknown, indentation: string): string {
    return linesOf(outlineOf(value)).join(`\n${indentation}`)
  },
}

function outlineOf(value: unknown): OutlineNode {
  if (isCatalog(value)) return outlineCatalog(value, options)
  const owner = entityOf(value, ['delta', 'partition'])!
  const { catalog } = owner
  const locator = owner.kind === 'delta' ? owner.entity.locator.partitionLocator : owner.entity.locator
  const context = {
    catalog,
    options,
    version: versionOf(owner),
    stream: pathOf(catalog, locator.streamLocator),
  }
  if (owner.kind === 'partition') {
    const siblings = catalog.listAllPartitions(locator.streamLocator).allItems()
    return outlinePartition(
      context,
      siblings,
      siblings.findIndex((each) => each.locator.partitionId === locator.partitionId),
    )
  }
  const { deltas, committed } = deltasOf(catalog, locator)
  const index = deltas.findIndex((each) => each.locator.streamPosition === owner.entity.locator.streamPosition)
  // A delta that is gone, or merged and not committed, has no place among the others.
  return index === -1
    ? outlineDelta(context, pathOf(catalog, locator), [owner.entity], 0, catalog.stateOf(owner.entity) === 'committed')
    : outlineDelta(context, pathOf(catalog, locator), deltas, index, committed.has(deltas[index]!))
}
