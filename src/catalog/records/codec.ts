import type { Schema, Table } from 'apache-arrow'
import type { ContentType } from '../model/common.ts'
import { pending } from './pending.ts'

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

export function encodeRecords(_table: Table, _contentType: ContentType): EncodedRecords {
  return pending('encodeRecords')
}

export function decodeRecords(_bytes: Uint8Array, _contentType: ContentType, _options: DecodeOptions = {}): Table {
  return pending('decodeRecords')
}
