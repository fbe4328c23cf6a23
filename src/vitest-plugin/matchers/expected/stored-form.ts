import type { Table } from 'apache-arrow'
import { CatalogError } from '../../../catalog/errors.ts'
import { PARQUET_WRITTEN } from '../../../catalog/records/parquet-types.ts'
import { storable } from '../../../catalog/records/storable.ts'
import { compareSchemas } from '../compare/schema-differences.ts'

/**
 * The expected table as a catalog would have stored it, where that brings its types nearer to the received ones:
 * Parquet has no whole seconds, so the table that a test stages comes back with milliseconds.
 */
export function inStoredForm(expected: Table, received: Table): Table {
  const differences = (table: Table) => compareSchemas(received, table, 'subset').differences.length
  if (differences(expected) === 0) return expected
  try {
    const stored = storable(expected, PARQUET_WRITTEN)
    return differences(stored) < differences(expected) ? stored : expected
  } catch (error) {
    // What can't be stored can't be nearer.
    if (error instanceof CatalogError) return expected
    throw error
  }
}
