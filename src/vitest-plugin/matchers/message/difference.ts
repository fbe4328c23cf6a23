import type { DataType } from 'apache-arrow'
import type { ColumnPair } from '../compare/columns.ts'
import type { Comparison } from '../compare/compare.ts'
import { pairChanges } from '../compare/pair-changes.ts'
import { type RowTexts, rowTexts } from './row-texts.ts'
import { toldApart } from './told-apart.ts'
import { twinsOf } from './twins.ts'

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

export interface DifferingRow extends RowTexts {
  readonly kind: 'changed' | 'missing' | 'unexpected'
  /** `id=1`, or where it stands: `row 3`, `expected row 3, received row 4`. */
  readonly label: string
  /** The number of the expected row, or -1. */
  readonly expectedRow: number
  /** Of a row that is on one side only: how many equal rows the other side has, all of them matched. */
  readonly twins: number
}

/**
 * Describes a comparison that failed. `key`: the columns that name a row, used where all of them were compared.
 * `limit`: how many rows are described; all are counted.
 */
export function describeDifference(
  comparison: Comparison,
  options: { readonly key: readonly string[]; readonly limit: number; readonly rows: 'all' | 'some' },
): RecordsDifference {
  const { columns, missing, unexpected, expectedRows } = comparison
  const key = keyAmong(columns, options.key)
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
    rows: describeRows(columns, key, rows.slice(0, options.limit)).map((row, index) =>
      row.kind === 'changed' ? row : { ...row, twins: twinsOf(comparison, rows[index]!) },
    ),
  }
}

/** The columns that name a row, where all of them were compared. */
export function keyAmong(columns: readonly ColumnPair[], key: readonly string[]): readonly string[] {
  return key.every((name) => columns.some((column) => column.name === name)) ? key : []
}

/** A row's number on either side, or -1. */
export interface RowPlaces {
  readonly kind: DifferingRow['kind']
  readonly expected: number
  readonly received: number
}

/** Rows as text, their cells such that those that differ look different. */
export function describeRows(
  columns: readonly ColumnPair[],
  key: readonly string[],
  rows: readonly RowPlaces[],
): DifferingRow[] {
  const described = rows.map((row) => ({ ...row, texts: rowTexts(columns, row) }))
  const cells = described.flatMap(({ texts }) => [...(texts.expected ?? []), ...(texts.received ?? [])])
  const tell = toldApart(cells)
  return described.map(({ kind, expected, received, texts }) => {
    const told = {
      expected: texts.expected?.map(tell) ?? null,
      received: texts.received?.map(tell) ?? null,
    }
    const named = (told.expected ?? told.received)!
    const label =
      key.length === 0
        ? placeLabel(expected, received)
        : key.map((name) => `${name}=${named[columns.findIndex((column) => column.name === name)]}`).join(', ')
    return { kind, label, expectedRow: expected, twins: 0, ...texts, ...told }
  })
}

/** Where a row stands; a number alone is the same in both lists. */
function placeLabel(expected: number, received: number): string {
  if (expected === received) return `row ${expected}`
  const places = [expected !== -1 && `expected row ${expected}`, received !== -1 && `received row ${received}`]
  return places.filter((place) => place !== false).join(', ')
}
