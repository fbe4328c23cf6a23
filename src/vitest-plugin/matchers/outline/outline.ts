import type { Table as Records } from 'apache-arrow'
import type { Catalog } from '../../../catalog/catalog.ts'
import type { Delta } from '../../../catalog/model/delta.ts'
import type { Entity } from '../../../catalog/model/locators.ts'
import type { Namespace } from '../../../catalog/model/namespace.ts'
import type { Partition, PartitionLocator } from '../../../catalog/model/partition.ts'
import { formatName, formatValues } from '../../../catalog/model/path-names.ts'
import type { Stream } from '../../../catalog/model/stream.ts'
import type { Table } from '../../../catalog/model/table.ts'
import type { TableVersion } from '../../../catalog/model/table-version.ts'
import { isSchema } from '../../../catalog/records/arrow.ts'
import { formatField } from '../../../catalog/records/schema.ts'
import { concatTables } from '../concat-tables.ts'
import { type Fact, factsOf } from './facts.ts'

/** What of an entity counts: names, states, properties and records, not the ids and positions that a run made up. */
export interface OutlineNode {
  /** Tells it from its siblings: a name, or values and a number. */
  readonly key: string
  /** Its path, for messages. */
  readonly path: string
  /** A line: what it is, with its state. */
  readonly title: string
  readonly facts: readonly Fact[]
  readonly children: readonly OutlineNode[]
  /** A delta's records, and the columns that name a row of them. */
  readonly records?: { readonly read: () => Records; readonly key: readonly string[] }
  readonly entity: Entity | null
}

/** What is normalised unless it is asked for. */
export interface OutlineOptions {
  readonly ids: boolean
  readonly positions: boolean
}

/** Outlines a whole catalog. */
export function outlineCatalog(catalog: Catalog, options: OutlineOptions): OutlineNode {
  const namespaces = catalog.listNamespaces().allItems()
  return {
    key: '',
    path: 'the catalog',
    title: 'catalog',
    facts: [],
    entity: null,
    children: namespaces.map((each) => outlineNamespace(catalog, each, options)),
  }
}

function outlineNamespace(catalog: Catalog, entity: Namespace, options: OutlineOptions): OutlineNode {
  const { locator, permissions } = entity
  const path = formatName(locator.namespace)
  return {
    entity,
    key: path,
    path,
    title: `namespace ${path}`,
    facts: factsOf({ permissions }),
    children: catalog
      .listTables(locator.namespace)
      .allItems()
      .map((table) => outlineTable(catalog, table, options)),
  }
}

function outlineTable(catalog: Catalog, entity: Table, options: OutlineOptions): OutlineNode {
  const { locator, permissions, description, properties } = entity
  const { namespace } = locator.namespaceLocator
  const name = formatName(locator.tableName)
  const path = `${formatName(namespace)}.${name}`
  const versions = catalog.listTableVersions(namespace, locator.tableName).allItems()
  return {
    entity,
    key: name,
    path,
    title: `table ${name}`,
    facts: factsOf({ description, permissions, properties }),
    children: versions.map((version) => outlineVersion(catalog, path, version, options)),
  }
}

function outlineVersion(catalog: Catalog, table: string, version: TableVersion, options: OutlineOptions): OutlineNode {
  const { tableLocator, tableVersion } = version.locator
  const names = [tableLocator.namespaceLocator.namespace, tableLocator.tableName] as const
  const schema = catalog.getTableVersionSchema(...names, { tableVersion })
  const streams = catalog.listStreams(...names, { tableVersion }).allItems()
  const { stream_id: committed, ...properties } = version.properties ?? {}
  const number = streams.findIndex(({ locator }) => locator.streamId === committed)
  const path = `${table}@${tableVersion}`
  const { description, schemaConsistency, partitionKeys, partitionSpec, primaryKeys, sortKeys, contentTypes } = version
  return {
    entity: version,
    key: tableVersion,
    path,
    title: `version ${tableVersion}, ${version.lifecycleState}`,
    facts: factsOf({
      description,
      schema: isSchema(schema)
        ? schema.fields.map((field) => `${field.name}: ${formatField(field)}`).join(', ')
        : schema,
      schemaConsistency,
      partitionKeys,
      partitionSpec,
      primaryKeys,
      sortKeys,
      contentTypes,
      properties,
      committedStream: number === -1 ? null : `stream ${number}`,
    }),
    children: streams.map((stream, index) => outlineStream(catalog, path, version, streams, stream, index, options)),
  }
}

