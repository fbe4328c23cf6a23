import type { DataType } from 'apache-arrow'
import type { Chunk } from './chunks.ts'
import { bitAt, dictionaryCell, floatReader, isNull } from './equal.ts'
import { TypeId } from './type-ids.ts'
import { childTypes, valueType } from './types.ts'

/** Stirs cell `index` into the hash `h` (32 bits). Equal cells stir alike, however their columns store them. */
export type CellHash = (h: number, chunk: Chunk, index: number) => number

const NULL = 0x9e3779b9 | 0
const floats = new Float64Array(1)
const words = new Int32Array(floats.buffer)

/** The hash that goes with `cellEqual`. `loose`: finite floats all hash alike, as they may be equal by tolerance. */
export function cellHash(type: DataType, loose: boolean): CellHash {
  const values = valueHash(valueType(type), loose)
  const nullable: CellHash = (h, chunk, i) => (isNull(chunk, i) ? stir(h, NULL) : values(h, chunk, i))
  if (type.typeId !== TypeId.Dictionary) return nullable
  return (h, chunk, i) => (isNull(chunk, i) ? stir(h, NULL) : nullable(h, ...dictionaryCell(chunk, i)))
}

function valueHash(type: DataType, loose: boolean): CellHash {
  switch (type.typeId) {
    case TypeId.Null:
      return (h) => stir(h, NULL)
    case TypeId.Float:
      return floatHash((type as DataType & { precision: number }).precision, loose)
    case TypeId.Bool:
      return (h, chunk, i) => stir(h, bitAt(chunk, i) ? 1 : 2)
    case TypeId.Binary:
    case TypeId.Utf8:
    case TypeId.LargeBinary:
    case TypeId.LargeUtf8:
    case TypeId.BinaryView:
    case TypeId.Utf8View:
      return bytesHash
    case TypeId.List:
    case TypeId.LargeList:
    case TypeId.Map: {
      const item = cellHash(childTypes(type)[0]!, loose)
      return (h, chunk, i) => itemsHash(item, h, chunk, Number(chunk.starts![i]!), Number(chunk.starts![i + 1]!))
    }
    case TypeId.FixedSizeList: {
      const item = cellHash(childTypes(type)[0]!, loose)
      const size = (type as DataType & { listSize: number }).listSize
      return (h, chunk, i) => itemsHash(item, h, chunk, i * size, (i + 1) * size)
    }
    case TypeId.Struct: {
      const members = childTypes(type).map((child) => cellHash(child, loose))
      return (h, chunk, i) => members.reduce((sum, hash, k) => hash(sum, chunk.children[k]!, i), stir(h, 5))
    }
    default:
      return wordsHash
  }
}

function itemsHash(item: CellHash, h: number, chunk: Chunk, from: number, to: number): number {
  let sum = stir(h, to - from)
  for (let k = from; k < to; k++) sum = item(sum, chunk.children[0]!, k)
  return sum
}

function wordsHash(h: number, { values, width }: Chunk, index: number): number {
  let sum = h
  for (let k = index * width; k < (index + 1) * width; k++) sum = stir(sum, values[k]!)
  return sum
}

function bytesHash(h: number, { values, starts }: Chunk, index: number): number {
  const to = Number(starts![index + 1]!)
  let sum = 0x811c9dc5 | 0
  for (let k = Number(starts![index]!); k < to; k++) sum = Math.imul(sum ^ values[k]!, 0x01000193)
  return stir(h, sum)
}

function floatHash(precision: number, loose: boolean): CellHash {
  const read = floatReader(precision)
  return (h, { values }, index) => {
    const value = read(values, index)
    if (loose && Number.isFinite(value)) return stir(h, 7)
    // One bit pattern for every NaN.
    floats[0] = Number.isNaN(value) ? Number.NaN : value
    return stir(stir(h, words[0]!), words[1]!)
  }
}

/** One step of MurmurHash3. */
function stir(h: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  const sum = h ^ k
  return (Math.imul((sum << 13) | (sum >>> 19), 5) + 0xe6546b64) | 0
}

/** The last step of MurmurHash3: spreads what was stirred over all 32 bits. */
export function settle(h: number): number {
  let sum = h ^ (h >>> 16)
  sum = Math.imul(sum, 0x85ebca6b)
  sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35)
  return sum ^ (sum >>> 16)
}
