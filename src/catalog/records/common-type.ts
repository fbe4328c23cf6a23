import type { DataType, Field } from 'apache-arrow'
import { type DictionaryShape, type Shape, shapeOf, UNITS, type Unit } from './shape.ts'
import { formatType } from './type-format.ts'
import { typeOf } from './types.ts'

/** Whether two types are the same, names and nullability of their fields included. */
export function isSameType(one: DataType, other: DataType): boolean {
  return one === other || formatType(one) === formatType(other)
}

/** The type that holds every value of two types exactly, or `null` where there is none. */
export function commonType(one: DataType, other: DataType): DataType | null {
  if (isSameType(one, other)) return one
  const [a, b] = [shapeOf(one), shapeOf(other)]
  if (a.kind === 'null') return other
  if (b.kind === 'null') return one
  if (a.kind === 'dictionary') return commonType(valueType(a), other)
  if (b.kind === 'dictionary') return commonType(one, valueType(b))
  const shape = a.kind === b.kind ? widest(a, b) : null
  return shape === null ? null : typeOf(shape)
}

/** The field of a column whose batches have two fields for it; `null` where no type holds both. */
export function commonField(one: Field, other: Field): Field | null {
  const type = commonType(one.type, other.type)
  if (type === null) return null
  const nullable = one.nullable || other.nullable
  return type === one.type && nullable === one.nullable ? one : one.clone({ type, nullable })
}

function valueType(shape: DictionaryShape): DataType {
  return shape.value
}

function widest(a: Shape, b: Shape): Shape | null {
  if (a.kind === 'int' && b.kind === 'int') {
    if (a.signed === b.signed) return a.bits >= b.bits ? a : b
    const [signed, unsigned] = a.signed ? [a, b] : [b, a]
    if (signed.bits > unsigned.bits) return signed
    if (unsigned.bits === 64) return null
    return { kind: 'int', bits: unsigned.bits === 32 ? 64 : unsigned.bits === 16 ? 32 : 16, signed: true }
  }
  if (a.kind === 'float' && b.kind === 'float') return a.bits >= b.bits ? a : b
  if ((a.kind === 'utf8' && b.kind === 'utf8') || (a.kind === 'binary' && b.kind === 'binary')) {
    return { kind: a.kind, layout: a.layout === 'large' || b.layout === 'large' ? 'large' : 'small' }
  }
  if (a.kind === 'timestamp' && b.kind === 'timestamp') {
    return a.timezone === b.timezone ? { ...a, unit: finer(a.unit, b.unit) } : null
  }
  if ((a.kind === 'time' && b.kind === 'time') || (a.kind === 'duration' && b.kind === 'duration')) {
    return { kind: a.kind, unit: finer(a.unit, b.unit) }
  }
  if (a.kind === 'date' && b.kind === 'date') return { kind: 'date', unit: 'day' }
  if (a.kind === 'decimal' && b.kind === 'decimal') return widestDecimal(a, b)
  if (a.kind === 'list' && b.kind === 'list') {
    const child = commonField(a.child, b.child)
    return child === null ? null : { kind: 'list', large: a.large || b.large, child }
  }
  if (a.kind === 'struct' && b.kind === 'struct') return widestStruct(a, b)
  return null
}

/** Structs of the same names, whose fields have common types. */
function widestStruct(a: Shape & { kind: 'struct' }, b: Shape & { kind: 'struct' }): Shape | null {
  const fields = a.fields.flatMap((field) => {
    const other = b.fields.find(({ name }) => name === field.name)
    return (other && commonField(field, other)) ?? []
  })
  return fields.length === a.fields.length && a.fields.length === b.fields.length ? { kind: 'struct', fields } : null
}

function widestDecimal(a: Shape & { kind: 'decimal' }, b: Shape & { kind: 'decimal' }): Shape | null {
  const scale = Math.max(a.scale, b.scale)
  const precision = scale + Math.max(a.precision - a.scale, b.precision - b.scale)
  const bits = Math.max(a.bits, b.bits, precision > 38 ? 256 : 128)
  return precision > 76 ? null : { kind: 'decimal', precision, scale, bits }
}

function finer(one: Unit, other: Unit): Unit {
  return UNITS[Math.max(UNITS.indexOf(one), UNITS.indexOf(other))]!
}
