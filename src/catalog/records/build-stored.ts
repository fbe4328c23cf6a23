import type { Data, DataType } from 'apache-arrow'
import { dataOf } from './data.ts'
import { halfOfNumber } from './float16.ts'
import { type Shape, shapeOf } from './shape.ts'
import { writeDecimal } from './stored.ts'

/** Numbers as a column stores them: counts in its unit, unscaled decimals. A bigint stands where a number isn't exact. */
export type StoredNumbers = ArrayLike<number | bigint>

/**
 * A chunk without nulls of numbers that are known to fit the type. `buildColumn` takes what users write and checks it;
 * for generated numbers that would be written as text and parsed again. A `Float64Array` may become the chunk's own.
 */
export function numbersData(type: DataType, numbers: StoredNumbers): Data {
  return dataOf({ type, length: numbers.length, values: valuesOf(shapeOf(type), numbers) })
}

function valuesOf(shape: Shape, numbers: StoredNumbers): ArrayBufferView {
  switch (shape.kind) {
    case 'decimal':
      return wordsOf(numbers, shape.bits / 32)
    case 'float':
      return floats(shape.bits, numbers)
    case 'int':
      return shape.bits === 64 ? longs(shape.signed, numbers) : narrow(shape.bits, shape.signed, numbers)
    case 'date':
      return shape.unit === 'day' ? narrow(32, true, numbers) : longs(true, numbers)
    case 'time':
      return shape.unit === 's' || shape.unit === 'ms' ? narrow(32, true, numbers) : longs(true, numbers)
    case 'timestamp':
    case 'duration':
      return longs(true, numbers)
    default:
      throw new TypeError(`a ${shape.kind} stores no numbers`)
  }
}

function floats(bits: 16 | 32 | 64, numbers: StoredNumbers): ArrayBufferView {
  if (bits === 64 && numbers instanceof Float64Array) return numbers
  if (bits === 16) return Uint16Array.from(numbers, (value) => halfOfNumber(Number(value)))
  return filled(new (bits === 64 ? Float64Array : Float32Array)(numbers.length), numbers)
}

function narrow(bits: 8 | 16 | 32, signed: boolean, numbers: StoredNumbers): ArrayBufferView {
  const arrays = { 8: [Uint8Array, Int8Array], 16: [Uint16Array, Int16Array], 32: [Uint32Array, Int32Array] } as const
  return filled(new arrays[bits][signed ? 1 : 0](numbers.length), numbers)
}

function filled<T extends { [index: number]: number }>(values: T, numbers: StoredNumbers): T {
  for (let index = 0; index < numbers.length; index++) values[index] = Number(numbers[index])
  return values
}

function longs(signed: boolean, numbers: StoredNumbers): ArrayBufferView {
  const { buffer } = wordsOf(numbers, 2)
  return signed ? new BigInt64Array(buffer) : new BigUint64Array(buffer)
}

/** Integers of several words in two's complement. A bigint for each would cost more than all the rest. */
function wordsOf(numbers: StoredNumbers, stride: number): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(numbers.length * stride)
  for (let index = 0, first = 0; index < numbers.length; index++, first += stride) {
    const value = numbers[index]!
    if (typeof value === 'bigint') {
      writeDecimal(words, index, stride, value)
      continue
    }
    const low = value >>> 0
    words[first] = low
    if (stride > 1) words[first + 1] = (value - low) / 0x1_0000_0000
    if (stride > 2 && value < 0) words.fill(0xffff_ffff, first + 2, first + stride)
  }
  return words
}
