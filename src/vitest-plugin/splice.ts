import type { UpdatedRow } from './set-updates.ts'

/** Where a set's rows are written, as the fixture's index has it. All offsets are in UTF-16 units. */
export interface ListSource {
  readonly list: Span
  readonly rows: readonly Span[]
  readonly style: 'flow' | 'block'
  /** Columns before a row's dash (block), or before the line that holds the list (flow). */
  readonly indent: number
}

interface Span {
  readonly start: number
  readonly end: number
}

/** A span of a text, and what is to stand there. */
export interface Splice extends Span {
  readonly text: string
}

/**
 * How to write `rows` in place of a list: only what changes is touched. A row that is replaced leaves its surroundings
 * as they are; one that goes takes its line along (block) or its comma (flow); new ones come after the last.
 */
export function splicesFor(text: string, source: ListSource, rows: readonly UpdatedRow[]): Splice[] {
  // A block's span may reach to the start of the next line.
  const old = source.rows.map(({ start, end }) => ({ start, end: text.slice(0, end).trimEnd().length }))
  const kept = rows.flatMap(({ from }) => (from === null ? [] : [from]))
  const [firstNew, ...otherNew] = rows.slice(kept.length)
  const isOrdered = kept.every((from, place) => place === 0 || from > kept[place - 1]!)
  if (!isOrdered || kept.length === 0 || rows.slice(0, kept.length).some(({ from }) => from === null)) {
    return [rewritten(text, source, old, rows)]
  }
  if (firstNew !== undefined && !kept.includes(old.length - 1)) {
    const last = { ...firstNew, from: old.length - 1 }
    return splicesFor(text, source, [...rows.slice(0, kept.length), last, ...otherNew])
  }
  const added = rows.slice(kept.length).map((row) => row.text!)
  return [
    ...rows.flatMap(({ from, text }) => (from === null || text === null ? [] : [{ ...old[from]!, text }])),
    ...old.flatMap((_, row) => (kept.includes(row) ? [] : [removal(text, source.style, old, row, kept)])),
    ...(added.length === 0 ? [] : [addition(text, source, old.at(-1)!, added)]),
  ]
}

/** `text` with the splices made. They must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = ''
  let done = 0
  for (const { start, end, text: part } of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(done, start) + part
    done = end
  }
  return result + text.slice(done)
}

// The whole list: its rows have a new order, or none of the old ones is left.
function rewritten(text: string, source: ListSource, old: readonly Span[], rows: readonly UpdatedRow[]): Splice {
  const { list, style, indent } = source
  const texts = rows.map((row) => row.text ?? text.slice(old[row.from!]!.start, old[row.from!]!.end))
  const span = { start: list.start, end: style === 'block' ? old.at(-1)!.end : list.end }
  if (texts.length === 0) return { ...span, text: '[]' }
  if (style === 'block') return { ...span, text: texts.map((row) => `- ${row}`).join(newLine(indent)) }
  return { ...span, text: `[${texts.join(', ')}]` }
}

function removal(
  text: string,
  style: ListSource['style'],
  rows: readonly Span[],
  row: number,
  kept: readonly number[],
): Splice {
  const { start, end } = rows[row]!
  if (style === 'block') return { start: text.lastIndexOf('\n', start) + 1, end: lineEnd(text, end) + 1, text: '' }
  return kept.some((other) => other > row)
    ? { start, end: rows[row + 1]!.start, text: '' }
    : { start: rows[row - 1]!.end, end, text: '' }
}

function addition(text: string, { style, indent }: ListSource, { start, end }: Span, added: readonly string[]): Splice {
  if (style === 'block') {
    // After the line of the last row, with whatever comment ends it.
    const at = lineEnd(text, end)
    return { start: at, end: at, text: added.map((row) => `${newLine(indent)}- ${row}`).join('') }
  }
  const lineStart = text.lastIndexOf('\n', start) + 1
  const before = text.slice(lineStart, start)
  // One row a line goes on so.
  const separator = lineStart > 0 && before.trim() === '' ? `,\n${before}` : ', '
  return { start: end, end, text: added.map((row) => `${separator}${row}`).join('') }
}

function newLine(indent: number): string {
  return `\n${' '.repeat(indent)}`
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
