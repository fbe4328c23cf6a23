import type { JsonValue } from './common.ts'
import type { JsonObject } from './json.ts'
import { asObject, DocumentError } from './json.ts'

/** The JSON of a stored document. Throws a `DocumentError` if the text is none. */
export function parseDocument(text: string): JsonObject {
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch (cause) {
    throw new DocumentError('the document is not JSON', { cause })
  }
  return asObject(value, 'the document')
}

/** The documents parsed last, by their locators. */
const parsed = new Map<string, { readonly text: string; readonly document: JsonObject }>()
const MOST_PARSED = 1000
/** Short enough that none is nested so deeply that a copy would share a part of it. */
const LONGEST_PARSED = 2000

/**
 * Like `parseDocument`, but a text that is still what it was the last time at that locator is not parsed again: one call
 * reads a partition and its stream more than once, and the tests of a file read copies of one database. The document
 * must not be changed.
 */
export function parseDocumentAt(locator: string, text: string): JsonObject {
  const known = parsed.get(locator)
  if (known?.text === text) return known.document
  const document = parseDocument(text)
  if (text.length <= LONGEST_PARSED) {
    if (parsed.size >= MOST_PARSED) parsed.clear()
    parsed.set(locator, { text, document })
  }
  return document
}

// JSON.rawJSON and the reviver's context are in every Node that we run on, but not in TypeScript's library yet.
const json = JSON as unknown as {
  rawJSON(text: string): object
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown
}

/** Like `JSON.parse`, but a number whose text JavaScript would write differently keeps that text. */
function parseKeepingNumbers(text: string): unknown {
  const plain: unknown = JSON.parse(text)
  // What comes back as it was, as our own texts do, has no number to keep; the reviver takes many times as long.
  if (JSON.stringify(plain) === text) return plain
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && source !== String(value) ? json.rawJSON(source) : value,
  )
}

/**
 * The text of a stored document with what changed between `before` and `after` (the entity's own document, as its
 * codec writes it) put in; keys that the codec doesn't know and the texts of numbers stay as they were.
 */
export function rewriteDocument(stored: string, before: JsonObject, after: JsonObject): string {
  // Most often a commit: the row moves, the document stays.
  if (sameJson(before, after)) return stored
  try {
    return JSON.stringify(patch(parseKeepingNumbers(stored), before, after))
  } catch (cause) {
    if (cause instanceof RangeError) throw new DocumentError('the document is nested too deeply', { cause })
    throw cause
  }
}

function patch(stored: unknown, before: JsonValue | undefined, after: JsonValue): unknown {
  if (sameJson(before, after)) return stored
  if (isPlain(stored) && isPlain(before) && isPlain(after)) {
    const kept = Object.entries(stored).filter(([key]) => !Object.hasOwn(before, key) || Object.hasOwn(after, key))
    const changed = kept.map(([key, value]) => [key, patchKey(key, value, before, after)] as const)
    const added = Object.entries(after).filter(
      ([key, value]) => !Object.hasOwn(stored, key) && !sameJson(own(before, key), value),
    )
    // Unlike an assignment, fromEntries makes `__proto__` a key like any other.
    return Object.fromEntries([...changed, ...added])
  }
  if (Array.isArray(stored) && Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.map((item, index) => patch(stored[index], before[index], item))
  }
  return after
}

function patchKey(key: string, stored: unknown, before: JsonObject, after: JsonObject): unknown {
  const value = own(after, key)
  return value === undefined ? stored : patch(stored, own(before, key), value)
}

/** `object[key]`, but not what a key such as `__proto__` or `constructor` inherits. */
function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isPlain(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('rawJSON' in value)
}

/** Whether two JSON values are equal: the order of keys doesn't count, the order of items does. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  }
  const left = a as JsonObject
  const right = b as JsonObject
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  )
}
