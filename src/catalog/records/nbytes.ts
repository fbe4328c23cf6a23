import type { Data, Table } from 'apache-arrow'
import { type Shape, shapeOf } from './shape.ts'
import { validity } from './stored.ts'

/**
 * The bytes of a table as pyarrow's `Table.nbytes` counts them: what its columns refer to in each buffer, an offsets
 * buffer as one entry for each value, a validity bitmap only where there are nulls.
 */
export function tableBytes(table: Table): number {
  let total = 0
  for (const batch of table.batches) {
    for (const column of batch.data.children) total += dataBytes(column, 0, column.length)
  }
  return total
}

/** The bytes of some slots of a chunk. */
function dataBytes(data: Data, start: number, length: number): number {
  const shape = shapeOf(data.type)
  // pyarrow counts no bitmap of a struct.
  const hasBitmap = shape.kind !== 'null' && shape.kind !== 'struct' && hasNulls(data, start, length)
  return (hasBitmap ? bitBytes(data, start, length) : 0) + contentBytes(data, shape, start, length)
}

function contentBytes(data: Data, shape: Shape, start: number, length: number): number {
  switch (shape.kind) {
    case 'null':
      return 0
    case 'bool':
      return bitBytes(data, start, length)
    case 'utf8':
    case 'binary': {
      if (shape.layout === 'view')
        return length * 16 + data.variadicBuffers.reduce((sum, buffer) => sum + buffer.length, 0)
      const [first, last] = ends(data, start, length)
      return length * (shape.layout === 'large' ? 8 : 4) + last - first
    }
    case 'list':
    case 'map': {
      const [first, last] = ends(data, start, length)
      const width = shape.kind === 'list' && shape.large ? 8 : 4
      return length * width + dataBytes(data.children[0]!, first, last - first)
    }
    case 'fixedList':
      return dataBytes(data.children[0]!, start * shape.size, length * shape.size)
    case 'struct':
      return data.children.reduce((sum, child) => sum + dataBytes(child, start, length), 0)
    case 'union':
      return data.byteLength
    case 'dictionary':
      // Each chunk refers to its whole dictionary.
      return data.dictionary!.data.reduce(
        (sum, chunk) => sum + dataBytes(chunk, 0, chunk.length),
        length * bytesPerElement(data),
      )
  }
  return length * data.stride * bytesPerElement(data)
}

/** The bytes that some bits touch, from wherever in a byte they begin. */
function bitBytes(data: Data, start: number, length: number): number {
  return (((data.offset + start) & 7) + length + 7) >> 3
}

function bytesPerElement(data: Data): number {
  return (data.values as Uint8Array).BYTES_PER_ELEMENT
}

function hasNulls(data: Data, start: number, length: number): boolean {
  if (data.nullCount === 0) return false
  if (start === 0 && length === data.length) return true
  const isValid = validity(data)
  for (let index = start; index < start + length; index++) if (!isValid(index)) return true
  return false
}

function ends(data: Data, start: number, length: number): [number, number] {
  const offsets = data.valueOffsets as ArrayLike<number | bigint>
  return length === 0 ? [0, 0] : [Number(offsets[start]), Number(offsets[start + length])]
}
