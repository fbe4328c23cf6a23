import { CatalogError } from '../../catalog/errors.ts'
import { shown } from '../../catalog/records/invalid.ts'
import { didYouMean } from '../../catalog/records/nearest.ts'
import type { FloatTolerance } from './compare/equal.ts'
import type { RecordsOptions } from './types.ts'

/** The options of `toHaveRecords` and `toContainRecords`, checked and with their defaults. */
export interface CheckedRecordsOptions {
  readonly order: 'ignore' | 'strict'
  readonly columns: 'exact' | 'subset'
  /** `null`: the primary keys of the table version. */
  readonly key: readonly string[] | null
  readonly tolerance: FloatTolerance | null
  readonly maxDiffs: number
}

/** @throws CatalogError `invalid-argument` for an option that isn't one, or has no such value. */
export function checkRecordsOptions(matcher: string, options: RecordsOptions): CheckedRecordsOptions {
  checkNames(matcher, options, ['order', 'columns', 'key', 'tolerance', 'maxDiffs'])
  const { order = 'ignore', columns = 'exact', key, tolerance, maxDiffs = 10 } = options
  checkChoice(matcher, 'order', order, ['ignore', 'strict'])
  checkChoice(matcher, 'columns', columns, ['exact', 'subset'])
  if (!Number.isSafeInteger(maxDiffs) || maxDiffs < 1) {
    throw refuse(matcher, 'maxDiffs', maxDiffs, 'a whole number from 1 on')
  }
  const keys = typeof key === 'string' ? [key] : key
  if (
    keys !== undefined &&
    !(Array.isArray(keys) && keys.length > 0 && keys.every((name) => typeof name === 'string'))
  ) {
    throw refuse(matcher, 'key', key, "a column's name, or an array of some")
  }
  return { order, columns, key: keys ?? null, tolerance: checkTolerance(matcher, tolerance), maxDiffs }
}

function checkTolerance(matcher: string, tolerance: RecordsOptions['tolerance']): FloatTolerance | null {
  if (tolerance === undefined) return null
  if (typeof tolerance !== 'object' || tolerance === null) {
    throw refuse(matcher, 'tolerance', tolerance, 'an object { abs, rel }')
  }
  checkNames(matcher, tolerance, ['abs', 'rel'])
  const { abs = 0, rel = 0 } = tolerance
  for (const [name, value] of Object.entries({ abs, rel })) {
    if (!Number.isFinite(value) || value < 0) throw refuse(matcher, `tolerance.${name}`, value, 'a number from 0 on')
  }
  return abs === 0 && rel === 0 ? null : { abs, rel }
}

/** @throws CatalogError `invalid-argument` where `options` has a key that isn't among `names`. */
export function checkNames(matcher: string, options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw refuse(matcher, 'options', options, 'an object')
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new CatalogError(
    'invalid-argument',
    `${matcher} has no option ${JSON.stringify(unknown)}, only ${names.join(', ')}${didYouMean(unknown, names)}`,
  )
}

/** @throws CatalogError `invalid-argument` where `value` isn't one of `choices`. */
export function checkChoice(matcher: string, name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return
  const quoted = choices.map((choice) => `'${choice}'`)
  throw refuse(matcher, name, value, `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`)
}

/** @throws CatalogError `invalid-argument` where `value` is set, and neither `true` nor `false`. */
export function checkFlag(matcher: string, name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') throw refuse(matcher, name, value, 'true or false')
}

function refuse(matcher: string, name: string, value: unknown, wanted: string): CatalogError {
  const given = typeof value === 'string' ? `'${value}'` : shown(value)
  return new CatalogError('invalid-argument', `${matcher}: ${name} is ${given}; it has to be ${wanted}.`)
}
