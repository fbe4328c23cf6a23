import type { Data, DataType } from 'apache-arrow'
import { bitmapOf } from './bitmap.ts'
import { packed } from './build-variable.ts'
import { dataOf } from './data.ts'
import { plainOf } from './dictionary.ts'
import { invalid, shown, unsupported } from './invalid.ts'
import { type DictionaryShape, type Shape, shapeOf } from './shape.ts'
import type { Coercion, Format } from './storable.ts'
import { rangeReader, validity } from './stored.ts'
import { typeOf } from './types.ts'

const MS_PER_DAY = 86_400_000n
const INT64_MAX = 2n ** 63n - 1n

/** What Parquet can hold, as pyarrow takes it: seconds as milliseconds, date64 as date32, views as plain values. */
export const PARQUET_WRITTEN: Format = { coerce: written, unifies: true }

/** What pyarrow makes of a Parquet file where parquet-wasm goes further: date64 and dictionaries of no text. */
export const PARQUET_READ: Format = { coerce: read, unifies: false }

/** Whether pyarrow gives a dictionary column back as one: only those of texts and binaries. */
export function isPlainInParquet(shape: DictionaryShape): boolean {
  const { kind } = shapeOf(shape.value)
  return kind !== 'utf8' && kind !== 'binary'
}

function written(shape: Shape, path: string): Coercion | null {
  switch (shape.kind) {
    case 'timestamp':
      return shape.unit === 's' ? converting(typeOf({ ...shape, unit: 'ms' }), millisecondsOfSeconds) : null
    case 'time':
      return shape.unit === 's' ? converting(typeOf({ ...shape, unit: 'ms' }), millisecondsOfTime) : null
    case 'utf8':
    case 'binary': {
      if (shape.layout !== 'view') return null
      const to = typeOf({ ...shape, layout: 'small' })
      return { to, convert: (data) => withOffsets(data, to) }
    }
    case 'decimal':
      if (shape.scale < 0) throw cannotHold(path, `a decimal of scale ${shape.scale}; use scale 0`)
      return null
    case 'struct':
      if (shape.fields.length === 0) throw cannotHold(path, 'a struct without fields; leave it out')
      return null
    case 'fixedBinary':
      if (shape.width === 0) throw cannotHold(path, 'a fixed_size_binary[0]; leave it out')
      return null
  }
  return read(shape)
}

function read(shape: Shape): Coercion | null {
  if (shape.kind === 'date' && shape.unit === 'ms') {
    return converting(typeOf({ kind: 'date', unit: 'day' }), daysOfMilliseconds)
  }
  if (shape.kind === 'dictionary' && isPlainInParquet(shape)) return { to: shape.value, convert: plainOf }
  return null
}

function converting(to: DataType, convert: (data: Data) => ArrayBufferView): Coercion {
  return {
    to,
    convert: (data) => {
      const { length, nullCount } = data
      return dataOf({ type: to, length, nullCount, nullBitmap: bitmapOf(data), values: convert(data) })
    },
  }
}

function millisecondsOfSeconds(data: Data): BigInt64Array {
  const isValid = validity(data)
  return BigInt64Array.from(data.values as Iterable<bigint>, (seconds, index) => {
    if (!isValid(index)) return 0n
    const milliseconds = seconds * 1000n
    if (milliseconds <= INT64_MAX && milliseconds >= -INT64_MAX) return milliseconds
    throw invalid(`A timestamp[s] of ${seconds} is beyond Parquet's timestamp[ms]; store it as an int64.`)
  })
}

function millisecondsOfTime(data: Data): Int32Array {
  return Int32Array.from(data.values as Iterable<number>, (seconds) => seconds * 1000)
}

function daysOfMilliseconds(data: Data): Int32Array {
  return Int32Array.from(data.values as Iterable<bigint>, (milliseconds) => {
    const days = milliseconds / MS_PER_DAY
    return Number(milliseconds % MS_PER_DAY < 0n ? days - 1n : days)
  })
}

/** A view column's values in the layout with offsets. */
function withOffsets(data: Data, type: DataType): Data {
  const isValid = validity(data)
  const value = rangeReader(data, 'view')
  const { bytes, starts } = packed(Array.from({ length: data.length }, (_, at) => (isValid(at) ? value(at) : null)))
  const { length, nullCount } = data
  const valueOffsets = Int32Array.from(starts)
  return dataOf({ type, length, nullCount, nullBitmap: bitmapOf(data), valueOffsets, values: bytes })
}

function cannotHold(path: string, what: string): Error {
  return unsupported(`Parquet can't hold column ${shown(path)}, ${what}, or store it as Feather.`)
}
