import type { Schema, Table } from 'apache-arrow'
import { isSchema, isTable } from './arrow.ts'
import { buildColumn } from './build.ts'
import type { Cell } from './cell.ts'
import { cellReader, objectReader } from './cell-reader.ts'
import { own } from './cells.ts'
import { inferSchema } from './infer-rows.ts'
import { invalid, shown } from './invalid.ts'
import { didYouMean } from './nearest.ts'
import { type ColumnTypes, schemaFromTypes } from './schema.ts'
import { batchOf, nameTwice, tableOf } from './table.ts'

/** A record by column name, its values as `toCell` takes them. */
export type Row = Readonly<Record<string, unknown>>

/**
 * The table of some rows. With a schema, or the types of its columns (`{ id: 'int64!' }`), each value is checked against
 * its column's type, a column that a row leaves out is null, and a key that is no column is an error; without one the
 * types are inferred over all rows. Throws `invalid-argument`, naming column and row.
 */
export function tableFromRows(rows: readonly Row[], types?: Schema | ColumnTypes): Table {
  if (!Array.isArray(rows)) throw invalid(`The rows are ${shown(rows)}; give a list of them.`)
  rows.forEach(requireRow)
  const schema = types === undefined || isSchema(types) ? types : schemaFromTypes(types)
  const known = schema ?? inferSchema(rows)
  if (schema !== undefined) requireColumns(rows, schema)
  const columns = known.fields.map((field) =>
    buildColumn(
      field,
      rows.map((row) => own(row, field.name)),
    ),
  )
  return tableOf(known, [batchOf(known, columns, rows.length)])
}

/** The table of some columns, in the schema's order and of equal length. Throws `invalid-argument`. */
export function tableFromColumns(schema: Schema, columns: readonly (readonly Cell[])[]): Table {
  const length = columns[0]?.length ?? 0
  if (columns.length !== schema.fields.length || columns.some((column) => column.length !== length)) {
    const lengths = columns.map((column) => column.length).join(', ') || 'none'
    throw invalid(
      `A table of ${schema.fields.length} columns needs as many, of one length; given were lengths ${lengths}.`,
    )
  }
  const built = schema.fields.map((field, index) => buildColumn(field, columns[index]!))
  return tableOf(schema, [batchOf(schema, built, length)])
}

/** The rows of a table, in order, as objects of canonical cells. Throws `invalid-argument` for two columns of one name. */
export function rowsFromTable(table: Table): Readonly<Record<string, Cell>>[] {
  if (!isTable(table)) throw invalid(`The table is ${shown(table)}; give an Arrow table.`)
  const names = table.schema.fields.map((field) => field.name)
  const twice = nameTwice(table.schema)
  if (twice !== undefined) throw invalid(`Two columns are named ${shown(twice)}, so rows can't hold both; rename one.`)
  const rows: Record<string, Cell>[] = []
  const read = objectReader(
    names,
    names.map((_, index) => cellReader(table.getChildAt(index)!)),
  )
  for (let row = 0; row < table.numRows; row++) rows.push(read(row))
  return rows
}

function requireRow(row: unknown, index: number): void {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return
  throw invalid(`Row ${index} is ${shown(row)}; a row is an object of values by column name.`)
}

function requireColumns(rows: readonly Row[], schema: Schema): void {
  const names = schema.fields.map((field) => field.name)
  const known = new Set(names)
  rows.forEach((row, index) => {
    for (const key of Object.keys(row)) {
      if (known.has(key)) continue
      throw invalid(
        `Row ${index} has a value for ${shown(key)}, which is no column of ${names.join(', ')}${didYouMean(key, names)}`,
      )
    }
  })
}
