import type { Data } from 'apache-arrow'

/** A chunk's validity from bit 0 on, or `null` where no slot is null; a slice's begins anywhere in its bitmap. */
export function bitmapOf(data: Data): Uint8Array | null {
  return data.nullCount === 0 ? null : bitsFrom(data.nullBitmap, data.offset, data.length)
}

/** Some bits of a bitmap, moved to its beginning; uncopied where they begin a byte. */
function bitsFrom(bitmap: Uint8Array, offset: number, length: number): Uint8Array {
  const first = offset >> 3
  const size = (length + 7) >> 3
  const shift = offset & 7
  if (shift === 0) return bitmap.subarray(first, first + size)
  const moved = new Uint8Array(size)
  for (let index = 0; index < size; index++) {
    moved[index] = (bitmap[first + index]! >> shift) | ((bitmap[first + index + 1] ?? 0) << (8 - shift))
  }
  return moved
}
