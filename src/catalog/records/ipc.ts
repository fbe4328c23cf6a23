import type { Table } from 'apache-arrow'
import { CatalogError } from '../errors.ts'
import { corrupt, unsupported } from './invalid.ts'
import { isIpcFile, readIpcFile, readIpcStream } from './ipc-read.ts'
import { writeIpcFile } from './ipc-write.ts'
import { storable } from './storable.ts'

/** A table as a Feather file, version 2: Arrow's IPC file format, uncompressed. Throws `unsupported` for unions. */
export function writeFeather(table: Table): Uint8Array {
  return writeIpcFile(storable(table, { coerce: () => null, unifies: true }))
}

/**
 * The table of a Feather file of version 2, compressed or not, or of a stream of Arrow's IPC format. Throws `corrupt`
 * for a damaged one, `unsupported` for version 1 and for types that a catalog can't hold.
 */
export function readFeather(bytes: Uint8Array): Table {
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'FEA1') {
    throw unsupported('The records are Feather of version 1; write them as version 2 (version=2 in pyarrow).')
  }
  try {
    return isIpcFile(bytes) ? readIpcFile(bytes) : readIpcStream(bytes)
  } catch (error) {
    if (error instanceof CatalogError) throw error
    const reason = error instanceof RangeError && !/DataView/.test(error.message) ? error.message : 'it ends too early'
    throw corrupt(`The Feather file is damaged (${reason}); write it again from its source.`, error)
  }
}
