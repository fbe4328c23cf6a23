import type { Comparison } from '../compare/compare.ts'
import { type DifferingRow, describeRows, keyAmong } from './difference.ts'
import { counted, type Failure } from './layout.ts'
import { shortened, wholeRow } from './row-line.ts'
import { alignTables } from './row-table.ts'

/** The report of rows that are all there, but not in the expected order: each with both places, and both orders. */
export function reportOrder(
  comparison: Comparison,
  options: { readonly key: readonly string[]; readonly maxDiffs: number; readonly rows: 'all' | 'some' },
): Failure {
  const { columns, partner, expectedRows } = comparison
  const key = keyAmong(columns, options.key)
  const all = options.rows === 'all'
  const moved = all ? movedRows(comparison) : crossingRows(partner)
  const places = moved
    .slice(0, options.maxDiffs)
    .map((expected) => ({ kind: 'changed' as const, expected, received: partner[expected]! }))
  const rows = describeRows(columns, key, places)
  const line = ({ label, expected, expectedRow }: DifferingRow) => {
    const places = `row ${expectedRow} → row ${partner[expectedRow]}`
    return key.length > 0 ? `${label}: ${places}` : `${places}: ${wholeRow(columns, expected!)}`
  }
  const asReceived = rows.toSorted((a, b) => partner[a.expectedRow]! - partner[b.expectedRow]!)
  const left = moved.length - rows.length
  const elsewhere = `that stand${left === 1 ? 's' : ''} elsewhere`
  const inPlace = expectedRows - moved.length
  return {
    headline: `all ${counted(expectedRows, 'expected row')} are there, but not in this order`,
    details: [...rows.map(line), ...(left > 0 ? [`… and ${counted(left, 'more row')} ${elsewhere}`] : [])],
    differences: rows.map(({ label, expected, expectedRow }) => ({
      what: key.length > 0 ? label : wholeRow(columns, expected!),
      expected: `row ${expectedRow}`,
      actual: `row ${partner[expectedRow]}`,
    })),
    ...alignTables(
      columns.map(({ name }) => ({ name, rank: key.includes(name) ? 0 : 1 })),
      [
        ...rows.map(({ expected }) => shortened({ expected, received: null })),
        ...asReceived.map(({ received }) => shortened({ expected: null, received })),
      ],
      [
        ...(left > 0 ? [`… ${counted(left, 'more row')} ${elsewhere}`] : []),
        ...(all && inPlace > 0
          ? [`… ${counted(inPlace, 'row')} in ${inPlace === 1 ? 'its place' : 'their places'}`]
          : []),
      ],
    ),
  }
}

/** The expected rows that stand at another position. */
function movedRows({ columns, partner }: Comparison): number[] {
  const moved = (row: number) => partner[row] !== row && !columns.every((column) => column.equal(row, row))
  return [...partner.keys()].filter(moved)
}

/** Where others may stand between the expected rows: those that stand before one expected earlier, or after a later one. */
function crossingRows(partner: Int32Array): number[] {
  const after = new Int32Array(partner.length + 1)
  after[partner.length] = 0x7fffffff
  for (let row = partner.length - 1; row >= 0; row--) after[row] = Math.min(after[row + 1]!, partner[row]!)
  let before = -1
  return [...partner.keys()].filter((row) => {
    const crosses = before > partner[row]! || after[row + 1]! < partner[row]!
    before = Math.max(before, partner[row]!)
    return crosses
  })
}
