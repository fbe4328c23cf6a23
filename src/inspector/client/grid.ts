import type { CellText, ColumnView } from '../model.ts'
import { h, idPrefix } from './dom.ts'
import {
  CELL_SHOWN,
  GRID_CHARACTER,
  GRID_GUTTER,
  GRID_HEAD,
  GRID_MOST_COLUMNS,
  GRID_MOST_ROWS,
  GRID_NODES,
  GRID_ROW,
} from './sizes.ts'
import type { GridRow, RowSource } from './sources.ts'
import { createVirtualRows, type VirtualRows } from './virtual.ts'

export interface Grid {
  readonly element: HTMLElement
}

/**
 * A table of any length and width: only the cells in view are in the document. Arrow keys move from cell to cell, Enter
 * opens one (`onCell`).
 */
export function createGrid(
  label: string,
  source: RowSource,
  onCell: (column: ColumnView, cell: CellText, row: GridRow) => void,
): Grid {
  const prefix = idPrefix('cells')
  const host = h('div', {
    role: 'grid',
    'aria-label': label,
    'aria-rowcount': source.count + 1,
    'aria-colcount': source.columns.length + 1,
    class: 'grid scroller',
  })
  const head = h('div', { role: 'row', 'aria-rowindex': 1, class: 'head' })
  host.append(head)

  let widths: number[] = []
  let lefts: number[] = []
  let activeColumn = 0
  let firstColumn = 0
  let endColumn = 0
  let failed = false
  let elsewhere = false

  // Without layout (a test's DOM): some width.
  const viewWidth = (): number => host.clientWidth || 900
  const measure = (): void => {
    const room = viewWidth() - GRID_GUTTER
    const least = Math.max(64, room / GRID_MOST_COLUMNS)
    const sample = Array.from({ length: Math.min(source.count, 40) }, (_, index) => source.row(index))
    widths = source.columns.map((column, place) => {
      const longest = Math.max(
        column.name.length,
        column.type.length,
        ...sample.map((row) => cellShown(row, column, place).length),
      )
      return Math.max(least, Math.min(320, 22 + longest * GRID_CHARACTER))
    })
    const total = widths.reduce((sum, width) => sum + width, 0)
    host.style.width = `${total + GRID_GUTTER + 2}px`
    lefts = []
    let left = GRID_GUTTER
    for (const width of widths) {
      lefts.push(left)
      left += width
    }
    sizeRow(head)
  }
  const sizeRow = (row: HTMLElement): void => {
    row.style.width = `${(lefts.at(-1) ?? GRID_GUTTER) + (widths.at(-1) ?? 0)}px`
  }
  const chooseColumns = (): void => {
    const from = host.scrollLeft
    const to = from + viewWidth()
    firstColumn = lefts.findIndex((left, place) => left + (widths[place] as number) > from + GRID_GUTTER)
    if (firstColumn < 0) firstColumn = 0
    endColumn = firstColumn
    while (
      endColumn < lefts.length &&
      (lefts[endColumn] as number) < to &&
      endColumn - firstColumn <= GRID_MOST_COLUMNS
    ) {
      endColumn += 1
    }
    host.style.maxHeight = `${(maxRows() - 2) * GRID_ROW + GRID_HEAD + 14}px`
    drawHead()
  }
  const maxRows = (): number => {
    const inRow = 2 * (endColumn - firstColumn + 1) + 1
    return Math.max(6, Math.min(GRID_MOST_ROWS, Math.floor(GRID_NODES / inRow)))
  }
  const place = (cell: HTMLElement, column: number): HTMLElement => {
    cell.style.left = `${lefts[column]}px`
    cell.style.width = `${widths[column]}px`
    return cell
  }
  const drawHead = (): void => {
    const cells = source.columns.slice(firstColumn, endColumn).map((column, offset) =>
      place(
        h(
          'div',
          {
            role: 'columnheader',
            'aria-colindex': firstColumn + offset + 2,
            'aria-label': column.type === '' ? null : `${column.name}, ${column.type}`,
            'data-type': column.type,
            'data-kind': column.kind,
            title: column.type === '' ? null : `${column.name}: ${column.type}`,
          },
          column.name,
        ),
        firstColumn + offset,
      ),
    )
    head.replaceChildren(h('div', { role: 'columnheader', 'aria-colindex': 1, class: 'gutter' }, 'row'), ...cells)
  }
  const renderCell = (row: GridRow, index: number, column: number): HTMLElement => {
    const cell = row.cells[column] ?? null
    const text = cellShown(row, source.columns[column], column)
    const marked = row.marked.includes(column)
    return place(
      h(
        'div',
        {
          role: 'gridcell',
          id: `${prefix}${index}-${column}`,
          'aria-colindex': column + 2,
          'aria-label': marked ? `${text}, differs` : null,
          'data-kind': source.columns[column]?.kind ?? null,
          'data-column': column,
          class:
            [marked && 'differs', cell === null && 'null', cell === '' && 'empty'].filter(Boolean).join(' ') || null,
        },
        text,
      ),
      column,
    )
  }
  const render = (index: number): HTMLElement => {
    const row = source.row(index)
    const element = h('div', {
      role: 'row',
      'aria-rowindex': index + 2,
      class: 'row',
      'data-row': row?.kind ?? 'waiting',
    })
    const gutter = row?.gutter ?? (failed ? '✗' : '…')
    element.append(h('div', { role: 'rowheader', 'aria-colindex': 1, class: 'gutter' }, gutter))
    for (let column = firstColumn; row && column < endColumn; column += 1)
      element.append(renderCell(row, index, column))
    if (index === rows?.active) element.children[activeColumn - firstColumn + 1]?.classList.add('current')
    sizeRow(element)
    return element
  }
  const revealColumn = (): void => {
    const left = lefts[activeColumn] ?? GRID_GUTTER
    const right = left + (widths[activeColumn] ?? 0)
    if (left - GRID_GUTTER < host.scrollLeft) host.scrollLeft = left - GRID_GUTTER
    else if (right > host.scrollLeft + viewWidth()) host.scrollLeft = right - viewWidth()
    chooseColumns()
  }
  const readInView = (): void => {
    if (failed || !rows) return
    const [first, end] = rows.range
    const missing = Array.from({ length: end - first }, (_, offset) => first + offset).some(
      (index) => !source.row(index),
    )
    if (!missing) return
    source.read(first, end).then(
      () => rows?.refresh(),
      () => {
        failed = true
        rows?.refresh()
      },
    )
  }
  const moveColumn = (column: number): void => {
    activeColumn = Math.max(0, Math.min(source.columns.length - 1, column))
    revealColumn()
    rows?.refresh()
  }
  const open = (index: number): void => {
    if (elsewhere) {
      elsewhere = false
      rows?.refresh()
      return
    }
    const row = source.row(index)
    const column = source.columns[activeColumn]
    if (row && column) onCell(column, row.cells[activeColumn] ?? null, row)
  }

  let rows: VirtualRows | null = null
  // Before the rows': they are drawn with the columns chosen here.
  host.addEventListener('scroll', chooseColumns, { passive: true })
  host.addEventListener('scroll', () => queueMicrotask(readInView), { passive: true })
  host.addEventListener(
    'click',
    (event) => {
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null
      if (!cell) return
      // The first click on a cell goes to it, the second opens it.
      elsewhere = Number(cell.dataset.column) !== activeColumn
      activeColumn = Number(cell.dataset.column)
    },
    { capture: true },
  )
  const resized = new ResizeObserver(() => {
    measure()
    chooseColumns()
  })
  measure()
  chooseColumns()
  rows = createVirtualRows({
    host,
    rowHeight: GRID_ROW,
    top: GRID_HEAD,
    maxRows,
    render,
    activeId: (index) => `${prefix}${index}-${activeColumn}`,
    onActive: () => {
      elsewhere = false
      rows?.refresh()
      readInView()
    },
    onOpen: open,
    onKey: (event) => {
      const moves: Readonly<Record<string, number>> = {
        ArrowLeft: activeColumn - 1,
        ArrowRight: activeColumn + 1,
        Home: 0,
        End: source.columns.length - 1,
      }
      const target = moves[event.key]
      if (target === undefined || event.ctrlKey) {
        if (!event.ctrlKey || (event.key !== 'Home' && event.key !== 'End')) return false
        event.preventDefault()
        rows?.setActive(event.key === 'Home' ? 0 : source.count - 1)
        readInView()
        return true
      }
      event.preventDefault()
      moveColumn(target)
      return true
    },
  })
  resized.observe(host)
  rows.setCount(source.count)
  readInView()
  return { element: host }
}

/** What the document shows of a cell. */
function cellShown(row: GridRow | null, column: ColumnView | undefined, place: number): string {
  const cell = row?.cells[place]
  if (cell === undefined || cell === null) return column?.type === '' ? '' : 'null'
  return cell.length > CELL_SHOWN ? `${cell.slice(0, CELL_SHOWN)}…` : cell === '' ? '""' : cell
}
