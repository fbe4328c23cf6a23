import type { Field, Table } from 'apache-arrow'
import { type Page, pageOf, type Written, writePage } from './parquet-page.ts'
import { type PlainType, plainTypeOf } from './parquet-plain-types.ts'
import { shapeOf } from './shape.ts'
import { LISTED, ThriftWriter } from './thrift-writer.ts'

const MAGIC = 'PAR1'
const CREATED_BY = 'vitest-deltacat'
const SNAPPY = 1
const ENCODINGS = [0, 3] // PLAIN, and RLE for the levels
/** Values of more bytes are worth compressing, and their lengths would take Snappy more than two bytes. */
const MOST_BYTES = 2 ** 16
/** More than any footer takes beside its columns, and each column's page header and metadata take beside its name. */
const FOOTER_SIZE = 128
const COLUMN_SIZE = 192

/**
 * A table as a Parquet file, or `null` where that isn't as simple as this: a table of one batch, without metadata, of
 * flat columns whose types need no Arrow schema beside them, and whose values are few. Never wrong where the buffers
 * are: such a table is left to parquet-wasm's checks.
 */
export function writeSmallParquet(table: Table): Uint8Array | null {
  const { schema, batches, numRows } = table
  const { fields } = schema
  if (batches.length > 1 || fields.length === 0 || schema.metadata.size > 0) return null
  let size = FOOTER_SIZE
  let bytes = 0
  const types: PlainType[] = []
  const pages: Page[] = []
  for (const [index, { name, type, nullable, metadata }] of fields.entries()) {
    const plain = metadata.size > 0 ? null : plainTypeOf(shapeOf(type))
    if (plain === null) return null
    types.push(plain)
    size += COLUMN_SIZE + 6 * name.length
    if (numRows === 0) continue
    const data = batches[0]!.data.children[index]!
    const page = data.length === numRows ? pageOf(data, plain, nullable) : null
    if (page === null) return null
    pages.push(page)
    bytes += page.size
    if (bytes > MOST_BYTES) return null
  }
  const out = new ThriftWriter(size + bytes)
  out.at += out.bytes.write(MAGIC, out.at)
  const written = pages.map((page) => writePage(page, out))
  const footer = out.at
  writeMetadata({ fields, types, pages, written, rows: numRows }, out)
  out.at = out.bytes.writeUInt32LE(out.at - footer, out.at)
  out.at += out.bytes.write(MAGIC, out.at)
  return new Uint8Array(out.bytes.subarray(0, out.at))
}

/** What the metadata tells of: by column, but for the rows. Without rows there are no pages. */
interface Contents {
  readonly fields: readonly Field[]
  readonly types: readonly PlainType[]
  readonly pages: readonly Page[]
  readonly written: readonly Written[]
  readonly rows: number
}

function writeMetadata(contents: Contents, out: ThriftWriter): void {
  const { fields, types, rows } = contents
  out.open()
  out.i32(1, 1)
  out.list(2, fields.length + 1, LISTED.struct)
  out.open()
  out.text(4, 'arrow_schema')
  out.i32(5, fields.length)
  out.close()
  for (const [index, field] of fields.entries()) writeElement(field, types[index]!, out)
  out.i64(3, rows)
  out.list(4, rows === 0 ? 0 : 1, LISTED.struct)
  if (rows > 0) writeRowGroup(contents, out)
  out.text(6, CREATED_BY)
  out.close()
}

function writeElement({ name, nullable }: Field, type: PlainType, out: ThriftWriter): void {
  out.open()
  out.i32(1, type.physical)
  if (type.length !== undefined) out.i32(2, type.length)
  out.i32(3, nullable ? 1 : 0)
  out.text(4, name)
  if (type.converted !== undefined) out.i32(6, type.converted)
  if (type.decimal !== undefined) {
    out.i32(7, type.decimal.scale)
    out.i32(8, type.decimal.precision)
  }
  if (type.writeLogical !== undefined) {
    out.struct(10)
    type.writeLogical(out)
    out.close()
  }
  out.close()
}

function writeRowGroup({ fields, pages, written, rows }: Contents, out: ThriftWriter): void {
  out.open()
  out.list(1, fields.length, LISTED.struct)
  for (const [index, { name }] of fields.entries()) writeColumn(name, pages[index]!, written[index]!, rows, out)
  out.i64(
    2,
    written.reduce((total, { plainSize }) => total + plainSize, 0),
  )
  out.i64(3, rows)
  out.i64(5, written[0]!.start)
  out.i64(
    6,
    written.reduce((total, { size }) => total + size, 0),
  )
  out.close()
}

/** A column's metadata. It says how many nulls there are; least and greatest values would help to skip nothing. */
function writeColumn(name: string, page: Page, written: Written, rows: number, out: ThriftWriter): void {
  out.open()
  out.i64(2, 0)
  out.struct(3)
  out.i32(1, page.type.physical)
  out.list(2, ENCODINGS.length, LISTED.i32)
  for (const encoding of ENCODINGS) out.listedI32(encoding)
  out.list(3, 1, LISTED.binary)
  out.listedText(name)
  out.i32(4, SNAPPY)
  out.i64(5, rows)
  out.i64(6, written.plainSize)
  out.i64(7, written.size)
  out.i64(9, written.start)
  out.struct(12)
  out.i64(3, page.nullCount)
  out.close()
  out.close()
  out.close()
}
