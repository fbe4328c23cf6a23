import type { Schema, Table } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { tableOf } from './table.ts'

const END_OF_STREAM = 8

/** A stream of Arrow's IPC format. */
export function writeIpcStream(table: Table): Uint8Array {
  return arrow().RecordBatchStreamWriter.writeAll(table).toUint8Array(true)
}

/** A file of Arrow's IPC format, uncompressed: apache-arrow 21.2 writes compressed ones that none can read. */
export function writeIpcFile(table: Table): Uint8Array {
  return arrow().RecordBatchFileWriter.writeAll(table).toUint8Array(true)
}

/** A schema alone, as the message that a stream begins with. */
export function writeSchemaMessage(schema: Schema): Uint8Array {
  return writeIpcStream(tableOf(schema, [])).subarray(0, -END_OF_STREAM)
}
