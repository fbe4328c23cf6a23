/**
 * One value of a column, exact and in one form for each type: `int64` and `uint64` are always bigints, decimals are
 * text with the scale's digits, timestamps, dates and times ISO text with the unit's digits (`Z` after an instant),
 * durations bigints of their unit, binaries `Uint8Array`s, lists arrays, structs objects, maps arrays of
 * `[key, value]`, a dictionary's cell is its value.
 */
export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Cell[]
  | { readonly [key: string]: Cell }

/** A text that is equal for two cells of a type exactly where the cells are. */
export function cellKey(cell: Cell): string {
  switch (typeof cell) {
    case 'string':
      return JSON.stringify(cell)
    case 'number':
      return Object.is(cell, -0) ? '-0' : String(cell)
    case 'bigint':
    case 'boolean':
      return String(cell)
  }
  if (cell === null) return 'null'
  if (cell instanceof Uint8Array)
    return `x${Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('hex')}`
  if (Array.isArray(cell)) return `[${cell.map(cellKey).join()}]`
  return `{${Object.entries(cell)
    .map(([name, value]) => `${JSON.stringify(name)}:${cellKey(value)}`)
    .join()}}`
}
