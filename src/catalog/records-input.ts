import type { RecordBatch, Schema, Table } from 'apache-arrow'
import { invalid, shown } from './arguments.ts'
import type { Manifest } from './model/manifest.ts'
import { arrow, isRecordBatch, isTable } from './records/arrow.ts'
import { tableFromRows } from './records/late.ts'
import type { Row } from './records/rows.ts'

/**
 * Records as `stageDelta` takes them: an Arrow table, record batches, a list of tables (one file each), rows, a manifest
 * (its files are kept), or `null` (no file at all).
 */
export type Records =
  | Table
  | RecordBatch
  | readonly RecordBatch[]
  | readonly Table[]
  | readonly RowLike[]
  | Manifest
  | null

/** A row: values by column name. A `Row` would refuse what an interface describes, as it has no index signature. */
type RowLike = object

/** A manifest and not a table: it has entries. */
export function isManifest(records: unknown): records is Manifest {
  return typeof records === 'object' && records !== null && 'entries' in records && Array.isArray(records.entries)
}

/** The tables of records, one for each file. Rows are typed by the schema; without one the types are inferred. */
export function tablesOf(records: Exclude<Records, Manifest | null>, schema: Schema | null): readonly Table[] {
  if (isTable(records)) return [records]
  if (isRecordBatch(records)) return [new (arrow().Table)([records])]
  if (!Array.isArray(records)) {
    throw invalid(`The records are ${shown(records)}; give an Arrow table, record batches, rows, a manifest or null.`)
  }
  const items: readonly unknown[] = records
  if (items.length === 0 && schema === null) {
    throw invalid('There are no rows, and no schema to type them by; give a schema, or null for a delta without files.')
  }
  if (items.length > 0 && items.every(isTable)) return items
  if (items.length > 0 && items.every(isRecordBatch)) return [new (arrow().Table)([...items])]
  const index = items.findIndex(
    (item) => typeof item !== 'object' || item === null || isTable(item) || isRecordBatch(item),
  )
  if (index >= 0) {
    throw invalid(
      `Item ${index} of the records is ${shown(items[index])} among others; give tables, record batches or rows alone.`,
    )
  }
  return [tableFromRows(items as readonly Row[], schema ?? undefined)]
}

/** The table in pieces of at most `size` rows; a table without rows is one piece. */
export function splitTable(table: Table, size: number | null): readonly Table[] {
  if (size === null || table.numRows <= size) return [table]
  const pieces: Table[] = []
  for (let start = 0; start < table.numRows; start += size) pieces.push(table.slice(start, start + size))
  return pieces
}

/** The schema without the columns that none of the rows has; as it is for records of another kind. */
export function schemaOfRows(records: Records, schema: Schema | null): Schema | null {
  if (!Array.isArray(records) || records.length === 0 || isTable(records[0]) || isRecordBatch(records[0])) return schema
  const rows = (records as readonly unknown[]).filter(
    (row) => typeof row === 'object' && row !== null,
  ) as readonly Row[]
  return narrowed(schema, new Set(rows.flatMap((row) => Object.keys(row))))
}

/** The columns of a schema that have one of these names. */
export function narrowed(schema: Schema | null, names: ReadonlySet<string>): Schema | null {
  if (schema === null || schema.fields.every(({ name }) => names.has(name))) return schema
  const fields = schema.fields.filter(({ name }) => names.has(name))
  return new (arrow().Schema)(fields, schema.metadata)
}

/** The names of a table's columns. */
export function namesOf(table: Table): ReadonlySet<string> {
  return new Set(table.schema.fields.map(({ name }) => name))
}
