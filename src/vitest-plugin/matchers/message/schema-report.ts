import { formatType } from '../../../catalog/records/schema.ts'
import type { Difference } from '../../findings.ts'
import type { SchemaDifference } from '../compare/schema-differences.ts'
import { toldApart, visible } from './told-apart.ts'

/** The columns in which two schemas differ: a line for each, and both sides' as texts of aligned lines. */
export function schemaReport(differences: readonly SchemaDifference[]): {
  readonly details: readonly string[]
  readonly differences: readonly Difference[]
  readonly expected: readonly string[]
  readonly actual: readonly string[]
} {
  const tell = toldApart(differences.map(({ column }) => visible(column)))
  const named = differences.map((difference) => ({ ...difference, column: tell(visible(difference.column)) }))
  const columns = named.map(sides)
  return {
    details: columns.map(columnLine),
    differences: columns,
    expected: named.flatMap(expectedLine),
    actual: named.flatMap(receivedLine),
  }
}

/** How a message says in what a column differs. */
export function columnLine({ what, expected, actual }: Difference): string {
  if (actual === null) return `${what} is missing; expected ${expected}`
  return expected === null
    ? `${what} is unexpected; it is ${actual}`
    : `${what} should be ${expected}, but is ${actual}`
}

function sides(difference: SchemaDifference): Difference {
  return {
    what: `column "${difference.column}"`,
    expected: difference.kind === 'unexpected' ? null : formatType(difference.expected),
    actual: difference.kind === 'missing' ? null : formatType(difference.received),
  }
}

function expectedLine(difference: SchemaDifference): string[] {
  return difference.kind === 'unexpected' ? [] : [`${difference.column}: ${formatType(difference.expected)}`]
}

function receivedLine(difference: SchemaDifference): string[] {
  return difference.kind === 'missing' ? [] : [`${difference.column}: ${formatType(difference.received)}`]
}