function outlineStream(
  catalog: Catalog,
  version: string,
  parent: TableVersion,
  siblings: readonly Stream[],
  stream: Stream,
  index: number,
  options: OutlineOptions,
): OutlineNode {
  const path = stream.state === 'committed' ? version : `${version}~${index}`
  const partitions = catalog.listAllPartitions(stream).allItems()
  const previous = siblings.findIndex(({ locator }) => stream.previousStreamDigest?.includes(`|${locator.streamId}|`))
  return {
    entity: stream,
    key: String(index),
    path,
    title: `stream ${index}, ${stream.state}`,
    facts: factsOf({
      ...(options.ids ? { id: stream.locator.streamId } : {}),
      previous: previous === -1 ? null : `stream ${previous}`,
      // What every stream has from its version says nothing.
      partitionKeys: unlessSame(stream.partitionKeys, parent.partitionKeys),
      partitionSpec: unlessSame(stream.partitionSpec, parent.partitionSpec),
    }),
    children: partitions.map((_, k) =>
      outlinePartition({ catalog, options, stream: path, version: parent }, partitions, k),
    ),
  }
}

/** What partitions and deltas are outlined in. */
export interface OutlineContext {
  readonly catalog: Catalog
  readonly options: OutlineOptions
  /** The path of the stream. */
  readonly stream: string
  readonly version: TableVersion | null
}

/** Outlines a partition of a stream's, with its deltas. */
export function outlinePartition(context: OutlineContext, siblings: readonly Partition[], index: number): OutlineNode {
  const { catalog, options } = context
  const partition = siblings[index]!
  const values = formatValues(partition.locator.partitionValues)
  const path = `${context.stream}/${values}`
  const { deltas, committed } = deltasOf(catalog, partition)
  const previous = siblings.findIndex(({ locator }) => locator.partitionId === partition.previousPartitionId)
  const next = siblings.findIndex(({ locator }) => locator.partitionId === partition.nextPartitionId)
  return {
    entity: partition,
    key: String(index),
    path,
    title: `partition ${values}, ${partition.state}`,
    facts: factsOf({
      ...(options.ids ? { id: partition.locator.partitionId } : {}),
      ...(options.positions ? { streamPosition: partition.streamPosition } : {}),
      previous: previous === -1 ? null : `partition ${previous}`,
      next: next === -1 ? null : `partition ${next}`,
    }),
    children: deltas.map((delta, k) => outlineDelta(context, path, deltas, k, committed.has(delta))),
  }
}

/** The deltas of a partition by their positions, staged ones among the committed, as paths number them. */
export function deltasOf(
  catalog: Catalog,
  partition: Partition | PartitionLocator,
): { readonly deltas: readonly Delta[]; readonly committed: ReadonlySet<Delta> } {
  const committed = catalog.listPartitionDeltas(partition, { ascendingOrder: true, includeManifest: true }).allItems()
  const staged = catalog.listStagedDeltas(partition, { includeManifest: true }).allItems()
  const byPosition = (a: Delta, b: Delta) => (a.locator.streamPosition ?? 0) - (b.locator.streamPosition ?? 0)
  return { deltas: [...committed, ...staged].sort(byPosition), committed: new Set(committed) }
}

/** Outlines a delta of a partition's. */
export function outlineDelta(
  { catalog, options, version }: OutlineContext,
  partition: string,
  siblings: readonly Delta[],
  index: number,
  committed: boolean,
): OutlineNode {
  const delta = siblings[index]!
  const { type, meta, properties, deleteParameters, partitionSpec, previousStreamPosition, locator } = delta
  const previous = siblings.findIndex((other) => other.locator.streamPosition === previousStreamPosition)
  const contentTypes = [...new Set(delta.manifest?.entries.map((entry) => entry.meta.contentType) ?? [])]
  return {
    entity: delta,
    key: String(index),
    path: `${partition}#${index}`,
    title: `delta ${index}, ${type}, ${committed ? 'committed' : 'staged'}`,
    facts: factsOf({
      ...(options.positions ? { position: locator.streamPosition } : {}),
      after: previous === -1 || previousStreamPosition === null ? null : `delta ${previous}`,
      properties,
      deleteParameters,
      partitionSpec,
      contentType: contentTypes.length === 0 ? null : contentTypes.join(', '),
      records: meta?.recordCount ?? 0,
    }),
    children: [],
    records: { read: () => concatTables(catalog.downloadDelta(delta), null), key: version?.primaryKeys ?? [] },
  }
}

function unlessSame<T>(value: T, other: T): T | null {
  return JSON.stringify(value) === JSON.stringify(other) ? null : value
}
