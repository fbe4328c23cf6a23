import type { Table } from 'apache-arrow'
import { toHaveRecords } from '../src/vitest-plugin/matchers/to-have-records.ts'

// What Vitest's expect hands to a matcher.
const context = { isNot: false, promise: '' }

/** Runs the matcher as `expect(received).toHaveRecords(expected)` does, its message too; throws unless it says `pass`. */
export function checkRecords(received: Table, expected: Table, pass: boolean): void {
  const result = toHaveRecords.call(context, received, expected)
  if (result.pass !== pass) throw new Error(result.message())
  if (!pass) result.message()
}
