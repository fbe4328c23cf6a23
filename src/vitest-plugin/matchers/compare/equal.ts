import type { DataType } from 'apache-arrow'
import { CatalogError } from '../../../catalog/errors.ts'
import type { Chunk, Chunks, Numbers } from './chunks.ts'
import { TypeId } from './type-ids.ts'
import { childTypes, valueType } from './types.ts'

/** Whether cell `i` of `a` equals cell `j` of `b`. */
export type CellEqual = (a: Chunk, i: number, b: Chunk, j: number) => boolean

/** How far floats may differ from the expected ones, both parts given. */
export interface FloatTolerance {
  readonly abs: number
  readonly rel: number
}

/**
 * The equality of two columns' cells; `b` is the expected one. Null equals null alone. Floats are equal as `Object.is`
 * has it (NaN equals NaN, 0 isn't -0) or, with a tolerance, when they are near enough.
 *
 * @throws CatalogError `unsupported` for a type whose cells can't be compared.
 */
export function cellEqual(a: DataType, b: DataType, tolerance: FloatTolerance | null): CellEqual {
  const values = valueEqual(valueType(a), valueType(b), tolerance)
  const nullable: CellEqual = (p, i, q, j) => {
    const none = isNull(p, i)
    return none === isNull(q, j) && (none || values(p, i, q, j))
  }
  const [inA, inB] = [a.typeId === TypeId.Dictionary, b.typeId === TypeId.Dictionary]
  if (!inA && !inB) return nullable
  return (p, i, q, j) => {
    if ((inA && isNull(p, i)) || (inB && isNull(q, j))) return cellIsNull(p, i, inA) && cellIsNull(q, j, inB)
    const [left, l] = inA ? dictionaryCell(p, i) : [p, i]
    const [right, r] = inB ? dictionaryCell(q, j) : [q, j]
    return nullable(left, l, right, r)
  }
}

/** Whether a cell's own validity bit says null. */
export function isNull(chunk: Chunk, index: number): boolean {
  if (chunk.valid === null) return false
  const bit = chunk.offset + index
  return (chunk.valid[bit >> 3]! & (1 << (bit & 7))) === 0
}

/** Where the value of a dictionary column's cell stands. */
export function dictionaryCell(chunk: Chunk, index: number): [Chunk, number] {
  // A 64-bit index takes two words; a dictionary that would need the upper one can't be held.
  const key = chunk.values[index * chunk.width]!
  return locate(chunk.dictionary!, key)
}

function locate({ list, starts }: Chunks, index: number): [Chunk, number] {
  let chunk = 0
  while (chunk + 1 < list.length && index >= starts[chunk + 1]!) chunk++
  return [list[chunk]!, index - starts[chunk]!]
}

function cellIsNull(chunk: Chunk, index: number, dictionary: boolean): boolean {
  if (isNull(chunk, index)) return true
  return dictionary && isNull(...dictionaryCell(chunk, index))
}

function valueEqual(a: DataType, b: DataType, tolerance: FloatTolerance | null): CellEqual {
  switch (a.typeId) {
    case TypeId.Null:
      return () => true
    case TypeId.Int:
    case TypeId.Date:
    case TypeId.Time:
    case TypeId.Timestamp:
    case TypeId.Duration:
    case TypeId.Decimal:
    case TypeId.Interval:
    case TypeId.FixedSizeBinary:
      return wordsEqual
    case TypeId.Float:
      return floatEqual((a as DataType & { precision: number }).precision, tolerance)
    case TypeId.Bool:
      return (p, i, q, j) => bitAt(p, i) === bitAt(q, j)
    case TypeId.Binary:
    case TypeId.Utf8:
    case TypeId.LargeBinary:
    case TypeId.LargeUtf8:
    case TypeId.BinaryView:
    case TypeId.Utf8View:
      return bytesEqual
    case TypeId.List:
    case TypeId.LargeList:
    case TypeId.Map: {
      const item = cellEqual(childTypes(a)[0]!, childTypes(b)[0]!, tolerance)
      return (p, i, q, j) => {
        const [from, to] = [Number(p.starts![i]!), Number(p.starts![i + 1]!)]
        const begin = Number(q.starts![j]!)
        return to - from === Number(q.starts![j + 1]!) - begin && itemsEqual(item, p, from, q, begin, to - from)
      }
    }
    case TypeId.FixedSizeList: {
      const item = cellEqual(childTypes(a)[0]!, childTypes(b)[0]!, tolerance)
      const size = (a as DataType & { listSize: number }).listSize
      return (p, i, q, j) => itemsEqual(item, p, i * size, q, j * size, size)
    }
    case TypeId.Struct: {
      const [p, q] = [childTypes(a), childTypes(b)]
      const members = p.map((type, k) => cellEqual(type, q[k]!, tolerance))
      return (x, i, y, j) => members.every((equal, k) => equal(x.children[k]!, i, y.children[k]!, j))
    }
    default:
      throw new CatalogError(
        'unsupported',
        `cells of the Arrow type ${String(a)} can't be compared; leave the column out with columns: 'subset'`,
      )
  }
}

function itemsEqual(item: CellEqual, a: Chunk, i: number, b: Chunk, j: number, count: number): boolean {
  for (let k = 0; k < count; k++) if (!item(a.children[0]!, i + k, b.children[0]!, j + k)) return false
  return true
}

function wordsEqual(a: Chunk, i: number, b: Chunk, j: number): boolean {
  const { values: x, width } = a
  const y = b.values
  if (width === 1) return x[i] === y[j]
  const [from, begin] = [i * width, j * width]
  for (let k = 0; k < width; k++) if (x[from + k] !== y[begin + k]) return false
  return true
}

function bytesEqual(a: Chunk, i: number, b: Chunk, j: number): boolean {
  const from = Number(a.starts![i]!)
  const length = Number(a.starts![i + 1]!) - from
  const begin = Number(b.starts![j]!)
  if (length !== Number(b.starts![j + 1]!) - begin) return false
  const [x, y] = [a.values, b.values]
  for (let k = 0; k < length; k++) if (x[from + k] !== y[begin + k]) return false
  return true
}

function floatEqual(precision: number, tolerance: FloatTolerance | null): CellEqual {
  const read = floatReader(precision)
  if (tolerance === null) return (p, i, q, j) => Object.is(read(p.values, i), read(q.values, j))
  return (p, i, q, j) => {
    const expected = read(q.values, j)
    const [low, high] = floatWindow(expected, tolerance)
    const received = read(p.values, i)
    return Object.is(received, expected) || (received >= low && received <= high)
  }
}

/** The finite floats that `tolerance` accepts for `expected`, from the lowest to the highest; none for NaN. */
export function floatWindow(expected: number, { abs, rel }: FloatTolerance): readonly [low: number, high: number] {
  if (!Number.isFinite(expected)) return [Number.NaN, Number.NaN]
  const room = abs + rel * Math.abs(expected)
  return [Math.max(expected - room, -Number.MAX_VALUE), Math.min(expected + room, Number.MAX_VALUE)]
}

/** Reads a float column's cell as a number; a half float's 16 bits are decoded. */
export function floatReader(precision: number): (values: Numbers, index: number) => number {
  return precision === 0 ? (values, index) => halfToNumber(values[index]!) : (values, index) => values[index]!
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** A boolean cell: bits count from the chunk's offset. */
export function bitAt(chunk: Chunk, index: number): boolean {
  const bit = chunk.offset + index
  return (chunk.values[bit >> 3]! & (1 << (bit & 7))) !== 0
}
