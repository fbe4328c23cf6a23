import type { DataType, Dictionary, Schema, Table } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { tableOf } from './table.ts'

const END_OF_STREAM = 8

/** A stream of Arrow's IPC format. */
export function writeIpcStream(table: Table): Uint8Array {
  return withNumberedDictionaries(table, () => arrow().RecordBatchStreamWriter.writeAll(table).toUint8Array(true))
}

/** A file of Arrow's IPC format, uncompressed: apache-arrow 21.2 writes compressed ones that none can read. */
export function writeIpcFile(table: Table): Uint8Array {
  return withNumberedDictionaries(table, () => arrow().RecordBatchFileWriter.writeAll(table).toUint8Array(true))
}

/** A schema alone, as the message that a stream begins with. */
export function writeSchemaMessage(schema: Schema): Uint8Array {
  return writeIpcStream(tableOf(schema, [])).subarray(0, -END_OF_STREAM)
}

/**
 * Numbers the dictionaries from 0 while the bytes are written: apache-arrow counts those of the whole process, so that
 * equal tables would give different bytes.
 */
function withNumberedDictionaries<T>(table: Table, write: () => T): T {
  const types = new Set<{ id: number }>()
  const collect = (type: DataType): void => {
    if (arrow().DataType.isDictionary(type)) {
      types.add(type as Dictionary as { id: number })
      collect((type as Dictionary).dictionary)
    }
    for (const child of type.children ?? []) collect(child.type)
  }
  for (const field of table.schema.fields) collect(field.type)
  for (const batch of table.batches) for (const data of batch.data.children) collect(data.type)
  const before = Array.from(types, (type) => [type, type.id] as const)
  const numbers = new Map<number, number>()
  for (const [type, id] of before) {
    if (!numbers.has(id)) numbers.set(id, numbers.size)
    type.id = numbers.get(id)!
  }
  try {
    return write()
  } finally {
    for (const [type, id] of before) type.id = id
  }
}
