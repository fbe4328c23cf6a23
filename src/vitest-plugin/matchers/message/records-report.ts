import type { Comparison } from '../compare/compare.ts'
import { describeDifference, type RecordsDifference } from './difference.ts'
import { counted, type Failure, fileName, type SourcePlace } from './layout.ts'
import { reportOrder } from './order-report.ts'
import { rowLine, shortened } from './row-line.ts'
import { alignTables } from './row-table.ts'
import { schemaReport } from './schema-report.ts'

/** What a report of records says beyond the comparison itself. */
export interface RecordsSubject {
  /** What was compared: a path, `Arrow table`. */
  readonly name: string
  /** The name of the expected set; `null` where the test itself gave the rows. */
  readonly set: string | null
  readonly key: readonly string[]
  readonly maxDiffs: number
  readonly rows: 'all' | 'some'
  /** Where an expected row was written. */
  placeOf(expectedRow: number): SourcePlace | undefined
}

/** The report of a comparison that failed, and the differences that it tells of. */
export function reportRecords(
  comparison: Comparison,
  subject: RecordsSubject,
): Failure & { difference: RecordsDifference } {
  const difference = describeDifference(comparison, { ...subject, limit: subject.maxDiffs })
  const against = subject.set === null ? '' : ` isn't ${JSON.stringify(subject.set)}`
  const schema = schemaReport(comparison.schema)
  const rows =
    comparison.misplaced === -1 ? reportRows(comparison, difference, subject) : reportOrder(comparison, subject)
  const headline = [
    ...(schema.details.length > 0 ? [`the schemas differ in ${counted(schema.details.length, 'column')}`] : []),
    rows.headline,
  ]
  return {
    headline: `${subject.name}${against}: ${headline.join('; ')}`,
    details: [...schema.details, ...rows.details],
    differences: [...schema.differences, ...(rows.differences ?? [])],
    expected: lines(schema.expected, rows.expected!),
    actual: lines(schema.actual, rows.actual!),
    difference,
  }
}

function reportRows(comparison: Comparison, difference: RecordsDifference, { placeOf }: RecordsSubject): Failure {
  const { columns, key, counts, rows } = difference
  const changed = new Set(rows.flatMap(({ different }) => different))
  const ranked = columns.map(({ name }, k) => ({ name, rank: key.includes(name) ? 0 : changed.has(k) ? 1 : 2 }))
  const left = counts.changed + counts.missing + counts.unexpected - rows.length
  const differ = `that differ${left === 1 ? 's' : ''}`
  const place = (row: number) => {
    const at = row === -1 ? undefined : placeOf(row)
    return at === undefined ? '' : ` (${fileName(at.file)}:${at.line})`
  }
  return {
    headline: countsLine(difference, comparison),
    details: [
      ...rows.map((row) => `${rowLine(difference, row)}${place(row.expectedRow)}`),
      ...(left > 0 ? [`… and ${counted(left, 'more row')} ${differ}`] : []),
    ],
    ...alignTables(ranked, rows.map(shortened), [
      ...(left > 0 ? [`… ${counted(left, 'more row')} ${differ}`] : []),
      ...(counts.equal > 0 ? [`… ${counted(counts.equal, 'equal row')}`] : []),
    ]),
  }
}

function countsLine({ counts }: RecordsDifference, { receivedRows, expectedRows }: Comparison): string {
  const { equal, changed, missing, unexpected } = counts
  const parts = [
    changed > 0 && `${counted(changed, 'row')} changed`,
    missing > 0 && `${counted(missing, changed > 0 ? '' : 'row')} missing`,
    unexpected > 0 && `${counted(unexpected, changed + missing > 0 ? '' : 'row')} unexpected`,
  ].filter((part) => part !== false)
  if (parts.length === 0) return `${counted(Math.min(receivedRows, expectedRows), 'row')} equal`
  return `${parts.join(', ')}${equal > 0 ? `, ${equal.toLocaleString('en')} equal` : ''}`
}

function lines(schema: readonly string[], table: string): string {
  const all = [...schema, ...(table === '' ? [] : [table])]
  return all.length === 0 ? '(no columns)' : all.join('\n')
}
