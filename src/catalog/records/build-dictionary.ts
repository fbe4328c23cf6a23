import type { Data, DataType } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { type Cell, cellKey } from './cell.ts'
import { converter } from './cells.ts'
import { dataOf, type Validity } from './data.ts'
import { invalid } from './invalid.ts'
import { type DictionaryShape, shapeOf } from './shape.ts'
import { formatType } from './type-format.ts'

interface Content {
  readonly values: readonly unknown[]
  readonly validity: Validity
  /** Builds the dictionary's own column. */
  readonly build: (type: DataType, values: readonly unknown[]) => Data
}

/** A dictionary column: its distinct values in the order in which they first come. */
export function buildDictionary(type: DataType, shape: DictionaryShape, { values, validity, build }: Content): Data {
  const toCell = converter(shape.value)
  const distinct: Cell[] = []
  const seen = new Map<string, number>()
  const indices = indexArray(shape.indices, values.length)
  for (let index = 0; index < values.length; index++) {
    const cell = toCell(values[index])
    if (cell === null) continue
    const key = cellKey(cell)
    let place = seen.get(key)
    if (place === undefined) {
      place = distinct.push(cell) - 1
      seen.set(key, place)
    }
    indices[index] = place
  }
  requireRoom(shape.indices, distinct.length)
  const dictionary = new (arrow().Vector)([build(shape.value, distinct)])
  return dataOf({ type, length: values.length, ...validity, values: indices, dictionary })
}

/** Room for a dictionary column's indices. */
export function indexArray(indices: DataType, length: number) {
  const shape = shapeOf(indices)
  const bits = shape.kind === 'int' ? shape.bits : 32
  const signed = shape.kind !== 'int' || shape.signed
  if (bits === 8) return signed ? new Int8Array(length) : new Uint8Array(length)
  if (bits === 16) return signed ? new Int16Array(length) : new Uint16Array(length)
  return signed ? new Int32Array(length) : new Uint32Array(length)
}

/** Throws `invalid-argument` where a dictionary has more values than its indices can number. */
export function requireRoom(indices: DataType, distinct: number): void {
  const shape = shapeOf(indices)
  const most = shape.kind === 'int' ? 2 ** (shape.bits - (shape.signed ? 1 : 0)) : 2 ** 31
  if (distinct <= most) return
  throw invalid(
    `${distinct} distinct values are more than a dictionary of ${formatType(indices)} can number; use int32`,
  )
}
