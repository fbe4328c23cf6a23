const MAGIC = 0x184d2204
const MIN_MATCH = 4

/**
 * Decompresses one LZ4 frame to exactly `size` bytes. Every read and write is checked, as lz4js's are not:
 * `RangeError` for a damaged frame.
 */
export function decompressLz4(frame: Uint8Array, size: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('not an LZ4 frame')
  const flags = view.getUint8(4)
  if (flags >> 6 !== 1) throw new RangeError('an unknown version of LZ4')
  const hasBlockSums = (flags & 0x10) !== 0
  const hasContentSize = (flags & 0x08) !== 0
  const output = new Uint8Array(size)
  let at = hasContentSize ? 15 : 7 // magic, flags, block size, content size, checksum of the header
  let written = 0
  for (;;) {
    const word = view.getUint32(at, true)
    at += 4
    if (word === 0) break
    const length = word & 0x7fff_ffff
    if (at + length > frame.length) throw new RangeError('an LZ4 block out of bounds')
    const block = frame.subarray(at, at + length)
    written = word >>> 31 === 1 ? copy(block, output, written) : decompressBlock(block, output, written)
    at += length + (hasBlockSums ? 4 : 0)
  }
  if (written !== size) throw new RangeError('an LZ4 frame of another size')
  return output
}

function decompressBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let written = start
  let at = 0
  const length = (nibble: number): number => {
    let total = nibble
    if (nibble < 15) return total
    for (;;) {
      const byte = block[at++]
      if (byte === undefined) throw new RangeError('an LZ4 length out of bounds')
      total += byte
      if (byte < 255) return total
    }
  }
  while (at < block.length) {
    const token = block[at++]!
    const literals = length(token >> 4)
    if (at + literals > block.length) throw new RangeError('LZ4 literals out of bounds')
    written = copy(block.subarray(at, at + literals), output, written)
    at += literals
    if (at === block.length) break // the last sequence has no match
    const distance = block[at]! | ((block[at + 1] ?? 0) << 8)
    at += 2
    written = repeat(output, written, distance, length(token & 15) + MIN_MATCH)
  }
  return written
}

function copy(bytes: Uint8Array, output: Uint8Array, written: number): number {
  if (written + bytes.length > output.length) throw new RangeError('an LZ4 frame of another size')
  output.set(bytes, written)
  return written + bytes.length
}

/** Copies what was written `distance` bytes ago; a match may overlap what it writes. */
function repeat(output: Uint8Array, written: number, distance: number, count: number): number {
  const end = written + count
  if (distance === 0 || distance > written || end > output.length) throw new RangeError('an LZ4 match out of bounds')
  if (distance >= count) output.copyWithin(written, written - distance, written - distance + count)
  else for (let at = written; at < end; at++) output[at] = output[at - distance]!
  return end
}
