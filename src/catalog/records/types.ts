import type { DataType, Field } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { unsupported } from './invalid.ts'
import type { FloatBits, IntBits, IntervalUnit, Layout, Shape, Unit } from './shape.ts'

/** An Arrow field. Nullable unless said. */
export function field(name: string, type: DataType, nullable = true, metadata?: Map<string, string>): Field {
  return new (arrow().Field)(name, type, nullable, metadata)
}

/** The Arrow type of a shape: the inverse of `shapeOf`. */
export function typeOf(shape: Shape): DataType {
  const a = arrow()
  switch (shape.kind) {
    case 'null':
      return new a.Null()
    case 'bool':
      return new a.Bool()
    case 'int':
      return intType(shape.bits, shape.signed)
    case 'float':
      return floatType(shape.bits)
    case 'utf8':
      return textType(shape.layout)
    case 'binary':
      return binaryType(shape.layout)
    case 'fixedBinary':
      return new a.FixedSizeBinary(shape.width)
    case 'decimal':
      return new a.Decimal(shape.scale, shape.precision, shape.bits)
    case 'date':
      return shape.unit === 'day' ? new a.DateDay() : new a.DateMillisecond()
    case 'time':
      return timeType(shape.unit)
    case 'timestamp':
      return timestampType(shape.unit, shape.timezone)
    case 'duration':
      return durationType(shape.unit)
    case 'interval':
      return intervalType(shape.unit)
    case 'list':
      return shape.large ? new a.LargeList(shape.child) : new a.List(shape.child)
    case 'fixedList':
      return new a.FixedSizeList(shape.size, shape.child)
    case 'struct':
      return new a.Struct([...shape.fields])
    case 'map':
      return mapType(shape.key, shape.value, shape.keysSorted)
    case 'dictionary':
      return new a.Dictionary(shape.value, shape.indices as never, null, shape.ordered)
    case 'union':
      throw unsupported('A union has no place in a catalog; store its parts as columns.')
  }
}

/** A map type. Its entries and keys are never null, as Arrow wants them; the names are Arrow's own. */
export function mapType(key: Field, value: Field, keysSorted = false): DataType {
  const a = arrow()
  // Map_ renames the fields it is given: give it its own.
  const pair = [field('key', key.type, false, key.metadata), field('value', value.type, value.nullable, value.metadata)]
  return new a.Map_(field('entries', new a.Struct(pair), false) as never, keysSorted)
}

function intType(bits: IntBits, signed: boolean): DataType {
  const a = arrow()
  switch (bits) {
    case 8:
      return signed ? new a.Int8() : new a.Uint8()
    case 16:
      return signed ? new a.Int16() : new a.Uint16()
    case 32:
      return signed ? new a.Int32() : new a.Uint32()
    case 64:
      return signed ? new a.Int64() : new a.Uint64()
  }
}

function textType(layout: Layout): DataType {
  const a = arrow()
  return layout === 'small' ? new a.Utf8() : layout === 'large' ? new a.LargeUtf8() : new a.Utf8View()
}

function binaryType(layout: Layout): DataType {
  const a = arrow()
  return layout === 'small' ? new a.Binary() : layout === 'large' ? new a.LargeBinary() : new a.BinaryView()
}

function floatType(bits: FloatBits): DataType {
  const a = arrow()
  return bits === 16 ? new a.Float16() : bits === 32 ? new a.Float32() : new a.Float64()
}

function timeType(unit: Unit): DataType {
  const a = arrow()
  switch (unit) {
    case 's':
      return new a.TimeSecond()
    case 'ms':
      return new a.TimeMillisecond()
    case 'us':
      return new a.TimeMicrosecond()
    case 'ns':
      return new a.TimeNanosecond()
  }
}

function timestampType(unit: Unit, timezone: string | null): DataType {
  const a = arrow()
  switch (unit) {
    case 's':
      return new a.TimestampSecond(timezone)
    case 'ms':
      return new a.TimestampMillisecond(timezone)
    case 'us':
      return new a.TimestampMicrosecond(timezone)
    case 'ns':
      return new a.TimestampNanosecond(timezone)
  }
}

function durationType(unit: Unit): DataType {
  const a = arrow()
  switch (unit) {
    case 's':
      return new a.DurationSecond()
    case 'ms':
      return new a.DurationMillisecond()
    case 'us':
      return new a.DurationMicrosecond()
    case 'ns':
      return new a.DurationNanosecond()
  }
}

function intervalType(unit: IntervalUnit): DataType {
  const a = arrow()
  if (unit === 'month') return new a.IntervalYearMonth()
  return unit === 'day-time' ? new a.IntervalDayTime() : new a.IntervalMonthDayNano()
}
