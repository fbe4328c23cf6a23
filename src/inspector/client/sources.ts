import type { CellText, ColumnView, ComparisonView, DifferenceView, LineageView, TableView } from '../model.ts'
import { rowChanges } from '../row-changes.ts'
import { type DifferingPart, differingCells } from './differing.ts'
import { cellsOf, type PartitionRecords } from './records.ts'

/** What a row is, beside its cells: `plain`, or its part in a difference. */
export type RowKind =
  | 'plain'
  | 'added'
  | 'removed'
  | 'before'
  | 'after'
  | 'expected'
  | 'actual'
  | 'missing'
  | 'unexpected'

export interface GridRow {
  readonly kind: RowKind
  /** What the first column says: the row's number, or its part in a difference. */
  readonly gutter: string
  readonly cells: readonly CellText[]
  /** The columns (by index) whose cells differ from the row beside it, and what of each differs. */
  readonly marked: ReadonlyMap<number, DifferingPart>
  /** The fragment of the page that the first cell leads to. */
  readonly link?: string
}

/** Rows for a grid, read as they come into view. */
export interface RowSource {
  readonly columns: readonly ColumnView[]
  readonly count: number
  /** The longest text of the rows' first column. */
  readonly gutter: string
  /** A row, or `null` while it has not been read. */
  row(index: number): GridRow | null
  /** Reads the rows from `first` up to `end`. */
  read(first: number, end: number): Promise<void>
}

const unmarked: ReadonlyMap<number, DifferingPart> = new Map()

const plain = (index: number, cells: readonly CellText[]): GridRow => ({
  kind: 'plain',
  gutter: String(index + 1),
  cells,
  marked: unmarked,
})

/** Rows that are already there. */
function givenSource(columns: readonly ColumnView[], rows: readonly GridRow[], gutter: string): RowSource {
  return { columns, count: rows.length, gutter, row: (index) => rows[index] ?? null, read: () => Promise.resolve() }
}

/**
 * A small table that is already there: a schema, a manifest, a list of nodes.
 *
 * @param links the fragments that its rows lead to
 */
export function tableSource({ columns, cells }: TableView, links: readonly string[] = []): RowSource {
  const rows = Array.from({ length: cells[0]?.length ?? 0 }, (_, index): GridRow => {
    const row = plain(
      index,
      cells.map((column) => column[index] ?? null),
    )
    const link = links[index]
    return link === undefined ? row : { ...row, link }
  })
  return givenSource(columns, rows, String(rows.length))
}

/** The records of one delta as they were written. */
export async function rawSource(records: PartitionRecords, delta: number): Promise<RowSource> {
  const view = await records.readDelta(delta)
  const first = view.pages.length > 0 ? await records.readRecord(delta, 0) : null
  const columns = first?.table.columns ?? []
  const names = columns.map((column) => column.name)
  return {
    columns,
    count: view.pages.length > 0 ? (view.records ?? 0) : 0,
    gutter: String(view.records ?? 0),
    row(index) {
      const record = records.record(delta, index)
      return record && plain(index, cellsOf(record, names))
    },
    async read(start, end) {
      // One page at a time: the rows between two page starts come with the first of them.
      for (let index = start; index < end; index += 1) {
        if (!records.record(delta, index)) await records.readRecord(delta, index)
      }
    },
  }
}

/** Rows of a partition's lineage, each a row of the difference or of the merged view. */
interface LineageRow {
  readonly at: number
  readonly kind: RowKind
  /** The lineage row beside it, to mark what differs; -1: none. */
  readonly beside: number
}

function lineageSource(
  records: PartitionRecords,
  lineage: LineageView,
  columns: readonly ColumnView[],
  rows: readonly LineageRow[],
): RowSource {
  const names = columns.map((column) => column.name)
  const recordOf = (at: number) => records.record(lineage.born[at] as number, lineage.row[at] as number)
  const readAt = async (at: number): Promise<void> => {
    if (at >= 0 && !recordOf(at)) await records.readRecord(lineage.born[at] as number, lineage.row[at] as number)
  }
  return {
    columns,
    count: rows.length,
    gutter: rows.reduce((widest, { kind }) => (kind.length > widest.length ? kind : widest), String(rows.length)),
    row(index) {
      const { at, kind, beside } = rows[index] as LineageRow
      const record = recordOf(at)
      const other = beside < 0 ? null : recordOf(beside)
      if (!record || (beside >= 0 && !other)) return null
      const cells = cellsOf(record, names)
      if (kind === 'plain') return plain(index, cells)
      const marked = other ? differingCells(cells, cellsOf(other, names)) : unmarked
      return { kind, gutter: kind, cells, marked }
    },
    async read(first, end) {
      for (const row of rows.slice(first, end)) {
        await readAt(row.at)
        await readAt(row.beside)
      }
    },
  }
}

