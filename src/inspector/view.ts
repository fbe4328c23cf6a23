import { basename } from 'node:path'
import type { Catalog } from '../catalog/index.ts'
import type { FixtureIndex } from '../fixtures/index.ts'
import { deltaList, type ListContext } from './delta-list.ts'
import { declaredPlaces, nodeFacts, schemaTable } from './facts.ts'
import { type HierarchyNode, readHierarchy, type VersionNode } from './hierarchy.ts'
import type { CatalogView, Fact, FailureView, NodeView } from './model.ts'
import type { Packer } from './pack.ts'
import { recordPages } from './record-pages.ts'
import { counted } from './texts.ts'
import { addBelow, deltaTotals, noTotals, type Totals } from './totals.ts'

/** A catalog for a report. */
export interface ReportSource {
  readonly open: () => Catalog
  /** What the fixture that it comes from calls things; `emptyIndex` where there is none. */
  readonly index: FixtureIndex
  /** Its file, as the reader knows it. */
  readonly path: string
  readonly failure: FailureView | null
  /** A catalog that can't be read is shown as such, where a report of others would otherwise be lost. */
  readonly mayFail?: boolean
}

export interface ViewOptions {
  readonly packer: Packer
  /** Rows that the report may still hold, and how many it could hold in all; taken from as rows are packed. */
  readonly budget: { left: number; readonly all: number }
  readonly onDelta?: () => void
}

const depths = { namespace: 1, table: 2, version: 3, stream: 4, partition: 5 } as const

/** What the page shows of a catalog: its levels as they stand, its deltas and records packed in chunks. */
export function catalogView(
  catalog: Catalog,
  { index, path, failure }: ReportSource,
  { packer, budget, onDelta }: ViewOptions,
): CatalogView {
  const hierarchy = readHierarchy(catalog, index)
  const declared = declaredPlaces(index)
  const pages = recordPages(packer)
  const context: ListContext = {
    catalog,
    names: hierarchy.names,
    packer,
    pages,
    declared: declared.delta,
    budget,
    onDelta: onDelta ?? (() => undefined),
  }
  const all = noTotals()
  const nodes = [catalogNode(path, failure, [['File', path]], all)]
  const walk = (node: HierarchyNode, version: VersionNode | null, isDead: boolean): Totals => {
    const state = stateOf(node)
    const own = node.kind === 'version' ? node : version
    // A version that is deprecated keeps its records; a stream or partition that is replaced does not.
    const isDeadHere = isDead || (state === 'deprecated' && node.kind !== 'version')
    const totals = node.kind === 'partition' ? deltaTotals(node, isDeadHere) : noTotals()
    nodes.push({
      kind: node.kind,
      depth: depths[node.kind],
      name: node.name,
      path: node.path,
      state,
      summary: summaryOf(node),
      facts: nodeFacts(node, declared.node),
      totals,
      schema: node.kind === 'version' ? schemaTable(node) : null,
      deltas: node.kind === 'partition' && own ? deltaList(context, node, own.entity, isDeadHere) : null,
    })
    for (const child of node.children) addBelow(totals, child.kind, stateOf(child), walk(child, own, isDeadHere))
    return totals
  }
  for (const namespace of hierarchy.namespaces) addBelow(all, namespace.kind, null, walk(namespace, null, false))
  pages.end()
  return { nodes, failure }
}

/** The node of the catalog itself; `totals` is `null` where it can't be read. */
export function catalogNode(
  path: string,
  failure: FailureView | null,
  facts: readonly Fact[],
  totals: Totals | null,
): NodeView {
  const common = { state: null, summary: '', schema: null, deltas: null }
  return { kind: 'catalog', depth: 0, name: failure?.test ?? basename(path), path, facts, totals, ...common }
}

function stateOf({ kind, entity }: HierarchyNode): string | null {
  if (kind === 'version') return entity.lifecycleState
  return kind === 'stream' || kind === 'partition' ? entity.state : null
}

function summaryOf(node: HierarchyNode): string {
  switch (node.kind) {
    case 'namespace':
      return counted(node.children.length, 'table')
    case 'table':
      return counted(node.children.length, 'version')
    case 'version':
      return node.children.length > 1 ? counted(node.children.length, 'stream') : ''
    case 'stream':
      return counted(node.children.length, 'partition')
    case 'partition':
      return node.totals.deltas === 0 ? 'no deltas' : counted(node.totals.deltas, 'delta')
  }
}
