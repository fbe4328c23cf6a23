import { CatalogError } from '../../catalog/errors.ts'
import { shown } from '../../catalog/records/invalid.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { failureMessage } from './message/failure-message.ts'
import { counted } from './message/layout.ts'
import { recordsOf, wrongRecords } from './records-of.ts'
import { refuse } from './refuse.ts'

/** See {@link DeltacatMatchers.toHaveRecordCount}. */
export function toHaveRecordCount(this: MatcherContext, received: unknown, count: number): MatcherResult {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new CatalogError(
      'invalid-argument',
      `toHaveRecordCount expects a whole number from 0 on, not ${shown(count)}.`,
    )
  }
  const records = recordsOf(received)
  if (records === undefined) return refuse(this, wrongRecords('toHaveRecordCount', received))
  const found = records.table.numRows
  const should = this.isNot
    ? 'another number was expected'
    : `${counted(count, 'row')} ${count === 1 ? 'was' : 'were'} expected`
  const headline = `${records.path} has ${counted(found, 'row')}; ${should}`
  const expected = `${this.isNot ? 'not ' : ''}${counted(count, 'row')}`
  const differences = [{ what: records.path, expected, actual: counted(found, 'row') }]
  const { owner, frames } = records
  const message = failureMessage(owner?.catalog ?? null, { headline, details: [], differences }, frames)
  return { pass: found === count, message }
}
