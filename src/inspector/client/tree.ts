import type { CatalogView, NodeView } from '../model.ts'
import { h, within } from './dom.ts'
import { reserveNodes } from './room.ts'
import { TREE_MOST_ROWS, TREE_OPEN_ROWS, TREE_ROW, TREE_ROW_NODES, treeRowsIn } from './sizes.ts'
import { createVirtualRows } from './virtual.ts'

/** Which node of which catalog. */
export interface NodeAt {
  readonly catalog: number
  readonly node: number
}

export interface Tree {
  readonly element: HTMLElement
  /** Opens what stands above a node and makes it the current one. */
  show(at: NodeAt): void
  /** Opens every level, or leaves only the catalogs' own rows. */
  openAll(open: boolean): void
}

/** Pixels from a row's start to its name, at depth 0 and more for each depth. */
const INDENT = 24
const INDENT_STEP = 14

/**
 * The hierarchy as an accessible tree; only the rows in view are in the document. Of many catalogs the first are open.
 *
 * @param onOpen told which node was chosen, and whether by a step of the arrow keys
 */
export function createTree(catalogs: readonly CatalogView[], onOpen: (at: NodeAt, byKey: boolean) => void): Tree {
  const host = h('div', {
    role: 'tree',
    'aria-label': 'Catalog',
    'aria-keyshortcuts': '* -',
    class: 'tree scroller',
  })
  const closed = new Set<NodeView>()
  let visible: NodeAt[] = []
  let current: NodeAt = { catalog: 0, node: 0 }

  const nodesOf = (at: NodeAt): readonly NodeView[] => catalogs[at.catalog]?.nodes ?? []
  const nodeAt = (at: NodeAt): NodeView | undefined => nodesOf(at)[at.node]
  const hasChildren = (at: NodeAt): boolean => (nodesOf(at)[at.node + 1]?.depth ?? 0) > (nodeAt(at)?.depth ?? 0)

  const list = (): void => {
    visible = []
    catalogs.forEach((catalog, index) => {
      let hiddenBelow = Number.POSITIVE_INFINITY
      catalog.nodes.forEach((node, place) => {
        if (node.depth > hiddenBelow) return
        hiddenBelow = closed.has(node) ? node.depth : Number.POSITIVE_INFINITY
        visible.push({ catalog: index, node: place })
      })
    })
  }

  /** Place among the siblings, for screen readers: [1-based place, how many]. */
  const siblings = (at: NodeAt): readonly [number, number] => {
    const nodes = nodesOf(at)
    const depth = nodeAt(at)?.depth ?? 0
    if (depth === 0) return [at.catalog + 1, catalogs.length]
    let before = 0
    let after = 0
    for (let i = at.node - 1; i >= 0 && nodes[i]!.depth >= depth; i -= 1) if (nodes[i]!.depth === depth) before += 1
    for (let i = at.node + 1; i < nodes.length && nodes[i]!.depth >= depth; i += 1)
      if (nodes[i]!.depth === depth) after += 1
    return [before + 1, before + 1 + after]
  }

  const render = (index: number): HTMLElement => {
    const at = visible[index] as NodeAt
    const node = nodeAt(at) as NodeView
    const failed = node.depth === 0 && catalogs[at.catalog]?.failure ? 'failed' : null
    const [place, size] = siblings(at)
    const isCurrent = at.catalog === current.catalog && at.node === current.node
    const row = h(
      'div',
      {
        role: 'treeitem',
        'aria-level': node.depth + 1,
        'aria-posinset': place,
        'aria-setsize': size,
        'aria-selected': isCurrent ? 'true' : 'false',
        'aria-expanded': hasChildren(at) ? String(!closed.has(node)) : null,
        'aria-label': [
          node.name.startsWith(node.kind) ? null : node.kind,
          node.name,
          node.state ?? failed,
          node.summary,
        ]
          .filter(Boolean)
          .join(', '),
        'data-state': node.state ?? failed,
        'data-kind': node.kind,
        'data-summary': node.summary,
        title: node.depth === 0 ? `${node.name}\n${node.path}` : node.path,
        class: 'node',
      },
      failed ? `✗ ${node.name}` : node.name,
    )
    // The name is the row's own text, cut where the summary begins: an element of its own would cost a node a row.
    row.style.setProperty('--indent', `${INDENT + node.depth * INDENT_STEP}px`)
    row.style.paddingInlineEnd = `${node.summary === '' ? 8 : 18 + node.summary.length * 6.8}px`
    return row
  }

  /** Draws the list anew; the active row stays the one that it was, or becomes what it is now hidden in. */
  const relist = (active: NodeAt | undefined, where?: 'middle'): void => {
    list()
    rows.setCount(visible.length)
    if (!active) return
    const index = visible.findLastIndex(
      ({ catalog, node }) => catalog < active.catalog || (catalog === active.catalog && node <= active.node),
    )
    rows.setActive(index, where)
  }

  const toggle = (index: number): void => {
    const at = visible[index] as NodeAt
    const active = visible[rows.active]
    const node = nodeAt(at) as NodeView
    if (!hasChildren(at)) return
    if (closed.has(node)) closed.delete(node)
    else closed.add(node)
    relist(active)
  }

  const openAll = (open: boolean): void => {
    const active = visible[rows.active]
    closed.clear()
    if (!open) for (const { nodes } of catalogs) if (nodes[0]) closed.add(nodes[0])
    relist(active ?? current)
  }

  const parentOf = (index: number): number => {
    const depth = nodeAt(visible[index] as NodeAt)?.depth ?? 0
    let parent = index - 1
    while (parent > 0 && (nodeAt(visible[parent] as NodeAt)?.depth ?? 0) >= depth) parent -= 1
    return depth === 0 ? index : parent
  }

  const choose = (index: number, byKey: boolean): void => {
    current = visible[index] as NodeAt
    rows.refresh()
    onOpen(current, byKey)
  }

  // The arrow before a name opens and closes, without going there.
  host.addEventListener(
    'click',
    (event) => {
      const row = within(event, '[aria-expanded]')
      if (!row) return
      const indent = Number.parseFloat(row.style.getPropertyValue('--indent'))
      const from = event.clientX - row.getBoundingClientRect().left
      if (from < indent - 18 || from >= indent) return
      event.stopImmediatePropagation()
      toggle(Number(row.dataset.index))
    },
    { capture: true },
  )
  const rows = createVirtualRows({
    host,
    rowHeight: TREE_ROW,
    maxRows: () => treeRowsIn(host.clientHeight),
    render,
    onActive: choose,
    onOpen: (index) => toggle(index),
    onKey: (event) => {
      if (event.key === '*' || event.key === '-') {
        event.preventDefault()
        openAll(event.key === '*')
        return true
      }
      const index = rows.active
      if (index < 0 || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return false
      event.preventDefault()
      const at = visible[index] as NodeAt
      const open = hasChildren(at) && !closed.has(nodeAt(at) as NodeView)
      if (event.key === 'ArrowLeft') {
        if (open) toggle(index)
        else move(parentOf(index))
      } else if (open) move(index + 1)
      else toggle(index)
      return true
    },
  })
  const move = (index: number): void => {
    if (index === rows.active) return
    rows.setActive(index)
    choose(index, true)
  }

  let open = 0
  for (const [index, { nodes }] of catalogs.entries()) {
    open += nodes.length
    if (index > 0 && open > TREE_OPEN_ROWS && nodes[0]) closed.add(nodes[0])
  }
  const all = catalogs.reduce((sum, { nodes }) => sum + nodes.length, 0)
  reserveNodes(host, () => 2 + TREE_ROW_NODES * Math.min(all, treeRowsIn(host.clientHeight)))
  host.style.setProperty('--most', `${(TREE_MOST_ROWS - 2) * TREE_ROW}px`)
  list()
  rows.setCount(visible.length)

  return {
    element: host,
    show(at) {
      const nodes = nodesOf(at)
      let depth = nodeAt(at)?.depth ?? 0
      for (let i = at.node - 1; i >= 0 && depth > 0; i -= 1) {
        if (nodes[i]!.depth < depth) {
          depth = nodes[i]!.depth
          closed.delete(nodes[i] as NodeView)
        }
      }
      current = at
      relist(at, 'middle')
    },
    openAll,
  }
}