/** The rows that a reader of the partition sees after delta `at`. */
export function mergedSource(
  records: PartitionRecords,
  lineage: LineageView,
  columns: readonly ColumnView[],
  at: number,
): RowSource {
  const rows: LineageRow[] = []
  lineage.born.forEach((born, index) => {
    const gone = lineage.gone[index] as number
    if (born <= at && (gone < 0 || gone > at)) rows.push({ at: index, kind: 'plain', beside: -1 })
  })
  return lineageSource(records, lineage, columns, rows)
}

/** What delta `at` did to the rows before it: each changed row before and after, then those added, then those removed. */
export function changesSource(
  records: PartitionRecords,
  lineage: LineageView,
  columns: readonly ColumnView[],
  at: number,
): RowSource {
  const { changed, added, removed } = rowChanges(lineage, at)
  const rows = [
    ...changed.flatMap(({ before, after }): LineageRow[] => [
      { at: before, kind: 'before', beside: after },
      { at: after, kind: 'after', beside: before },
    ]),
    ...added.map((row): LineageRow => ({ at: row, kind: 'added', beside: -1 })),
    ...removed.map((row): LineageRow => ({ at: row, kind: 'removed', beside: -1 })),
  ]
  return lineageSource(records, lineage, columns, rows)
}

/**
 * What a test expected beside what it found: the key's columns first, then those that differ, as in the test's message;
 * a last column says where the expected rows are written.
 */
export function comparisonSource({ columns, key, rows: compared }: ComparisonView): RowSource {
  const isWritten = compared.some(({ source }) => source !== undefined)
  const changed = new Set(compared.flatMap(({ different }) => different))
  const rank = (place: number): number => (key.includes(columns[place]?.name ?? '') ? 0 : changed.has(place) ? 1 : 2)
  const order = columns.map((_, place) => place).sort((a, b) => rank(a) - rank(b) || a - b)
  const inOrder = (cells: readonly CellText[]): CellText[] => order.map((place) => cells[place] ?? null)
  type Marked = GridRow['marked']
  const row = (kind: RowKind, cells: readonly CellText[], marked: Marked, source?: string): GridRow => {
    // The name alone says where to look; the folders above it would push it out of sight.
    const place = source?.replace(/^.*[\\/]/, '') ?? null
    return { kind, gutter: kind === 'plain' ? 'equal' : kind, cells: isWritten ? [...cells, place] : cells, marked }
  }
  const rows = compared.flatMap(({ kind, actual, expected, different, source }): GridRow[] => {
    if (kind !== 'changed' || !actual || !expected) {
      const one = kind === 'missing' || kind === 'unexpected' ? kind : 'plain'
      return [row(one, inOrder(actual ?? expected ?? []), unmarked, source)]
    }
    const [wanted, found] = [inOrder(expected), inOrder(actual)]
    const places = different.map((place) => order.indexOf(place))
    return [
      row('expected', wanted, differingCells(wanted, found, places), source),
      row('actual', found, differingCells(found, wanted, places)),
    ]
  })
  const written: ColumnView = { name: 'written at', type: '', kind: 'text' }
  const ordered = order.map((place) => columns[place] as ColumnView)
  const gutter = rows.reduce((widest, each) => (each.gutter.length > widest.length ? each.gutter : widest), '')
  return givenSource(isWritten ? [...ordered, written] : ordered, rows, gutter)
}

/** What was expected of schemas and entities beside what was found, one thing a row. */
export function differenceSource(differences: readonly DifferenceView[]): RowSource {
  const columns = ['what', 'expected', 'actual'].map((name): ColumnView => ({ name, type: '', kind: 'text' }))
  const rows = differences.map(({ what, expected, actual }, index): GridRow => {
    const [wanted, found] = [expected ?? '(none)', actual ?? '(none)']
    const cells = [what, wanted, found]
    return { ...plain(index, cells), marked: differingCells(cells, [what, found, wanted]) }
  })
  return givenSource(columns, rows, String(rows.length))
}
