import type { Schema, Table } from 'apache-arrow'
import type { ContentType } from '../model/common.ts'
import { tableBytes } from './nbytes.ts'
import { readParquet, writeParquet } from './parquet.ts'
import { pending } from './pending.ts'
import { selectColumns } from './table.ts'

export interface EncodedRecords {
  readonly bytes: Uint8Array
  readonly recordCount: number
  /** Bytes of the Arrow table, as pyarrow's `Table.nbytes` counts them. */
  readonly sourceContentLength: number
}

export interface DecodeOptions {
  readonly schema?: Schema | null
  readonly columns?: readonly string[]
}

export function encodeRecords(table: Table, contentType: ContentType): EncodedRecords {
  if (contentType !== 'application/parquet') return pending('encodeRecords')
  return { bytes: writeParquet(table), recordCount: table.numRows, sourceContentLength: tableBytes(table) }
}

export function decodeRecords(bytes: Uint8Array, contentType: ContentType, options: DecodeOptions = {}): Table {
  if (contentType !== 'application/parquet') return pending('decodeRecords')
  const table = readParquet(bytes)
  return options.columns === undefined ? table : selectColumns(table, options.columns)
}
