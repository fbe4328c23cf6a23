import { CatalogError } from '../errors.ts'

/** An argument that can't be: what is wrong with it, and how to mend it. */
export function invalid(message: string, cause?: unknown): CatalogError {
  return new CatalogError('invalid-argument', message, cause === undefined ? undefined : { cause })
}

/** Something that Arrow has and this catalog, or the content type, doesn't. */
export function unsupported(message: string, cause?: unknown): CatalogError {
  return new CatalogError('unsupported', message, cause === undefined ? undefined : { cause })
}

/** Bytes that aren't what they should be. */
export function corrupt(message: string, cause?: unknown): CatalogError {
  return new CatalogError('corrupt', message, cause === undefined ? undefined : { cause })
}

/** A message with a full stop, where it has no end yet. */
export function sentence(message: string): string {
  return /[.?]$/.test(message) ? message : `${message}.`
}

/** A value as a message shows it: short, on one line, texts in quotes. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return clipped(JSON.stringify(value))
  if (typeof value === 'bigint') return clipped(`${value}n`)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : `Date ${value.toISOString()}`
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (value instanceof Map || value instanceof Set) return `a ${value.constructor.name} of ${value.size}`
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null) return clipped(`an object (${Object.keys(value).join(', ')})`)
  return clipped(String(value))
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
