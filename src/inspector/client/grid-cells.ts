import type { ColumnView } from '../model.ts'
import { cellShown } from './cell-shown.ts'
import type { ColumnLayout, ColumnRange } from './column-layout.ts'
import { h } from './dom.ts'
import type { GridRow } from './sources.ts'

/** The columns of a grid, and which of them are drawn where. */
export interface DrawnColumns {
  readonly columns: readonly ColumnView[]
  readonly layout: ColumnLayout
  readonly inView: ColumnRange
}

/** The cells of a grid's head. */
export function headCells({ columns, layout, inView }: DrawnColumns): HTMLElement[] {
  const cells = columns.slice(inView.first, inView.end).map((column, offset) => {
    const place = inView.first + offset
    const cell = h(
      'div',
      {
        role: 'columnheader',
        'aria-colindex': place + 2,
        'aria-label': column.type === '' ? null : `${column.name}, ${column.type}`,
        'data-type': column.type,
        'data-kind': column.kind,
        title: column.type === '' ? null : `${column.name}: ${column.type}`,
      },
      column.name,
    )
    return placed(cell, layout, place)
  })
  return [h('div', { role: 'columnheader', 'aria-colindex': 1, class: 'gutter' }, 'row'), ...cells]
}

export interface RowLook {
  readonly drawn: DrawnColumns
  /** What stands for the number of a row that has not been read. */
  readonly unread: string
  /** The id of the row's cell in a column. */
  readonly cellId: (column: number) => string
}

/** A row of a grid with its cells in view: the gutter alone where it has not been read. */
export function gridRow(row: GridRow | null, index: number, { drawn, unread, cellId }: RowLook): HTMLElement {
  const element = h(
    'div',
    { role: 'row', 'aria-rowindex': index + 2, class: 'row', 'data-row': row?.kind ?? 'waiting' },
    h('div', { role: 'rowheader', 'aria-colindex': 1, class: 'gutter' }, row?.gutter ?? unread),
  )
  for (let column = drawn.inView.first; row && column < drawn.inView.end; column += 1) {
    element.append(placed(gridCell(row, drawn.columns[column], column, cellId(column)), drawn.layout, column))
  }
  element.style.width = `${drawn.layout.width}px`
  return element
}

function gridCell(row: GridRow, column: ColumnView | undefined, place: number, id: string): HTMLElement {
  const cell = row.cells[place] ?? null
  const text = cellShown(row, column, place)
  const marked = row.marked.has(place)
  return h(
    'div',
    {
      role: 'gridcell',
      id,
      'aria-colindex': place + 2,
      'aria-label': marked ? `${text}, differs` : null,
      'data-kind': column?.kind ?? null,
      'data-column': place,
      class: [marked && 'differs', cell === null && 'null', cell === '' && 'empty'].filter(Boolean).join(' ') || null,
    },
    // The grid alone has the keyboard's focus: Enter on the cell does what a click on its link does.
    row.link !== undefined && place === 0 ? h('a', { href: row.link, tabindex: -1 }, text) : text,
  )
}

function placed(cell: HTMLElement, { columns }: ColumnLayout, place: number): HTMLElement {
  cell.style.left = `${columns[place]?.left}px`
  cell.style.width = `${columns[place]?.width}px`
  return cell
}
