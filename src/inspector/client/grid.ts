import type { ColumnView } from '../model.ts'
import { wholeCharacter } from './differing.ts'
import { h, idPrefix, within } from './dom.ts'
import { type GridSize, reserveNodes, roomForGrid } from './room.ts'
import {
  CELL_SHARED,
  CELL_SHOWN,
  GRID_BARE_HEAD,
  GRID_CHARACTER,
  GRID_HEAD,
  GRID_LEAST_ROWS,
  GRID_MOST_COLUMNS,
  GRID_MOST_ROWS,
  GRID_PADDING,
  GRID_ROW,
  GRID_WIDEST_CELL,
} from './sizes.ts'
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
  const head = h('div', { role: 'row', 'aria-rowindex': 1, class: 'head' })
  host.append(head)

  const gutter = GRID_PADDING + Math.max('row'.length, source.gutter.length) * GRID_CHARACTER
  const headHeight = source.columns.some(({ type }) => type !== '') ? GRID_HEAD : GRID_BARE_HEAD
  host.style.setProperty('--gutter', `${gutter}px`)
  host.style.setProperty('--head', `${headHeight}px`)
  reserveNodes(host, () => 0)

  let room = 0
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
    room = roomForGrid(source, others)
    // Of many columns no more come into view than may be drawn.
    const isMany = source.columns.length > GRID_MOST_COLUMNS
    const least = Math.max(64, isMany ? (viewWidth() - gutter) / GRID_MOST_COLUMNS : 0)
    const sample = Array.from({ length: Math.min(source.count, 40) }, (_, index) => source.row(index))
    widths = source.columns.map((column, place) => {
      const longest = Math.max(
        column.name.length,
        // A long type is cut: its title has it all.
        Math.min(column.type.length, 24),
        ...sample.map((row) => cellShown(row, column, place).length),
      )
      return Math.max(least, Math.min(GRID_WIDEST_CELL, GRID_PADDING + longest * GRID_CHARACTER))
    })
    const total = widths.reduce((sum, width) => sum + width, 0)
    host.style.width = `${total + gutter + 2}px`
    lefts = []
    let left = gutter
    for (const width of widths) {
      lefts.push(left)
      left += width
    }
    sizeRow(head)
  }
  const sizeRow = (row: HTMLElement): void => {
    row.style.width = `${(lefts.at(-1) ?? gutter) + (widths.at(-1) ?? 0)}px`
  }
  const chooseColumns = (): void => {
    const from = host.scrollLeft
    const to = from + viewWidth()
    firstColumn = lefts.findIndex((left, place) => left + (widths[place] as number) > from + gutter)
    if (firstColumn < 0) firstColumn = 0
    endColumn = firstColumn
    while (
      endColumn < lefts.length &&
      (lefts[endColumn] as number) < to &&
      endColumn - firstColumn <= GRID_MOST_COLUMNS
    ) {
      endColumn += 1
    }
    host.style.maxHeight = `${(maxRows() - 2) * GRID_ROW + headHeight + 14}px`
    drawHead()
  }
  const maxRows = (): number => {
    const inHead = 2 * (endColumn - firstColumn + 1) + 1
    const inRow = inHead + (source.row(0)?.link === undefined ? 0 : 1)
    return Math.max(GRID_LEAST_ROWS, Math.min(GRID_MOST_ROWS, Math.floor((room - inHead - 2) / inRow)))
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
    const marked = row.marked.has(column)
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
        // The grid alone has the keyboard's focus: Enter on the cell does what a click on its link does.
        row.link !== undefined && column === 0 ? h('a', { href: row.link, tabindex: -1 }, text) : text,
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
    const text = row?.gutter ?? (failed ? '✗' : '…')
    element.append(h('div', { role: 'rowheader', 'aria-colindex': 1, class: 'gutter' }, text))
    for (let column = firstColumn; row && column < endColumn; column += 1)
      element.append(renderCell(row, index, column))
    if (index === rows?.active) element.children[activeColumn - firstColumn + 1]?.classList.add('current')
    sizeRow(element)
    return element
  }
  const revealColumn = (): void => {
    const left = lefts[activeColumn] ?? gutter
    const right = left + (widths[activeColumn] ?? 0)
    if (left - gutter < host.scrollLeft) host.scrollLeft = left - gutter
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
    if (row && column) onCell(column, row, activeColumn)
  }

  let rows: VirtualRows | null = null
  // Before the rows': they are drawn with the columns chosen here.
  host.addEventListener('scroll', chooseColumns, { passive: true })
  host.addEventListener('scroll', () => queueMicrotask(readInView), { passive: true })
  host.addEventListener(
    'click',
    (event) => {
      // A link leads where it says, in a new tab too.
      if (within(event, 'a')) event.stopImmediatePropagation()
      const cell = within(event, '[data-column]')
      if (!cell) return
      // The first click on a cell goes to it, the second opens it.
      elsewhere = Number(cell.dataset.column) !== activeColumn
      activeColumn = Number(cell.dataset.column)
    },
    { capture: true },
  )
  let wasShown = false
  const resized = new ResizeObserver(() => {
    // A grid that is no longer shown need not follow the window any more.
    if (wasShown && !host.isConnected) resized.disconnect()
    wasShown = host.isConnected
    if (!wasShown) return
    measure()
    chooseColumns()
    rows?.refresh()
  })
  measure()
  chooseColumns()
  rows = createVirtualRows({
    host,
    rowHeight: GRID_ROW,
    top: headHeight,
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
  // A higher window has more rows of the tree, and fewer nodes left for those of a grid.
  resized.observe(document.documentElement)
  rows.setCount(source.count)
  readInView()
  return { element: host }
}

/** Characters of a differing cell that are shown from its beginning, whatever it shares with the other. */
const SHOWN_WHOLE = 28

/** What the document shows of a cell; of a long one that differs, from shortly before the first difference. */
function cellShown(row: GridRow | null, column: ColumnView | undefined, place: number): string {
  const cell = row?.cells[place]
  if (cell === undefined || cell === null) return column?.type === '' ? '' : 'null'
  if (cell === '') return '""'
  const { from = 0, longest = 0 } = row?.marked.get(place) ?? {}
  const first = longest > SHOWN_WHOLE && from > CELL_SHARED + 4 ? wholeCharacter(cell, from - CELL_SHARED) : 0
  const end = first + CELL_SHOWN
  return `${first > 0 ? '…' : ''}${cell.slice(first, end)}${cell.length > end ? '…' : ''}`
}
