import type { ColumnView } from '../model.ts'
import { wholeCharacter } from './differing.ts'
import { CELL_SHARED, CELL_SHOWN } from './sizes.ts'
import type { GridRow } from './sources.ts'

/** Characters of a differing cell that are shown from its beginning, whatever it shares with the other. */
const SHOWN_WHOLE = 28

/** What the document shows of a cell; of a long one that differs, from shortly before the first difference. */
export function cellShown(row: GridRow | null, column: ColumnView | undefined, place: number): string {
  const cell = row?.cells[place]
  if (cell === undefined || cell === null) return column?.type === '' ? '' : 'null'
  if (cell === '') return '""'
  const { from = 0, longest = 0 } = row?.marked.get(place) ?? {}
  const first = longest > SHOWN_WHOLE && from > CELL_SHARED + 4 ? wholeCharacter(cell, from - CELL_SHARED) : 0
  const end = first + CELL_SHOWN
  return `${first > 0 ? '…' : ''}${cell.slice(first, end)}${cell.length > end ? '…' : ''}`
}
