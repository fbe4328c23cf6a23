import type { Data, DataType } from 'apache-arrow'
import { variableData } from './build-variable.ts'
import { dataOf, type Validity } from './data.ts'
import { halfOfNumber } from './float16.ts'
import type { Stored } from './leaf.ts'
import { type Shape, shapeOf } from './shape.ts'
import { writeDecimal } from './stored.ts'

/** The value of a slot as its column stores it; a whole number may be a number where that is exact. */
export type StoredAt = (index: number) => Stored | null

/**
 * A chunk of a column without children from values that are known to fit it. `buildColumn` takes what users write and
 * checks it; for generated values that would be written as text and parsed again.
 */
export function storedData(type: DataType, length: number, at: StoredAt): Data {
  const shape = shapeOf(type)
  const nulls = nullsOf(length)
  if (shape.kind === 'utf8' || shape.kind === 'binary') {
    const values = Array.from({ length }, (_, index) => at(index) as string | Uint8Array | null)
    values.forEach((value, index) => {
      if (value === null) nulls.add(index)
    })
    return variableData(type, shape.layout, values, nulls.validity())
  }
  const { values, write } = writerOf(shape, length)
  for (let index = 0; index < length; index++) {
    const value = at(index)
    if (value === null) nulls.add(index)
    else write(index, value)
  }
  return dataOf({ type, length, ...nulls.validity(), values })
}

interface Writer {
  readonly values: ArrayBufferView
  readonly write: (index: number, value: Stored) => void
}

function writerOf(shape: Shape, length: number): Writer {
  switch (shape.kind) {
    case 'bool': {
      const bits = new Uint8Array((length + 7) >> 3)
      const write = (index: number, value: Stored): void => {
        if (value === true) bits[index >> 3]! |= 1 << (index & 7)
      }
      return { values: bits, write }
    }
    case 'fixedBinary': {
      const bytes = new Uint8Array(length * shape.width)
      return { values: bytes, write: (index, value) => bytes.set(value as Uint8Array, index * shape.width) }
    }
    case 'decimal':
      return wholeNumbers(new Uint32Array((length * shape.bits) / 32), shape.bits / 32)
    case 'float':
      return floats(shape.bits, length)
    case 'int':
      return shape.bits === 64 ? longs(shape.signed, length) : narrow(shape.bits, shape.signed, length)
    case 'date':
      return shape.unit === 'day' ? narrow(32, true, length) : longs(true, length)
    case 'time':
      return shape.unit === 's' || shape.unit === 'ms' ? narrow(32, true, length) : longs(true, length)
    case 'timestamp':
    case 'duration':
      return longs(true, length)
    default:
      throw new TypeError(`a ${shape.kind} has no stored values`)
  }
}

function floats(bits: 16 | 32 | 64, length: number): Writer {
  if (bits === 16) return numbers(new Uint16Array(length), (value) => halfOfNumber(value as number))
  return numbers(bits === 64 ? new Float64Array(length) : new Float32Array(length), Number)
}

function narrow(bits: 8 | 16 | 32, signed: boolean, length: number): Writer {
  const arrays = { 8: [Uint8Array, Int8Array], 16: [Uint16Array, Int16Array], 32: [Uint32Array, Int32Array] } as const
  return numbers(new arrays[bits][signed ? 1 : 0](length), Number)
}

function numbers(values: ArrayBufferView & { [index: number]: number }, of: (value: Stored) => number): Writer {
  return {
    values,
    write(index, value) {
      values[index] = of(value)
    },
  }
}

function longs(signed: boolean, length: number): Writer {
  const { values, write } = wholeNumbers(new Uint32Array(length * 2), 2)
  const { buffer } = values
  return { values: signed ? new BigInt64Array(buffer) : new BigUint64Array(buffer), write }
}

/** Integers of several words in two's complement. A bigint for each would cost more than all the rest. */
function wholeNumbers(words: Uint32Array, stride: number): Writer {
  return {
    values: words,
    write(index, value) {
      if (typeof value !== 'number') return writeDecimal(words, index, stride, value as bigint)
      const first = index * stride
      words[first] = value >>> 0
      if (stride > 1) words[first + 1] = Math.floor(value / 0x1_0000_0000) >>> 0
      if (stride > 2 && value < 0) words.fill(0xffff_ffff, first + 2, first + stride)
    },
  }
}

function nullsOf(length: number) {
  let nullBitmap: Uint8Array | null = null
  let nullCount = 0
  return {
    add(index: number): void {
      nullBitmap ??= allValid(length)
      nullBitmap[index >> 3]! &= ~(1 << (index & 7))
      nullCount += 1
    },
    validity: (): Validity => ({ nullCount, nullBitmap }),
  }
}

function allValid(length: number): Uint8Array {
  const bitmap = new Uint8Array((length + 7) >> 3).fill(0xff)
  if (length % 8 !== 0) bitmap[bitmap.length - 1] = (1 << (length % 8)) - 1
  return bitmap
}
