import type { Field } from 'apache-arrow'
import { CatalogError } from '../errors.ts'
import { invalid, sentence, shown } from './invalid.ts'
import { didYouMean } from './nearest.ts'

/** What a struct's child has under a null struct: no null of its own, but the empty value of its type, as in pyarrow. */
export const EMPTY = Symbol('the empty value')

/** The items of a value that is to be a list: an array, a typed array, an Arrow vector. Throws `invalid-argument`. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  const isIterable = typeof value === 'object' && value !== null && Symbol.iterator in value
  if (!isIterable || value instanceof Map) throw invalid(`${shown(value)} is not a list`)
  return Array.from(value as Iterable<unknown>)
}

/** The items of a value that is to be a list of a fixed size. Throws `invalid-argument`. */
export function fixedItemsOf(value: unknown, size: number): readonly unknown[] {
  const items = itemsOf(value)
  if (items.length === size) return items
  throw invalid(`a list of ${items.length} doesn't fit a fixed_size_list of ${size}`)
}

/** A value that is to be a struct, with no key that isn't a field's. Throws `invalid-argument`. */
export function fieldsOf(value: unknown, fields: readonly Field[]): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !(value instanceof Date)
  if (!isObject || Array.isArray(value) || value instanceof Uint8Array || value instanceof Map) {
    throw invalid(`${shown(value)} is not an object of the struct's fields`)
  }
  for (const key of Object.keys(value)) {
    if (fields.some((field) => field.name === key)) continue
    const names = fields.map((field) => field.name)
    throw invalid(`the struct has no field ${shown(key)}; it has ${names.join(', ')}${didYouMean(key, names, '')}`)
  }
  return value as Record<string, unknown>
}

/** The pairs of a value that is to be a map: pairs, a `Map`, or an object for keys of text. Throws `invalid-argument`. */
export function pairsOf(value: unknown): readonly (readonly [key: unknown, value: unknown])[] {
  if (typeof value !== 'object' || value === null)
    throw invalid(`${shown(value)} is not a map; write pairs of key and value`)
  if (!(Symbol.iterator in value)) return Object.entries(value)
  return Array.from(value as Iterable<unknown>, (pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw invalid(`${shown(pair)} is not a pair of key and value`)
    if (pair[0] === null || pair[0] === undefined) throw invalid("a map's key is never null")
    return pair as unknown as [unknown, unknown]
  })
}

/** Runs a step on a column's row, and gives its error the place and a full stop. */
export function atRow<T>(place: () => string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    const { message } = error
    throw new CatalogError(error.code, `${place()}: ${sentence(message)}`)
  }
}

/** Runs a step on a part of a value; an error says which part. */
export function within<T>(part: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    throw invalid(`${part}: ${error.message}`, error.cause)
  }
}
