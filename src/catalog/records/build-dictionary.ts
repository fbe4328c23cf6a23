import type { Data, DataType } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { type Cell, cellKey } from './cell.ts'
import { converter } from './cells.ts'
import { dataOf, isNull, validityOf } from './data.ts'
import { invalid } from './invalid.ts'
import { EMPTY } from './nested.ts'
import { type DictionaryShape, shapeOf } from './shape.ts'
import { formatType } from './type-format.ts'

/**
 * A dictionary column: its distinct values in the order in which they first come. `build` makes the dictionary's own
 * column.
 */
export function buildDictionary(
  type: DataType,
  shape: DictionaryShape,
  values: readonly unknown[],
  build: (type: DataType, values: readonly unknown[]) => Data,
): Data {
  const toCell = converter(shape.value)
  const distinct: Cell[] = []
  const seen = new Map<string, number>()
  const indices = indexArray(shape.indices, values.length)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (isNull(value) || value === EMPTY) continue
    const cell = toCell(value)
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
  // The empty value is the first of the dictionary; where there is none it has to be null.
  const validity = validityOf(distinct.length > 0 ? values : values.map(() => null))
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
