import type { DataType } from 'apache-arrow'
import type { ColumnPair } from '../compare/columns.ts'
import type { Comparison } from '../compare/compare.ts'
import { pairChanges } from '../compare/pair-changes.ts'
import { bareText, cellText } from './cell-text.ts'

/** The rows in which received and expected records differ, as text; what every report of a failure is made from. */
export interface RecordsDifference {
  readonly columns: readonly { readonly name: string; readonly type: DataType }[]
  /** The columns that name a row; none: rows are named by their number. */
  readonly key: readonly string[]
  readonly counts: RowCounts
  /** The first differing rows, in the expected order; rows that nothing expects come where they stand. */
  readonly rows: readonly DifferingRow[]
}

export interface RowCounts {
  readonly equal: number
  readonly changed: number
  readonly missing: number
  readonly unexpected: number
}

export interface DifferingRow {
  readonly kind: 'changed' | 'missing' | 'unexpected'
  /** `id=1`, or `row 3`. */
  readonly label: string
  /** The number of the expected row, or -1. */
  readonly expectedRow: number
  /** A text for each column. */
  readonly expected: readonly string[] | null
  readonly received: readonly string[] | null
  /** The same for a table of its own: null is `null`, and a text needs no quotes to tell it from one. */
  readonly bare: {
    readonly expected: readonly (string | null)[] | null
    readonly received: readonly (string | null)[] | null
  }
  /** The columns, by number, whose cells differ. */
  readonly different: readonly number[]
}

/**
 * Describes a comparison that failed. `key`: the columns that name a row, used where all of them were compared.
 * `limit`: how many rows are described; all are counted.
 */
export function describeDifference(
  { columns, missing, unexpected, expectedRows }: Comparison,
  options: { readonly key: readonly string[]; readonly limit: number; readonly rows: 'all' | 'some' },
): RecordsDifference {
  const key = options.key.every((name) => columns.some((column) => column.name === name)) ? options.key : []
  const changed = pairChanges(columns, key, missing, unexpected)
  const [pairedExpected, pairedReceived] = [
    new Set(changed.map(({ expected }) => expected)),
    new Set(changed.map(({ received }) => received)),
  ]
  const lost = [...missing].filter((row) => !pairedExpected.has(row))
  // Where other rows may stand beside the expected ones, none is unexpected.
  const extra = options.rows === 'some' ? [] : [...unexpected].filter((row) => !pairedReceived.has(row))
  const rows = [
    ...changed.map(({ expected, received }) => ({ kind: 'changed' as const, at: expected, expected, received })),
    ...lost.map((expected) => ({ kind: 'missing' as const, at: expected, expected, received: -1 })),
    ...extra.map((received) => ({ kind: 'unexpected' as const, at: received, expected: -1, received })),
  ].sort((a, b) => a.at - b.at || Number(a.expected === -1) - Number(b.expected === -1))
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    key,
    counts: {
      equal: expectedRows - missing.length,
      changed: changed.length,
      missing: lost.length,
      unexpected: extra.length,
    },
    rows: rows.slice(0, options.limit).map(({ kind, expected, received }) => ({
      kind,
      label: rowLabel(columns, key, received, expected),
      expectedRow: expected,
      ...rowTexts(columns, received, expected),
    })),
  }
}

/** The name of a row: its key, or its number. */
export function rowLabel(
  columns: readonly ColumnPair[],
  key: readonly string[],
  received: number,
  expected: number,
): string {
  if (key.length === 0) return `row ${expected === -1 ? received : expected}`
  return key
    .map((name) => {
      const column = columns.find((each) => each.name === name)!
      return `${name}=${expected === -1 ? receivedText(column, received) : expectedText(column, expected)}`
    })
    .join(', ')
}

/** The texts of a row on both sides; -1: it isn't there. */
export function rowTexts(
  columns: readonly ColumnPair[],
  received: number,
  expected: number,
): Pick<DifferingRow, 'expected' | 'received' | 'bare' | 'different'> {
  const both = received !== -1 && expected !== -1
  const different = both ? columns.flatMap((column, k) => (column.equal(received, expected) ? [] : [k])) : []
  // A cell that passes by a pattern or a tolerance is shown as it was received: it isn't what failed.
  const passes = (k: number) => both && !different.includes(k)
  const texts = <T>(ofReceived: CellTexts<T>, ofExpected: CellTexts<T>) => ({
    expected:
      expected === -1
        ? null
        : columns.map((column, k) => (passes(k) ? ofReceived(column, received) : ofExpected(column, expected))),
    received: received === -1 ? null : columns.map((column) => ofReceived(column, received)),
  })
  return { ...texts(receivedText, expectedText), bare: texts(bareReceived, bareExpected), different }
}

type CellTexts<T> = (column: ColumnPair, row: number) => T

function receivedText({ type, received }: ColumnPair, row: number): string {
  return cellText(type, received.cell(row))
}

function expectedText({ type, patterns, expected }: ColumnPair, row: number): string {
  return patterns.get(row)?.text ?? cellText(type, expected.cell(row))
}

function bareReceived({ type, received }: ColumnPair, row: number): string | null {
  return bareText(type, received.cell(row))
}

function bareExpected({ type, patterns, expected }: ColumnPair, row: number): string | null {
  return patterns.get(row)?.text ?? bareText(type, expected.cell(row))
}
