import { isUtf8 } from 'node:buffer'
import type { Data } from 'apache-arrow'
import { bitmapOf } from './bitmap.ts'
import type { PlainType, PlainValues } from './parquet-plain-types.ts'
import type { ThriftWriter } from './thrift-writer.ts'

const PLAIN = 0
const RLE = 3
const LEVELS_LENGTH = 4
const NONE = new Uint8Array(0)
/** A longer value is copied in one call; for a shorter one that takes longer than its bytes. */
const SHORT_VALUE = 32

/** A column as one version 1 data page: what is in it, before it is written. */
export interface Page {
  readonly data: Data
  readonly type: PlainType
  readonly isNullable: boolean
  /** Which values there are, from bit 0 on; `null`: all of them. */
  readonly bitmap: Uint8Array | null
  readonly nullCount: number
  /** Bytes of its levels and values. */
  readonly size: number
}

/** Where a page was written, and the bytes it takes with its header, as they are and uncompressed. */
export interface Written {
  readonly start: number
  readonly size: number
  readonly plainSize: number
}

/** The page of a column; `null` where its buffers aren't as its type has them. */
export function pageOf(data: Data, type: PlainType, isNullable: boolean): Page | null {
  const { length } = data
  const bitmap = data.nullBitmap ? bitmapOf(data) : null
  if (bitmap === null ? data.nullCount > 0 : bitmap.length < (length + 7) >> 3) return null
  const nullCount = bitmap === null ? 0 : length - ones(bitmap, length)
  if (nullCount > 0 && !isNullable) return null
  const values = valuesSize(data, type, bitmap, length - nullCount)
  if (values === null) return null
  const size = (isNullable ? LEVELS_LENGTH + levelsSize(length, bitmap) : 0) + values
  return { data, type, isNullable, bitmap, nullCount, size }
}

/** Writes a page's header and the page. Its bytes are one literal of Snappy's: what is this small, it hardly shrinks. */
export function writePage(page: Page, out: ThriftWriter): Written {
  const start = out.at
  const { size } = page
  const { length } = page.data
  out.open()
  out.i32(1, 0)
  out.i32(2, size)
  out.i32(3, literalHeader(size) + size)
  out.struct(5)
  out.i32(1, length)
  out.i32(2, PLAIN)
  out.i32(3, RLE)
  out.i32(4, RLE)
  out.close()
  out.close()
  const plainSize = out.at - start + size
  writeLiteralHeader(size, out)
  if (page.isNullable) writeLevels(length, page.bitmap, out)
  writeValues(page, out)
  return { start, size: out.at - start, plainSize }
}

function ones(bitmap: Uint8Array, length: number): number {
  let count = 0
  for (let index = 0; index < length; index++) count += (bitmap[index >> 3]! >> (index & 7)) & 1
  return count
}

function isValid(bitmap: Uint8Array | null, index: number): boolean {
  return bitmap === null || ((bitmap[index >> 3]! >> (index & 7)) & 1) === 1
}

function valuesSize(data: Data, type: PlainType, bitmap: Uint8Array | null, count: number): number | null {
  const { values } = type
  const bytes = bytesOf(data)
  switch (values.form) {
    case 'bits':
      return bytes.length < (data.offset + data.length + 7) >> 3 ? null : (count + 7) >> 3
    case 'fixed':
    case 'reversed':
      return bytes.length < data.length * values.from ? null : count * values.width
    case 'lengths':
      return lengthsSize(data, bytes, type.converted !== undefined, bitmap)
  }
}

