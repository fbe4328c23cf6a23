import type { Data, DataType, Table, Vector } from 'apache-arrow'
import { TypeId } from './type-ids.ts'

/** A run of numbers, whatever their width: typed arrays are read through it. */
export interface Numbers {
  readonly [index: number]: number
  readonly length: number
}

/** One record batch of a column, reduced to what comparing and hashing read. */
export interface Chunk {
  /** The validity bitmap; `null` where no cell is null. */
  readonly valid: Uint8Array | null
  /** The bit of cell 0 in `valid`, and in a boolean's values. */
  readonly offset: number
  /** Fixed-width cells, `width` numbers each; the bytes of a text or binary column; the indices of a dictionary. */
  readonly values: Numbers
  readonly width: number
  /** Where cell i begins and cell i + 1 does, in bytes or child cells; `null` for fixed widths. */
  readonly starts: { readonly [index: number]: number | bigint } | null
  readonly children: readonly Chunk[]
  /** The values of a dictionary column. */
  readonly dictionary: Chunks | null
}

/** A column in chunks: cell `starts[k]` is the first of chunk k. */
export interface Chunks {
  readonly list: readonly Chunk[]
  readonly starts: readonly number[]
}

/** The columns of a table by name, with a fast way from a row's number to its chunk. */
export interface TableView {
  readonly rows: number
  readonly starts: readonly number[]
  /** The chunk of each row; `null` where there is only one. */
  readonly chunkOf: Int32Array | null
  readonly columns: ReadonlyMap<string, readonly Chunk[]>
}

const NONE = new Uint8Array(0)

/** Reads a table's buffers without copying a cell. */
export function viewTable(table: Table): TableView {
  const starts = startsOf(table.batches.map((batch) => batch.numRows))
  const columns = new Map<string, readonly Chunk[]>()
  for (const [index, field] of table.schema.fields.entries()) {
    if (columns.has(field.name)) continue
    columns.set(
      field.name,
      table.batches.map((batch) => chunkOf(batch.data.children[index]!)),
    )
  }
  return { rows: table.numRows, starts, chunkOf: table.batches.length > 1 ? chunkOfRows(starts) : null, columns }
}

/** A vector's chunks. */
function chunksOf(vector: Vector): Chunks {
  return { list: vector.data.map((data) => chunkOf(data)), starts: startsOf(vector.data.map((data) => data.length)) }
}

function chunkOf(data: Data): Chunk {
  const { values, width, starts } = isView(data.type) ? bytesOfViews(data) : numbersOf(data)
  return {
    valid: data.nullCount > 0 && data.nullBitmap ? data.nullBitmap : null,
    offset: data.offset,
    values,
    width,
    starts,
    children: data.children.map((child) => chunkOf(child)),
    dictionary: data.dictionary === undefined || data.dictionary === null ? null : chunksOf(data.dictionary),
  }
}

/** 64-bit cells are read as pairs of 32-bit words: reading a BigInt for each would cost an allocation. */
function numbersOf(data: Data): Pick<Chunk, 'values' | 'width' | 'starts'> {
  const values: ArrayBufferView | undefined = data.values
  const starts: Chunk['starts'] = data.valueOffsets ?? null
  if (values === undefined || values === null) return { values: NONE, width: 0, starts }
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2)
    return { values: words, width: data.stride * 2, starts }
  }
  return { values: values as unknown as Numbers, width: data.stride, starts }
}

function isView(type: DataType): boolean {
  return type.typeId === TypeId.Utf8View || type.typeId === TypeId.BinaryView
}

/** A view column's cells lie about in several buffers, short ones in the views: one buffer, as other texts have it. */
function bytesOfViews(data: Data): Pick<Chunk, 'values' | 'width' | 'starts'> {
  const views: Uint8Array = data.values
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength)
  const cells: Uint8Array[] = []
  const starts = new Int32Array(data.length + 1)
  for (let row = 0; row < data.length; row++) {
    const view = row * 16
    const length = data.getValid(row) ? words.getInt32(view, true) : 0
    const inline = length <= 12
    const from = inline ? view + 4 : words.getInt32(view + 12, true)
    const buffer = inline ? views : data.variadicBuffers[words.getInt32(view + 8, true)]!
    cells.push(buffer.subarray(from, from + length))
    starts[row + 1] = starts[row]! + length
  }
  return { values: Buffer.concat(cells), width: 1, starts }
}

function startsOf(lengths: readonly number[]): number[] {
  const starts = [0]
  for (const length of lengths) starts.push(starts[starts.length - 1]! + length)
  return starts
}

function chunkOfRows(starts: readonly number[]): Int32Array {
  const chunks = new Int32Array(starts[starts.length - 1]!)
  for (let chunk = 0; chunk + 1 < starts.length; chunk++) chunks.fill(chunk, starts[chunk]!, starts[chunk + 1]!)
  return chunks
}
