import type { Span } from './spans.ts'

/** How long a line of rows in brackets may be that a run writes. */
export const LONGEST = 120

/** The spaces before the bracket that closes a list over several lines: in other brackets YAML wants it deeper. */
export function bracketIndent(text: string, start: number, ofLine: number): number {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return /[{[]/.test(before) ? ofLine + 2 : ofLine
}

/** A flow list with each row on a line of its own, whose closing bracket has so many spaces before it. */
export function oneRowALine(rows: readonly string[], indent: number): string {
  return `[${rows.map((row) => newLine(indent + 2) + row).join(',')}${newLine(indent)}]`
}

/** How long the line of a span gets with a text of one line in its place. */
export function lengthOfLine(text: string, { start, end }: Span, part: string): number {
  const before = start - (text.lastIndexOf('\n', start - 1) + 1)
  return before + part.length + (/\r?\n|$/.exec(text.slice(end))?.index ?? 0)
}

/** The end of a line, and so many spaces. */
export function newLine(indent: number): string {
  return `\n${' '.repeat(indent)}`
}
