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

/** Like `asObject`, but a copy. What a document holds as it is goes into entities: a parsed document is used again. */
export function asCopy(value: JsonValue | undefined, name: string): JsonObject {
  return copyOf(asObject(value, name))
}

/** A copy. What lies deeper than anybody writes is left as it is, so that no depth overflows the stack. */
export function copyOf<T extends JsonValue>(value: T, depth?: number): T
export function copyOf(value: JsonValue, depth = 0): JsonValue {
  if (typeof value !== 'object' || value === null || depth > 1000) return value
  if (Array.isArray(value)) return value.map((item: JsonValue) => copyOf(item, depth + 1))
  // Unlike an assignment, fromEntries makes `__proto__` a key like any other.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item as JsonValue, depth + 1)]))
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
