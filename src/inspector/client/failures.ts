import type { CatalogView, ComparisonView, NodeView } from '../model.ts'
import { comparisonSheet, type OpenCell } from './detail.ts'
import { h } from './dom.ts'

/** What went wrong in the test that left a catalog behind: each error with the rows that it expected. */
export function failureSections(
  catalog: CatalogView,
  onCell: OpenCell,
  onOpen: (node: number, delta: string | -1) => void,
): HTMLElement[] {
  return (catalog.failure?.errors ?? []).map(({ message, comparison }) => {
    const section = h('section', { class: 'failure', 'aria-label': 'Failure' })
    if (comparison) section.append(...subjectButton(catalog, comparison, onOpen), comparisonSheet(comparison, onCell))
    section.append(h('pre', { tabindex: 0, 'aria-label': 'Message' }, message))
    return section
  })
}

/** A button that leads to what was compared, if it is in the catalog. */
function subjectButton(
  { nodes }: CatalogView,
  { subject }: ComparisonView,
  onOpen: (node: number, delta: string | -1) => void,
): HTMLElement[] {
  const isSubject = ({ path }: NodeView): boolean => subject === path || subject.startsWith(`${path}#`)
  // Of partitions with one path the one that counts is meant.
  const current = nodes.findIndex((node) => isSubject(node) && node.state !== 'staged' && node.state !== 'deprecated')
  const place = current >= 0 ? current : nodes.findIndex(isSubject)
  const node = nodes[place]
  if (!node) return []
  const button = h('button', { type: 'button' }, `Open ${subject}`)
  const delta = subject.slice(node.path.length + 1)
  button.addEventListener('click', () => onOpen(place, delta === '' ? -1 : delta))
  return [button]
}
