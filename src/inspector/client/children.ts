import type { CatalogView, ColumnView, Fact, NodeKind, NodeView, TableView, TotalsView } from '../model.ts'
import { counted, grouped, sized } from '../texts.ts'
import { fragmentOf } from './address.ts'
import type { NodeAt } from './tree-nodes.ts'

/** The nodes below a node that its page lists, as a table whose rows lead to them. */
export interface ChildList {
  readonly caption: string
  readonly table: TableView
  /** A fragment for each row. */
  readonly links: readonly string[]
}

/** What the page of each kind lists; a stream that is the only one of its version is a mere step to its partitions. */
const listed: Readonly<Record<NodeKind, readonly NodeKind[]>> = {
  catalog: ['table'],
  namespace: ['table'],
  table: ['version', 'partition'],
  version: ['stream', 'partition'],
  stream: ['partition'],
  partition: [],
}

/** `3 committed, 1 staged`; a number alone where there are no states. */
function statesText(states: Readonly<Record<string, number>> | undefined): string {
  return Object.entries(states ?? {})
    .map(([state, count]) => `${grouped(count)} ${state}`.trimEnd())
    .join(', ')
}

function statesCount(states: Readonly<Record<string, number>> | undefined): number {
  return Object.values(states ?? {}).reduce((sum, count) => sum + count, 0)
}

/** Counts by state, as facts. */
export function totalFacts(totals: TotalsView | null): readonly Fact[] {
  if (!totals) return []
  const kinds: readonly Fact[] = [
    ['Tables', statesText(totals.states.table)],
    ['Versions', statesText(totals.states.version)],
    ['Streams', statesText(totals.states.stream)],
    ['Partitions', statesText(totals.states.partition)],
    ['Deltas', statesText(totals.states.delta)],
  ]
  const sizes: readonly Fact[] = [
    ['Rows', grouped(totals.records)],
    ['Size', sized(totals.bytes)],
  ]
  return [...kinds.filter(([, text]) => text !== ''), ...(totals.states.delta ? sizes : [])]
}

/** The list of a node's page; `null` for a node that never has one. */
export function childList({ nodes }: CatalogView, at: NodeAt): ChildList | null {
  const node = nodes[at.node]
  const isOnlyStream = statesCount(node?.totals?.states.stream) === 1
  const kinds = (node ? listed[node.kind] : []).filter((kind) => kind !== 'stream' || !isOnlyStream)
  if (!node || kinds.length === 0 || !node.totals) return null
  const places: number[] = []
  for (let place = at.node + 1; place < nodes.length && (nodes[place]?.depth ?? 0) > node.depth; place += 1) {
    if (kinds.includes(nodes[place]?.kind as NodeKind)) places.push(place)
  }
  const rows = places.map((place) => nodes[place] as NodeView)
  const found = kinds.filter((kind) => rows.some((row) => row.kind === kind))
  const counts = found.map((kind) => counted(rows.filter((row) => row.kind === kind).length, kind))
  const caption = counts.length > 0 ? counts.join(', ') : `No ${kinds.join(', no ')}.`
  const links = places.map((place) => fragmentOf({ catalog: at.catalog, node: place, delta: -1, view: null }))
  return { caption, table: tableOfNodes(rows, found), links }
}

function tableOfNodes(rows: readonly NodeView[], kinds: readonly NodeKind[]): TableView {
  // Two streams may have partitions of one name: their paths then tell them apart.
  const isNamed = kinds[0] !== 'table' && new Set(rows.map(({ name }) => name)).size === rows.length
  const text = (name: string): ColumnView => ({ name, type: '', kind: 'text' })
  const number = (name: string): ColumnView => ({ name, type: '', kind: 'number' })
  const below = (name: string) => (row: NodeView) => statesText(row.totals?.states[name]) || null
  const columns: readonly (readonly [ColumnView, (row: NodeView) => string | null])[] = [
    [text('name'), (row) => (isNamed ? row.name : row.path)],
    ...(rows.some(({ state }) => state !== null) ? [[text('state'), (row: NodeView) => row.state] as const] : []),
    ...(kinds.includes('partition') ? [] : [[text('partitions'), below('partition')] as const]),
    [text('deltas'), below('delta')],
    [number('rows'), (row) => grouped(row.totals?.records ?? 0)],
    [number('size'), (row) => sized(row.totals?.bytes ?? 0)],
    // Last, as names and states tell most of it.
    ...(kinds.length > 1 ? [[text('kind'), (row: NodeView) => row.kind] as const] : []),
  ]
  return { columns: columns.map(([column]) => column), cells: columns.map(([, cell]) => rows.map(cell)) }
}
