import { ruled } from './ruled-lines.ts'

/** The most characters that the columns of a row take together; the columns after that are left out. */
const WIDTH = 110

/** A row of the tables, its cells as text, column by column; `null` on the side that doesn't have it. */
export interface TableRow {
  readonly expected: readonly string[] | null
  readonly received: readonly string[] | null
}

/** Two texts whose lines are aligned, for Vitest to draw the difference of. */
export interface AlignedTables {
  readonly expected: string
  readonly actual: string
}

/**
 * Lays rows out as two tables with the same header and column widths. Columns come in the order given; where they are
 * too many for a line, those of the lowest `rank` stay.
 */
export function alignTables(
  columns: readonly { readonly name: string; readonly rank: number }[],
  rows: readonly TableRow[],
  footer: readonly string[],
): AlignedTables {
  const widths = columns.map(({ name }, k) =>
    Math.max(...[name, ...rows.flatMap((row) => [row.expected?.[k] ?? '', row.received?.[k] ?? ''])].map(textWidth)),
  )
  const shown = columnsThatFit(columns, widths)
  const hidden = columns.length - shown.length
  const line = (cells: readonly string[], rest: string) =>
    [...shown.map((k) => pad(cells[k]!, widths[k]!)), ...(hidden > 0 ? [rest] : [])].join(' | ').trimEnd()
  const names = columns.map(({ name }) => name)
  const header = columns.length === 0 ? [] : [line(names, `… ${hidden} more column${hidden === 1 ? '' : 's'}`)]
  const rule = shown.map((k) => '─'.repeat(widths[k]!)).join('─┼─')
  const lines = rows.map(({ expected, received }) => ({
    expected: expected === null ? [] : [line(expected, '…')],
    received: received === null ? [] : [line(received, '…')],
  }))
  const body = ruled(lines, rule)
  const side = (which: 'expected' | 'received') =>
    [...header, ...body.flatMap((row) => row[which]), ...footer].join('\n')
  return { expected: side('expected'), actual: side('received') }
}

function columnsThatFit(columns: readonly { readonly rank: number }[], widths: readonly number[]): number[] {
  const order = columns.map((_, k) => k).toSorted((a, b) => columns[a]!.rank - columns[b]!.rank || a - b)
  let left = WIDTH
  const fitting = order.filter((k, n) => {
    left -= widths[k]! + 3
    return left >= 0 || n === 0
  })
  return fitting.toSorted((a, b) => a - b)
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(width - textWidth(text))
}

function textWidth(text: string): number {
  return [...text].length
}
