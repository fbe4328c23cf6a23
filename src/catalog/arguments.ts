import type { JsonValue, PartitionFilter, PartitionValues } from './model/common.ts'
import type { JsonObject } from './model/json.ts'
import { invalid, shown as shownValue } from './records/invalid.ts'
import { didYouMean } from './records/nearest.ts'

export { invalid }

/** A value as a message shows it: a list with its items, and texts in full, as what they name is looked up by them. */
export function shown(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(shownItem).join(', ')}]` : shownItem(value)
}

function shownItem(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : shownValue(value)
}

/** Several names as a message lists them; `none` where there are none. */
export function listed(names: readonly string[], none = 'nothing'): string {
  if (names.length === 0) return none
  const first = names.slice(0, 10).map((name) => JSON.stringify(name))
  return first.join(', ') + (names.length > 10 ? ` and ${names.length - 10} more` : '')
}

/** The names of the options `T`, all of them and no others. */
export type OptionNames<T> = Readonly<Record<keyof T, true>>

/** Refuses options that `of` doesn't have: one that is misspelt must not be left out in silence. */
export function checkOptions(of: string, options: unknown, names: Readonly<Record<string, true>>): void {
  if (!isPlainObject(options))
    throw invalid(`The options of ${of} are ${shown(options)}; give an object with ${namesIn(names)}.`)
  checkNames(of, options, names)
}

/** As `checkOptions`, for an option that is an object itself. */
export function checkFields(option: string, value: unknown, names: Readonly<Record<string, true>>): void {
  if (!isPlainObject(value)) throw invalid(`${option} is ${shown(value)}; give an object with ${namesIn(names)}.`)
  checkNames(option, value, names)
}

function checkNames(of: string, value: object, names: Readonly<Record<string, true>>): void {
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(names, name)) continue
    const hint = didYouMean(name, Object.keys(names))
    throw invalid(`${of} has no option ${shown(name)}; it takes ${namesIn(names)}${hint}`)
  }
}

function namesIn(names: Readonly<Record<string, true>>): string {
  return Object.keys(names).join(', ')
}

/** A name, which may be any text that UTF-8 can express but the empty one. */
export function checkName(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '')
    throw invalid(`${what} is ${shown(value)}; give a text that is not empty.`)
  if (value.isWellFormed()) return value
  throw invalid(`${what} ${shown(value)} holds a lone surrogate, which has no UTF-8 form; use well-formed text.`)
}

/** A table version's number: decimal text without leading zeros. */
export function checkTableVersion(value: unknown): string {
  if (typeof value === 'string' && /^(0|[1-9]\d*)$/.test(value)) return value
  const advice = typeof value === 'number' && Number.isSafeInteger(value) ? `"${value}"` : 'a decimal text such as "1"'
  throw invalid(`tableVersion is ${shown(value)}; give ${advice}, without leading zeros.`)
}

/** A stream position: a safe integer. */
export function checkPosition(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw invalid(`${what} is ${shown(value)}; give an integer within ±${Number.MAX_SAFE_INTEGER}.`)
}

/** The columns to read; `null`: all of them. */
export function checkColumns(columns: unknown): readonly string[] | null {
  if (columns === undefined || columns === null) return null
  if (Array.isArray(columns) && columns.every((name) => typeof name === 'string')) return columns
  throw invalid(`columns is ${shown(columns)}; give a list of columns' names.`)
}

/** An object that JSON can hold, copied; `null` and `undefined` as they are. */
export function checkOptionalJson(value: unknown, what: string): JsonObject | null | undefined {
  return value === undefined || value === null ? value : checkJsonObject(value, what)
}

/** An object that JSON can hold, copied. */
export function checkJsonObject(value: unknown, what: string): JsonObject {
  const copy = copyJson(value, what, 0)
  if (typeof copy === 'object' && copy !== null && !Array.isArray(copy)) return copy as JsonObject
  throw invalid(`${what} is ${shown(value)}; give an object.`)
}

function copyJson(value: unknown, what: string, depth: number): JsonValue {
  if (depth > 100) throw invalid(`${what.slice(0, 40)}… is nested more than 100 levels deep, or in itself; flatten it.`)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value)) return value.map((item, index) => copyJson(item, `${what}[${index}]`, depth + 1))
  if (isPlainObject(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    return Object.fromEntries(entries.map(([key, item]) => [key, copyJson(item, `${what}.${key}`, depth + 1)]))
  }
  throw invalid(`${what} is ${shown(value)}, which JSON cannot hold; give text, a finite number, a list or an object.`)
}

/** Whether a value is an object as a literal makes one, of any realm; lists, sets and dates are none. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Partition values: texts, integers, booleans and nulls. */
export function checkPartitionValues(values: unknown, what = 'partitionValues'): PartitionValues | null {
  if (values === undefined || values === null) return null
  if (!Array.isArray(values)) throw invalid(`${what} is ${shown(values)}; give a list of values, or null.`)
  for (const value of values as readonly unknown[]) {
    if (typeof value === 'string') {
      checkText(value, what)
    } else if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw invalid(`${what} holds the float ${value}, whose text is not the same everywhere; use a string.`)
    } else if (value !== null && typeof value !== 'number' && typeof value !== 'boolean') {
      throw invalid(`${what} holds ${shown(value)}; a partition value is a string, an integer, a boolean or null.`)
    }
  }
  return [...(values as PartitionValues)]
}

function checkText(value: string, what: string): void {
  if (value.isWellFormed()) return
  throw invalid(`${what} holds ${shown(value)} with a lone surrogate, which has no UTF-8 form; use well-formed text.`)
}

/** The partition values that a call is about, from either of its two options. */
export function valuesOf(options: {
  readonly partitionValues?: PartitionValues | null
  readonly partitionFilter?: PartitionFilter | null
}): PartitionValues | null {
  const { partitionValues, partitionFilter } = options
  const filter = checkPartitionFilter(partitionFilter)
  if (filter === null) return checkPartitionValues(partitionValues)
  if (partitionValues === undefined || partitionValues === null) return checkPartitionValues(filter.partitionValues)
  throw invalid('partitionValues and partitionFilter are both given; give one of them.')
}

/** A filter on partition values, or `null` for none. */
export function checkPartitionFilter(filter: unknown): PartitionFilter | null {
  if (filter === undefined || filter === null) return null
  checkFields('partitionFilter', filter, { partitionValues: true } satisfies OptionNames<PartitionFilter>)
  return filter as PartitionFilter
}

/** Whether two lists of partition values are equal, element by element; none and `null` are the same. */
export function sameValues(a: PartitionValues | null, b: PartitionValues | null): boolean {
  const left = a ?? []
  const right = b ?? []
  return left.length === right.length && left.every((value, index) => value === right[index])
}
