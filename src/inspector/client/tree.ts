import type { CatalogView, NodeView } from '../model.ts'
import { h } from './dom.ts'
import { TREE_MOST_ROWS, TREE_ROW } from './sizes.ts'
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
  focus(): void
}

/** The hierarchy as an accessible tree; only the rows in view are in the document. */
export function createTree(catalogs: readonly CatalogView[], onOpen: (at: NodeAt) => void): Tree {
  const host = h('div', { role: 'tree', 'aria-label': 'Catalog', class: 'tree scroller' })
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
    const row = h('div', {
      role: 'treeitem',
      'aria-level': node.depth + 1,
      'aria-posinset': place,
      'aria-setsize': size,
      'aria-selected': isCurrent ? 'true' : 'false',
      'aria-expanded': hasChildren(at) ? String(!closed.has(node)) : null,
      'aria-label': [node.name.startsWith(node.kind) ? null : node.kind, node.name, node.state ?? failed, node.summary]
        .filter(Boolean)
        .join(', '),
      'data-state': node.state ?? failed,
      'data-kind': node.kind,
      'data-summary': node.summary,
      title: node.path,
      class: 'node',
    })
    row.append(h('span', { class: 'name' }, node.name))
    row.style.paddingInlineStart = `${8 + node.depth * 14}px`
    return row
  }

  const toggle = (index: number, open: boolean): void => {
    const node = nodeAt(visible[index] as NodeAt) as NodeView
    if (open) closed.delete(node)
    else closed.add(node)
    list()
    rows.setCount(visible.length)
  }

  const parentOf = (index: number): number => {
    const depth = nodeAt(visible[index] as NodeAt)?.depth ?? 0
    let parent = index - 1
    while (parent > 0 && (nodeAt(visible[parent] as NodeAt)?.depth ?? 0) >= depth) parent -= 1
    return depth === 0 ? index : parent
  }

  const choose = (index: number): void => {
    current = visible[index] as NodeAt
    rows.refresh()
    onOpen(current)
  }

  const rows = createVirtualRows({
    host,
    rowHeight: TREE_ROW,
    maxRows: () => TREE_MOST_ROWS,
    render,
    onActive: choose,
    onOpen: (index) => {
      const at = visible[index] as NodeAt
      if (hasChildren(at)) toggle(index, closed.has(nodeAt(at) as NodeView))
    },
    onKey: (event) => {
      const index = rows.active
      if (index < 0 || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return false
      event.preventDefault()
      const at = visible[index] as NodeAt
      const open = hasChildren(at) && !closed.has(nodeAt(at) as NodeView)
      if (event.key === 'ArrowLeft' && open) toggle(index, false)
      else if (event.key === 'ArrowLeft') move(parentOf(index))
      else if (open) move(index + 1)
      else if (hasChildren(at)) toggle(index, true)
      return true
    },
  })
  const move = (index: number): void => {
    rows.setActive(index)
    choose(index)
  }

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
      list()
      rows.setCount(visible.length)
      rows.setActive(visible.findIndex((each) => each.catalog === at.catalog && each.node === at.node))
    },
    focus: () => host.focus(),
  }
}
