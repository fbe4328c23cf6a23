import { formatType } from '../../../catalog/records/schema.ts'
import { type FloatTolerance, floatWindow } from '../compare/equal.ts'
import { TypeId } from '../compare/type-ids.ts'
import { valueType } from '../compare/types.ts'
import type { RecordsDifference } from './difference.ts'

/** Who leaves a column out of every row most often didn't mean it to be null. */
export function leftOutHints({ columns, rows }: RecordsDifference, leftOut: readonly string[]): readonly string[] {
  const changed = new Set(rows.filter(({ kind }) => kind === 'changed').flatMap(({ different }) => different))
  const names = columns.filter(({ name }, column) => changed.has(column) && leftOut.includes(name))
  if (names.length === 0) return []
  const listed = names.map(({ name }) => JSON.stringify(name)).join(', ')
  return [
    `no expected row names ${listed}: such cells count as null; { columns: 'subset' } compares only the columns that are named`,
  ]
}

/** Who gives a tolerance may have meant it for a decimal that differs by no more. */
export function toleranceHints(
  { columns, rows }: RecordsDifference,
  tolerance: FloatTolerance | null,
): readonly string[] {
  if (tolerance === null) return []
  const near = columns.filter(({ type }, k) => {
    const { typeId } = valueType(type)
    if (typeId !== TypeId.Decimal && typeId !== TypeId.Int) return false
    return rows.some(({ different, bare }) => {
      const [expected, received] = [bare.expected?.[k], bare.received?.[k]]
      if (!different.includes(k) || expected == null || received == null) return false
      const [low, high] = floatWindow(Number(expected), tolerance)
      return Number(received) >= low && Number(received) <= high
    })
  })
  if (near.length === 0) return []
  const named = near.map(({ name, type }) => `${JSON.stringify(name)} is ${formatType(type)}`).join(', ')
  return [`the tolerance is for floats alone, and ${named}; expect.closeTo() in a cell accepts what is near`]
}
