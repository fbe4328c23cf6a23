import { isUtf8 } from 'node:buffer'
import type { Offsets } from './data.ts'

// What Arrow's own readers take on trust. Each throws RangeError for a damaged column; `tableFromIPC` would read
// wrong values, or end the process when they are used.

/** The bitmap has a bit for each slot, and as many of them unset as the node says. */
export function checkBitmap(bitmap: Uint8Array, length: number, nullCount: number): void {
  if (bitmap.length < Math.ceil(length / 8)) throw new RangeError('a bitmap that is too short')
  let valid = 0
  for (let index = 0; index < length >> 3; index++) valid += BITS[bitmap[index]!]!
  if (length & 7) valid += BITS[bitmap[length >> 3]! & ((1 << (length & 7)) - 1)]!
  if (length - valid !== nullCount) throw new RangeError('a bitmap that disagrees with its null count')
}

/** The offsets rise from 0 or more to the end of what they point into, at most. */
export function checkOffsets(offsets: Offsets, end: number): void {
  let previous: number | bigint = 0
  for (const offset of offsets) {
    if (offset < previous) throw new RangeError('offsets that fall')
    previous = offset
  }
  if (previous > end) throw new RangeError('an offset out of bounds')
}

/** The texts are UTF-8, each for itself. */
export function checkTexts(bytes: Uint8Array, offsets: Offsets): void {
  const [first, last] = [Number(offsets[0]), Number(offsets.at(-1))]
  const all = bytes.subarray(first, last)
  if (!isUtf8(all)) throw new RangeError('text that is not UTF-8')
  for (const offset of offsets) {
    const at = Number(offset)
    if (at < last && (bytes[at]! & 0xc0) === 0x80) throw new RangeError('text cut inside a character')
  }
}

/** Each view's bytes lie in a buffer, and are UTF-8 where they are to be. */
export function checkViews(
  views: Uint8Array,
  buffers: readonly Uint8Array[],
  isValid: (index: number) => boolean,
  isText: boolean,
): void {
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength)
  for (let at = 0; at < views.length; at += 16) {
    if (!isValid(at / 16)) continue
    const length = words.getInt32(at, true)
    const isInline = length <= 12
    const start = isInline ? at + 4 : words.getInt32(at + 12, true)
    const buffer = isInline ? views : buffers[words.getInt32(at + 8, true)]
    const bytes = start < 0 ? undefined : buffer?.subarray(start, start + length)
    if (length < 0 || bytes?.length !== length) throw new RangeError('a view out of bounds')
    if (isText && !isUtf8(bytes)) throw new RangeError('text that is not UTF-8')
  }
}

/** Every index that isn't null has a value in the dictionary. */
export function checkIndices(
  indices: ArrayLike<number | bigint>,
  isValid: (index: number) => boolean,
  distinct: number,
): void {
  for (let index = 0; index < indices.length; index++) {
    const value = indices[index]!
    if ((value < 0 || value >= distinct) && isValid(index)) throw new RangeError('an index out of its dictionary')
  }
}

const BITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
})
