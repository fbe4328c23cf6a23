import { hash } from '../door/crypto.ts'
import { CatalogError } from './errors.ts'

/**
 * A clock for `openCatalog({ clock })` that gives the same milliseconds in every run: `start` at its first reading,
 * then `stepMs` more at each.
 *
 * Throws `invalid-argument` if `start` is no time or `stepMs` no positive integer.
 */
export function seededClock(start: number | Date | string, stepMs = 1): () => number {
  const first = typeof start === 'number' ? start : new Date(start).getTime()
  if (!Number.isSafeInteger(first)) {
    throw new CatalogError(
      'invalid-argument',
      `The clock cannot start at ${String(start)}; give milliseconds or a date.`,
    )
  }
  if (!Number.isSafeInteger(stepMs) || stepMs < 1) {
    throw new CatalogError('invalid-argument', `The clock's step is ${stepMs}; give a positive number of milliseconds.`)
  }
  let next = first
  return () => {
    const now = next
    next += stepMs
    return now
  }
}

/**
 * Ids for `openCatalog({ ids })` that are the same in every run: UUIDs of version 5's form, made of the seed and a
 * counter. `taken` is the number of ids to leave out, to go on where an earlier run with the same seed stopped.
 */
export function seededIds(seed: string, taken = 0): () => string {
  let count = taken
  return () => {
    const digits = hash('sha1', `${seed}\n${count}`, 'hex')
    count += 1
    const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16)
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `5${digits.slice(13, 16)}`,
      variant + digits.slice(17, 20),
      digits.slice(20, 32),
    ].join('-')
  }
}

/** A clock whose readings are checked. */
export function checkedClock(clock: () => number): () => number {
  return () => {
    const now = Math.floor(clock())
    if (Number.isSafeInteger(now)) return now
    throw new CatalogError('invalid-argument', `The catalog's clock gave ${now}; it must give milliseconds.`)
  }
}

/** A source of ids whose ids are checked. */
export function checkedIds(ids: () => string): () => string {
  return () => {
    const id: unknown = ids()
    if (typeof id === 'string' && id !== '' && id.isWellFormed()) return id
    throw new CatalogError(
      'invalid-argument',
      `The catalog's ids gave ${JSON.stringify(id)}; they must give unique text.`,
    )
  }
}
