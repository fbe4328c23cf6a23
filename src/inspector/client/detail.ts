import type { ComparisonView, DeltaView, Fact } from '../model.ts'
import { counted } from '../texts.ts'
import { h } from './dom.ts'
import { createGrid, type OpenCell } from './grid.ts'
import type { PartitionRecords } from './records.ts'
import type { GridSize } from './room.ts'
import { changesSource, comparisonSource, mergedSource, type RowSource, rawSource, tableSource } from './sources.ts'
import { createTabs } from './tabs.ts'

const VIEWS = ['expected', 'records', 'changes', 'merged', 'manifest'] as const
export type ViewName = (typeof VIEWS)[number]

/** The view of that name, or `null`. */
export function viewNamed(name: string | null): ViewName | null {
  return VIEWS.find((view) => view === name) ?? null
}

/** Facts that say what a delta does, and so stand above its views; the others are with its manifest. */
const HEAD_FACTS: readonly string[] = ['Deletes by', 'Properties', 'Declared']

/** What stands above a delta's views. */
export function deltaHead(delta: DeltaView): HTMLElement {
  const state = delta.state === 'committed' ? delta.type : `${delta.state} ${delta.type}`
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'title' },
      h('h3', {}, `#${delta.name}`),
      h('span', { class: 'badge', 'data-state': delta.state }, state),
    ),
    factList(delta.facts.filter(([name]) => HEAD_FACTS.includes(name))),
  )
}

/** A list of names and values. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    ...facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  )
}

/**
 * A grid with a line above it, or the line alone where there are no rows.
 *
 * @param others the other grids of the page
 */
export function gridWithCaption(
  label: string,
  caption: string,
  source: RowSource,
  onCell: OpenCell,
  others: readonly GridSize[] = [],
): HTMLElement {
  const line = h('p', { class: 'caption' }, caption)
  if (source.count === 0) return h('div', { class: 'sheet' }, line)
  const sheet = h('div', { class: 'sheet' }, line)
  // The first rows say how wide the columns are; by then the sheet is in the document, and has a size itself.
  source.read(0, Math.min(source.count, 40)).then(
    () => sheet.append(createGrid(label, source, onCell, others).element),
    (error: unknown) => sheet.append(h('p', { role: 'alert' }, `These rows can't be shown: ${String(error)}`)),
  )
  return sheet
}

/** The rows that a test expected, beside those it found. */
export function comparisonSheet(
  comparison: ComparisonView,
  onCell: OpenCell,
  others: readonly GridSize[] = [],
): HTMLElement {
  const { counts } = comparison
  const kinds = [
    counts.changed > 0 && counted(counts.changed, 'changed row'),
    counts.missing > 0 && counted(counts.missing, 'missing row'),
    counts.unexpected > 0 && counted(counts.unexpected, 'unexpected row'),
    counts.equal > 0 &&
      `${counted(counts.equal, 'equal row')}${comparison.rows.some((row) => row.kind === 'equal') ? '' : ' left out'}`,
  ].filter(Boolean)
  const key = comparison.key.length > 0 ? `, by ${comparison.key.join(', ')}` : ''
  const caption = `${comparison.matcher}: ${kinds.join(', ')}${key}`
  return gridWithCaption(
    `Expected and actual rows of ${comparison.subject}`,
    caption,
    comparisonSource(comparison),
    onCell,
    others,
  )
}

/** One delta: its records, what it changed, the merged rows after it, its manifest. */
export function createDetail(
  records: PartitionRecords,
  index: number,
  path: string,
  comparison: ComparisonView | null,
  view: ViewName,
  onView: (view: ViewName, byKey: boolean) => void,
  onCell: OpenCell,
): HTMLElement {
  const panels: Record<ViewName, () => Promise<HTMLElement>> = {
    expected: async () => (comparison ? comparisonSheet(comparison, onCell) : h('p')),
    records: async () => {
      const delta = await records.readDelta(index)
      const source = await rawSource(records, index)
      const note = delta.recordsNote ?? (source.count === 0 ? 'No rows.' : counted(source.count, 'row'))
      return gridWithCaption(`Records of ${path}`, note, source, onCell)
    },
    changes: async () => {
      const [delta, lineage] = [await records.readDelta(index), await records.readLineage()]
      if (!lineage || !delta.effect) return noLineage(records, delta)
      const { added, changed, removed } = delta.effect
      const source = changesSource(records, lineage, records.list.columns, index)
      const caption =
        source.count === 0
          ? 'This delta left the merged rows as they were.'
          : `${added} added, ${changed} changed, ${removed} removed`
      return gridWithCaption(`What ${path} changed`, caption, source, onCell)
    },
    merged: async () => {
      const [delta, lineage] = [await records.readDelta(index), await records.readLineage()]
      if (!lineage || !delta.effect) return noLineage(records, delta)
      const source = mergedSource(records, lineage, records.list.columns, index)
      return gridWithCaption(
        `Merged rows after ${path}`,
        `${counted(source.count, 'row')} after this delta`,
        source,
        onCell,
      )
    },
    manifest: async () => {
      const delta = await records.readDelta(index)
      const sheet = h('div', { class: 'sheet' }, factList(delta.facts))
      if (delta.manifest)
        sheet.append(gridWithCaption(`Manifest of ${path}`, 'Entries', tableSource(delta.manifest), onCell))
      return sheet
    },
  }
  const names: readonly (readonly [ViewName, string])[] = [
    ...(comparison ? ([['expected', 'Expected']] as const) : []),
    ['records', 'Records'],
    ['changes', 'Changes'],
    ['merged', 'Merged'],
    ['manifest', 'Manifest'],
  ]
  const first = names.some(([name]) => name === view) ? view : 'records'
  return createTabs(`Views of ${path}`, names, first, (name) => panels[name](), onView)
}

function noLineage(records: PartitionRecords, delta: DeltaView): HTMLElement {
  const why =
    delta.state === 'staged'
      ? 'A staged delta has changed nothing yet: commit it first.'
      : (records.list.lineageNote ?? 'What this delta changed is not known.')
  return h('p', { class: 'caption' }, why)
}
