import type { ColumnPair } from '../compare/columns.ts'
import { bareText, cellText } from './cell-text.ts'

/** A row's cells as text, on both sides; `null` where it isn't. */
export interface RowTexts {
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

/** The texts of a row by its number on either side; -1: it isn't there. */
export function rowTexts(
  columns: readonly ColumnPair[],
  { received, expected }: { readonly received: number; readonly expected: number },
): RowTexts {
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
