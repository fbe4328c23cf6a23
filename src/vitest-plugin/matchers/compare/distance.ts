import type { DataType } from 'apache-arrow'
import type { Cell } from '../../../catalog/records/cells.ts'
import type { ColumnPair } from './columns.ts'
import { TypeId } from './type-ids.ts'
import { valueType } from './types.ts'

/**
 * How far a received row is from an expected one: of each cell that differs, how far the numbers or times are from each
 * other as a part of both, at most 1; 1 for what is neither. It only tells the nearer of two rows.
 */
export function distanceOf(columns: readonly ColumnPair[], received: number, expected: number): number {
  let sum = 0
  for (const column of columns) if (!column.equal(received, expected)) sum += cellDistance(column, received, expected)
  return sum
}

function cellDistance({ type, patterns, ...sides }: ColumnPair, received: number, expected: number): number {
  const pattern = patterns.get(expected)
  const a = numberOf(type, sides.received.cell(received))
  const b = pattern === undefined ? numberOf(type, sides.expected.cell(expected)) : pattern.near
  if (a === undefined || b === undefined) return 1
  const part = Math.abs(a - b) / (Math.abs(a) + Math.abs(b))
  return Number.isNaN(part) ? 1 : part
}

function numberOf(type: DataType, cell: Cell): number | undefined {
  if (cell === null) return undefined
  switch (valueType(type).typeId) {
    case TypeId.Int:
    case TypeId.Float:
    case TypeId.Decimal:
    case TypeId.Duration:
      return Number(cell)
    case TypeId.Date:
    case TypeId.Timestamp:
      return Date.parse(String(cell))
    default:
      return undefined
  }
}
