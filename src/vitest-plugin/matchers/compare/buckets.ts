import { type CellPattern, type ColumnPair, hashRows } from './columns.ts'

/**
 * Expected rows that ask for the very same, and the received rows that could fit them: those that agree in all exact
 * cells (but for hashes that collide), `list[from]` to `list[to - 1]`.
 */
export interface WildClass {
  readonly rows: number[]
  readonly list: readonly number[]
  readonly from: number
  readonly to: number
}

interface Bucket {
  readonly list: number[]
  /** The cells of the column that the list is sorted by. */
  values: Float64Array | null
}

/** Below this size, trying every row is quicker than sorting them. */
const SORTED_FROM = 16

/** Sorts the wild rows into classes, and files the received rows `free` for each set of columns that hold patterns. */
export function classify(columns: readonly ColumnPair[], rows: Int32Array, free: Int32Array): WildClass[] {
  const groups = new Map<string, number[]>()
  for (const row of rows) {
    file(groups, columns.map(({ patterns }) => (patterns.has(row) ? '?' : '=')).join(''), row)
  }
  return [...groups].flatMap(([mask, group]) => {
    const exact = columns.filter((_, index) => mask[index] === '=')
    return classesOf(columns, exact, Int32Array.from(group), free)
  })
}

function classesOf(
  columns: readonly ColumnPair[],
  exact: readonly ColumnPair[],
  rows: Int32Array,
  free: Int32Array,
): WildClass[] {
  const received = new Map<number, number[]>()
  const hashes = hashRows(exact, 'received', free)
  for (let k = 0; k < free.length; k++) file(received, hashes[k]!, free[k]!)
  const buckets = new Map([...received].map(([hash, list]): [number, Bucket] => [hash, { list, values: null }]))

  const pivot = exact.find((column) => column.window !== null)
  const wanted = hashRows(exact, 'expected', rows)
  const patternId = numbering<CellPattern>()
  const classes = new Map<string, WildClass[]>()
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    const patterns = columns.flatMap((column) => column.patterns.get(row) ?? [])
    const key = `${wanted[k]} ${patterns.map(patternId).join(' ')}`
    const known = classes.get(key)?.find((other) => columns.every((column) => column.alike(other.rows[0]!, row)))
    if (known !== undefined) known.rows.push(row)
    else file(classes, key, { rows: [row], ...candidates(buckets.get(wanted[k]!), pivot, row) })
  }
  return [...classes.values()].flat()
}

/** Where a float column is compared with a tolerance, a bucket is sorted by it, so that a row sees only those near. */
function candidates(bucket: Bucket | undefined, pivot: ColumnPair | undefined, row: number): Omit<WildClass, 'rows'> {
  if (bucket === undefined) return { list: [], from: 0, to: 0 }
  const { list } = bucket
  const [low, high] = pivot?.window?.(row) ?? [Number.NaN, Number.NaN]
  if (pivot === undefined || Number.isNaN(low) || list.length < SORTED_FROM) return { list, from: 0, to: list.length }
  if (bucket.values === null) {
    // What isn't finite is never within a window: the end of the list is as good as any place.
    const value = new Map(list.map((other) => [other, finite(pivot.received.cell(other))]))
    list.sort((a, b) => value.get(a)! - value.get(b)! || a - b)
    bucket.values = Float64Array.from(list, (other) => value.get(other)!)
  }
  return { list, from: firstFrom(bucket.values, (v) => v >= low), to: firstFrom(bucket.values, (v) => v > high) }
}

function finite(cell: unknown): number {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : Number.MAX_VALUE
}

/** The first index whose value passes; values pass from some index on. */
function firstFrom(values: Float64Array, passes: (value: number) => boolean): number {
  let [from, to] = [0, values.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (passes(values[middle]!)) to = middle
    else from = middle + 1
  }
  return from
}

function file<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** Gives each value that it sees a number of its own. */
function numbering<T>(): (value: T) => number {
  const numbers = new Map<T, number>()
  return (value) => {
    const known = numbers.get(value) ?? numbers.size
    numbers.set(value, known)
    return known
  }
}
