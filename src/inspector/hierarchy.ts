import type { Catalog } from '../catalog/index.ts'
import type { Delta } from '../catalog/model/delta.ts'
import type { Namespace } from '../catalog/model/namespace.ts'
import type { Partition } from '../catalog/model/partition.ts'
import { formatName, formatValues } from '../catalog/model/path-names.ts'
import type { Stream } from '../catalog/model/stream.ts'
import type { Table } from '../catalog/model/table.ts'
import type { TableVersion } from '../catalog/model/table-version.ts'
import { usualVersion } from '../fixtures/accessor-version.ts'
import { partitionFinder } from '../fixtures/find-partition.ts'
import type { FixtureIndex } from '../fixtures/index.ts'
import { formatLabel, formatTable, parsePath } from '../fixtures/paths.ts'
import { deltasOf } from './deltas.ts'
import { type Names, namesOf, partitionPath, versionPath } from './names.ts'

/** What the deltas below a node add up to. */
export interface Totals {
  deltas: number
  /** Of these, not committed. */
  staged: number
  records: number
  /** As stored. */
  bytes: number
}

interface Common {
  /** What people call it. */
  readonly name: string
  /** The path that fixtures and messages use. */
  readonly path: string
  readonly totals: Totals
}
export interface NamespaceNode extends Common {
  readonly kind: 'namespace'
  readonly entity: Namespace
  readonly children: readonly TableNode[]
}
export interface TableNode extends Common {
  readonly kind: 'table'
  readonly entity: Table
  readonly children: readonly VersionNode[]
}
export interface VersionNode extends Common {
  readonly kind: 'version'
  readonly entity: TableVersion
  readonly children: readonly StreamNode[]
}
export interface StreamNode extends Common {
  readonly kind: 'stream'
  readonly entity: Stream
  readonly children: readonly PartitionNode[]
}
export interface PartitionNode extends Common {
  readonly kind: 'partition'
  readonly entity: Partition
  readonly children: readonly []
  /** Whether its path leads to it: of several partitions with one path it leads to the committed one, if at all. */
  readonly isLedTo: boolean
  /** Where it has a label: the path by its values, if that leads to it as well. */
  readonly valuesPath: string | null
}
export type HierarchyNode = NamespaceNode | TableNode | VersionNode | StreamNode | PartitionNode

/** A catalog down to its partitions; deltas are counted, not kept. */
export interface Hierarchy {
  readonly namespaces: readonly NamespaceNode[]
  readonly totals: Totals
  readonly names: Names
}

export interface HierarchyOptions {
  /** `false`: deltas are not even counted, and totals are 0. */
  readonly counts?: boolean
  /** Only the tables of which this is true. */
  readonly wants?: (table: Table) => boolean
  /** Of these tables only the versions of which this is true. */
  readonly wantsVersion?: (version: TableVersion) => boolean
  /** Called for each delta with the number of those read so far. */
  readonly onDelta?: (done: number) => void
}

