import type { Catalog } from '../../catalog/catalog.ts'
import type { DeltaLocator } from '../../catalog/model/delta.ts'
import type { Entity, Locator } from '../../catalog/model/locators.ts'
import { formatValues } from '../../catalog/model/path-names.ts'
import type { StreamLocator } from '../../catalog/model/stream.ts'
import { type FixtureAccessor, fixtureOf } from '../../fixtures/accessor.ts'
import { usualVersion } from '../../fixtures/accessor-version.ts'
import { formatTable } from '../../fixtures/paths.ts'
import type { Frame } from './message/layout.ts'
import type { CatalogEntity } from './receiver.ts'

/** How messages call an entity, and where its fixture declares it. */
export interface EntityName {
  /** Its path in the fixture; of an entity that the fixture doesn't declare, one made in the same way. */
  readonly path: string
  /** The place in the fixture of the entity, or of the nearest one above it. */
  readonly frames: readonly Frame[]
}

/** Names an entity for a message. */
export function nameEntity({ entity, catalog }: CatalogEntity): EntityName {
  const fixture = fixtureOf(catalog)
  for (let locator: Locator | null = entity.locator; locator !== null; locator = parentOf(locator)) {
    const source = sourceOf(fixture, locator)
    if (source !== undefined)
      return { path: pathOf(catalog, entity.locator), frames: [{ name: source.path, ...source.at }] }
  }
  return { path: pathOf(catalog, entity.locator), frames: [] }
}

/** The path of what a locator points to, in the fixture's words as far as the fixture declares it. */
export function pathOf(catalog: Catalog, locator: Locator): string {
  const source = sourceOf(fixtureOf(catalog), locator)
  if (source !== undefined) return source.path
  if ('partitionLocator' in locator)
    return `${pathOf(catalog, locator.partitionLocator)}#${deltaNumber(catalog, locator)}`
  if ('partitionId' in locator)
    return `${pathOf(catalog, locator.streamLocator)}/${formatValues(locator.partitionValues)}`
  if ('streamId' in locator) return streamPath(catalog, locator)
  if ('tableVersion' in locator) {
    const { namespaceLocator, tableName } = locator.tableLocator
    return formatTable(namespaceLocator.namespace, tableName, locator.tableVersion)
  }
  return 'tableName' in locator ? formatTable(locator.namespaceLocator.namespace, locator.tableName) : locator.namespace
}

// A fixture's index looks at the locator alone.
function sourceOf(fixture: FixtureAccessor | undefined, locator: Locator) {
  return fixture?.sourceOf({ locator } as Entity)
}

function parentOf(locator: Locator): Locator | null {
  if ('partitionLocator' in locator) return locator.partitionLocator
  if ('streamLocator' in locator) return locator.streamLocator
  if ('tableVersionLocator' in locator) return locator.tableVersionLocator
  if ('tableLocator' in locator) return locator.tableLocator
  return 'namespaceLocator' in locator ? locator.namespaceLocator : null
}

/** Where a delta stands in its partition: by position, staged ones among the committed, as in a fixture's paths. */
function deltaNumber(catalog: Catalog, { partitionLocator, streamPosition }: DeltaLocator): string {
  if (streamPosition === null) return '(merged)'
  const siblings = whileThere(() => [
    ...catalog.listPartitionDeltas(partitionLocator).allItems(),
    ...catalog.listStagedDeltas(partitionLocator).allItems(),
  ])
  const positions = siblings.map(({ locator }) => locator.streamPosition ?? 0).sort((a, b) => a - b)
  const index = positions.indexOf(streamPosition)
  return index === -1 ? `(position ${streamPosition})` : String(index)
}

/** A table's usual version, and a version's committed stream, are what their paths mean; other streams have numbers. */
function streamPath(catalog: Catalog, { tableVersionLocator, streamId }: StreamLocator): string {
  const { tableLocator, tableVersion } = tableVersionLocator
  const names = [tableLocator.namespaceLocator.namespace, tableLocator.tableName] as const
  const [usual] = whileThere(() => [usualVersion(catalog, tableLocator)])
  const version = pathOf(catalog, usual?.locator.tableVersion === tableVersion ? tableLocator : tableVersionLocator)
  const streams = whileThere(() => catalog.listStreams(...names, { tableVersion }).allItems())
  const index = streams.findIndex(({ locator }) => locator.streamId === streamId)
  return index === -1 || streams[index]!.state === 'committed' ? version : `${version}~${index}`
}

/** What is gone has no siblings; that it is gone is for the matcher to say, not for its name. */
function whileThere<T>(list: () => T[]): T[] {
  try {
    return list()
  } catch {
    return []
  }
}
