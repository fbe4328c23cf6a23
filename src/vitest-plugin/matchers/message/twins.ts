import type { ColumnPair } from '../compare/columns.ts'
import type { Comparison } from '../compare/compare.ts'

/** How many cells are looked at for one row: a message is not worth more. */
const MOST_CELLS = 1_000_000

/** How many rows of the other side equal one that is left over: it is there, but not as often as it should be. */
export function twinsOf(
  { columns, expectedRows, receivedRows }: Pick<Comparison, 'columns' | 'expectedRows' | 'receivedRows'>,
  { expected, received }: { readonly expected: number; readonly received: number },
): number {
  const rows = expected === -1 ? expectedRows : receivedRows
  if (columns.length === 0 || rows * columns.length > MOST_CELLS) return 0
  const equal = ({ equal }: ColumnPair, row: number) => (expected === -1 ? equal(received, row) : equal(row, expected))
  let count = 0
  for (let row = 0; row < rows; row++) if (columns.every((column) => equal(column, row))) count += 1
  return count
}

/** What a line says of a row that is on one side only: `missing`, `missing, as it is there only once`. */
export function leftOver({ kind, twins }: { readonly kind: string; readonly twins: number }): string {
  if (twins === 0) return kind
  const times = twins === 1 ? 'once' : twins === 2 ? 'twice' : `${twins.toLocaleString('en')} times`
  return `${kind}, as it is ${kind === 'missing' ? 'there' : 'expected'} only ${times}`
}
