import type { Table } from 'apache-arrow'
import { CatalogError } from '../../catalog/errors.ts'
import { adopted } from '../../catalog/records/adopt.ts'
import { isRecordBatch, isTable } from '../../catalog/records/arrow.ts'
import { shown } from '../../catalog/records/invalid.ts'
import { didYouMean } from '../../catalog/records/nearest.ts'
import type { ExpectedSet } from '../../fixtures/accessor.ts'
import type { Expected } from './compare/columns.ts'
import { type Comparison, compareRecords } from './compare/compare.ts'
import { isAsymmetricCall, type MatcherContext, type MatcherResult } from './context.ts'
import { expectedTable, untypedTable } from './expected/expected-table.ts'
import { namedSet, unknownSet } from './expected/named-set.ts'
import { inStoredForm } from './expected/stored-form.ts'
import { failureMessage } from './message/failure-message.ts'
import { leftOutHints, toleranceHints } from './message/hints.ts'
import { counted, type Frame, layOut } from './message/layout.ts'
import { reportRecords } from './message/records-report.ts'
import { comparisonView } from './message/report-view.ts'
import { type CheckedRecordsOptions, checkRecordsOptions } from './options.ts'
import { type ReceivedRecords, recordsOf, wrongRecords } from './records-of.ts'
import { refuse } from './refuse.ts'
import type { ExpectedRecords, RecordsOptions } from './types.ts'
import { createSet, updateHints, updateSet } from './update-set.ts'

/** What `toHaveRecords` and `toContainRecords` have in common. */
export interface RecordsMatcher {
  readonly name: string
  /** `all`: nothing but the expected rows. `some`: others may stand beside them. */
  readonly rows: 'all' | 'some'
}

/** Compares the records of the received value with the expected ones. */
export function matchRecords(
  context: MatcherContext,
  matcher: RecordsMatcher,
  received: unknown,
  expected: ExpectedRecords,
  given: RecordsOptions = {},
): MatcherResult {
  const options = checkRecordsOptions(matcher.name, given)
  const records = recordsOf(received)
  if (records === undefined) return refuse(context, wrongRecords(matcher.name, received))
  const key = options.key ?? records.key
  checkKey(matcher.name, options.key, records.table)
  const named = typeof expected === 'string' ? namedSet(matcher.name, expected, records.owner) : null
  if (named !== null && !named.found) {
    const why = createSet(context, expected as string, named.fixture, records, { ...matcher, ...options })
    if (why === null) return passed(records, matcher, context)
    return missingSet(context, records, unknownSet(expected as string, named.fixture), why)
  }
  const set = named?.set ?? null
  const wanted = expectedOf(matcher.name, set?.rows ?? (expected as Exclude<ExpectedRecords, string>), records, options)
  const comparison = compareRecords(records.table, wanted, { ...options, rows: matcher.rows })
  const use = { ...options, key, rows: matcher.rows }
  const updated = set !== null && updateSet(context, set, records, wanted, comparison, use)
  if (comparison.equal || updated) return passed(records, matcher, context)
  if (context.isNot) return { pass: false, message: () => '' }
  const hints = set === null ? [] : updateHints(context, set, records, use)
  const { leftOut = [] } = set === null ? wanted : {}
  return failed(comparison, { ...options, records, matcher, set, key, leftOut, hints })
}

function expectedOf(
  matcher: string,
  expected: Exclude<ExpectedRecords, string>,
  { table }: ReceivedRecords,
  { columns }: CheckedRecordsOptions,
): Expected {
  if (isTable(expected)) return { table: inStoredForm(adopted(expected), table), patterns: new Map() }
  if (Array.isArray(expected)) {
    if (table.schema.fields.length === 0 && table.numRows === 0)
      return { table: untypedTable(expected), patterns: new Map() }
    return expectedTable(expected, table.schema, columns)
  }
  const what = isRecordBatch(expected) ? 'a record batch; put it into a table' : shown(expected)
  throw new CatalogError(
    'invalid-argument',
    `${matcher} expects rows, an Arrow table or the name of an expected set of the fixture, not ${what}.`,
  )
}

function checkKey(matcher: string, key: readonly string[] | null, { schema }: Table): void {
  const names = schema.fields.map(({ name }) => name)
  const unknown = key?.find((name) => !names.includes(name))
  if (unknown === undefined || names.length === 0) return
  throw new CatalogError(
    'invalid-argument',
    `${matcher}: the key ${JSON.stringify(unknown)} is no column of ${names.join(', ')}${didYouMean(unknown, names)}`,
  )
}

function passed(records: ReceivedRecords, { rows }: RecordsMatcher, { isNot }: MatcherContext): MatcherResult {
  const message = () => {
    const { path, frames, table } = records
    const what = rows === 'all' ? `exactly the expected ${counted(table.numRows, 'row')}` : 'the expected rows'
    return layOut({ headline: `${path} has ${what}, and ${isNot ? 'should not' : 'should'}`, details: [] }, frames)
  }
  return { pass: true, message }
}

/** In another value, and after `.not`, a set that isn't there would pass for one that differs: there it is an error. */
function missingSet(
  context: MatcherContext,
  { path, frames }: ReceivedRecords,
  what: string,
  why: string,
): MatcherResult {
  const message = layOut({ headline: `${path}: ${what}`, details: [why] }, frames)
  if (context.isNot || isAsymmetricCall(context)) throw new CatalogError('invalid-argument', message)
  return { pass: false, message: () => message }
}

interface Failed extends Pick<CheckedRecordsOptions, 'maxDiffs' | 'tolerance'> {
  readonly records: ReceivedRecords
  readonly matcher: RecordsMatcher
  readonly set: ExpectedSet | null
  readonly key: readonly string[]
  readonly leftOut: readonly string[]
  readonly hints: readonly string[]
}

function failed(
  comparison: Comparison,
  { records, matcher, set, key, maxDiffs, tolerance, leftOut, hints }: Failed,
): MatcherResult {
  const placeOf = (row: number) => set?.source?.rows[row]
  const report = reportRecords(comparison, {
    name: records.path,
    set: set?.name ?? null,
    key,
    maxDiffs,
    rows: matcher.rows,
    placeOf,
  })
  const first = report.difference.rows.find(({ expectedRow }) => expectedRow !== -1)
  const place = first === undefined ? undefined : placeOf(first.expectedRow)
  const ofSet: Frame[] = set === null ? [] : [{ name: `expected ${JSON.stringify(set.name)}`, ...(place ?? set.at) }]
  const details = [
    ...report.details,
    ...leftOutHints(report.difference, leftOut),
    ...toleranceHints(report.difference, tolerance),
    ...hints,
  ]
  const isOfRows = report.difference.rows.length > 0
  const view = isOfRows ? comparisonView(report.difference, records.path, matcher.name, placeOf) : null
  const frames = [...ofSet, ...records.frames]
  const message = failureMessage(records.owner?.catalog ?? null, { ...report, details }, frames, { comparison: view })
  return { pass: false, message, actual: report.actual!, expected: report.expected! }
}
