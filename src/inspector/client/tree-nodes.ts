import type { CatalogView, NodeView } from '../model.ts'
import { TREE_OPEN_ROWS } from './sizes.ts'

/** Which node of which catalog. */
export interface NodeAt {
  readonly catalog: number
  readonly node: number
}

const depthOf = (nodes: readonly NodeView[], place: number): number => nodes[place]?.depth ?? 0

/** The node at a place, or `undefined`. */
export function nodeAt(catalogs: readonly CatalogView[], at: NodeAt): NodeView | undefined {
  return catalogs[at.catalog]?.nodes[at.node]
}

export function hasChildren(catalogs: readonly CatalogView[], { catalog, node }: NodeAt): boolean {
  const nodes = catalogs[catalog]?.nodes ?? []
  return depthOf(nodes, node + 1) > depthOf(nodes, node)
}

/** The nodes that stand above one, the nearest first. */
export function ancestors(catalogs: readonly CatalogView[], at: NodeAt): readonly NodeView[] {
  const nodes = catalogs[at.catalog]?.nodes ?? []
  const found: NodeView[] = []
  let depth = depthOf(nodes, at.node)
  for (let place = at.node - 1; place >= 0 && depth > 0; place -= 1) {
    const node = nodes[place] as NodeView
    if (node.depth >= depth) continue
    depth = node.depth
    found.push(node)
  }
  return found
}

/** Place among the siblings, for screen readers: [1-based place, how many]. Catalogs are siblings of each other. */
export function siblingPlace(catalogs: readonly CatalogView[], at: NodeAt): readonly [place: number, count: number] {
  const nodes = catalogs[at.catalog]?.nodes ?? []
  const depth = depthOf(nodes, at.node)
  if (depth === 0) return [at.catalog + 1, catalogs.length]
  let before = 0
  let after = 0
  for (let i = at.node - 1; i >= 0 && nodes[i]!.depth >= depth; i -= 1) if (nodes[i]!.depth === depth) before += 1
  for (let i = at.node + 1; i < nodes.length && nodes[i]!.depth >= depth; i += 1)
    if (nodes[i]!.depth === depth) after += 1
  return [before + 1, before + 1 + after]
}

/** All nodes in their order, without those that are inside a closed one. */
export function visibleNodes(catalogs: readonly CatalogView[], closed: ReadonlySet<NodeView>): readonly NodeAt[] {
  const visible: NodeAt[] = []
  for (const [catalog, { nodes }] of catalogs.entries()) {
    let hiddenBelow = Number.POSITIVE_INFINITY
    for (const [place, node] of nodes.entries()) {
      if (node.depth > hiddenBelow) continue
      hiddenBelow = closed.has(node) ? node.depth : Number.POSITIVE_INFINITY
      visible.push({ catalog, node: place })
    }
  }
  return visible
}

/** The index of a node among the visible ones, or of what it is hidden in. */
export function indexAmong(visible: readonly NodeAt[], at: NodeAt): number {
  return visible.findLastIndex(
    ({ catalog, node }) => catalog < at.catalog || (catalog === at.catalog && node <= at.node),
  )
}

/** The index of the visible node that one is inside of; of a catalog its own. */
export function parentAmong(catalogs: readonly CatalogView[], visible: readonly NodeAt[], index: number): number {
  const depthAt = (place: number): number => nodeAt(catalogs, visible[place] as NodeAt)?.depth ?? 0
  const depth = depthAt(index)
  if (depth === 0) return index
  let parent = index - 1
  while (parent > 0 && depthAt(parent) >= depth) parent -= 1
  return parent
}

/** The roots of the catalogs that are closed at first: those after the ones that fill the tree already. */
export function closedAtFirst(catalogs: readonly CatalogView[]): readonly NodeView[] {
  let open = 0
  return catalogs.flatMap(({ nodes }, index) => {
    open += nodes.length
    return index > 0 && open > TREE_OPEN_ROWS ? nodes.slice(0, 1) : []
  })
}
