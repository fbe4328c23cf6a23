import type { CatalogView, ComparisonView, DifferenceView, FailureErrorView, NodeView } from '../model.ts'
import { counted } from '../texts.ts'
import { comparisonSheet, gridWithCaption } from './detail.ts'
import { h } from './dom.ts'
import type { OpenCell } from './grid.ts'
import { type GridSize, needOf, reserveNodes } from './room.ts'
import { ERROR_MOST_ROWS, ERROR_ROW } from './sizes.ts'
import { differenceSource } from './sources.ts'
import { createVirtualRows } from './virtual.ts'

export interface FailureOptions {
  readonly onCell: OpenCell
  /** Goes to a node, and to a delta of it by its name. */
  readonly onOpen: (node: number, delta: string | null) => void
  /** The other grids of the page. */
  readonly others: readonly GridSize[]
}

/** The largest grid that any of the errors is shown with, for the other grids of the page; none, or that one. */
export function gridOfErrors(errors: readonly FailureErrorView[]): GridSize[] {
  const sizes = errors.flatMap(({ comparison, differences = [] }): GridSize[] => {
    if (comparison) return [{ count: 2 * comparison.rows.length, columns: [...comparison.columns, 'written at'] }]
    return differences.length > 0 ? [{ count: differences.length, columns: ['what', 'expected', 'actual'] }] : []
  })
  return sizes.sort((a, b) => needOf(b) - needOf(a)).slice(0, 1)
}

/**
 * What went wrong in the test that left a catalog behind: its error with what was expected. Of several (`expect.soft`)
 * there is a list, and below it the one that is chosen.
 */
export function failureSections(catalog: CatalogView, options: FailureOptions): HTMLElement[] {
  const errors = catalog.failure?.errors ?? []
  const [first] = errors
  if (!first) return []
  if (errors.length === 1) return [errorSection(catalog, first, options)]
  const place = h('div', {}, errorSection(catalog, first, options))
  const host = h('div', { role: 'listbox', 'aria-label': 'Errors', class: 'errors scroller' })
  host.style.maxHeight = `${Math.min(errors.length, ERROR_MOST_ROWS - 2) * ERROR_ROW + 2}px`
  const show = (index: number): void => {
    rows.refresh()
    place.replaceChildren(errorSection(catalog, errors[index] as FailureErrorView, options))
  }
  const rows = createVirtualRows({
    host,
    rowHeight: ERROR_ROW,
    maxRows: () => ERROR_MOST_ROWS,
    render: (index) => {
      const labels = { 'aria-posinset': index + 1, 'aria-setsize': errors.length }
      const selected = index === rows.active ? 'true' : 'false'
      const line = errors[index]?.message.trim().split('\n')[0] ?? ''
      return h('div', { role: 'option', ...labels, 'aria-selected': selected, class: 'error' }, `${index + 1}. ${line}`)
    },
    onActive: show,
  })
  reserveNodes(host, () => 2 + 2 * Math.min(errors.length, ERROR_MOST_ROWS))
  rows.setCount(errors.length)
  rows.setActive(0)
  return [h('h3', {}, counted(errors.length, 'error')), host, place]
}

function errorSection(catalog: CatalogView, error: FailureErrorView, options: FailureOptions): HTMLElement {
  const { message, comparison, differences = [] } = error
  const section = h('section', { class: 'failure', 'aria-label': 'Failure' })
  if (comparison)
    section.append(
      ...subjectButton(catalog, comparison, options.onOpen),
      comparisonSheet(comparison, options.onCell, options.others),
    )
  else if (differences.length > 0) section.append(differenceSheet(differences, options))
  section.append(h('pre', { tabindex: 0, 'aria-label': 'Message' }, message))
  return section
}

/** What was expected of a schema or of entities, beside what was found. */
function differenceSheet(differences: readonly DifferenceView[], { onCell, others }: FailureOptions): HTMLElement {
  const source = differenceSource(differences)
  const sheet = gridWithCaption(
    'Expected and actual',
    counted(differences.length, 'difference'),
    source,
    onCell,
    others,
  )
  sheet.classList.add('sides')
  return sheet
}

/** A button that leads to what was compared, if it is in the catalog. */
function subjectButton(
  { nodes }: CatalogView,
  { subject }: ComparisonView,
  onOpen: FailureOptions['onOpen'],
): HTMLElement[] {
  const isSubject = ({ path }: NodeView): boolean => subject === path || subject.startsWith(`${path}#`)
  // Of partitions with one path the one that counts is meant.
  const current = nodes.findIndex((node) => isSubject(node) && node.state !== 'staged' && node.state !== 'deprecated')
  const place = current >= 0 ? current : nodes.findIndex(isSubject)
  const node = nodes[place]
  if (!node) return []
  const button = h('button', { type: 'button' }, `Open ${subject}`)
  const delta = subject.slice(node.path.length + 1)
  button.addEventListener('click', () => onOpen(place, delta === '' ? null : delta))
  return [button]
}
