import { GRID_LEAST_ROWS, GRID_MOST_COLUMNS, GRID_MOST_ROWS, MOST_NODES, OVERLAY_NODES } from './sizes.ts'

/** The nodes that an element may come to hold, where it draws more or fewer as it is scrolled. */
const shares = new WeakMap<Node, () => number>()

/** Says how many nodes an element may take at most, itself included; what it holds at the moment is not counted then. */
export function reserveNodes(element: HTMLElement, most: () => number): void {
  shares.set(element, most)
}

/** What of a grid's rows says how many nodes it would like to have. */
export interface GridSize {
  readonly count: number
  readonly columns: readonly unknown[]
}

/**
 * How many nodes a grid may take: of what all else on the page leaves (as it is, or may become) as much as it needs, or
 * what the `others` don't. Where they all need more than there is, they share it equally.
 */
export function roomForGrid(own: GridSize, others: readonly GridSize[]): number {
  let left = MOST_NODES - OVERLAY_NODES - nodesIn(document)
  let waiting = others.length + 1
  const need = needOf(own)
  // The modest first; what they leave goes to the others.
  for (const other of others.map(needOf).sort((a, b) => a - b)) {
    if (other >= need) break
    left -= Math.min(other, left / waiting)
    waiting -= 1
  }
  return Math.floor(left / waiting)
}

/** The nodes of a grid that shows all its rows, or as many as any grid does. */
export function needOf({ count, columns }: GridSize): number {
  // The column that numbers the rows stands before the others; a row may have a link besides.
  const inRow = 2 * (Math.min(columns.length, GRID_MOST_COLUMNS + 1) + 1) + 2
  return (Math.min(count + 2, GRID_MOST_ROWS) + 1) * inRow + 2
}

/**
 * How many rows a grid may draw in so many nodes.
 *
 * @param columns how many of its columns are in view
 * @param isLinked whether a row has a link besides
 */
export function gridRowsIn(room: number, columns: number, isLinked: boolean): number {
  const inHead = 2 * (columns + 1) + 1
  const inRow = inHead + (isLinked ? 1 : 0)
  return Math.max(GRID_LEAST_ROWS, Math.min(GRID_MOST_ROWS, Math.floor((room - inHead - 2) / inRow)))
}

function nodesIn(node: Node): number {
  const share = shares.get(node)
  if (share) return share()
  let sum = 1
  for (const child of node.childNodes) sum += nodesIn(child)
  return sum
}
