import { type ColumnPair, hashRows, rowsEqual } from './columns.ts'
import { differInPlace } from './in-place.ts'
import { indexRows } from './row-index.ts'
import { matchWild } from './wild.ts'

/** Which received row each expected row was matched with. */
export interface Matching {
  /** By expected row: the received row, or -1. No received row stands in it twice. */
  readonly partner: Int32Array
  /** By received row: 1 where an expected row has it. */
  readonly taken: Uint8Array
  /** `false` where the search was given up: then an expected row without a partner may still have one. */
  readonly complete: boolean
}

/**
 * Matches as many expected rows as can be, each with a received row of its own, whatever their order: equal multisets
 * match wholly. Rows that stand at the same position are found first, a column at a time; the rest by hash, each hit
 * verified cell by cell: linear, and exact. Only expected rows with patterns or tolerant cells need a search.
 */
export function matchRows(columns: readonly ColumnPair[], received: number, expected: number): Matching {
  const partner = new Int32Array(expected).fill(-1)
  const taken = new Uint8Array(received)
  const differ = differInPlace(columns, Math.min(received, expected))
  const wild = wildRows(columns, expected)
  if (!differ.includes(1)) {
    for (let row = 0; row < differ.length; row++) pair(row, row)
    return { partner, taken, complete: true }
  }
  for (let row = 0; row < differ.length; row++) if (differ[row] === 0 && wild[row] === 0) pair(row, row)
  // An exact row can only have rows that are alike, so taking the first of them never robs another expected row of
  // the only one it could have, except a wild row; and that one could equally take the exact row's other choice.
  const rows = rowsWhere(expected, (row) => partner[row] === -1 && wild[row] === 0)
  if (rows.length > 0) {
    const free = rowsWhere(received, (row) => taken[row] === 0)
    const index = indexRows(free, hashRows(columns, 'received', free))
    const hashes = hashRows(columns, 'expected', rows)
    for (let k = 0; k < rows.length; k++) {
      const found = index.take(hashes[k]!, (row) => rowsEqual(columns, row, rows[k]!))
      if (found !== -1) pair(found, rows[k]!)
    }
  }
  const complete = matchWild({
    columns,
    rows: rowsWhere(expected, (row) => wild[row] === 1),
    free: rowsWhere(received, (row) => taken[row] === 0),
    inPlace: (row) => row < differ.length && differ[row] === 0,
    partner,
    taken,
  })
  return { partner, taken, complete }

  function pair(receivedRow: number, expectedRow: number): void {
    partner[expectedRow] = receivedRow
    taken[receivedRow] = 1
  }
}

/**
 * Matches expected rows with received rows in order, others between them allowed: each takes the first that it can,
 * which leaves the most for the rows after it.
 */
export function matchInOrder(columns: readonly ColumnPair[], received: number, expected: number): Int32Array {
  const partner = new Int32Array(expected).fill(-1)
  for (let i = 0, j = 0; i < received && j < expected; i++) if (rowsEqual(columns, i, j)) partner[j++] = i
  return partner
}

/** The numbers below `count` that `accepts`, in order. */
export function rowsWhere(count: number, accepts: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(count)
  let length = 0
  for (let row = 0; row < count; row++) if (accepts(row)) rows[length++] = row
  return rows.subarray(0, length)
}

/** Marks the expected rows that don't stand for one row only. */
function wildRows(columns: readonly ColumnPair[], expected: number): Uint8Array {
  if (columns.some((column) => column.tolerant)) return new Uint8Array(expected).fill(1)
  const wild = new Uint8Array(expected)
  for (const { patterns } of columns) for (const row of patterns.keys()) wild[row] = 1
  return wild
}
