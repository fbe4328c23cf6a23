import type { ColumnPair } from './columns.ts'

/**
 * Compares row by row at equal positions, a column at a time, and marks with 1 the positions where the rows differ.
 * The mask is as long as the shorter side.
 */
export function differInPlace(columns: readonly ColumnPair[], rows: number): Uint8Array {
  const differ = new Uint8Array(rows)
  for (const column of columns) {
    if (column.patterns.size > 0) eachCell(column, differ)
    else eachRun(column, differ)
  }
  return differ
}

function eachCell(column: ColumnPair, differ: Uint8Array): void {
  for (let row = 0; row < differ.length; row++) if (differ[row] === 0 && !column.equal(row, row)) differ[row] = 1
}

/** Over the runs of rows that lie in one chunk on both sides, so that the inner loop looks nothing up. */
function eachRun({ same, received, expected }: ColumnPair, differ: Uint8Array): void {
  const [left, right] = [received.view.starts, expected.view.starts]
  for (let row = 0, p = 0, q = 0; row < differ.length; ) {
    while (row >= left[p + 1]!) p++
    while (row >= right[q + 1]!) q++
    const [a, b] = [received.chunks[p]!, expected.chunks[q]!]
    const [i, j] = [left[p]!, right[q]!]
    const end = Math.min(left[p + 1]!, right[q + 1]!, differ.length)
    for (; row < end; row++) if (differ[row] === 0 && !same(a, row - i, b, row - j)) differ[row] = 1
  }
}
