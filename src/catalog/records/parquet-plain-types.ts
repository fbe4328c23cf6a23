import { type Shape, UNIT_DIGITS } from './shape.ts'
import type { ThriftWriter } from './thrift-writer.ts'

/** Parquet's physical types. */
const BOOLEAN = 0
const INT32 = 1
const INT64 = 2
const FLOAT = 4
const DOUBLE = 5
const BYTE_ARRAY = 6
const FIXED_LEN_BYTE_ARRAY = 7

/** How a page holds the values of a column. */
export type PlainValues =
  | { readonly form: 'bits' | 'lengths' }
  /** The first `width` bytes of the `from` that Arrow has for each value; more of them than it has are its sign's. */
  | { readonly form: 'fixed'; readonly from: number; readonly width: number; readonly signed?: boolean }
  /** All bytes of a value, the most significant first. */
  | { readonly form: 'reversed'; readonly from: number; readonly width: number }

/** A type that Parquet gives back as it was without Arrow's own schema beside it. */
export interface PlainType {
  readonly physical: number
  readonly values: PlainValues
  /** Bytes of a value, for the physical type that doesn't say. */
  readonly length?: number
  /** What older readers take for the logical type. */
  readonly converted?: number
  readonly decimal?: { readonly precision: number; readonly scale: number }
  readonly writeLogical?: (out: ThriftWriter) => void
}

const BITS: PlainValues = { form: 'bits' }
const LENGTHS: PlainValues = { form: 'lengths' }
const FOUR: PlainValues = { form: 'fixed', from: 4, width: 4 }
const EIGHT: PlainValues = { form: 'fixed', from: 8, width: 8 }

/**
 * What Parquet itself has for a type, or `null`: it would come back as another one (large, views, durations, zones),
 * or pyarrow 12 can't read it (half floats).
 */
export function plainTypeOf(shape: Shape): PlainType | null {
  switch (shape.kind) {
    case 'bool':
      return { physical: BOOLEAN, values: BITS }
    case 'int':
      return integer(shape.bits, shape.signed)
    case 'float':
      if (shape.bits === 16) return null
      return shape.bits === 32 ? { physical: FLOAT, values: FOUR } : { physical: DOUBLE, values: EIGHT }
    case 'utf8':
      if (shape.layout !== 'small') return null
      return { physical: BYTE_ARRAY, values: LENGTHS, converted: 0, writeLogical: (out) => out.emptyStruct(1) }
    case 'binary':
      return shape.layout === 'small' ? { physical: BYTE_ARRAY, values: LENGTHS } : null
    case 'fixedBinary': {
      const { width } = shape
      return { physical: FIXED_LEN_BYTE_ARRAY, length: width, values: { form: 'fixed', from: width, width } }
    }
    case 'decimal':
      return shape.bits === 128 && isWithin(shape) ? decimal(shape.precision, shape.scale) : null
    case 'date':
      if (shape.unit !== 'day') return null
      return { physical: INT32, values: FOUR, converted: 6, writeLogical: (out) => out.emptyStruct(6) }
    case 'time': {
      // It counts from midnight wherever that is, as parquet-wasm writes it.
      const type = shape.unit === 'ms' ? { physical: INT32, values: FOUR } : { physical: INT64, values: EIGHT }
      const { unit } = shape
      return unit === 's' ? null : { ...type, writeLogical: (out) => counting(out, 7, unit, false) }
    }
    case 'timestamp': {
      const { unit, timezone } = shape
      if (unit === 's' || (timezone !== null && timezone !== 'UTC')) return null
      const writeLogical = (out: ThriftWriter): void => counting(out, 8, unit, timezone !== null)
      const type: PlainType = { physical: INT64, values: EIGHT, writeLogical }
      // What older readers know is always an instant.
      return timezone === null || unit === 'ns' ? type : { ...type, converted: unit === 'ms' ? 9 : 10 }
    }
  }
  return null
}

function integer(bits: number, signed: boolean): PlainType {
  const wide = bits === 64
  const values: PlainValues = wide ? EIGHT : { form: 'fixed', from: bits / 8, width: 4, signed }
  const type: PlainType = { physical: wide ? INT64 : INT32, values }
  // The physical types are signed ones themselves.
  if (signed && bits >= 32) return type
  const writeLogical = (out: ThriftWriter): void => {
    out.struct(10)
    out.i8(1, bits)
    out.bool(2, signed)
    out.close()
  }
  return { ...type, converted: (signed ? 15 : 11) + Math.log2(bits / 8), writeLogical }
}

/** A decimal that Parquet may name; what else a user's type says is parquet-wasm's to refuse. */
function isWithin({ precision, scale }: { readonly precision: number; readonly scale: number }): boolean {
  return precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision
}

/** As integers where their digits fit in them, as parquet-wasm writes them. */
function decimal(precision: number, scale: number): PlainType {
  const from = 16
  const writeLogical = (out: ThriftWriter): void => {
    out.struct(5)
    out.i32(1, scale)
    out.i32(2, precision)
    out.close()
  }
  const logical = { converted: 5, decimal: { precision, scale }, writeLogical }
  if (precision <= 9) return { physical: INT32, values: { form: 'fixed', from, width: 4 }, ...logical }
  if (precision <= 18) return { physical: INT64, values: { form: 'fixed', from, width: 8 }, ...logical }
  return { physical: FIXED_LEN_BYTE_ARRAY, length: from, values: { form: 'reversed', from, width: from }, ...logical }
}

/** A TIME or TIMESTAMP: whether it is an instant, and what it counts. */
function counting(out: ThriftWriter, member: number, unit: 'ms' | 'us' | 'ns', isInstant: boolean): void {
  out.struct(member)
  out.bool(1, isInstant)
  out.struct(2)
  out.emptyStruct(UNIT_DIGITS[unit] / 3)
  out.close()
  out.close()
}
