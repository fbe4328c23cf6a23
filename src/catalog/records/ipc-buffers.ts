import * as zlib from 'node:zlib'
import { type FlatTable, integer64 } from './flatbuffer.ts'
import { unsupported } from './invalid.ts'
import { decompressLz4 } from './lz4.ts'

/** The length of a column's chunk, and how many of its slots are null. */
export interface Node {
  readonly length: number
  readonly nullCount: number
}

/** The parts of a record batch, in the order in which its columns take them. All of them lie inside the body. */
export interface BatchParts {
  readonly length: number
  readonly node: () => Node
  readonly buffer: () => Uint8Array
  /** How many buffers the next view column has. */
  readonly viewBuffers: () => number
}

const MOST_ROWS = 0x7fff_ffff
const NODE_SIZE = 16
const BUFFER_SIZE = 16

/** Takes a RecordBatch table and its body apart. Throws `RangeError` where they don't fit, also while parts are taken. */
export function batchParts(table: FlatTable, body: Uint8Array): BatchParts {
  const nodes = table.structs(1, NODE_SIZE)
  const buffers = table.structs(2, BUFFER_SIZE)
  const counts = table.structs(4, 8)
  const compression = table.table(3)
  const codec = compression === null ? null : compression.uint8(0, 0)
  let [nextNode, nextBuffer, nextCount] = [0, 0, 0]
  return {
    length: rows(table.int64(0)),
    node: () => {
      const at = nodes.start + take(nextNode++, nodes.length) * NODE_SIZE
      const length = rows(integer64(nodes.view, at))
      const nullCount = integer64(nodes.view, at + 8)
      if (nullCount < 0 || nullCount > length) throw new RangeError('a null count out of bounds')
      return { length, nullCount }
    },
    buffer: () => {
      const at = buffers.start + take(nextBuffer++, buffers.length) * BUFFER_SIZE
      const offset = integer64(buffers.view, at)
      const length = integer64(buffers.view, at + 8)
      if (offset < 0 || length < 0 || offset + length > body.length) throw new RangeError('a buffer out of bounds')
      const bytes = body.subarray(offset, offset + length)
      return codec === null || length === 0 ? bytes : decompressed(bytes, codec)
    },
    viewBuffers: () => integer64(counts.view, counts.start + take(nextCount++, counts.length) * 8),
  }
}

function take(index: number, length: number): number {
  if (index >= length) throw new RangeError('fewer buffers than columns')
  return index
}

function rows(length: number): number {
  if (length < 0 || length > MOST_ROWS) throw new RangeError('a length out of bounds')
  return length
}

/** A compressed buffer begins with its plain size; -1 says that it wasn't worth compressing. */
function decompressed(bytes: Uint8Array, codec: number): Uint8Array {
  const size = integer64(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0)
  const content = bytes.subarray(8)
  if (size === -1) return content.slice()
  if (size < 0 || size > MOST_ROWS) throw new RangeError('a buffer of impossible size')
  if (size === 0) return new Uint8Array(0)
  if (codec === 0) {
    if (size > content.length * 256 + 64) throw new RangeError('a buffer of impossible size')
    return decompressLz4(content, size)
  }
  if (codec !== 1) throw new RangeError('an unknown compression')
  if (typeof zlib.zstdDecompressSync !== 'function') {
    throw unsupported('Reading records compressed with zstd needs Node 22.15 or later; update Node.')
  }
  const plain = zlib.zstdDecompressSync(content, { maxOutputLength: size })
  if (plain.length !== size) throw new RangeError('a zstd frame of another size')
  // A Buffer of its own, but not necessarily on an even address.
  return new Uint8Array(plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.length))
}