/** Reads all levels of a catalog and adds up the deltas below each; memory grows with the partitions alone. */
export function readHierarchy(catalog: Catalog, index: FixtureIndex, options: HierarchyOptions = {}): Hierarchy {
  const names = namesOf(index)
  let done = 0
  const partitionNode = (partition: Partition, stream: string): UnledNode => {
    const totals = noTotals()
    for (const delta of options.counts === false ? [] : deltasOf(catalog, partition)) {
      addDelta(totals, delta.entity, delta.isStaged)
      done += 1
      options.onDelta?.(done)
    }
    const { name, isLabel } = names.partition(partition)
    return {
      kind: 'partition',
      name,
      path: partitionPath(stream, name, isLabel),
      entity: partition,
      totals,
      children: [],
    }
  }
  const streamNode = (stream: Stream, number: number, version: TableVersion, path: string): StreamNode => {
    const isCurrent = version.properties?.stream_id === stream.locator.streamId
    const name = names.stream(stream, number, isCurrent)
    // Digits alone are a stream's number in a path; a label is the name that the index gave.
    const own = isCurrent ? path : `${path}~${name === `stream ${number}` ? number : formatLabel(name)}`
    const children = ledTo(
      Array.from(catalog.listAllPartitions(stream), (partition) => partitionNode(partition, own)),
      names,
      own,
    )
    return { kind: 'stream', name, path: own, entity: stream, children, totals: sumOf(children) }
  }
  const versionNode = (version: TableVersion, isDefault: boolean): VersionNode => {
    const { tableLocator, tableVersion } = version.locator
    const path = versionPath(version, isDefault)
    const streams = catalog.listStreams(tableLocator.namespaceLocator.namespace, tableLocator.tableName, {
      tableVersion,
    })
    const children = Array.from(streams, (stream, number) => streamNode(stream, number, version, path))
    return {
      kind: 'version',
      name: `version ${tableVersion}`,
      path: `${formatTable(tableLocator.namespaceLocator.namespace, tableLocator.tableName, tableVersion)}`,
      entity: version,
      children,
      totals: sumOf(children),
    }
  }
  const tableNode = (table: Table): TableNode => {
    const { tableName, namespaceLocator } = table.locator
    const { namespace } = namespaceLocator
    const versions = catalog.listTableVersions(namespace, tableName).allItems()
    const usual = usualVersion(catalog, table.locator)
    const children = versions
      .filter((version) => options.wantsVersion?.(version) ?? true)
      .map((version) => versionNode(version, version.locator.tableVersion === usual?.locator.tableVersion))
    return {
      kind: 'table',
      name: tableName,
      path: formatTable(namespace, tableName),
      entity: table,
      children,
      totals: sumOf(children),
    }
  }
  const namespaces = Array.from(catalog.listNamespaces(), (entity): NamespaceNode => {
    const name = entity.locator.namespace
    const tables = catalog
      .listTables(name)
      .allItems()
      .filter((table) => options.wants?.(table) ?? true)
    const children = tables.map(tableNode)
    return { kind: 'namespace', name, path: formatName(name), entity, children, totals: sumOf(children) }
  })
  return { namespaces, totals: sumOf(namespaces), names }
}

type UnledNode = Omit<PartitionNode, 'isLedTo' | 'valuesPath'>

/** Tells the partitions of a stream that their own paths, and those by their values, lead to from the others. */
function ledTo(nodes: readonly UnledNode[], names: Names, stream: string): PartitionNode[] {
  const partitions = nodes.map((node) => {
    const { name, isLabel } = names.partition(node.entity)
    const { locator, state } = node.entity
    const label = isLabel ? name : null
    return { label, values: locator.partitionValues, committed: state === 'committed', partition: node }
  })
  const find = partitionFinder(partitions)
  const leads = (path: string, node: UnledNode): boolean => {
    const parsed = parsePath(path)
    const found = parsed.ok ? find(parsed.path.partition ?? []) : []
    return found.length === 1 && found[0]?.partition === node
  }
  return partitions.map(({ label, values, partition: node }) => {
    const byValues = `${stream}/${formatValues(values)}`
    return {
      ...node,
      isLedTo: leads(node.path, node),
      valuesPath: label !== null && leads(byValues, node) ? byValues : null,
    }
  })
}

/**
 * What stands after `#` in the path of a delta: its label, or its number in its partition. Where the partition's own path
 * leads to another one it is the position, which leads to deltas of any.
 */
export function deltaName(names: Names, { isLedTo }: PartitionNode, delta: Delta, number: number): string {
  const { streamPosition } = delta.locator
  return isLedTo || streamPosition === null ? names.delta(delta, number) : String(streamPosition)
}

/** The nodes of a hierarchy, depth first. */
export function* nodesOf(nodes: readonly HierarchyNode[]): Generator<HierarchyNode> {
  for (const node of nodes) {
    yield node
    yield* nodesOf(node.children)
  }
}

const noTotals = (): Totals => ({ deltas: 0, staged: 0, records: 0, bytes: 0 })

function addDelta(totals: Totals, { meta }: Delta, isStaged: boolean): void {
  totals.deltas += 1
  totals.staged += isStaged ? 1 : 0
  totals.records += meta?.recordCount ?? 0
  totals.bytes += meta?.contentLength ?? 0
}

function sumOf(nodes: readonly { readonly totals: Totals }[]): Totals {
  const sum = noTotals()
  for (const { totals } of nodes) {
    sum.deltas += totals.deltas
    sum.staged += totals.staged
    sum.records += totals.records
    sum.bytes += totals.bytes
  }
  return sum
}
