import { type ColumnPair, hashRows } from './columns.ts'
import { distanceOf } from './distance.ts'
import { indexRows } from './row-index.ts'

/** A row that differs: in both tables (changed), only among the expected (missing) or the received (unexpected). */
export interface RowDifference {
  readonly received: number
  readonly expected: number
}

/** The most pairs of rows that are scored for likeness. */
const SCORED_PAIRS = 10_000

/**
 * Pairs the missing rows with the unexpected ones that stand for the same thing: those of the same key, or, where
 * there is no key, those most alike, at least half of their cells, and of these the nearest.
 */
export function pairChanges(
  columns: readonly ColumnPair[],
  key: readonly string[],
  missing: Int32Array,
  unexpected: Int32Array,
): RowDifference[] {
  const keyed = columns.filter(({ name }) => key.includes(name))
  const pairs =
    key.length > 0 && keyed.length === key.length
      ? pairByKey(columns, keyed, missing, unexpected)
      : pairByLikeness(columns, missing, unexpected)
  return pairs.toSorted((a, b) => a.expected - b.expected)
}

function pairByKey(
  columns: readonly ColumnPair[],
  keyed: readonly ColumnPair[],
  missing: Int32Array,
  unexpected: Int32Array,
): RowDifference[] {
  const isUnnamed = (row: number) => keyed.some(({ patterns }) => patterns.has(row))
  // A key that is a pattern names no row: such rows are paired by what else they ask for.
  const unnamed = missing.filter((row) => isUnnamed(row))
  const pairs: RowDifference[] = []
  const index = indexRows(unexpected, hashRows(keyed, 'received', unexpected))
  const hashes = hashRows(keyed, 'expected', missing)
  for (const [k, expected] of missing.entries()) {
    if (isUnnamed(expected)) continue
    const received = index.take(hashes[k]!, (row) => keyed.every((column) => column.equal(row, expected)))
    if (received !== -1) pairs.push({ received, expected })
  }
  if (unnamed.length === 0) return pairs
  const paired = new Set(pairs.map(({ received }) => received))
  return [
    ...pairs,
    ...pairByLikeness(
      columns,
      unnamed,
      unexpected.filter((row) => !paired.has(row)),
    ),
  ]
}

function pairByLikeness(columns: readonly ColumnPair[], missing: Int32Array, unexpected: Int32Array): RowDifference[] {
  const likeness = (received: number, expected: number) =>
    columns.filter((column) => column.equal(received, expected)).length
  const least = Math.max(1, columns.length / 2)
  if (missing.length * unexpected.length > SCORED_PAIRS) {
    const free = new Set(unexpected)
    return [...missing]
      .filter((row) => free.has(row) && likeness(row, row) >= least)
      .map((row) => ({ received: row, expected: row }))
  }
  const scored: (RowDifference & { readonly score: number; readonly distance: number })[] = []
  for (const expected of missing) {
    for (const received of unexpected) {
      const score = likeness(received, expected)
      if (score >= least) scored.push({ received, expected, score, distance: distanceOf(columns, received, expected) })
    }
  }
  scored.sort(
    (a, b) => b.score - a.score || a.distance - b.distance || a.expected - b.expected || a.received - b.received,
  )
  const [left, right] = [new Set(missing), new Set(unexpected)]
  return scored.filter(({ received, expected }) => {
    if (!left.has(expected) || !right.has(received)) return false
    left.delete(expected)
    return right.delete(received)
  })
}
