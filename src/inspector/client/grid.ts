import type { ColumnView } from '../model.ts'
import { createColumns } from './columns.ts'
import { h, idPrefix, within } from './dom.ts'
import { gridRow } from './grid-cells.ts'
import { gridStep } from './grid-keys.ts'
import { type GridSize, reserveNodes } from './room.ts'
import { GRID_ROW } from './sizes.ts'
import type { GridRow, RowSource } from './sources.ts'
import { createVirtualRows, type VirtualRows } from './virtual.ts'

export interface Grid {
  readonly element: HTMLElement
}

/** Opens one cell: its whole text, or what its row links to. */
export type OpenCell = (column: ColumnView, row: GridRow, place: number) => void

/**
 * A table of any length and width: only the cells in view are in the document. Arrow keys move from cell to cell, Enter
 * opens one (`onCell`).
 *
 * @param others the other grids of the page: they share the nodes that it may hold
 */
export function createGrid(label: string, source: RowSource, onCell: OpenCell, others: readonly GridSize[]): Grid {
  const prefix = idPrefix('cells')
  const host = h('div', {
    role: 'grid',
    'aria-label': label,
    'aria-rowcount': source.count + 1,
    'aria-colcount': source.columns.length + 1,
    class: 'grid scroller',
  })
  reserveNodes(host, () => 0)
  const columns = createColumns(host, source, others)
  const size = { columns: source.columns.length, rows: source.count }
  let activeColumn = 0
  let elsewhere = false
  let failed = false

  const cellId = (row: number, column: number): string => `${prefix}${row}-${column}`
  const render = (index: number): HTMLElement => {
    const { drawn } = columns
    const unread = failed ? '✗' : '…'
    const row = gridRow(source.row(index), index, { drawn, unread, cellId: (column) => cellId(index, column) })
    if (index === rows.active) row.querySelector(`[data-column="${activeColumn}"]`)?.classList.add('current')
    return row
  }
  const readInView = (): void => {
    if (failed) return
    readMissing(source, rows.range)?.then(
      () => rows.refresh(),
      () => {
        failed = true
        rows.refresh()
      },
    )
  }
  const goToColumn = (column: number): void => {
    activeColumn = column
    columns.reveal(column)
    rows.refresh()
  }
  const goToRow = (row: number): void => {
    rows.setActive(row)
    readInView()
  }
  const open = (index: number): void => {
    if (elsewhere) {
      elsewhere = false
      rows.refresh()
      return
    }
    const row = source.row(index)
    const column = source.columns[activeColumn]
    if (row && column) onCell(column, row, activeColumn)
  }

  onCellClick(host, (column) => {
    // The first click on a cell goes to it, the second opens it.
    elsewhere = column !== activeColumn
    activeColumn = column
  })
  // Before the rows follow it: they bring the active one back into the height that the grid has by then.
  onResize(host, () => {
    columns.layOut()
    rows.refresh()
  })
  const rows: VirtualRows = createVirtualRows({
    host,
    rowHeight: GRID_ROW,
    top: columns.headHeight,
    maxRows: columns.maxRows,
    render,
    activeId: (index) => cellId(index, activeColumn),
    onActive: () => {
      elsewhere = false
      rows.refresh()
      readInView()
    },
    onOpen: open,
    onKey: (event) => {
      const step = gridStep(event, activeColumn, size)
      if (!step) return false
      event.preventDefault()
      if ('row' in step) goToRow(step.row)
      else goToColumn(step.column)
      return true
    },
  })
  // After the rows' own: these are the ones in view by then.
  host.addEventListener('scroll', readInView, { passive: true })
  rows.setCount(source.count)
  readInView()
  return { element: host }
}

/** Reads the rows of a range if any of them have not been read; `null`: they all have. */
function readMissing(source: RowSource, [first, end]: VirtualRows['range']): Promise<void> | null {
  const indices = Array.from({ length: end - first }, (_, offset) => first + offset)
  return indices.some((index) => !source.row(index)) ? source.read(first, end) : null
}

/** Calls back with the column of a cell that is clicked, before its row hears of it. */
function onCellClick(host: HTMLElement, callBack: (column: number) => void): void {
  host.addEventListener(
    'click',
    (event) => {
      // A link leads where it says, in a new tab too.
      if (within(event, 'a')) event.stopImmediatePropagation()
      const cell = within(event, '[data-column]')
      if (cell) callBack(Number(cell.dataset.column))
    },
    { capture: true },
  )
}

/** Calls back when the size of a grid, or of the window, has changed: for as long as the grid is in the document. */
function onResize(host: HTMLElement, callBack: () => void): void {
  let wasShown = false
  const resized = new ResizeObserver(() => {
    // A grid that is no longer shown need not follow the window any more.
    if (wasShown && !host.isConnected) resized.disconnect()
    wasShown = host.isConnected
    if (wasShown) callBack()
  })
  resized.observe(host)
  // A higher window has more rows of the tree, and fewer nodes left for those of a grid.
  resized.observe(document.documentElement)
}
