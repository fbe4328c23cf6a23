import { readStruct, type ThriftStruct, type ThriftValue } from './thrift.ts'

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
  for (const rowGroup of structsIn(footer.get(FILE.rowGroups))) {
    for (const column of structsIn(rowGroup.get(ROW_GROUP.columns))) {
      for (const metadata of structsIn([column.get(COLUMN.metadata) ?? null])) checkPages(file, metadata, tail)
    }
  }
}

/** Follows a column's pages from header to header, as a reader does, as far as they lead. */
function checkPages(file: Uint8Array, metadata: ThriftStruct, tail: number): void {
  let at = numberIn(metadata.get(METADATA.dictionaryPage) ?? metadata.get(METADATA.dataPage))
  const end = Math.min(at + numberIn(metadata.get(METADATA.compressedSize)), tail)
  while (at >= 4 && at < end) {
    const header = readStruct(file, at, tail)
    const size = numberIn(header.fields.get(PAGE.compressedSize))
    if (!(size >= 0)) return
    at = header.end + size
  }
}

function structsIn(value: ThriftValue | undefined): readonly ThriftStruct[] {
  return Array.isArray(value) ? value.filter((each): each is ThriftStruct => each instanceof Map) : []
}

function numberIn(value: ThriftValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN
}
