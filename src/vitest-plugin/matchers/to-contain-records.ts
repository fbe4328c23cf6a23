import { matchRecords } from './compare-records.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import type { ExpectedRecords, RecordsOptions } from './types.ts'

/** See {@link DeltacatMatchers.toContainRecords}. */
export function toContainRecords(
  this: MatcherContext,
  received: unknown,
  expected: ExpectedRecords,
  options?: RecordsOptions,
): MatcherResult {
  return matchRecords(this, { name: 'toContainRecords', rows: 'some' }, received, expected, options)
}
