import type { Locator } from '../../catalog/model/locators.ts'
import { fixtureOf } from '../../fixtures/accessor.ts'
import { formatTable, formatValues } from '../../fixtures/paths.ts'
import type { Frame } from './message/layout.ts'
import type { CatalogEntity } from './receiver.ts'

/** How messages call an entity, and where its fixture declares it. */
export interface EntityName {
  /** Its path in the fixture; of an entity that the fixture doesn't declare, one made in the same way. */
  readonly path: string
  readonly frames: readonly Frame[]
}

/** Names an entity for a message. */
export function nameEntity({ entity, catalog }: CatalogEntity): EntityName {
  const source = fixtureOf(catalog)?.sourceOf(entity)
  if (source !== undefined) return { path: source.path, frames: [{ name: source.path, ...source.at }] }
  return { path: locatorPath(entity.locator), frames: [] }
}

/** The path of what a locator points to: streams by their ids, partitions by values, deltas by positions. */
export function locatorPath(locator: Locator): string {
  if ('partitionLocator' in locator) {
    return `${locatorPath(locator.partitionLocator)}#${locator.streamPosition ?? '(no position)'}`
  }
  if ('partitionId' in locator) {
    // The stream is named only where it is asked for: nearly always it is the committed one.
    return `${locatorPath(locator.streamLocator.tableVersionLocator)}/${formatValues(locator.partitionValues)}`
  }
  if ('streamId' in locator) return `${locatorPath(locator.tableVersionLocator)}~${locator.streamId}`
  if ('tableVersion' in locator) {
    return formatTable(
      locator.tableLocator.namespaceLocator.namespace,
      locator.tableLocator.tableName,
      locator.tableVersion,
    )
  }
  if ('tableName' in locator) return formatTable(locator.namespaceLocator.namespace, locator.tableName)
  return locator.namespace
}
