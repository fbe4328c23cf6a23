import { cellSplices } from './cell-splices.ts'
import type { RowEdit } from './matchers/update.ts'
import { bracketIndent, LONGEST, lengthOfLine, newLine, oneRowALine } from './row-lines.ts'
import type { Span, Splice } from './spans.ts'

/** Where a set's rows are written, as the fixture's index has it. All offsets are in UTF-16 units. */
export interface ListSource {
  readonly list: Span
  readonly rows: readonly Span[]
  readonly style: 'flow' | 'block'
  /** Columns before a row's dash (block), or before the line that holds the list (flow). */
  readonly indent: number
}

/**
 * How to make the edits of a list of rows in its text: only what changes is touched. A row that is replaced leaves its
 * surroundings as they are; one that goes takes its line along (block) or its comma (flow).
 */
export function splicesFor(
  text: string,
  { list, style, indent: ofLine, rows }: ListSource,
  edits: readonly RowEdit[],
): Splice[] {
  const indent = style === 'block' ? ofLine : bracketIndent(text, list.start, ofLine)
  // A block's span may reach to the start of the next line.
  const old = rows.map(({ start, end }) => ({ start, end: text.slice(0, end).trimEnd().length }))
  const { removed, replaced, inserted } = sorted(edits, old.length)
  if (removed.size === old.length) {
    const span = { start: list.start, end: style === 'block' ? (old.at(-1)?.end ?? list.end) : list.end }
    const parts = [...inserted.values()].flat()
    return [{ ...span, text: style === 'block' ? wholeBlock(indent, parts) : wholeFlow(text, span, indent, parts) }]
  }
  const writer = style === 'block' ? blockWriter(text, old, indent) : flowWriter(text, list, old, removed, indent)
  return [
    ...[...replaced].flatMap(([row, part]) => cellSplices(text, old[row]!, part) ?? [{ ...old[row]!, text: part }]),
    ...[...removed].map((row) => ({ ...writer.removal(row), text: '' })),
    ...[...inserted].map(([row, parts]) =>
      row === old.length ? writer.addition(parts) : writer.insertion(row, parts),
    ),
  ]
}

/** `text` with the splices made, whose lines end as its own. They must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n'
  let result = ''
  let done = 0
  for (const { start, end, text: part } of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(done, start) + part.replaceAll(/\r?\n/g, newline)
    done = end
  }
  return result + text.slice(done)
}

interface SortedEdits {
  readonly removed: Set<number>
  readonly replaced: Map<number, string>
  /** By the row that they come before. */
  readonly inserted: Map<number, string[]>
}

function sorted(edits: readonly RowEdit[], count: number): SortedEdits {
  const removed = new Set<number>()
  const replaced = new Map<number, string>()
  const inserted = new Map<number, string[]>()
  for (const edit of edits) {
    if (edit.kind === 'remove') removed.add(edit.row)
    else if (edit.kind === 'replace') replaced.set(edit.row, edit.text)
    else inserted.set(edit.row, [...(inserted.get(edit.row) ?? []), edit.text])
  }
  // The last row going and others coming after it is one place in the text: a new one takes the place of the last.
  const [first, ...others] = inserted.get(count) ?? []
  if (first !== undefined && removed.size < count && removed.delete(count - 1)) {
    replaced.set(count - 1, first)
    if (others.length > 0) inserted.set(count, others)
    else inserted.delete(count)
  }
  return { removed, replaced, inserted }
}

function wholeBlock(indent: number, rows: readonly string[]): string {
  return rows.length === 0 ? '[]' : rows.map((row) => `- ${row}`).join(newLine(indent))
}

function wholeFlow(text: string, span: Span, indent: number, rows: readonly string[]): string {
  const list = `[${rows.join(', ')}]`
  return rows.length === 0 || lengthOfLine(text, span, list) <= LONGEST ? list : oneRowALine(rows, indent)
}

interface Writer {
  removal(row: number): Span
  insertion(row: number, texts: readonly string[]): Splice
  addition(texts: readonly string[]): Splice
}

function blockWriter(text: string, rows: readonly Span[], indent: number): Writer {
  const lineStart = (at: number) => text.lastIndexOf('\n', at - 1) + 1
  const nextLine = (at: number) => text.indexOf('\n', at) + 1 || text.length
  // Before what ends the line, so that new lines come between.
  const lineEnd = (at: number) => {
    const end = nextLine(at)
    return end - (/\r?\n$/.exec(text.slice(end - 2, end))?.[0].length ?? 0)
  }
  const dashed = (texts: readonly string[]) => texts.map((row) => `- ${row}`)
  return {
    removal: (row) => ({ start: lineStart(rows[row]!.start), end: nextLine(rows[row]!.end) }),
    insertion: (row, texts) => {
      const at = lineStart(rows[row]!.start)
      return {
        start: at,
        end: at,
        text: dashed(texts)
          .map((line) => `${' '.repeat(indent)}${line}\n`)
          .join(''),
      }
    },
    addition: (texts) => {
      // After the line of the last row, with whatever comment ends it.
      const at = lineEnd(rows.at(-1)!.end)
      return {
        start: at,
        end: at,
        text: dashed(texts)
          .map((line) => newLine(indent) + line)
          .join(''),
      }
    },
  }
}

function flowWriter(
  text: string,
  list: Span,
  rows: readonly Span[],
  removed: ReadonlySet<number>,
  indent: number,
): Writer {
  const isLastKept = (row: number) => rows.every((_, other) => other <= row || removed.has(other))
  // One row a line goes on so.
  const separator = (row: number) => {
    const { start } = rows[row]!
    const lineStart = text.lastIndexOf('\n', start) + 1
    const before = text.slice(lineStart, start)
    return lineStart > 0 && before.trim() === '' ? `,\n${before}` : ', '
  }
  const isTooLong = (at: number, part: string) =>
    !part.includes('\n') && lengthOfLine(text, { start: at, end: at }, part) > LONGEST
  return {
    removal: (row) => {
      const { start, end } = rows[row]!
      return isLastKept(row) ? { start: rows[row - 1]!.end, end } : { start, end: rows[row + 1]!.start }
    },
    insertion: (row, texts) => {
      const at = rows[row]!.start
      const part = texts.map((each) => each + separator(row)).join('')
      if (!isTooLong(at, part)) return { start: at, end: at, text: part }
      return { start: at, end: at, text: texts.map((each) => `${each},${newLine(indent + 2)}`).join('') }
    },
    addition: (texts) => {
      const at = rows.at(-1)!.end
      const part = texts.map((each) => separator(rows.length - 1) + each).join('')
      if (!isTooLong(at, part)) return { start: at, end: at, text: part }
      const lines = texts.map((each) => `,${newLine(indent + 2)}${each}`).join('')
      const rest = text.slice(at, list.end - 1)
      // A comment, or a bracket that stands on a line of its own, stays where it is.
      if (!/^[ ,]*$/.test(rest)) return { start: at, end: at, text: lines }
      return { start: at, end: list.end - 1, text: lines + rest.trim() + newLine(indent) }
    },
  }
}
