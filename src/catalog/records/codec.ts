import type { Schema, Table } from 'apache-arrow'
import type { ContentType } from '../model/common.ts'
import { adopted } from './adopt.ts'
import { type Dialect, readDelimited, writeDelimited } from './delimited.ts'
import { shown, unsupported } from './invalid.ts'
import { readFeather, writeFeather } from './ipc.ts'
import { readJson, writeJson } from './json.ts'
import { tableBytes } from './nbytes.ts'
import { readParquet, writeParquet } from './parquet.ts'
import { selectColumns } from './table.ts'

/** A table's bytes in a content type, and what a manifest says of them. */
export interface EncodedRecords {
  readonly bytes: Uint8Array
  readonly recordCount: number
  /** Bytes of the Arrow table, as pyarrow's `Table.nbytes` counts them. */
  readonly sourceContentLength: number
}

export interface DecodeOptions {
  /** The table version's: text is read as its types. Without one they are inferred, as pyarrow infers them. */
  readonly schema?: Schema | null
  /** The columns wanted, in that order; all of them unless given. */
  readonly columns?: readonly string[]
}

interface Codec {
  readonly write: (table: Table) => Uint8Array
  readonly read: (bytes: Uint8Array, schema: Schema | null) => Table
}

const CODECS: Readonly<Partial<Record<ContentType, Codec>>> = {
  'application/parquet': { write: writeParquet, read: readParquet },
  'application/x-amzn-unescaped-tsv': delimited({ name: 'Unescaped TSV', delimiter: '\t', isUnescaped: true }),
  'text/csv': delimited({ name: 'CSV', delimiter: ',', isUnescaped: false }),
  'text/tsv': delimited({ name: 'TSV', delimiter: '\t', isUnescaped: false }),
  'text/psv': delimited({ name: 'PSV', delimiter: '|', isUnescaped: false }),
  'application/json': { write: writeJson, read: readJson },
  'application/feather': { write: writeFeather, read: readFeather },
}

/**
 * Encodes a table. Throws `unsupported` for a content type, or a column's type in it, that can't be written, and
 * `invalid-argument` for a value that couldn't be read back.
 */
export function encodeRecords(table: Table, contentType: ContentType): EncodedRecords {
  const bytes = codecOf(contentType).write(adopted(table))
  return { bytes, recordCount: table.numRows, sourceContentLength: tableBytes(table) }
}

/**
 * Decodes a table. Throws `corrupt` for damaged bytes or text that doesn't fit the schema, `unsupported` for what this
 * catalog can't read, `invalid-argument` for a column that isn't there.
 */
export function decodeRecords(bytes: Uint8Array, contentType: ContentType, options: DecodeOptions = {}): Table {
  const table = codecOf(contentType).read(bytes, options.schema ?? null)
  return options.columns === undefined ? table : selectColumns(table, options.columns)
}

function codecOf(contentType: ContentType): Codec {
  // One of a file may be called `constructor`.
  const codec = Object.hasOwn(CODECS, contentType) ? CODECS[contentType] : undefined
  if (codec !== undefined) return codec
  const supported = Object.keys(CODECS).join(', ')
  throw unsupported(`Records of content type ${shown(contentType)} can't be read or written; use one of ${supported}.`)
}

function delimited(dialect: Dialect): Codec {
  return {
    write: (table) => writeDelimited(table, dialect),
    read: (bytes, schema) => readDelimited(bytes, dialect, schema),
  }
}
