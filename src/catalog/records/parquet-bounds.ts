import { readStruct, type ThriftValue } from './thrift.ts'

type Struct = readonly ThriftValue[]

const TAIL = 8 // the footer's length, PAR1
/** The ids of Parquet's own fields, by the structs that have them. */
const FILE = { rowGroups: 4 }
const ROW_GROUP = { columns: 1 }
const COLUMN = { metadata: 3 }
const METADATA = { compressedSize: 7, dataPage: 9, dictionaryPage: 11 }
const PAGE = { compressedSize: 3 }

/**
 * Throws `RangeError` for a file with metadata, in its footer or before a page, that would keep a reader busy without
 * end. Whatever else is wrong is the reader's to refuse.
 */
export function checkBounds(file: Uint8Array): void {
  const tail = file.length - TAIL
  if (tail < 4 || Buffer.from(file.subarray(-4)).toString('latin1') !== 'PAR1') return
  const length = new DataView(file.buffer, file.byteOffset).getUint32(tail, true)
  if (length > tail - 4) return
  const footer = readStruct(file, tail - length, tail).fields
  for (const rowGroup of structsIn(footer[FILE.rowGroups])) {
    for (const column of structsIn(rowGroup[ROW_GROUP.columns]))
      checkPages(file, structIn(column[COLUMN.metadata]), tail)
  }
}

/** Follows a column's pages from header to header, as a reader does, as far as they lead. */
function checkPages(file: Uint8Array, metadata: Struct, tail: number): void {
  let at = numberIn(metadata[METADATA.dictionaryPage] ?? metadata[METADATA.dataPage])
  const end = Math.min(at + numberIn(metadata[METADATA.compressedSize]), tail)
  while (at >= 4 && at < end) {
    const header = readStruct(file, at, tail)
    const size = numberIn(header.fields[PAGE.compressedSize])
    if (!(size >= 0)) return
    at = header.end + size
  }
}

function structsIn(value: ThriftValue | undefined): readonly Struct[] {
  return structIn(value).map(structIn)
}

function structIn(value: ThriftValue | undefined): Struct {
  return Array.isArray(value) ? value : []
}

function numberIn(value: ThriftValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN
}
