import {
  type CellText,
  DELTAS_PER_PAGE,
  type DeltaListView,
  type DeltaView,
  type LineageView,
  ROWS_PER_PAGE,
  type TableView,
} from '../model.ts'
import type { Chunks } from './chunks.ts'

/** One record, wherever it stands: its table and its place there. */
export interface RecordAt {
  readonly table: TableView
  readonly offset: number
}

/** The deltas of one partition and their records, read page by page. */
export interface PartitionRecords {
  readonly list: DeltaListView
  /** A delta if its page has been read. */
  delta(index: number): DeltaView | null
  readDelta(index: number): Promise<DeltaView>
  /** A record if it has been read. */
  record(delta: number, row: number): RecordAt | null
  readRecord(delta: number, row: number): Promise<RecordAt | null>
  readLineage(): Promise<LineageView | null>
}

/** Reads a partition's pages from the report's chunks. */
export function partitionRecords(list: DeltaListView, chunks: Chunks): PartitionRecords {
  const pageOf = (index: number): number => list.pages[Math.floor(index / DELTAS_PER_PAGE)] ?? -1
  const inPage = (page: unknown, index: number): DeltaView | null =>
    (page as readonly DeltaView[] | undefined)?.[index % DELTAS_PER_PAGE] ?? null
  const slotOf = (delta: DeltaView, row: number): readonly [number, number] | null =>
    delta.pages[Math.floor(row / ROWS_PER_PAGE)] ?? null
  const inSlot = (chunk: unknown, slot: number, row: number): RecordAt | null => {
    const table = (chunk as readonly TableView[] | undefined)?.[slot]
    return table ? { table, offset: row % ROWS_PER_PAGE } : null
  }
  const self: PartitionRecords = {
    list,
    delta: (index) => inPage(chunks.peek(pageOf(index)), index),
    async readDelta(index) {
      const delta = inPage(await chunks.read(pageOf(index)), index)
      if (!delta) throw new Error(`The report has no delta ${index} of this partition.`)
      return delta
    },
    record(delta, row) {
      const view = self.delta(delta)
      const slot = view && slotOf(view, row)
      return slot ? inSlot(chunks.peek(slot[0]), slot[1], row) : null
    },
    async readRecord(delta, row) {
      const slot = slotOf(await self.readDelta(delta), row)
      return slot ? inSlot(await chunks.read(slot[0]), slot[1], row) : null
    },
    readLineage: async () => (list.lineage === null ? null : ((await chunks.read(list.lineage)) as LineageView)),
  }
  return self
}

/** A record's cells in the order of `names`; a column that its table lacks is null. */
export function cellsOf(record: RecordAt, names: readonly string[]): readonly CellText[] {
  const places = new Map(record.table.columns.map((column, place) => [column.name, place]))
  return names.map((name) => {
    const place = places.get(name)
    return place === undefined ? null : (record.table.cells[place]?.[record.offset] ?? null)
  })
}
