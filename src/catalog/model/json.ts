import type { JsonValue } from './common.ts'

/** A JSON object: what a document is. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** A stored document isn't what it should be. The store adds the file, the table and the locator. */
export class DocumentError extends Error {}

/** `value` as an object, or a `DocumentError` that calls it `name`. */
export function asObject(value: JsonValue | undefined, name: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DocumentError(`${name} is ${nameOf(value)} where an object belongs`)
  }
  return value as JsonObject
}

export function asText(value: JsonValue | undefined, name: string): string {
  if (typeof value !== 'string') throw new DocumentError(`${name} is ${nameOf(value)} where text belongs`)
  return value
}

export function asArray(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  if (!Array.isArray(value)) throw new DocumentError(`${name} is ${nameOf(value)} where a list belongs`)
  return value
}

/** A list of texts. */
export function asTexts(value: JsonValue | undefined, name: string): readonly string[] {
  return asArray(value, name).map((item) => asText(item, `an item of ${name}`))
}

/** One of `choices`. */
export function asOneOf<T extends string>(value: JsonValue | undefined, name: string, choices: readonly T[]): T {
  if (!choices.includes(value as T)) {
    throw new DocumentError(`${name} is ${nameOf(value)}, none of ${choices.join(', ')}`)
  }
  return value as T
}

/** A stream position: an integer that a double holds exactly. Anything else is refused, never rounded. */
export function asPosition(value: JsonValue | undefined, name: string): number {
  if (typeof value !== 'number') throw new DocumentError(`${name} is ${nameOf(value)} where a position belongs`)
  if (!Number.isSafeInteger(value)) throw new DocumentError(`${name} is no safe integer`)
  return value
}

/** `read(value)`, or `null` where the key is missing or null. */
export function orNull<T>(
  value: JsonValue | undefined,
  name: string,
  read: (value: JsonValue, name: string) => T,
): T | null {
  return value === undefined || value === null ? null : read(value, name)
}

function nameOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