/** The bytes of a column's values, from the slot that a slice begins with, but for those of bits and with offsets. */
function bytesOf({ values }: Data): Uint8Array {
  const { buffer, byteOffset, byteLength } = (values as ArrayBufferView | undefined) ?? NONE
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function lengthsSize(data: Data, bytes: Uint8Array, isText: boolean, bitmap: Uint8Array | null): number | null {
  const offsets = data.valueOffsets as Int32Array | undefined
  if (offsets === undefined || offsets.length <= data.length || offsets[0]! < 0 || offsets[data.length]! > bytes.length)
    return null
  let size = 0
  for (let index = 0; index < data.length; index++) {
    const start = offsets[index]!
    const end = offsets[index + 1]!
    // Nor may a text begin inside a character of the one before.
    if (end < start || (isText && start < bytes.length && (bytes[start]! & 0xc0) === 0x80)) return null
    if (isValid(bitmap, index)) size += 4 + end - start
  }
  return isText && !isUtf8(bytes.subarray(offsets[0], offsets[data.length])) ? null : size
}

/** Definition levels are one bit each, as Arrow's bitmap has them; where all values are there, one run says so. */
function levelsSize(length: number, bitmap: Uint8Array | null): number {
  return bitmap === null ? varintSize(length << 1) + 1 : varintSize(bitRun(length)) + ((length + 7) >> 3)
}

function writeLevels(length: number, bitmap: Uint8Array | null, out: ThriftWriter): void {
  out.at = out.bytes.writeUInt32LE(levelsSize(length, bitmap), out.at)
  if (bitmap === null) {
    out.varint(length << 1)
    out.bytes[out.at++] = 1
    return
  }
  out.varint(bitRun(length))
  out.bytes.set(bitmap.subarray(0, (length + 7) >> 3), out.at)
  out.at += (length + 7) >> 3
  // What is beyond the last value is unknown in Arrow.
  if ((length & 7) !== 0) out.bytes[out.at - 1]! &= (1 << (length & 7)) - 1
}

/** The header of a run of bits, in groups of eight. */
function bitRun(length: number): number {
  return (((length + 7) >> 3) << 1) | 1
}

function writeValues({ data, type: { values }, bitmap }: Page, out: ThriftWriter): void {
  switch (values.form) {
    case 'bits':
      writeBits(data, bitmap, out)
      return
    case 'lengths':
      writeWithLengths(data, bitmap, out)
      return
    default:
      writeFixed(data, values, bitmap, out)
  }
}

function writeBits(data: Data, bitmap: Uint8Array | null, out: ThriftWriter): void {
  const bits = bytesOf(data)
  let count = 0
  for (let index = 0; index < data.length; index++) {
    if (!isValid(bitmap, index)) continue
    if ((count & 7) === 0) out.bytes[out.at++] = 0
    const bit = data.offset + index
    out.bytes[out.at - 1]! |= ((bits[bit >> 3]! >> (bit & 7)) & 1) << (count++ & 7)
  }
}

function writeWithLengths(data: Data, bitmap: Uint8Array | null, out: ThriftWriter): void {
  const bytes = bytesOf(data)
  const offsets = data.valueOffsets as Int32Array
  for (let index = 0; index < data.length; index++) {
    if (!isValid(bitmap, index)) continue
    const start = offsets[index]!
    const end = offsets[index + 1]!
    out.at = out.bytes.writeUInt32LE(end - start, out.at)
    if (end - start > SHORT_VALUE) {
      out.bytes.set(bytes.subarray(start, end), out.at)
      out.at += end - start
    } else for (let byte = start; byte < end; byte++) out.bytes[out.at++] = bytes[byte]!
  }
}

type FixedValues = Extract<PlainValues, { readonly form: 'fixed' | 'reversed' }>

function writeFixed(data: Data, values: FixedValues, bitmap: Uint8Array | null, out: ThriftWriter): void {
  const bytes = bytesOf(data)
  const { from, width } = values
  const isSigned = values.form === 'fixed' && values.signed === true
  for (let index = 0; index < data.length; index++) {
    if (!isValid(bitmap, index)) continue
    const start = index * from
    if (values.form === 'reversed') {
      for (let byte = start + from - 1; byte >= start; byte--) out.bytes[out.at++] = bytes[byte]!
      continue
    }
    const known = Math.min(from, width)
    for (let byte = start; byte < start + known; byte++) out.bytes[out.at++] = bytes[byte]!
    const sign = isSigned && bytes[start + known - 1]! > 127 ? 255 : 0
    for (let byte = known; byte < width; byte++) out.bytes[out.at++] = sign
  }
}

/** Snappy's block: the uncompressed size, then one literal with its length in the tag, or in one or two bytes after it. */
function writeLiteralHeader(size: number, out: ThriftWriter): void {
  out.varint(size)
  const last = size - 1
  if (last < 60) out.bytes[out.at++] = last << 2
  else {
    out.bytes[out.at++] = (last < 256 ? 60 : 61) << 2
    out.bytes[out.at++] = last & 255
    if (last >= 256) out.bytes[out.at++] = last >> 8
  }
}

function literalHeader(size: number): number {
  return varintSize(size) + (size <= 60 ? 1 : size <= 256 ? 2 : 3)
}

function varintSize(value: number): number {
  return value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : 3
}
