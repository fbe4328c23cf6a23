import type { CellText, ColumnView, ComparisonView, LineageView, TableView } from '../model.ts'
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
  /** The columns (by index) whose cells differ from the row beside it. */
  readonly marked: readonly number[]
}

/** Rows for a grid, read as they come into view. */
export interface RowSource {
  readonly columns: readonly ColumnView[]
  readonly count: number
  /** A row, or `null` while it has not been read. */
  row(index: number): GridRow | null
  /** Reads the rows from `first` up to `end`. */
  read(first: number, end: number): Promise<void>
}

const plain = (index: number, cells: readonly CellText[]): GridRow => ({
  kind: 'plain',
  gutter: String(index + 1),
  cells,
  marked: [],
})

/** A small table that is already there: a schema, a manifest. */
export function tableSource(table: TableView): RowSource {
  return {
    columns: table.columns,
    count: table.cells[0]?.length ?? 0,
    row: (index) =>
      plain(
        index,
        table.cells.map((column) => column[index] ?? null),
      ),
    read: () => Promise.resolve(),
  }
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
    row(index) {
      const { at, kind, beside } = rows[index] as LineageRow
      const record = recordOf(at)
      const other = beside < 0 ? null : recordOf(beside)
      if (!record || (beside >= 0 && !other)) return null
      const cells = cellsOf(record, names)
      if (kind === 'plain') return plain(index, cells)
      const otherCells = other && cellsOf(other, names)
      const marked = otherCells ? cells.flatMap((cell, place) => (cell === otherCells[place] ? [] : [place])) : []
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
  const changed: LineageRow[] = []
  const added: LineageRow[] = []
  const removed: LineageRow[] = []
  const replaced = new Set<number>()
  lineage.born.forEach((born, index) => {
    if (born !== at) return
    const before = lineage.before[index] as number
    if (before < 0) added.push({ at: index, kind: 'added', beside: -1 })
    else {
      replaced.add(before)
      changed.push({ at: before, kind: 'before', beside: index }, { at: index, kind: 'after', beside: before })
    }
  })
  lineage.gone.forEach((gone, index) => {
    if (gone === at && !replaced.has(index)) removed.push({ at: index, kind: 'removed', beside: -1 })
  })
  return lineageSource(records, lineage, columns, [...changed, ...added, ...removed])
}

/** What a test expected beside what it found; a last column says where the expected rows are written. */
export function comparisonSource(comparison: ComparisonView): RowSource {
  const isWritten = comparison.rows.some(({ source }) => source !== undefined)
  const row = (kind: RowKind, cells: readonly CellText[], marked: readonly number[], source?: string): GridRow => {
    // The name alone says where to look; the folders above it would push it out of sight.
    const place = source?.replace(/^.*[\\/]/, '') ?? null
    return { kind, gutter: kind === 'plain' ? 'equal' : kind, cells: isWritten ? [...cells, place] : cells, marked }
  }
  const rows = comparison.rows.flatMap(({ kind, actual, expected, different, source }): GridRow[] => {
    if (kind === 'changed' && actual && expected) {
      return [row('expected', expected, different, source), row('actual', actual, different)]
    }
    return [row(kind === 'missing' || kind === 'unexpected' ? kind : 'plain', actual ?? expected ?? [], [], source)]
  })
  const written: ColumnView = { name: 'written at', type: '', kind: 'text' }
  return {
    columns: isWritten ? [...comparison.columns, written] : comparison.columns,
    count: rows.length,
    row: (index) => rows[index] ?? null,
    read: () => Promise.resolve(),
  }
}
