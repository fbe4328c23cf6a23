import { daysOf, formatDate, isDate, two } from './calendar.ts'
import { invalid, shown } from './invalid.ts'
import { UNIT_DIGITS, type Unit } from './shape.ts'

const SECONDS_PER_DAY = 86_400
const PER_SECOND = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const satisfies Record<Unit, bigint>
const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

const DATE = /([+-]\d{6,12}|\d{4})-(\d\d)-(\d\d)/.source
const TIME = /(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?/.source
const DATE_PATTERN = new RegExp(`^${DATE}$`)
const TIME_PATTERN = new RegExp(`^${TIME}$`)
// An hour may stand alone here, as pyarrow allows.
const CLOCK = /(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?/.source
const TIMESTAMP_PATTERN = new RegExp(`^${DATE}(?:[Tt ]${CLOCK})? ?([Zz]|[+-]\\d\\d(?::?\\d\\d)?)?$`)

/** ISO text of a count of units since 1970: all of the unit's digits, `Z` after an instant. */
export function formatTimestamp(count: bigint, unit: Unit, isInstant: boolean): string {
  const perSecond = PER_SECOND[unit]
  let seconds = count / perSecond
  let fraction = Number(count % perSecond)
  if (fraction < 0) {
    fraction += Number(perSecond)
    seconds -= 1n
  }
  const wholeSeconds = Number(seconds)
  // Beyond 2^53 seconds the division has to be done on the bigint.
  const days = Number.isSafeInteger(wholeSeconds)
    ? Math.floor(wholeSeconds / SECONDS_PER_DAY)
    : Number((seconds - (((seconds % 86_400n) + 86_400n) % 86_400n)) / 86_400n)
  const second = Number.isSafeInteger(wholeSeconds)
    ? wholeSeconds - days * SECONDS_PER_DAY
    : Number(((seconds % 86_400n) + 86_400n) % 86_400n)
  return `${formatDate(days)}T${clock(second)}${digits(fraction, unit)}${isInstant ? 'Z' : ''}`
}

/** `23:59:59.999` of a count of units since midnight. */
export function formatTime(count: bigint, unit: Unit): string {
  const perSecond = PER_SECOND[unit]
  if (count < 0n) return `-${formatTime(-count, unit)}`
  return clock(Number(count / perSecond)) + digits(Number(count % perSecond), unit)
}

/** Days since 1970-01-01 of `2024-02-29`. Throws `invalid-argument`. */
export function parseDate(text: string): number {
  const match = DATE_PATTERN.exec(text)
  if (match === null) throw invalid(`${shown(text)} is not a date; write it as 2024-02-29`)
  return days(text, match)
}

/** Units since midnight of `23:59[:59[.999]]`. Throws `invalid-argument`; a digit that the unit can't hold is one. */
export function parseTime(text: string, unit: Unit): bigint {
  const match = TIME_PATTERN.exec(text)
  if (match === null)
    throw invalid(`${shown(text)} is not a time of day; write it as ${formatTime(86_399n * PER_SECOND[unit], unit)}`)
  return seconds(text, match, 1) * PER_SECOND[unit] + fraction(text, match[4], unit)
}

/**
 * Units since 1970 of an ISO timestamp. One for a column with a time zone has to say its offset, one for a column
 * without must not: either would be a guess. Throws `invalid-argument`.
 */
export function parseTimestamp(text: string, unit: Unit, isInstant: boolean): bigint {
  const match = TIMESTAMP_PATTERN.exec(text)
  const example = formatTimestamp(1_709_251_199n * PER_SECOND[unit], unit, isInstant)
  if (match === null) throw invalid(`${shown(text)} is not a timestamp; write it as ${example}`)
  const zone = match[8]
  if (isInstant && zone === undefined) {
    throw invalid(`${shown(text)} has no offset, but the column has a time zone; write ${shown(`${text}Z`)} for UTC`)
  }
  if (!isInstant && zone !== undefined) {
    throw invalid(
      `${shown(text)} has an offset, but the column has no time zone; leave it out, or declare one: timestamp[${unit}, UTC]`,
    )
  }
  const ofDay = match[4] === undefined ? 0n : seconds(text, match, 4)
  const count =
    (BigInt(days(text, match)) * 86_400n + ofDay - offset(text, zone)) * PER_SECOND[unit] +
    fraction(text, match[7], unit)
  return inRange(count, text, unit)
}

/** Units since 1970 of a JavaScript date. Throws `invalid-argument` where the unit can't hold its milliseconds. */
export function timestampOfDate(date: Date, unit: Unit): bigint {
  const milliseconds = date.getTime()
  if (Number.isNaN(milliseconds)) throw invalid('an invalid Date is no timestamp')
  if (unit !== 's') return inRange(BigInt(milliseconds) * (PER_SECOND[unit] / 1000n), date.toISOString(), unit)
  if (milliseconds % 1000 !== 0) throw invalid(`${shown(date)} has milliseconds, which a timestamp[s] can't hold`)
  return BigInt(milliseconds / 1000)
}

/** Days since 1970-01-01 of a JavaScript date at midnight UTC. Throws `invalid-argument` for any other. */
export function daysOfDate(date: Date): number {
  const milliseconds = date.getTime()
  if (Number.isNaN(milliseconds)) throw invalid('an invalid Date is no date')
  if (milliseconds % 86_400_000 !== 0) throw invalid(`${shown(date)} is not midnight in UTC, so it is no date`)
  return milliseconds / 86_400_000
}

function days(text: string, match: RegExpExecArray): number {
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  if (!isDate(date)) throw invalid(`${shown(text)} is a day that isn't in the calendar`)
  return daysOf(date)
}

function seconds(text: string, match: RegExpExecArray, first: number): bigint {
  const [hour, minute, second] = [Number(match[first]), Number(match[first + 1] ?? 0), Number(match[first + 2] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) throw invalid(`${shown(text)} is beyond 23:59:59`)
  return BigInt((hour * 60 + minute) * 60 + second)
}

function fraction(text: string, written: string | undefined, unit: Unit): bigint {
  if (written === undefined) return 0n
  const held = UNIT_DIGITS[unit]
  if (/[1-9]/.test(written.slice(held))) {
    throw invalid(`${shown(text)} has more digits of a second than the unit ${unit} holds`)
  }
  return BigInt(written.slice(0, held).padEnd(held, '0') || 0)
}

/** Seconds that an offset is ahead of UTC. */
function offset(text: string, zone: string | undefined): bigint {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0n
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)]
  if (hours > 23 || minutes > 59) throw invalid(`${shown(text)} has an offset beyond 23:59`)
  return BigInt((zone[0] === '-' ? -60 : 60) * (hours * 60 + minutes))
}

function inRange(count: bigint, text: string, unit: Unit): bigint {
  if (count >= INT64_MIN && count <= INT64_MAX) return count
  const [first, last] = [formatTimestamp(INT64_MIN, unit, false), formatTimestamp(INT64_MAX, unit, false)]
  throw invalid(`${shown(text)} is beyond what a timestamp[${unit}] holds, ${first} to ${last}`)
}

function clock(second: number): string {
  const minutes = Math.floor(second / 60)
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(second % 60)}`
}

function digits(fractionOfSecond: number, unit: Unit): string {
  return unit === 's' ? '' : `.${String(fractionOfSecond).padStart(UNIT_DIGITS[unit], '0')}`
}
