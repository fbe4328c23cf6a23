import { basename } from 'node:path'
import type { Delta } from '../catalog/model/delta.ts'
import { schemaFromText } from '../catalog/records/schema.ts'
import type { FixtureIndex, IndexEntity } from '../fixtures/index.ts'
import { columnView } from './cell-text.ts'
import type { HierarchyNode, VersionNode } from './hierarchy.ts'
import type { ColumnView, Fact, TableView } from './model.ts'
import { grouped, instantOf } from './texts.ts'

/** Facts whose value is there; JSON for what is no text. */
function facts(...pairs: readonly (readonly [name: string, value: unknown])[]): readonly Fact[] {
  return pairs.flatMap(([name, value]): readonly Fact[] => {
    if (value === null || value === undefined || value === '') return []
    if (typeof value === 'object' && Object.keys(value).length === 0) return []
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]]
  })
}

/** `1709251200000 (2024-03-01 00:00:00.000)` */
function positionText(position: number | null): string | null {
  if (position === null) return null
  const instant = instantOf(position)
  return instant === null ? grouped(position) : `${position} (${instant})`
}

/** What is to be known of an entity, beside its name, state and children. */
export function nodeFacts(node: HierarchyNode, declared: (node: HierarchyNode) => string | null): readonly Fact[] {
  const declaredAt = ['Declared', declared(node)] as const
  switch (node.kind) {
    case 'namespace':
      return facts(['Permissions', node.entity.permissions], declaredAt)
    case 'table': {
      const { description, permissions, properties } = node.entity
      return facts(['Description', description], ['Permissions', permissions], ['Properties', properties], declaredAt)
    }
    case 'version': {
      const { primaryKeys, sortKeys, partitionKeys, description, contentTypes } = node.entity
      // Which stream counts is to be seen in the tree.
      const { stream_id: _, ...properties } = node.entity.properties ?? {}
      return facts(
        ['Primary keys', primaryKeys?.join(', ')],
        ['Sort keys', sortKeys?.map(([name, order]) => `${name} ${order}`).join(', ')],
        [
          'Partition keys',
          partitionKeys?.map((key) => (typeof key === 'string' ? key : JSON.stringify(key))).join(', '),
        ],
        ['Content types', contentTypes?.join(', ')],
        ['Description', description],
        ['Properties', properties],
        declaredAt,
      )
    }
    case 'stream':
      return facts(['Id', node.entity.locator.streamId], ['Replaces', node.entity.previousStreamDigest], declaredAt)
    case 'partition': {
      const { locator, streamPosition, previousPartitionId } = node.entity
      const values = locator.partitionValues ?? []
      return facts(
        ['Values', values.length > 0 ? values.map(String).join(', ') : 'none'],
        ['Position', positionText(streamPosition)],
        ['Id', locator.partitionId],
        ['Replaces', previousPartitionId],
        declaredAt,
      )
    }
  }
}

/** What is to be known of a delta. */
export function deltaFacts(delta: Delta, declared: string | null): readonly Fact[] {
  const { locator, previousStreamPosition, properties, deleteParameters, partitionSpec, manifest } = delta
  const { author } = manifest ?? {}
  return facts(
    ['Position', positionText(locator.streamPosition)],
    ['After', positionText(previousStreamPosition)],
    ['Deletes by', deleteParameters?.equalityColumnNames?.join(', ')],
    ['Author', author ? [author.name, author.version].filter(Boolean).join(' ') : null],
    ['Properties', properties],
    ['Partition spec', partitionSpec],
    ['Manifest', manifest?.id],
    ['Declared', declared],
  )
}

/** Columns of tables that are no records: they have no type. */
const text = (name: string): ColumnView => ({ name, type: '', kind: 'text' })
const number = (name: string): ColumnView => ({ name, type: '', kind: 'number' })

/** A manifest's entries as a table. */
export function manifestTable({ manifest }: Delta): TableView | null {
  if (!manifest || manifest.entries.length === 0) return null
  const metas = manifest.entries.map(({ meta }) => meta)
  const count = (value: number | undefined): string | null => (value === undefined ? null : String(value))
  return {
    columns: [text('uri'), text('content type'), number('records'), number('bytes'), number('source bytes')],
    cells: [
      manifest.entries.map(({ uri }) => uri),
      metas.map(({ contentType }) => contentType ?? null),
      metas.map(({ recordCount }) => count(recordCount)),
      metas.map(({ contentLength }) => count(contentLength)),
      metas.map(({ sourceContentLength }) => count(sourceContentLength)),
    ],
  }
}

/** A version's columns as a table; `null` where it has no schema, or an opaque one. */
export function schemaTable({ entity }: VersionNode): TableView | null {
  const fields = entity.schema === null ? null : schemaFromText(entity.schema)?.fields
  if (!fields) return null
  const views = fields.map(({ name, type, nullable }) => columnView(name, type, nullable))
  const partitionKeys = (entity.partitionKeys ?? []).map((key) => (typeof key === 'string' ? key : key.keyName))
  const roles = views.map(({ name }) => {
    const sort = entity.sortKeys?.find(([key]) => key === name)
    const consistency = entity.schemaConsistency?.[name]
    const own = [
      entity.primaryKeys?.includes(name) && 'primary key',
      partitionKeys.includes(name) && 'partition key',
      sort && `sort key, ${sort[1]}`,
      consistency && `consistency ${consistency}`,
    ]
    return own.filter(Boolean).join(', ')
  })
  return {
    columns: [text('column'), text('type'), text('role')],
    cells: [
      views.map(({ name }) => name),
      views.map(({ type }) => type),
      roles.map((role) => (role === '' ? null : role)),
    ],
  }
}

/** Where the fixture declares things: `orders.deltacat.yaml:12:9`. */
export function declaredPlaces(index: FixtureIndex): {
  node(node: HierarchyNode): string | null
  delta(delta: Delta): string | null
} {
  const places = new Map<string, string>()
  for (const entity of index.entities) {
    const { file, line, column } = entity.at
    // The name alone: a report is passed on, and the folders above say nothing there.
    if (file !== '') places.set(keyOfIndex(entity), `${basename(file)}:${line}:${column}`)
  }
  return {
    node: (node) => places.get(keyOfNode(node)) ?? null,
    delta: ({ locator }) =>
      places.get(`delta ${locator.partitionLocator.partitionId} ${locator.streamPosition}`) ?? null,
  }
}

function keyOfIndex(entity: IndexEntity): string {
  switch (entity.kind) {
    case 'namespace':
      return `namespace ${JSON.stringify([entity.namespace])}`
    case 'table':
      return `table ${JSON.stringify([entity.namespace, entity.table])}`
    case 'version':
      return `version ${JSON.stringify([entity.namespace, entity.table, entity.version])}`
    case 'stream':
      return `stream ${entity.streamId}`
    case 'partition':
      return `partition ${entity.partitionId}`
    case 'delta':
      return `delta ${entity.partitionId} ${entity.streamPosition}`
  }
}

function keyOfNode({ kind, entity }: HierarchyNode): string {
  switch (kind) {
    case 'namespace':
      return `namespace ${JSON.stringify([entity.locator.namespace])}`
    case 'table':
      return `table ${JSON.stringify([entity.locator.namespaceLocator.namespace, entity.locator.tableName])}`
    case 'version': {
      const { tableLocator, tableVersion } = entity.locator
      return `version ${JSON.stringify([tableLocator.namespaceLocator.namespace, tableLocator.tableName, tableVersion])}`
    }
    case 'stream':
      return `stream ${entity.locator.streamId}`
    case 'partition':
      return `partition ${entity.locator.partitionId}`
  }
}
