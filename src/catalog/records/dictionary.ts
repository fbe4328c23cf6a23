import type { Data, DataType, Vector } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { bitmapOf } from './bitmap.ts'
import { buildData } from './build.ts'
import { indexArray, requireRoom } from './build-dictionary.ts'
import { type Cell, cellKey } from './cell.ts'
import { cellReader } from './cell-reader.ts'
import { dataOf } from './data.ts'
import { type DictionaryShape, shapeOf } from './shape.ts'
import { validity } from './stored.ts'
import { take } from './take.ts'

/**
 * The chunks of a dictionary column over one dictionary of one chunk: what a file of Arrow's IPC format needs, and
 * what lets indices stand for values. The same chunks where they have that already.
 */
export function unifyDictionaries(type: DataType, chunks: readonly Data[]): readonly Data[] {
  const shape = shapeOf(type) as DictionaryShape
  const dictionaries = new Set(chunks.map((chunk) => chunk.dictionary!))
  const [first] = dictionaries
  if (dictionaries.size <= 1 && (first === undefined || first.data.length === 1)) return chunks
  const values: Cell[] = []
  const places = new Map<string, number>()
  const renumbered = new Map<Vector, Int32Array>()
  for (const dictionary of dictionaries) renumbered.set(dictionary, merge(dictionary, values, places))
  requireRoom(shape.indices, values.length)
  const unified = new (arrow().Vector)([buildData(shape.value, values)])
  return chunks.map((chunk) => {
    const numbers = renumbered.get(chunk.dictionary!)!
    const isValid = validity(chunk)
    const indices = indexArray(shape.indices, chunk.length)
    const old = chunk.values as ArrayLike<number>
    for (let index = 0; index < chunk.length; index++) if (isValid(index)) indices[index] = numbers[old[index]!]!
    const { length, nullCount } = chunk
    return dataOf({ type, length, nullCount, nullBitmap: bitmapOf(chunk), values: indices, dictionary: unified })
  })
}

/** Adds a dictionary's values to the others, and says where each is now. */
function merge(dictionary: Vector, values: Cell[], places: Map<string, number>): Int32Array {
  const read = cellReader(dictionary)
  return Int32Array.from({ length: dictionary.length }, (_, index) => {
    const value = read(index)
    const key = cellKey(value)
    let place = places.get(key)
    if (place === undefined) {
      place = values.push(value) - 1
      places.set(key, place)
    }
    return place
  })
}

/** A dictionary column's values in a column of their own. */
export function plainOf(data: Data): Data {
  const [unified] = unifyDictionaries(data.type, [data])
  const isValid = validity(data)
  const indices = unified!.values as ArrayLike<number>
  const slots = Int32Array.from({ length: data.length }, (_, index) => (isValid(index) ? indices[index]! : -1))
  return take(unified!.dictionary!.data[0]!, slots)
}
