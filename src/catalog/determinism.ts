import { hash } from '../door/crypto.ts'
import { invalid, shown } from './arguments.ts'

/**
 * A clock for `openCatalog({ clock })` that gives the same milliseconds in every run: `start` at its first reading,
 * then `stepMs` more at each. A text is a day, or a time with its offset: `2024-02-29T00:00:00Z`.
 *
 * Throws `invalid-argument` if `start` is no time or `stepMs` no positive integer.
 */
export function seededClock(start: number | Date | string, stepMs = 1): () => number {
  if (!Number.isSafeInteger(stepMs) || stepMs < 1) {
    throw invalid(`The clock's step is ${shown(stepMs)}; give a positive number of milliseconds.`)
  }
  let next = millisecondsOf(start)
  return () => {
    const now = next
    next += stepMs
    return now
  }
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/

function millisecondsOf(start: unknown): number {
  const [text, day, offset] = (typeof start === 'string' && ISO.exec(start)) || []
  if (text !== undefined && text !== day && offset === undefined) {
    throw invalid(`The clock cannot start at ${shown(text)}, which is another time in each time zone; write ${text}Z.`)
  }
  const time = text !== undefined ? Date.parse(text) : start instanceof Date ? start.getTime() : start
  // JavaScript takes 30 February for 1 March.
  const isDay = day === undefined || new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)
  if (typeof time === 'number' && Number.isSafeInteger(time) && isDay) return time
  throw invalid(
    `The clock cannot start at ${shown(start)}; give milliseconds, a Date or a text such as 2024-02-29T00:00:00Z.`,
  )
}

/**
 * Ids for `openCatalog({ ids })` that are the same in every run: UUIDs of version 5's form, made of the seed and a
 * counter. `taken` is the number of ids to leave out, to go on where an earlier run with the same seed stopped.
 *
 * Throws `invalid-argument` if the seed is no text or `taken` no count.
 */
export function seededIds(seed: string, taken = 0): () => string {
  if (typeof seed !== 'string') throw invalid(`The seed of the ids is ${shown(seed)}; give a text.`)
  if (!Number.isSafeInteger(taken) || taken < 0) {
    throw invalid(`The number of ids to leave out is ${shown(taken)}; give a count.`)
  }
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
    const now: unknown = clock()
    const milliseconds = typeof now === 'number' ? Math.floor(now) : Number.NaN
    if (Number.isSafeInteger(milliseconds)) return milliseconds
    throw invalid(`The catalog's clock gave ${shown(now)}; it must give milliseconds.`)
  }
}

/** A source of ids whose ids are checked. */
export function checkedIds(ids: () => string): () => string {
  return () => {
    const id: unknown = ids()
    if (typeof id === 'string' && id !== '' && id.isWellFormed()) return id
    throw invalid(`The catalog's ids gave ${shown(id)}; they must give unique text.`)
  }
}
