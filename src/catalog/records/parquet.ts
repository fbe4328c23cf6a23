import type { DataType, Table } from 'apache-arrow'
import type { WriterProperties } from 'parquet-wasm'
import { CatalogError } from '../errors.ts'
import { corrupt, invalid, unsupported } from './invalid.ts'
import { readIpcStream } from './ipc-read.ts'
import { writeIpcStream } from './ipc-write.ts'
import { checkBounds } from './parquet-bounds.ts'
import { withoutUnreadableDictionaries } from './parquet-footer.ts'
import { forgetParquet, parquet } from './parquet-module.ts'
import { writeSmallParquet } from './parquet-small.ts'
import { PARQUET_READ, PARQUET_WRITTEN } from './parquet-types.ts'
import { shapeOf } from './shape.ts'
import { storable } from './storable.ts'

/** A table of fewer rows is small: it has no dictionaries, and is written here where it is plain enough. */
const SMALL_TABLE = 1000
/** Rows of a batch that the reader makes. (0 would silently give none.) */
const BATCH_SIZE = 131_072
/** Where a column's distinct values take more, its dictionary is given up: a larger one costs more than it saves. */
const DICTIONARY_SIZE = 128 * 2 ** 10
/** Memory that a failed read may leave behind before the module is loaded afresh. */
const MOST_MEMORY = 256 * 2 ** 20

/**
 * A table as a Parquet file: version 1 pages, SNAPPY, the table's metadata, and Arrow's own schema where types need it.
 * A small plain one is written without parquet-wasm, which takes 185 of the 300 µs that staging three rows would.
 */
export function writeParquet(table: Table): Uint8Array {
  if (table.numRows > 0 && table.schema.fields.length === 0) {
    // It would be read back as no rows at all.
    throw invalid("Rows without columns can't be written as Parquet, which counts them by column; give them a column.")
  }
  const stored = storable(table, PARQUET_WRITTEN)
  return (stored.numRows < SMALL_TABLE ? writeSmallParquet(stored) : null) ?? writeWithWasm(stored)
}

function writeWithWasm(stored: Table): Uint8Array {
  const stream = writeIpcStream(stored)
  const { Table: WasmTable, writeParquet: write } = parquet()
  try {
    // Both are consumed, and must not be freed.
    return write(WasmTable.fromIPCStream(stream), properties(stored))
  } catch (error) {
    if (hasTrapped(error)) forgetParquet()
    throw invalid(
      `The table can't be written as Parquet (${reasonOf(error)}); check that its columns are whole.`,
      error,
    )
  }
}

function properties({ schema, numRows }: Table): WriterProperties {
  const { Compression, WriterPropertiesBuilder, WriterVersion } = parquet()
  let builder = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).setWriterVersion(WriterVersion.V1)
  if (schema.metadata.size > 0) builder = builder.setKeyValueMetadata(new Map(schema.metadata))
  // Dictionaries save nothing worth having here, and each of these calls takes as long as a column of a small table.
  if (numRows < SMALL_TABLE) return builder.setDictionaryEnabled(false).build()
  builder = builder.setDictionaryPageSizeLimit(DICTIONARY_SIZE)
  for (const { name, type } of schema.fields) {
    // Looking numbers up in a dictionary takes longer than writing them, a fifth of all the time.
    if (hasFixedWidth(type)) builder = builder.setColumnDictionaryEnabled(name, false)
  }
  return builder.build()
}

function hasFixedWidth(type: DataType): boolean {
  return ['int', 'float', 'date', 'time', 'timestamp', 'duration', 'decimal'].includes(shapeOf(type).kind)
}

/** The table of a Parquet file. Throws `corrupt` for a damaged one, `unsupported` for what the reader lacks. */
export function readParquet(bytes: Uint8Array): Table {
  try {
    return storable(read(bytes), PARQUET_READ)
  } catch (error) {
    const plain = error instanceof CatalogError ? null : withoutUnreadableDictionaries(bytes)
    if (plain === null) throw readError(error)
    try {
      return storable(read(plain), PARQUET_READ)
    } catch (second) {
      throw readError(second)
    }
  }
}

function read(bytes: Uint8Array): Table {
  checkBounds(bytes)
  const { readParquet: readTable, wasmMemory } = parquet()
  try {
    return readIpcStream(readTable(bytes, { batchSize: BATCH_SIZE }).intoIPCStream(), true)
  } catch (error) {
    if (hasTrapped(error) || wasmMemory().buffer.byteLength > MOST_MEMORY) forgetParquet()
    throw error
  }
}

function readError(error: unknown): CatalogError {
  if (error instanceof CatalogError) return error
  const reason = reasonOf(error)
  if (/not (yet )?implemented|NYI|not supported|unsupported/i.test(reason)) {
    return unsupported(`The Parquet file has something that can't be read here (${reason}); write it plainer.`, error)
  }
  return corrupt(`The Parquet file is damaged (${reason}); write it again from its source.`, error)
}

function hasTrapped(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError
}

function reasonOf(error: unknown): string {
  if (hasTrapped(error)) return 'the reader trapped'
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.replace(/\.$/, '')
}
