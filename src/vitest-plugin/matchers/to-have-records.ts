import { matchRecords } from './compare-records.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import type { ExpectedRecords, RecordsOptions } from './types.ts'

/** See {@link DeltacatMatchers.toHaveRecords}. */
export function toHaveRecords(
  this: MatcherContext,
  received: unknown,
  expected: ExpectedRecords,
  options?: RecordsOptions,
): MatcherResult {
  return matchRecords(this, { name: 'toHaveRecords', rows: 'all' }, received, expected, options)
}
