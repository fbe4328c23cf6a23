import type { CatalogView, NodeView } from '../model.ts'
import { h, within } from './dom.ts'
import { reserveNodes } from './room.ts'
import { TREE_MOST_ROWS, TREE_ROW, TREE_ROW_NODES, treeRowsIn } from './sizes.ts'
import {
  ancestors,
  closedAtFirst,
  hasChildren,
  indexAmong,
  type NodeAt,
  nodeAt,
  parentAmong,
  siblingPlace,
  visibleNodes,
} from './tree-nodes.ts'
import { isOnArrow, treeRow } from './tree-row.ts'
import { createVirtualRows } from './virtual.ts'

export interface Tree {
  readonly element: HTMLElement
  /** Opens what stands above a node and makes it the current one. */
  show(at: NodeAt): void
  /** Opens every level, or leaves only the catalogs' own rows. */
  openAll(open: boolean): void
}

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
  const closed = new Set<NodeView>(closedAtFirst(catalogs))
  let visible: readonly NodeAt[] = visibleNodes(catalogs, closed)
  let current: NodeAt = { catalog: 0, node: 0 }

  /** `null`: there is nothing to open. */
  const isOpen = (at: NodeAt): boolean | null =>
    hasChildren(catalogs, at) ? !closed.has(nodeAt(catalogs, at) as NodeView) : null

  const render = (index: number): HTMLElement => {
    const at = visible[index] as NodeAt
    const node = nodeAt(catalogs, at) as NodeView
    return treeRow(node, {
      siblings: siblingPlace(catalogs, at),
      isCurrent: at.catalog === current.catalog && at.node === current.node,
      isOpen: isOpen(at),
      isFailed: node.depth === 0 && Boolean(catalogs[at.catalog]?.failure),
    })
  }

  /** Draws the list anew; the active row stays the one that it was, or becomes what it is now hidden in. */
  const relist = (active: NodeAt | undefined, where?: 'middle'): void => {
    visible = visibleNodes(catalogs, closed)
    rows.setCount(visible.length)
    if (active) rows.setActive(indexAmong(visible, active), where)
  }
  const toggle = (index: number): void => {
    const at = visible[index] as NodeAt
    const active = visible[rows.active]
    const node = nodeAt(catalogs, at) as NodeView
    const open = isOpen(at)
    if (open === null) return
    if (open) closed.add(node)
    else closed.delete(node)
    relist(active)
  }
  const openAll = (open: boolean): void => {
    const active = visible[rows.active]
    closed.clear()
    if (!open) for (const { nodes } of catalogs) if (nodes[0]) closed.add(nodes[0])
    relist(active ?? current)
  }
  const choose = (index: number, byKey: boolean): void => {
    current = visible[index] as NodeAt
    rows.refresh()
    onOpen(current, byKey)
  }
  const move = (index: number): void => {
    if (index === rows.active) return
    rows.setActive(index)
    choose(index, true)
  }
  /** Opens and closes by the arrow keys; where there is nothing to open or close they move. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.key === '*' || event.key === '-') {
      event.preventDefault()
      openAll(event.key === '*')
      return true
    }
    const index = rows.active
    if (index < 0 || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return false
    event.preventDefault()
    const open = isOpen(visible[index] as NodeAt)
    if (event.key === 'ArrowLeft') {
      if (open) toggle(index)
      else move(parentAmong(catalogs, visible, index))
    } else if (open) move(index + 1)
    else toggle(index)
    return true
  }

  // The arrow before a name opens and closes, without going there.
  host.addEventListener(
    'click',
    (event) => {
      const row = within(event, '[aria-expanded]')
      if (!row || !isOnArrow(row, event)) return
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
    onOpen: toggle,
    onKey,
  })
  const all = catalogs.reduce((sum, { nodes }) => sum + nodes.length, 0)
  reserveNodes(host, () => 2 + TREE_ROW_NODES * Math.min(all, treeRowsIn(host.clientHeight)))
  host.style.setProperty('--most', `${(TREE_MOST_ROWS - 2) * TREE_ROW}px`)
  rows.setCount(visible.length)

  return {
    element: host,
    show(at) {
      for (const node of ancestors(catalogs, at)) closed.delete(node)
      current = at
      relist(at, 'middle')
    },
    openAll,
  }
}
