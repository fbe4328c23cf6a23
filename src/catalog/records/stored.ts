import type { Data } from 'apache-arrow'
import { plainBytes } from './bytes.ts'
import { numberOfHalf } from './float16.ts'
import type { Stored } from './leaf.ts'
import { type Layout, type Shape, shapeOf } from './shape.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Whether a slot of a column's chunk holds a value. */
export function validity(data: Data): (index: number) => boolean {
  const bitmap = data.nullBitmap
  if (data.typeId === 1) return () => false
  if (!bitmap || bitmap.byteLength === 0 || data.nullCount === 0) return () => true
  const { offset } = data
  return (index) => {
    const bit = offset + index
    return ((bitmap[bit >> 3]! >> (bit & 7)) & 1) === 1
  }
}

/** Reads the stored values of a chunk whose type has no children; a null slot's value has no meaning. */
export function storedReader(data: Data, shape: Shape = shapeOf(data.type)): (index: number) => Stored {
  switch (shape.kind) {
    case 'bool':
      return boolReader(data.values as Uint8Array, data.offset)
    case 'float':
      return shape.bits === 16 ? halfReader(data.values as Uint16Array) : plainReader(data)
    case 'utf8':
      return textReader(rangeReader(data, shape.layout))
    case 'binary':
      return rangeReader(data, shape.layout)
    case 'fixedBinary':
      return fixedReader(plainBytes(data.values as Uint8Array), shape.width)
    case 'decimal':
      return decimalReader(data.values as Uint32Array, shape.bits / 32)
    case 'time':
      // Times of 32 bits are numbers in their buffer.
      return shape.unit === 's' || shape.unit === 'ms' ? bigintReader(data.values as Int32Array) : plainReader(data)
    case 'int':
    case 'date':
    case 'timestamp':
    case 'duration':
      return plainReader(data)
    default:
      throw new TypeError(`a ${shape.kind} has no stored values`)
  }
}

/** Where each value of a column of variable-length bytes lies. */
export function rangeReader(data: Data, layout: Layout): (index: number) => Uint8Array {
  const values = plainBytes((data.values ?? new Uint8Array(0)) as Uint8Array)
  if (layout === 'view') return viewReader(values, data.variadicBuffers.map(plainBytes))
  const offsets = data.valueOffsets as ArrayLike<number | bigint>
  if (layout === 'large') return (index) => values.subarray(Number(offsets[index]), Number(offsets[index + 1]))
  const narrow = offsets as Int32Array
  return (index) => values.subarray(narrow[index], narrow[index + 1])
}

/** A view is 16 bytes: the length, then up to 12 bytes themselves, or a prefix and a place in a buffer. */
function viewReader(views: Uint8Array, buffers: readonly Uint8Array[]): (index: number) => Uint8Array {
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength)
  return (index) => {
    const at = index * 16
    const length = words.getInt32(at, true)
    if (length <= 12) return views.subarray(at + 4, at + 4 + length)
    const start = words.getInt32(at + 12, true)
    return buffers[words.getInt32(at + 8, true)]!.subarray(start, start + length)
  }
}

function textReader(bytes: (index: number) => Uint8Array): (index: number) => string {
  return (index) => {
    const value = bytes(index)
    return value.length < 24 ? shortText(value) : decoder.decode(value)
  }
}

/** For a few ASCII characters the decoder's call costs more than its work. */
function shortText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    if (byte > 127) return decoder.decode(bytes)
    text += String.fromCharCode(byte)
  }
  return text
}

function plainReader(data: Data): (index: number) => Stored {
  const values = data.values as ArrayLike<number | bigint>
  return (index) => values[index]!
}

function bigintReader(values: Int32Array): (index: number) => bigint {
  return (index) => BigInt(values[index]!)
}

function halfReader(values: Uint16Array): (index: number) => number {
  return (index) => numberOfHalf(values[index]!)
}

function boolReader(values: Uint8Array, offset: number): (index: number) => boolean {
  return (index) => {
    const bit = offset + index
    return ((values[bit >> 3]! >> (bit & 7)) & 1) === 1
  }
}

function fixedReader(values: Uint8Array, width: number): (index: number) => Uint8Array {
  return (index) => values.subarray(index * width, (index + 1) * width)
}

/** Unscaled integers in two's complement, the least significant word first. */
function decimalReader(words: Uint32Array, stride: number): (index: number) => bigint {
  const bits = stride * 32
  return (index) => {
    let value = 0n
    for (let word = stride - 1; word >= 0; word--) value = (value << 32n) | BigInt(words[index * stride + word]!)
    return BigInt.asIntN(bits, value)
  }
}

/** Writes an unscaled integer where `decimalReader` reads it. */
export function writeDecimal(words: Uint32Array, index: number, stride: number, value: bigint): void {
  let rest = value
  for (let word = 0; word < stride; word++) {
    words[index * stride + word] = Number(rest & 0xffff_ffffn)
    rest >>= 32n
  }
}
