import { isMap, isScalar, type Node, type Pair, parseDocument, type Scalar } from 'yaml'
import type { Span, Splice } from './spans.ts'

interface Cell extends Span {
  readonly node: Node
  readonly text: string
}

/**
 * How to make a row that holds comments another one, cell by cell, so that they stay. `null`: it holds none, or loses a
 * cell, or is written in a way that only the whole of it can be replaced.
 */
export function cellSplices(text: string, { start, end }: Span, replacement: string): Splice[] | null {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = (at: number) => at + (/\r?\n|$/.exec(text.slice(at))?.index ?? 0)
  const row = text.slice(start, end)
  if (!row.includes('#')) return null
  // Aligned as in the file, or the lines of a block would not belong together.
  const old = cellsOf(' '.repeat(start - lineStart) + row)
  const wanted = cellsOf(replacement)
  if (old === null || wanted === null) return null
  if ([...old.cells.keys()].some((name) => !wanted.cells.has(name))) return null
  const splices: Splice[] = []
  const added: string[] = []
  for (const [name, cell] of wanted.cells) {
    const before = old.cells.get(name)
    if (before === undefined) added.push(`${wanted.keys.get(name)}: ${cell.text}`)
    else if (!isSame(before, cell))
      splices.push({ start: lineStart + before.start, end: lineStart + before.end, text: cell.text })
  }
  const last = [...old.cells.values()].at(-1)
  if (added.length === 0 || last === undefined) return added.length === 0 ? splices : null
  const at = lineStart + last.end
  const place = old.isFlow ? at : lineEnd(at)
  const between = old.isFlow ? ', ' : `\n${' '.repeat(start - lineStart)}`
  return [...splices, { start: place, end: place, text: added.map((each) => between + each).join('') }]
}

interface Cells {
  readonly isFlow: boolean
  readonly cells: ReadonlyMap<string, Cell>
  /** As they are written. */
  readonly keys: ReadonlyMap<string, string>
}

/** The cells of a row that is a mapping of plain keys; `null` of any other. */
function cellsOf(text: string): Cells | null {
  const { contents, errors } = parseDocument(text)
  if (errors.length > 0 || !isMap(contents)) return null
  const cells = new Map<string, Cell>()
  const keys = new Map<string, string>()
  for (const { key, value } of contents.items as Pair<Node, Node | null>[]) {
    if (!isScalar(key) || value?.range == null) return null
    const [start, end] = value.range
    const written = text.slice(start, end).trimEnd()
    if (written === '') return null
    // What is before a value, such as a tag, is no part of its range.
    if (value.tag !== undefined || (value as Scalar).anchor !== undefined) return null
    cells.set(String(key.value), { node: value, start, end: start + written.length, text: written })
    keys.set(String(key.value), text.slice(key.range![0], key.range![1]))
  }
  return { isFlow: contents.flow === true, cells, keys }
}

/** Whether two cells are surely alike, quotes aside. */
function isSame(a: Cell, b: Cell): boolean {
  if (a.text === b.text) return true
  return isScalar(a.node) && isScalar(b.node) && typeof a.node.value === 'string' && a.node.value === b.node.value
}
