import { cellShown } from './cell-shown.ts'
import { GRID_CHARACTER, GRID_MOST_COLUMNS, GRID_PADDING, GRID_WIDEST_CELL } from './sizes.ts'
import type { RowSource } from './sources.ts'

/** Where the columns of a grid stand in its rows, in CSS pixels. */
export interface ColumnLayout {
  /** Width of the column that numbers the rows; it stays where it is, the others scroll under it. */
  readonly gutter: number
  readonly columns: readonly ColumnPlace[]
  /** Width of a whole row. */
  readonly width: number
}

interface ColumnPlace {
  readonly left: number
  readonly width: number
}

/** The columns from `first` up to `end`. */
export interface ColumnRange {
  readonly first: number
  readonly end: number
}

/** What a grid shows at the moment: how far it is scrolled, and its width. */
export interface ColumnWindow {
  readonly from: number
  readonly width: number
}

/** So many rows say how wide the columns are. */
const SAMPLE = 40
/** A longer type is cut: its title has it all. */
const TYPE_SHOWN = 24
const NARROWEST_CELL = 64

/** Width of the column that numbers the rows. */
export function gutterWidth({ gutter }: RowSource): number {
  return GRID_PADDING + Math.max('row'.length, gutter.length) * GRID_CHARACTER
}

/** Gives each column the width of its name, its type or the longest of its first cells, within limits. */
export function layOutColumns(source: RowSource, viewWidth: number): ColumnLayout {
  const gutter = gutterWidth(source)
  // Of many columns no more come into view than may be drawn.
  const isMany = source.columns.length > GRID_MOST_COLUMNS
  const least = Math.max(NARROWEST_CELL, isMany ? (viewWidth - gutter) / GRID_MOST_COLUMNS : 0)
  const sample = Array.from({ length: Math.min(source.count, SAMPLE) }, (_, index) => source.row(index))
  const columns: ColumnPlace[] = []
  let left = gutter
  for (const [place, column] of source.columns.entries()) {
    const longest = Math.max(
      column.name.length,
      Math.min(column.type.length, TYPE_SHOWN),
      ...sample.map((row) => cellShown(row, column, place).length),
    )
    const width = Math.max(least, Math.min(GRID_WIDEST_CELL, GRID_PADDING + longest * GRID_CHARACTER))
    columns.push({ left, width })
    left += width
  }
  return { gutter, columns, width: left }
}

/** The columns of which something is to be seen beside the gutter, and no more than may be drawn. */
export function columnsInView({ gutter, columns }: ColumnLayout, { from, width }: ColumnWindow): ColumnRange {
  const first = Math.max(
    0,
    columns.findIndex((column) => column.left + column.width > from + gutter),
  )
  let end = first
  while (end < columns.length && columns[end]!.left < from + width && end - first <= GRID_MOST_COLUMNS) end += 1
  return { first, end }
}

/** How far a grid has to be scrolled to show a column: as far as it is, where that shows the column already. */
export function scrollToShow({ gutter, columns }: ColumnLayout, place: number, { from, width }: ColumnWindow): number {
  const column = columns[place] ?? { left: gutter, width: 0 }
  const right = column.left + column.width
  if (column.left - gutter < from) return column.left - gutter
  return right > from + width ? right - width : from
}
