import { plainBytes } from './bytes.ts'
import { formatDate } from './calendar.ts'
import type { Cell } from './cell.ts'
import { formatDecimal, parseDecimal } from './decimal.ts'
import { floatOf, floatOfText } from './floats.ts'
import { integerOf, integerOfText } from './integers.ts'
import { invalid, shown } from './invalid.ts'
import type { Shape, Unit } from './shape.ts'
import {
  daysOfDate,
  formatTime,
  formatTimestamp,
  parseDate,
  parseTime,
  parseTimestamp,
  timestampOfDate,
} from './temporal.ts'

/** A value as a column's buffers hold it: counts and unscaled integers are bigints. */
export type Stored = boolean | number | bigint | string | Uint8Array

/** The three forms of a type without children: what users write, what columns store, what cells show. */
export interface Leaf {
  /** A JavaScript value, never null, as it is stored. Throws `invalid-argument`. */
  readonly fromValue: (value: unknown) => Stored
  /** A text of a CSV file or YAML scalar, as it is stored. Throws `invalid-argument`. */
  readonly fromText: (text: string) => Stored
  readonly toCell: (stored: Stored) => Cell
}

const MS_PER_DAY = 86_400_000n
const same = (stored: Stored): Cell => stored

/** The forms of a type, or `null` where it has children or no values. */
export function leafOf(shape: Shape): Leaf | null {
  switch (shape.kind) {
    case 'bool':
      return { fromValue: boolOf, fromText: boolOfText, toCell: same }
    case 'int':
      return {
        fromValue: (value) => integerOf(value, shape.bits, shape.signed),
        fromText: (text) => integerOfText(text, shape.bits, shape.signed),
        toCell: same,
      }
    case 'float':
      return {
        fromValue: (value) => floatOf(value, shape.bits),
        fromText: (text) => floatOfText(text, shape.bits),
        toCell: same,
      }
    case 'utf8':
      return { fromValue: textOf, fromText: textOf, toCell: same }
    case 'binary':
      return { fromValue: bytesOf, fromText: (text) => new Uint8Array(Buffer.from(textOf(text))), toCell: same }
    case 'fixedBinary':
      return {
        fromValue: (value) => fixed(bytesOf(value), shape.width),
        fromText: (text) => fixed(new Uint8Array(Buffer.from(textOf(text))), shape.width),
        toCell: same,
      }
    case 'decimal':
      return {
        fromValue: (value) => decimalOf(value, shape),
        fromText: (text) => parseDecimal(text.trim(), shape),
        toCell: (stored) => formatDecimal(stored as bigint, shape.scale),
      }
    case 'date':
      return dateLeaf(shape.unit)
    case 'time':
      return {
        fromValue: (value) => parseTime(expectText(value, 'a time of day'), shape.unit),
        fromText: (text) => parseTime(text.trim(), shape.unit),
        toCell: (stored) => formatTime(stored as bigint, shape.unit),
      }
    case 'timestamp':
      return timestampLeaf(shape.unit, shape.timezone !== null)
    case 'duration':
      return {
        fromValue: (value) => integerOf(value, 64, true),
        fromText: (text) => integerOfText(text, 64, true),
        toCell: same,
      }
    default:
      return null
  }
}

function dateLeaf(unit: 'day' | 'ms'): Leaf {
  const stored = (days: number): Stored => (unit === 'day' ? dayInRange(days) : BigInt(days) * MS_PER_DAY)
  return {
    fromValue: (value) => stored(value instanceof Date ? daysOfDate(value) : parseDate(expectText(value, 'a date'))),
    fromText: (text) => stored(parseDate(text.trim())),
    toCell: (value) =>
      formatDate(typeof value === 'bigint' ? Math.floor(Number(value) / 86_400_000) : (value as number)),
  }
}

function timestampLeaf(unit: Unit, isInstant: boolean): Leaf {
  return {
    fromValue: (value) => {
      if (value instanceof Date) return timestampOfDate(value, unit)
      if (typeof value === 'bigint') return integerOf(value, 64, true)
      return parseTimestamp(expectText(value, 'a timestamp'), unit, isInstant)
    },
    fromText: (text) => parseTimestamp(text.trim(), unit, isInstant),
    toCell: (stored) => formatTimestamp(stored as bigint, unit, isInstant),
  }
}

function boolOf(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw invalid(`${shown(value)} is not true or false`)
}

function boolOfText(text: string): boolean {
  const word = text.trim().toLowerCase()
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  throw invalid(`${shown(text)} is not true or false`)
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw invalid(`${shown(value)} is not a text; write it in quotes`)
  if (!value.isWellFormed()) throw invalid(`${shown(value)} has half of a surrogate pair, which UTF-8 can't encode`)
  return value
}

function bytesOf(value: unknown): Uint8Array {
  // A cell is a plain Uint8Array, where a user gives a Buffer too.
  if (value instanceof Uint8Array) return plainBytes(value)
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  throw invalid(`${shown(value)} is not a Uint8Array`)
}

function fixed(bytes: Uint8Array, width: number): Uint8Array {
  if (bytes.length === width) return bytes
  throw invalid(`${bytes.length} bytes don't fit fixed_size_binary[${width}], which holds exactly ${width}`)
}

function decimalOf(value: unknown, type: { readonly precision: number; readonly scale: number }): bigint {
  if (typeof value === 'string') return parseDecimal(value, type)
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) {
    return parseDecimal(String(value), type)
  }
  throw invalid(`${shown(value)} is not a decimal number`)
}

function expectText(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') {
    throw invalid(`${value} is not ${what}: its unit would be a guess; write ISO text or a Date`)
  }
  throw invalid(`${shown(value)} is not ${what}; write ISO text or a Date`)
}

function dayInRange(days: number): number {
  if (days === (days | 0)) return days
  throw invalid(`${formatDate(days)} is beyond what date32 holds`)
}
