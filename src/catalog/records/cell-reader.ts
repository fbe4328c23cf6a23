import type { Data, Vector } from 'apache-arrow'
import type { Cell } from './cell.ts'
import { unsupported } from './invalid.ts'
import { leafOf } from './leaf.ts'
import { type Shape, shapeOf } from './shape.ts'
import { storedReader, validity } from './stored.ts'

/**
 * Reads a column's cells by row. Exact for every type, where apache-arrow's own `get` rounds timestamps and decimals.
 * The row has to be one of the column's. Throws `unsupported` for a union.
 */
export function cellReader(column: Vector): (row: number) => Cell {
  return byChunk(column, chunkReader)
}

/** Reads a column's integers as they are stored, by row: of dates, times and timestamps their counts in the type's unit. */
export function countReader(column: Vector): (row: number) => bigint | null {
  return byChunk(column, (data) => {
    const isValid = validity(data)
    const count = data.dictionary ? dictionaryReader(data, countReader) : storedCount(data)
    return (index) => (isValid(index) ? count(index) : null)
  })
}

function storedCount(data: Data): (index: number) => bigint {
  const stored = storedReader(data)
  return (index) => BigInt(stored(index) as number | bigint)
}

function byChunk<T>(column: Vector, readerOf: (chunk: Data) => (index: number) => T): (row: number) => T {
  const chunks = column.data.filter((data) => data.length > 0)
  if (chunks.length === 1) return readerOf(chunks[0]!)
  const readers = chunks.map((data) => readerOf(data))
  const ends: number[] = []
  for (const chunk of chunks) ends.push((ends.at(-1) ?? 0) + chunk.length)
  let current = 0
  return (row) => {
    // Rows are nearly always read in order, so the chunk is nearly always the last one's or the next.
    if (current > 0 && row < ends[current - 1]!) current = 0
    while (current < ends.length - 1 && row >= ends[current]!) current++
    return readers[current]!(current === 0 ? row : row - ends[current - 1]!)
  }
}

/** Reads the cells of one chunk of a column. */
export function chunkReader(data: Data): (index: number) => Cell {
  const isValid = validity(data)
  const read = valueReader(data, shapeOf(data.type))
  return (index) => (isValid(index) ? read(index) : null)
}

function valueReader(data: Data, shape: Shape): (index: number) => Cell {
  switch (shape.kind) {
    case 'null':
      return () => null
    case 'list':
      return listReader(data)
    case 'fixedList':
      return fixedListReader(data, shape.size)
    case 'struct':
      return structReader(
        data,
        shape.fields.map((field) => field.name),
      )
    case 'map':
      return mapReader(data)
    case 'dictionary':
      return dictionaryReader(data, cellReader)
    case 'interval':
      return intervalReader(data.values as Int32Array, shape.unit)
    case 'union':
      throw unsupported('A union has no place in a catalog; store its parts as columns.')
  }
  const { toCell } = leafOf(shape)!
  const stored = storedReader(data, shape)
  return (index) => toCell(stored(index))
}

function listReader(data: Data): (index: number) => Cell {
  const item = chunkReader(data.children[0]!)
  const offsets = data.valueOffsets as ArrayLike<number | bigint>
  return (index) => slice(item, Number(offsets[index]), Number(offsets[index + 1]))
}

function fixedListReader(data: Data, size: number): (index: number) => Cell {
  const item = chunkReader(data.children[0]!)
  return (index) => slice(item, index * size, (index + 1) * size)
}

function slice(item: (index: number) => Cell, start: number, end: number): Cell[] {
  const cells: Cell[] = []
  for (let index = start; index < end; index++) cells.push(item(index))
  return cells
}

function structReader(data: Data, names: readonly string[]): (index: number) => Cell {
  const readers = data.children.map((child) => chunkReader(child))
  return objectReader(names, readers)
}

/** Makes one object of several readers' values; a name such as `__proto__` is a key like any other. */
export function objectReader<T>(
  names: readonly string[],
  readers: readonly ((index: number) => T)[],
): (index: number) => Record<string, T> {
  if (names.includes('__proto__')) {
    return (index) => Object.fromEntries(names.map((name, column) => [name, readers[column]!(index)]))
  }
  return (index) => {
    const object: Record<string, T> = {}
    for (let column = 0; column < names.length; column++) object[names[column]!] = readers[column]!(index)
    return object
  }
}

function mapReader(data: Data): (index: number) => Cell {
  const entries = data.children[0]!
  const key = chunkReader(entries.children[0]!)
  const value = chunkReader(entries.children[1]!)
  const offsets = data.valueOffsets as ArrayLike<number>
  return (index) => slice((entry) => [key(entry), value(entry)], offsets[index]!, offsets[index + 1]!)
}

function dictionaryReader<T>(data: Data, readerOf: (column: Vector) => (row: number) => T): (index: number) => T {
  const value = readerOf(data.dictionary!)
  const indices = data.values as ArrayLike<number | bigint>
  return (index) => value(Number(indices[index]))
}

function intervalReader(values: Int32Array, unit: string): (index: number) => Cell {
  if (unit === 'month') return (index) => values[index]!
  if (unit === 'day-time') return (index) => ({ days: values[index * 2]!, milliseconds: values[index * 2 + 1]! })
  const nanoseconds = new DataView(values.buffer, values.byteOffset, values.byteLength)
  return (index) => ({
    months: values[index * 4]!,
    days: values[index * 4 + 1]!,
    nanoseconds: nanoseconds.getBigInt64(index * 16 + 8, true),
  })
}
