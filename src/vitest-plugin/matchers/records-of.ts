import type { Schema, Table } from 'apache-arrow'
import type { Catalog } from '../../catalog/catalog.ts'
import type { TableVersion, TableVersionLocator } from '../../catalog/model/table-version.ts'
import { adopted } from '../../catalog/records/adopt.ts'
import { arrow, isRecordBatch, isSchema, isTable } from '../../catalog/records/arrow.ts'
import { usualVersion } from '../../fixtures/accessor-version.ts'
import { formatTable } from '../../fixtures/paths.ts'
import { concatTables } from './concat-tables.ts'
import { type EntityName, nameEntity } from './entity-name.ts'
import { type CatalogEntity, type EntityKind, entityOf, type WrongReceiver } from './receiver.ts'

/** The records of a received value. */
export interface ReceivedRecords extends EntityName {
  readonly table: Table
  /** The primary keys of their table version. */
  readonly key: readonly string[]
  /** `null` for an Arrow table. */
  readonly owner: CatalogEntity | null
}

const recordKinds = ['delta', 'partition', 'version', 'table'] as const satisfies readonly EntityKind[]

/**
 * Reads the records of a delta, partition, table version, table or Arrow table; a list of Arrow tables counts as one,
 * as `downloadDelta` returns one for each file, and none for a delta without files. `undefined` for anything else.
 */
export function recordsOf(received: unknown): ReceivedRecords | undefined {
  const tables = tablesOf(received)
  if (tables !== undefined) {
    const path = tables.length === 0 ? 'list of no tables' : 'Arrow table'
    return { table: concatTables(tables, null), path, frames: [], key: [], owner: null }
  }
  const owner = entityOf(received, recordKinds)
  if (owner === undefined) return undefined
  const version = versionOf(owner)
  const schema = version === null ? null : schemaOf(owner.catalog, version.locator)
  const table = concatTables(entityTables(owner, version), schema)
  const { path, frames } = nameEntity(owner)
  return {
    table,
    // Asked for by messages alone: most assertions pass.
    get path() {
      return versionPath(owner, version) ?? path
    },
    frames,
    key: version?.primaryKeys ?? [],
    owner,
  }
}

/** The path with its version of a table, or version, that is not the only one: which was read is for the path to say. */
function versionPath({ kind, catalog }: CatalogEntity, version: TableVersion | null): string | null {
  if ((kind !== 'table' && kind !== 'version') || version === null) return null
  const { tableLocator, tableVersion } = version.locator
  const { namespaceLocator, tableName } = tableLocator
  const { namespace } = namespaceLocator
  const isOnly = catalog.listTableVersions(namespace, tableName, { pageSize: 2 }).items.length === 1
  return isOnly ? null : formatTable(namespace, tableName, tableVersion)
}

/** What `refuse` says of a received value that has no records. */
export function wrongRecords(matcher: string, received: unknown): WrongReceiver {
  return { matcher, wanted: recordKinds, tables: true, received }
}

function tablesOf(received: unknown): readonly Table[] | undefined {
  if (isTable(received)) return [adopted(received)]
  if (isRecordBatch(received)) return [adopted(new (arrow().Table)([received]))]
  if (Array.isArray(received) && received.every(isTable)) return received.map(adopted)
  return undefined
}

function entityTables(
  owner: Extract<CatalogEntity, { kind: (typeof recordKinds)[number] }>,
  version: TableVersion | null,
) {
  const { catalog } = owner
  switch (owner.kind) {
    case 'delta':
      return catalog.downloadDelta(owner.entity)
    case 'partition':
      return [catalog.readPartition(owner.entity)]
    default: {
      if (version === null) return []
      const { tableLocator, tableVersion } = version.locator
      const { namespace } = tableLocator.namespaceLocator
      const partitions = catalog.listPartitions(namespace, tableLocator.tableName, { tableVersion }).allItems()
      return partitions.map((partition) => catalog.readPartition(partition))
    }
  }
}

/** The table version that records belong to; of a table the latest active one, else the latest. */
export function versionOf({ kind, entity, catalog }: CatalogEntity): TableVersion | null {
  switch (kind) {
    case 'namespace':
      return null
    case 'table':
      return usualVersion(catalog, entity.locator)
    case 'version':
      return find(entity.locator)
    case 'stream':
      return find(entity.locator.tableVersionLocator)
    case 'partition':
      return find(entity.locator.streamLocator.tableVersionLocator)
    case 'delta':
      return find(entity.locator.partitionLocator.streamLocator.tableVersionLocator)
  }

  function find({ tableLocator, tableVersion }: TableVersionLocator): TableVersion | null {
    return catalog.getTableVersion(tableLocator.namespaceLocator.namespace, tableLocator.tableName, tableVersion)
  }
}

/** The schema of a table version; `null` where it has none, or one that isn't Arrow's. */
function schemaOf(catalog: Catalog, { tableLocator, tableVersion }: TableVersionLocator): Schema | null {
  const { namespaceLocator, tableName } = tableLocator
  const schema = catalog.getTableVersionSchema(namespaceLocator.namespace, tableName, { tableVersion })
  return isSchema(schema) ? schema : null
}
