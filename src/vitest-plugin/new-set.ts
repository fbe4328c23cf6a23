import { isMap, isScalar, type Pair, parseDocument } from 'yaml'
import type { Column } from './matchers/update.ts'
import { yamlText } from './matchers/yaml-row.ts'
import { LONGEST, lengthOfLine, oneRowALine } from './row-lines.ts'
import type { Splice } from './spans.ts'

/** A set that a fixture is to have. */
export interface NewSet {
  readonly set: string
  /** The path of what types these rows; `null`: its own columns do, or there are none. */
  readonly of: string | null
  readonly schema: readonly Column[]
  /** Each as a flow mapping. */
  readonly rows: readonly string[]
}

/** Where and how to write sets that a fixture doesn't have yet: as the last of its `expected`, or in a new one. */
export function newSetSplice(text: string, sets: readonly NewSet[]): Splice {
  const document = parseDocument(text, { keepSourceTokens: true })
  const root = document.contents
  const pair = isMap(root) ? root.items.find(({ key }) => isScalar(key) && key.value === 'expected') : undefined
  const isFlow = isMap(root) && root.flow === true
  if (isFlow && pair === undefined) {
    const at = trimmedEnd(text, root.range![1] - 1)
    const before = root.items.length === 0 || text[at - 1] === ',' ? ' ' : ', '
    return { start: at, end: at, text: `${before}expected: { ${flowsOf(text, at, sets)} }` }
  }
  const sections = pair?.value
  if (isMap(sections) && sections.flow !== true && sections.items.length > 0) {
    const first = sections.items[0]!.key as { range: [number, number, number] }
    const indent = first.range[0] - (text.lastIndexOf('\n', first.range[0]) + 1)
    return insertion(text, trimmedEnd(text, sections.range![1]), blockOf(sets, ' '.repeat(indent)))
  }
  if (isMap(sections) && sections.flow === true && (sections.items.length > 0 || isFlow)) {
    const at = trimmedEnd(text, sections.range![1] - 1)
    const before = sections.items.length === 0 || text[at - 1] === ',' ? ' ' : ', '
    return { start: at, end: at, text: before + flowsOf(text, at, sets) }
  }
  if (pair !== undefined) return { ...valueSpan(text, pair), text: `\n${blockOf(sets, '  ')}` }
  const marker = /^\.\.\.(?=\s|$)/m.exec(text.slice(document.range[1]))
  const end = marker === null ? text.length : document.range[1] + marker.index
  return insertion(text, trimmedEnd(text, end), `expected:\n${blockOf(sets, '  ')}`)
}

/** From the colon of a key with nothing under it, or with an empty value, to the end of that. */
function valueSpan(text: string, { key, value }: Pair): { start: number; end: number } {
  const start = text.indexOf(':', (key as { range: [number, number, number] }).range[1]) + 1
  const { range } = (value ?? {}) as { range?: [number, number, number] }
  return { start, end: Math.max(start, range?.[1] ?? 0) }
}

function insertion(text: string, at: number, block: string): Splice {
  return { start: at, end: at, text: at === 0 ? block : `\n${block}${text.length === at ? '\n' : ''}` }
}

function blockOf(sets: readonly NewSet[], indent: string): string {
  return sets
    .flatMap((set) => [
      `${indent}${yamlText(set.set)}:`,
      ...typingOf(set).map((line) => `${indent}  ${line}`),
      ...(set.rows.length === 0 ? [`${indent}  rows: []`] : [`${indent}  rows:`]),
      ...set.rows.map((row) => `${indent}    - ${row}`),
    ])
    .join('\n')
}

/** Sets in braces, in the line that is there as long as they fit into it. */
function flowsOf(text: string, at: number, sets: readonly NewSet[]): string {
  const line = sets.map((set) => flowOf(set, `[${set.rows.join(', ')}]`)).join(', ')
  if (lengthOfLine(text, { start: at, end: at }, line) <= LONGEST) return line
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const indent = /^ */.exec(text.slice(lineStart))![0].length + 2
  return sets.map((set) => flowOf(set, set.rows.length === 0 ? '[]' : oneRowALine(set.rows, indent))).join(', ')
}

function flowOf(set: NewSet, rows: string): string {
  return `${JSON.stringify(set.set)}: { ${[...typingOf(set), `rows: ${rows}`].join(', ')} }`
}

/** The entry that types a set's rows, if there is one. */
function typingOf({ of, schema }: NewSet): string[] {
  if (of !== null) return [`of: ${plainOr(of, /^[A-Za-z_][\w./@~-]*$/)}`]
  const columns = schema.map(([name, type]) => `${yamlText(name)}: ${plainOr(type, /^\w[\w<>()!]*$/)}`)
  return columns.length === 0 ? [] : [`schema: { ${columns.join(', ')} }`]
}

// A path holds `#` and may begin with what YAML takes for a mark; a type holds what ends a value inside braces.
function plainOr(text: string, plain: RegExp): string {
  return plain.test(text) ? text : JSON.stringify(text)
}

function trimmedEnd(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length
}
