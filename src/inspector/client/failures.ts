import type { CatalogView, ComparisonView, DifferenceView, FailureErrorView, NodeView } from '../model.ts'
import { counted, grouped } from '../texts.ts'
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

/** The grids of the error that needs the most room, for the other grids of the page. */
export function gridsOfErrors(errors: readonly FailureErrorView[]): readonly GridSize[] {
  const needs = errors
    .map(gridsOf)
    .map((grids) => ({ grids, need: grids.reduce((sum, each) => sum + needOf(each), 0) }))
  return needs.sort((a, b) => b.need - a.need)[0]?.grids ?? []
}

function gridsOf({ comparison, differences }: FailureErrorView): GridSize[] {
  return [...(differences.length > 0 ? [sizeOfDifferences(differences)] : []), ...sizesOfComparison(comparison)]
}

function sizeOfDifferences({ length }: readonly DifferenceView[]): GridSize {
  return { count: length, columns: ['what', 'expected', 'actual'] }
}

/** The grid of a comparison, if there is one. */
export function sizesOfComparison(comparison: ComparisonView | null): GridSize[] {
  return comparison === null
    ? []
    : [{ count: 2 * comparison.rows.length, columns: [...comparison.columns, 'written at'] }]
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
  const { message, comparison, differences } = error
  const { onCell, others } = options
  const section = h('section', { class: 'failure', 'aria-label': 'Failure' })
  if (comparison) section.append(...subjectButton(catalog, comparison, options.onOpen))
  if (differences.length > 0)
    section.append(differenceSheet(error, { onCell, others: [...others, ...sizesOfComparison(comparison)] }))
  if (comparison) {
    const beside = differences.length > 0 ? [...others, sizeOfDifferences(differences)] : others
    section.append(comparisonSheet(comparison, onCell, beside))
  }
  section.append(h('pre', { tabindex: 0, 'aria-label': 'Message' }, message))
  return section
}

/** What was expected of a schema or of entities, beside what was found. */
function differenceSheet(
  { differences, moreDifferences }: FailureErrorView,
  { onCell, others }: Pick<FailureOptions, 'onCell' | 'others'>,
): HTMLElement {
  const source = differenceSource(differences)
  const all = counted(differences.length + moreDifferences, 'difference')
  const caption = moreDifferences === 0 ? all : `the first ${grouped(differences.length)} of ${all}`
  const sheet = gridWithCaption('Expected and actual', caption, source, onCell, others)
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
