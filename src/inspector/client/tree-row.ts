import type { NodeView } from '../model.ts'
import { h } from './dom.ts'

/** Pixels from a row's start to its name, at depth 0 and more for each depth. */
const INDENT = 24
const INDENT_STEP = 14
/** Pixels before the name in which a click means the arrow. */
const ARROW = 18

export interface TreeRowState {
  /** Among its siblings: [1-based place, how many]. */
  readonly siblings: readonly [place: number, count: number]
  readonly isCurrent: boolean
  /** `null`: there is nothing below it. */
  readonly isOpen: boolean | null
  /** It is a catalog that a failed test left behind. */
  readonly isFailed: boolean
}

/** The row of a node. */
export function treeRow(node: NodeView, { siblings, isCurrent, isOpen, isFailed }: TreeRowState): HTMLElement {
  const [place, count] = siblings
  const state = node.state ?? (isFailed ? 'failed' : null)
  const kind = node.name.startsWith(node.kind) ? null : node.kind
  const row = h(
    'div',
    {
      role: 'treeitem',
      'aria-level': node.depth + 1,
      'aria-posinset': place,
      'aria-setsize': count,
      'aria-selected': isCurrent ? 'true' : 'false',
      'aria-expanded': isOpen === null ? null : String(isOpen),
      'aria-label': [kind, node.name, state, node.summary].filter(Boolean).join(', '),
      'data-state': state,
      'data-kind': node.kind,
      'data-summary': node.summary,
      title: node.depth === 0 ? `${node.name}\n${node.path}` : node.path,
      class: 'node',
    },
    isFailed ? `✗ ${node.name}` : node.name,
  )
  // The name is the row's own text, cut where the summary begins: an element of its own would cost a node a row.
  row.style.setProperty('--indent', `${INDENT + node.depth * INDENT_STEP}px`)
  row.style.paddingInlineEnd = `${node.summary === '' ? 8 : 18 + node.summary.length * 6.8}px`
  return row
}

/** Whether a row was clicked at its arrow, which the style sheet draws before the name. */
export function isOnArrow(row: HTMLElement, { clientX }: Pick<MouseEvent, 'clientX'>): boolean {
  const indent = Number.parseFloat(row.style.getPropertyValue('--indent'))
  const from = clientX - row.getBoundingClientRect().left
  return from >= indent - ARROW && from < indent
}
