import { isMap, isScalar, parseDocument } from 'yaml'
import type { Splice } from './splice.ts'

/** A set that a fixture is to have. */
export interface NewSet {
  readonly set: string
  /** The path of what has these rows. */
  readonly of: string
  /** Each as a flow mapping. */
  readonly rows: readonly string[]
}

/** Where and how to write sets that a fixture doesn't have yet: as the last of its `expected`, or in a new one. */
export function newSetSplice(text: string, sets: readonly NewSet[]): Splice {
  const document = parseDocument(text, { keepSourceTokens: true })
  const root = document.contents
  const pair = isMap(root) ? root.items.find(({ key }) => isScalar(key) && key.value === 'expected') : undefined
  const sections = pair?.value
  if (isMap(sections) && sections.flow !== true && sections.items.length > 0) {
    const first = sections.items[0]!.key as { range: [number, number, number] }
    const indent = first.range[0] - (text.lastIndexOf('\n', first.range[0]) + 1)
    return insertion(text, trimmedEnd(text, sections.range![1]), blockOf(sets, ' '.repeat(indent)))
  }
  if (isMap(sections) && sections.flow === true && sections.items.length > 0) {
    const at = trimmedEnd(text, sections.range![1] - 1)
    return { start: at, end: at, text: sets.map((set) => `, ${flowOf(set)}`).join('') }
  }
  if (pair !== undefined) {
    // `expected:` with nothing under it, or with an empty map.
    const { range } = pair.key as unknown as { range: [number, number, number] }
    const valueEnd = isMap(sections) ? sections.range![1] : text.indexOf(':', range[1]) + 1
    return { start: text.indexOf(':', range[1]) + 1, end: valueEnd, text: `\n${blockOf(sets, '  ')}` }
  }
  return insertion(text, trimmedEnd(text, text.length), `expected:\n${blockOf(sets, '  ')}`)
}

function insertion(text: string, at: number, block: string): Splice {
  return { start: at, end: at, text: at === 0 ? block : `\n${block}${text.length === at ? '\n' : ''}` }
}

function blockOf(sets: readonly NewSet[], indent: string): string {
  return sets
    .flatMap(({ set, of, rows }) => [
      `${indent}${nameOf(set)}:`,
      `${indent}  of: ${quoted(of)}`,
      ...(rows.length === 0 ? [`${indent}  rows: []`] : [`${indent}  rows:`]),
      ...rows.map((row) => `${indent}    - ${row}`),
    ])
    .join('\n')
}

function flowOf({ set, of, rows }: NewSet): string {
  return `${JSON.stringify(set)}: { of: ${JSON.stringify(of)}, rows: [${rows.join(', ')}] }`
}

function nameOf(name: string): string {
  return /^[A-Za-z_][\w-]*(?: [\w-]+)*$/.test(name) ? name : JSON.stringify(name)
}

// A path holds `#` and may begin with what YAML takes for a mark.
function quoted(path: string): string {
  return /^[A-Za-z_][\w./@~,-]*$/.test(path) ? path : JSON.stringify(path)
}

function trimmedEnd(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length
}
