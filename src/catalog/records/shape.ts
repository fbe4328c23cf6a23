import type { DataType, Field } from 'apache-arrow'

/** The resolution of a time, timestamp or duration. */
export type Unit = 's' | 'ms' | 'us' | 'ns'
export type IntBits = 8 | 16 | 32 | 64
export type FloatBits = 16 | 32 | 64

/** What an Arrow type is, as one discriminated union: the rest of the layer switches on `kind`. */
export type Shape =
  | { readonly kind: 'null' | 'bool' }
  | { readonly kind: 'int'; readonly bits: IntBits; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: FloatBits }
  | { readonly kind: 'utf8' | 'binary'; readonly layout: Layout }
  | { readonly kind: 'fixedBinary'; readonly width: number }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number; readonly bits: number }
  | { readonly kind: 'date'; readonly unit: 'day' | 'ms' }
  | { readonly kind: 'time' | 'duration'; readonly unit: Unit }
  | { readonly kind: 'timestamp'; readonly unit: Unit; readonly timezone: string | null }
  | { readonly kind: 'interval'; readonly unit: IntervalUnit }
  | { readonly kind: 'list'; readonly large: boolean; readonly child: Field }
  | { readonly kind: 'fixedList'; readonly size: number; readonly child: Field }
  | { readonly kind: 'struct'; readonly fields: readonly Field[] }
  | MapShape
  | DictionaryShape
  | { readonly kind: 'union'; readonly fields: readonly Field[] }

/** How variable-length values lie in memory: 32-bit offsets, 64-bit offsets, or views. */
export type Layout = 'small' | 'large' | 'view'
export type IntervalUnit = 'month' | 'day-time' | 'month-day-nano'
export interface MapShape {
  readonly kind: 'map'
  readonly entries: Field
  readonly key: Field
  readonly value: Field
  readonly keysSorted: boolean
}
export interface DictionaryShape {
  readonly kind: 'dictionary'
  readonly indices: DataType
  readonly value: DataType
  readonly ordered: boolean
}

/** Fractional digits of a second in each unit. */
export const UNIT_DIGITS = { s: 0, ms: 3, us: 6, ns: 9 } as const satisfies Record<Unit, number>

// In the order in which Arrow numbers them.
export const UNITS: readonly Unit[] = ['s', 'ms', 'us', 'ns']
export const INTERVALS: readonly IntervalUnit[] = ['month', 'day-time', 'month-day-nano']
export const FLOAT_BITS: readonly FloatBits[] = [16, 32, 64]

/** The most digits of a decimal, by its bits. */
export const DECIMAL_DIGITS: Readonly<Record<number, number>> = { 32: 9, 64: 18, 128: 38, 256: 76 }

/** The properties that apache-arrow's type classes have, each on some of them. */
interface AnyType {
  readonly bitWidth: number
  readonly isSigned: boolean
  readonly precision: number
  readonly scale: number
  readonly byteWidth: number
  readonly unit: number
  readonly timezone?: string | null
  readonly listSize: number
  readonly children: readonly Field[]
  readonly keysSorted: boolean
  readonly indices: DataType
  readonly dictionary: DataType
  readonly isOrdered: boolean
}

/** The shape of an Arrow type; works on the types of any copy of `apache-arrow`, and loads none. */
export function shapeOf(dataType: DataType): Shape {
  const type = dataType as unknown as AnyType
  // apache-arrow gives concrete classes (Int8, TimestampSecond, …) their general type's id.
  const typeId: number = dataType.typeId
  switch (typeId) {
    case 1:
      return { kind: 'null' }
    case 2:
      return { kind: 'int', bits: type.bitWidth as IntBits, signed: type.isSigned }
    case 3:
      return { kind: 'float', bits: FLOAT_BITS[type.precision]! }
    case 4:
      return { kind: 'binary', layout: 'small' }
    case 5:
      return { kind: 'utf8', layout: 'small' }
    case 6:
      return { kind: 'bool' }
    case 7:
      return { kind: 'decimal', precision: type.precision, scale: type.scale, bits: type.bitWidth }
    case 8:
      return { kind: 'date', unit: type.unit === 0 ? 'day' : 'ms' }
    case 9:
      return { kind: 'time', unit: UNITS[type.unit]! }
    case 10:
      return { kind: 'timestamp', unit: UNITS[type.unit]!, timezone: type.timezone || null }
    case 11:
      return { kind: 'interval', unit: INTERVALS[type.unit]! }
    case 12:
      return { kind: 'list', large: false, child: type.children[0]! }
    case 13:
      return { kind: 'struct', fields: type.children }
    case 14:
      return { kind: 'union', fields: type.children }
    case 15:
      return { kind: 'fixedBinary', width: type.byteWidth }
    case 16:
      return { kind: 'fixedList', size: type.listSize, child: type.children[0]! }
    case 17:
      return mapShape(type)
    case 18:
      return { kind: 'duration', unit: UNITS[type.unit]! }
    case 19:
      return { kind: 'binary', layout: 'large' }
    case 20:
      return { kind: 'utf8', layout: 'large' }
    case 21:
      return { kind: 'list', large: true, child: type.children[0]! }
    case 23:
      return { kind: 'binary', layout: 'view' }
    case 24:
      return { kind: 'utf8', layout: 'view' }
    case -1:
      return { kind: 'dictionary', indices: type.indices, value: type.dictionary, ordered: type.isOrdered }
    default:
      throw new TypeError(`apache-arrow's type ${typeId} (${String(dataType)}) is unknown to this version`)
  }
}

function mapShape(type: AnyType): Shape {
  const entries = type.children[0]!
  const pair = entries.type.children as readonly Field[]
  return { kind: 'map', entries, key: pair[0]!, value: pair[1]!, keysSorted: type.keysSorted }
}
