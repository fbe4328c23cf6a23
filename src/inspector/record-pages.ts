import { cellText } from './cell-text.ts'
import { type CellText, ROWS_PER_PAGE, type TableView } from './model.ts'
import type { Packer } from './pack.ts'
import type { RecordSet } from './records.ts'

/** Cells of small deltas that share one chunk. */
const CELLS_PER_CHUNK = 10_000
/** Characters of a cell that a report keeps. */
const LONGEST = 20_000

/** Where a page of records stands. */
export type PageAt = readonly [chunk: number, slot: number]

/** Packs records page by page; the pages of small deltas share chunks. */
export interface RecordPages {
  add(records: RecordSet): PageAt[]
  /** Packs what is waiting for more. */
  end(): void
}

/** Pages of records into a packer. */
export function recordPages(packer: Packer): RecordPages {
  let chunk = -1
  let slots: TableView[] = []
  let cells = 0
  const end = (): void => {
    if (chunk >= 0) packer.fill(chunk, slots)
    chunk = -1
    slots = []
    cells = 0
  }
  return {
    end,
    add(records) {
      const pages: PageAt[] = []
      for (let first = 0; first < records.count; first += ROWS_PER_PAGE) {
        const table = tableText(records, first, Math.min(records.count, first + ROWS_PER_PAGE))
        if (chunk < 0) chunk = packer.reserve()
        pages.push([chunk, slots.push(table) - 1])
        cells += (table.columns.length + 1) * (table.cells[0]?.length ?? 1)
        if (cells >= CELLS_PER_CHUNK) end()
      }
      return pages
    },
  }
}

/** Some rows of a set as text, by column. */
function tableText(records: RecordSet, first = 0, end = records.count): TableView {
  const cells: CellText[][] = records.columns.map(() => [])
  for (const row of records.rows(first, end)) {
    row.forEach((cell, place) => {
      cells[place]?.push(shortened(cellText(cell)))
    })
  }
  return { columns: records.columns, cells }
}

function shortened(text: CellText): CellText {
  if (text === null || text.length <= LONGEST) return text
  return `${text.slice(0, LONGEST)}… (${text.length} characters in all)`
}
