import { formatType } from '../../../catalog/records/schema.ts'
import type { Comparison } from '../compare/compare.ts'
import type { SchemaDifference } from '../compare/schema-differences.ts'
import { type DifferingRow, describeDifference, type RecordsDifference, rowLabel, rowTexts } from './difference.ts'
import { counted, type Failure, fileName, type SourcePlace } from './layout.ts'
import { alignTables, type TableRow } from './row-table.ts'
import { shortenPair } from './shorten.ts'

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

/** How many changed cells of one row are listed. */
const CELLS = 8

/** The report of a comparison that failed, and the differences that it tells of. */
export function reportRecords(
  comparison: Comparison,
  subject: RecordsSubject,
): Failure & { difference: RecordsDifference } {
  const difference = describeDifference(comparison, { ...subject, limit: subject.maxDiffs })
  const against = subject.set === null ? '' : ` isn't ${JSON.stringify(subject.set)}`
  const schema = comparison.schema.map(schemaLine)
  const headline = [
    ...(schema.length > 0 ? [`the schemas differ in ${counted(schema.length, 'column')}`] : []),
    comparison.misplaced === -1 ? countsLine(difference, comparison) : orderLine(comparison, subject.key),
  ]
  const rows =
    comparison.misplaced === -1 ? difference.rows : misplacedRows(comparison, difference.key, subject.maxDiffs)
  const left = total(difference) - difference.rows.length
  return {
    headline: `${subject.name}${against}: ${headline.join('; ')}`,
    details: [
      ...schema,
      ...difference.rows.map((row) => rowLine(difference, row, subject)),
      ...(left > 0 ? [`… and ${counted(left, 'more row')} that differ${left === 1 ? 's' : ''}`] : []),
    ],
    ...tablesOf(comparison, difference, rows, left),
    difference,
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

function orderLine({ columns, misplaced, expectedRows, receivedRows }: Comparison, key: readonly string[]): string {
  const named = key.length > 0 && key.every((name) => columns.some((column) => column.name === name))
  const rows = `all ${counted(expectedRows, 'expected row')} are there, but not in this order`
  if (!named || receivedRows !== expectedRows)
    return `${rows}; row ${misplaced} is the first that isn't where it should be`
  const [wanted, found] = [rowLabel(columns, key, -1, misplaced), rowLabel(columns, key, misplaced, -1)]
  return `${rows}; row ${misplaced} should be ${wanted}, but is ${found}`
}

/** From the first row that stands elsewhere: what is expected there, and what is there. */
function misplacedRows(comparison: Comparison, key: readonly string[], limit: number): DifferingRow[] {
  const { columns, misplaced, expectedRows, receivedRows } = comparison
  const rows = Math.min(limit, Math.max(expectedRows, receivedRows) - misplaced)
  return Array.from({ length: rows }, (_, k) => {
    const [received, expected] = [misplaced + k, misplaced + k].map((row, side) =>
      row < (side === 0 ? receivedRows : expectedRows) ? row : -1,
    ) as [number, number]
    const texts = rowTexts(columns, received, expected)
    return { kind: 'changed', label: rowLabel(columns, key, received, expected), expectedRow: expected, ...texts }
  })
}

function schemaLine(difference: SchemaDifference): string {
  const column = JSON.stringify(difference.column)
  switch (difference.kind) {
    case 'missing':
      return `column ${column} is missing; expected ${formatType(difference.expected)}`
    case 'unexpected':
      return `column ${column} is unexpected; it is ${formatType(difference.received)}`
    case 'type':
      return `column ${column} should be ${formatType(difference.expected)}, but is ${formatType(difference.received)}`
  }
}

/** `id=1: total: 10.50 → 99.90 (orders.deltacat.yaml:49)` */
function rowLine({ columns }: RecordsDifference, row: DifferingRow, subject: RecordsSubject): string {
  const place = row.expectedRow === -1 ? undefined : subject.placeOf(row.expectedRow)
  const at = place === undefined ? '' : ` (${fileName(place.file)}:${place.line})`
  if (row.kind !== 'changed') return `${row.label}: ${row.kind}${at}`
  const cells = row.different.slice(0, CELLS).map((k) => {
    const [expected, received] = shortenPair(row.expected![k]!, row.received![k]!)
    return `${columns[k]!.name}: ${expected} → ${received}`
  })
  const left = row.different.length - cells.length
  return `${row.label}: ${cells.join(', ')}${left > 0 ? `, … and ${counted(left, 'more cell')}` : ''}${at}`
}

function tablesOf(
  comparison: Comparison,
  difference: RecordsDifference,
  rows: readonly DifferingRow[],
  left: number,
): Pick<Failure, 'actual' | 'expected'> {
  const changed = new Set(rows.flatMap(({ different }) => different))
  const columns = difference.columns.map(({ name }, k) => ({
    name,
    rank: difference.key.includes(name) ? 0 : changed.has(k) ? 1 : 2,
  }))
  const { equal } = difference.counts
  const tables = alignTables(columns, rows.map(shortened), [
    ...(left > 0 ? [`… ${counted(left, 'more row')} that differ${left === 1 ? 's' : ''}`] : []),
    ...(equal > 0 && comparison.misplaced === -1 ? [`… ${counted(equal, 'equal row')}`] : []),
  ])
  const schema = schemaTables(comparison.schema)
  return {
    expected: lines(schema.expected, tables.expected),
    actual: lines(schema.actual, tables.actual),
  }
}

function lines(schema: readonly string[], table: string): string {
  const all = [...schema, ...(table === '' ? [] : [table])]
  return all.length === 0 ? '(no columns)' : all.join('\n')
}

function schemaTables(differences: readonly SchemaDifference[]): { expected: string[]; actual: string[] } {
  const lines = (side: 'expected' | 'received') =>
    differences.flatMap((difference) =>
      side in difference
        ? [`${difference.column}: ${formatType((difference as Extract<SchemaDifference, { kind: 'type' }>)[side])}`]
        : [],
    )
  return { expected: lines('expected'), actual: lines('received') }
}

function shortened({ expected, received }: DifferingRow): TableRow {
  if (expected === null || received === null) {
    const one = (cells: readonly string[] | null) => cells?.map((cell) => shortenPair(cell, cell)[0]) ?? null
    return { expected: one(expected), received: one(received) }
  }
  const pairs = expected.map((cell, k) => shortenPair(cell, received[k]!))
  return { expected: pairs.map(([cell]) => cell), received: pairs.map(([, cell]) => cell) }
}

function total({ counts }: RecordsDifference): number {
  return counts.changed + counts.missing + counts.unexpected
}
