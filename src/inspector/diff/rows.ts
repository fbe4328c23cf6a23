import type { Cell } from '../../catalog/index.ts'
import { cellKey } from '../../catalog/records/cells.ts'
import type { RecordSet } from '../records.ts'
import type { Cells, Difference } from './difference.ts'

/**
 * The rows in which two sets of records differ: by key the cells; without a key (or where a set lacks a column of it)
 * whole rows, each as often as one set has it more than the other. Several rows of one key are paired in their order.
 */
export function* rowDifferences(
  path: string,
  a: RecordSet,
  b: RecordSet,
  keys: readonly string[],
): Generator<Difference> {
  for (const { name, type } of a.columns) {
    const other = b.columns.find((column) => column.name === name)
    if (other?.type !== type) yield { kind: 'column', path, column: name, a: type, b: other?.type ?? null }
  }
  for (const { name, type } of b.columns) {
    if (!a.columns.some((column) => column.name === name))
      yield { kind: 'column', path, column: name, a: null, b: type }
  }
  const hasKey =
    keys.length > 0 && [a, b].every(({ columns }) => keys.every((key) => columns.some(({ name }) => name === key)))
  const waiting = new Map<string, Cells[]>()
  const keyOf = (row: Cells): string => (hasKey ? keys.map((key) => cellKey(row[key] ?? null)).join() : wholeKey(row))
  for (const row of rowsOf(b)) {
    const key = keyOf(row)
    const list = waiting.get(key)
    if (list) list.push(row)
    else waiting.set(key, [row])
  }
  for (const list of waiting.values()) list.reverse()
  for (const row of rowsOf(a)) {
    const key = hasKey ? pick(row, keys) : {}
    const other = waiting.get(keyOf(row))?.pop()
    if (!other) yield { kind: 'row', path, in: 'a', key, cells: row }
    else if (hasKey) yield* cellDifferences(path, key, row, other)
  }
  for (const list of waiting.values()) {
    for (const row of list.reverse())
      yield { kind: 'row', path, in: 'b', key: hasKey ? pick(row, keys) : {}, cells: row }
  }
}

function* cellDifferences(path: string, key: Cells, a: Cells, b: Cells): Generator<Difference> {
  for (const column of Object.keys(a)) {
    if (!Object.hasOwn(b, column)) continue
    const [left, right] = [a[column] ?? null, b[column] ?? null]
    if (cellKey(left) !== cellKey(right)) yield { kind: 'cell', path, key, column, a: left, b: right }
  }
}

/** A text that is equal for two rows exactly where they are; the order of the columns doesn't count. */
function wholeKey(row: Cells): string {
  return Object.keys(row)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${cellKey(row[name] ?? null)}`)
    .join()
}

function* rowsOf({ columns, rows }: RecordSet): Generator<Cells> {
  for (const cells of rows()) {
    // Unlike an assignment, fromEntries makes `__proto__` a column like any other.
    yield Object.fromEntries(columns.map(({ name }, index): [string, Cell] => [name, cells[index] ?? null]))
  }
}

function pick(row: Cells, keys: readonly string[]): Cells {
  return Object.fromEntries(keys.map((key) => [key, row[key] ?? null]))
}
