import type { Difference } from '../../findings.ts'
import type { DifferingRow, RecordsDifference } from './difference.ts'
import { counted } from './layout.ts'
import type { TableRow } from './row-table.ts'
import { shortenPair } from './shorten.ts'
import { leftOver } from './twins.ts'

/** How many cells of one row are listed. */
const CELLS = 8

/** `id=1: total: 10.50 → 99.90`; a row that no key names is shown whole. */
export function rowLine({ columns, key }: Pick<RecordsDifference, 'columns' | 'key'>, row: DifferingRow): string {
  if (row.kind === 'changed') {
    const cells = row.different.slice(0, CELLS).map((k) => {
      const [expected, received] = shortenPair(row.expected![k]!, row.received![k]!)
      return `${columns[k]!.name}: ${expected} → ${received}`
    })
    return `${row.label}: ${cells.join(', ')}${more(row.different.length)}`
  }
  if (key.length > 0 || columns.length === 0) return `${row.label}: ${leftOver(row)}`
  return `${row.label} is ${leftOver(row)}: ${wholeRow(columns, (row.expected ?? row.received)!)}`
}

/** What a row differs in, cell by cell; a row that is on one side alone is shown whole. */
export function rowDifferences(
  { columns }: Pick<RecordsDifference, 'columns'>,
  { kind, label, expected, received, different }: DifferingRow,
): Difference[] {
  if (kind === 'changed') {
    return different.map((k) => ({
      what: `${label}: ${columns[k]!.name}`,
      expected: expected![k]!,
      actual: received![k]!,
    }))
  }
  const whole = (cells: readonly string[] | null) => (cells === null ? null : wholeRow(columns, cells))
  return [{ what: label, expected: whole(expected), actual: whole(received) }]
}

/** `{ id: 1, total: 10.50 }` */
export function wholeRow(columns: readonly { readonly name: string }[], cells: readonly string[]): string {
  const shown = cells.slice(0, CELLS).map((cell, k) => `${columns[k]!.name}: ${shortenPair(cell, cell)[0]}`)
  return `{ ${shown.join(', ')}${more(cells.length)} }`
}

function more(cells: number): string {
  return cells > CELLS ? `, … and ${counted(cells - CELLS, 'more cell')}` : ''
}

/** The cells of a row for a table, long ones shortened where both sides agree. */
export function shortened({ expected, received }: Pick<DifferingRow, 'expected' | 'received'>): TableRow {
  if (expected === null || received === null) {
    const one = (cells: readonly string[] | null) => cells?.map((cell) => shortenPair(cell, cell)[0]) ?? null
    return { expected: one(expected), received: one(received) }
  }
  const pairs = expected.map((cell, k) => shortenPair(cell, received[k]!))
  return { expected: pairs.map(([cell]) => cell), received: pairs.map(([, cell]) => cell) }
}
