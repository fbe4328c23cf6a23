import { formatType } from '../../../catalog/records/schema.ts'
import type { SchemaDifference } from '../compare/schema-differences.ts'
import { toldApart, visible } from './told-apart.ts'

/** The columns in which two schemas differ: a line for each, and both sides' as texts of aligned lines. */
export function schemaReport(differences: readonly SchemaDifference[]): {
  readonly details: readonly string[]
  readonly expected: readonly string[]
  readonly actual: readonly string[]
} {
  const tell = toldApart(differences.map(({ column }) => visible(column)))
  const named = differences.map((difference) => ({ ...difference, column: tell(visible(difference.column)) }))
  return { details: named.map(line), expected: named.flatMap(expectedLine), actual: named.flatMap(receivedLine) }
}

function line(difference: SchemaDifference): string {
  const column = `"${difference.column}"`
  switch (difference.kind) {
    case 'missing':
      return `column ${column} is missing; expected ${formatType(difference.expected)}`
    case 'unexpected':
      return `column ${column} is unexpected; it is ${formatType(difference.received)}`
    case 'type':
      return `column ${column} should be ${formatType(difference.expected)}, but is ${formatType(difference.received)}`
  }
}

function expectedLine(difference: SchemaDifference): string[] {
  return difference.kind === 'unexpected' ? [] : [`${difference.column}: ${formatType(difference.expected)}`]
}

function receivedLine(difference: SchemaDifference): string[] {
  return difference.kind === 'missing' ? [] : [`${difference.column}: ${formatType(difference.received)}`]
}
