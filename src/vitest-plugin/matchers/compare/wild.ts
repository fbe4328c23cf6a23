import { classify, type WildClass } from './buckets.ts'
import { type ColumnPair, rowsEqual } from './columns.ts'

/** What is left to match once every exact row has its partner. */
export interface WildRows {
  readonly columns: readonly ColumnPair[]
  /** The expected rows with patterns or tolerant cells. */
  readonly rows: Int32Array
  /** The received rows that are still free. */
  readonly free: Int32Array
  /** Whether the rows at this position match. */
  inPlace(row: number): boolean
  /** Both are filled in. */
  readonly partner: Int32Array
  readonly taken: Uint8Array
}

/** Comparisons of two rows after which the search is given up: about a second. */
const COMPARISONS = 2_000_000

/**
 * Matches as many of the wild rows as can be. First come those that match where they stand; then each takes a free
 * row that fits; where none does, rows that were matched before move on to others (augmenting paths), so that no
 * order of the rows makes the result worse. Rows that ask for the same are searched for once.
 *
 * Returns whether it came to its end; where thousands of rows ask for different things without an exact cell between
 * them it gives up rather than take minutes.
 */
export function matchWild({ columns, rows, free, inPlace, partner, taken }: WildRows): boolean {
  if (rows.length === 0) return true
  let comparisons = COMPARISONS
  const owner = new Map<number, number>()
  for (const row of rows) if (inPlace(row) && taken[row] === 0) give(row, row)
  if (rows.every((row) => partner[row] !== -1)) return true

  const classes = classify(columns, rows, free)
  for (const group of classes) if (!takeFree(group)) return false
  const classOf = new Map(classes.flatMap((group) => group.rows.map((row) => [row, group])))
  const fitting = new Map<WildClass, readonly number[]>()
  const dead = new Set<number>()
  for (const row of rows) if (partner[row] === -1 && !augment(row)) return false
  return true

  function give(receivedRow: number, row: number): void {
    partner[row] = receivedRow
    taken[receivedRow] = 1
    owner.set(receivedRow, row)
  }

  /** Gives each row of the class a free received row that fits, as long as there are any. */
  function takeFree({ rows: alike, list, from, to }: WildClass): boolean {
    let next = from
    for (const row of alike) {
      if (partner[row] !== -1) continue
      while (next < to && !(taken[list[next]!] === 0 && fits(list[next]!, row))) next++
      if (next < to) give(list[next]!, row)
      if (comparisons < 0) return false
    }
    return true
  }

  function fits(receivedRow: number, row: number): boolean {
    comparisons--
    return comparisons >= 0 && rowsEqual(columns, receivedRow, row)
  }

  /** Frees a row for `root` by moving others on, if that can be. Returns false when the search is given up. */
  function augment(root: number): boolean {
    const cameFrom = new Map<number, number>()
    const asked = new Set<WildClass>()
    const queue = [root]
    for (const row of queue) {
      const group = classOf.get(row)!
      if (asked.has(group)) continue
      asked.add(group)
      for (const candidate of candidatesOf(group)) {
        if (cameFrom.has(candidate) || dead.has(candidate)) continue
        cameFrom.set(candidate, row)
        if (taken[candidate] === 0) {
          moveOn(candidate, root, cameFrom)
          return true
        }
        queue.push(owner.get(candidate)!)
      }
      if (comparisons < 0) return false
    }
    // Nothing free can be reached from any of these, now or later: no later search needs to enter them.
    for (const candidate of cameFrom.keys()) dead.add(candidate)
    return true
  }

  function moveOn(end: number, root: number, cameFrom: ReadonlyMap<number, number>): void {
    for (let receivedRow = end; ; ) {
      const row = cameFrom.get(receivedRow)!
      const before = partner[row]!
      give(receivedRow, row)
      if (row === root) return
      receivedRow = before
    }
  }

  /** Every received row that fits the class, free or not. */
  function candidatesOf(group: WildClass): readonly number[] {
    const known = fitting.get(group)
    if (known !== undefined) return known
    const found = group.list.slice(group.from, group.to).filter((candidate) => fits(candidate, group.rows[0]!))
    fitting.set(group, found)
    return found
  }
}
