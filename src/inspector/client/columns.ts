import { columnsInView, gutterWidth, layOutColumns, scrollToShow } from './column-layout.ts'
import { h } from './dom.ts'
import { type DrawnColumns, headCells } from './grid-cells.ts'
import { type GridSize, gridRowsIn, roomForGrid } from './room.ts'
import { GRID_BARE_HEAD, GRID_HEAD, GRID_ROW } from './sizes.ts'
import type { RowSource } from './sources.ts'

/** The columns of a grid: those in view, as it is scrolled and as its width changes. */
export interface GridColumns {
  /** Height of the head in CSS pixels. */
  readonly headHeight: number
  readonly drawn: DrawnColumns
  /** The most rows that may be drawn, of as many columns as are drawn now. */
  readonly maxRows: () => number
  /** Lays them out for the size that the grid and the page have now. */
  readonly layOut: () => void
  /** Scrolls the grid as far as shows a column. */
  readonly reveal: (place: number) => void
}

/**
 * Draws the head of a grid and gives the grid its width and height. Made before the grid's rows: what listens to its
 * scrolling later can draw with the columns chosen here.
 *
 * @param host the element that scrolls
 * @param others the other grids of the page: they share the nodes that it may hold
 */
export function createColumns(host: HTMLElement, source: RowSource, others: readonly GridSize[]): GridColumns {
  const { columns } = source
  const head = h('div', { role: 'row', 'aria-rowindex': 1, class: 'head' })
  host.append(head)
  const headHeight = columns.some(({ type }) => type !== '') ? GRID_HEAD : GRID_BARE_HEAD
  host.style.setProperty('--gutter', `${gutterWidth(source)}px`)
  host.style.setProperty('--head', `${headHeight}px`)

  let room = 0
  let drawn: DrawnColumns = { columns, layout: { gutter: 0, columns: [], width: 0 }, inView: { first: 0, end: 0 } }
  const view = () => ({
    from: host.scrollLeft,
    // Without layout (a test's DOM): some width.
    width: host.clientWidth || 900,
  })
  const maxRows = (): number =>
    gridRowsIn(room, drawn.inView.end - drawn.inView.first, source.row(0)?.link !== undefined)
  const choose = (): void => {
    drawn = { ...drawn, inView: columnsInView(drawn.layout, view()) }
    host.style.maxHeight = `${(maxRows() - 2) * GRID_ROW + headHeight + 14}px`
    head.replaceChildren(...headCells(drawn))
  }
  const layOut = (): void => {
    room = roomForGrid(source, others)
    const layout = layOutColumns(source, view().width)
    drawn = { ...drawn, layout }
    host.style.width = `${layout.width + 2}px`
    head.style.width = `${layout.width}px`
    choose()
  }
  const reveal = (place: number): void => {
    const { from, width } = view()
    const target = scrollToShow(drawn.layout, place, { from, width })
    if (target !== from) host.scrollLeft = target
    choose()
  }
  host.addEventListener('scroll', choose, { passive: true })
  layOut()
  return {
    headHeight,
    get drawn() {
      return drawn
    },
    maxRows,
    layOut,
    reveal,
  }
}
