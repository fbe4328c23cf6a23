import type { Data, Field, RecordBatch, Schema, Table } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { dataOf } from './data.ts'
import { invalid, shown } from './invalid.ts'
import { didYouMean } from './nearest.ts'

/** A schema of the given fields. */
export function schemaOf(fields: readonly Field[], metadata?: Map<string, string>): Schema {
  return new (arrow().Schema)([...fields], metadata)
}

/** The name that a later column of a schema has too; `undefined` where each has its own. */
export function nameTwice({ fields }: Schema): string | undefined {
  const seen = new Set<string>()
  return fields.find(({ name }) => seen.size === seen.add(name).size)?.name
}

/** One batch of columns of equal length. */
export function batchOf(schema: Schema, columns: readonly Data[], length: number): RecordBatch {
  const a = arrow()
  const struct = dataOf({ type: new a.Struct(schema.fields), length, children: columns })
  return new a.RecordBatch(schema, struct as never)
}

/** A table of batches, each with the columns of the schema. */
export function tableOf(schema: Schema, batches: readonly RecordBatch[]): Table {
  return new (arrow().Table)(schema, [...batches])
}

/** A table of the named columns, in the order of the names. Throws `invalid-argument` for a name that isn't there. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  const available = table.schema.fields.map((field) => field.name)
  const indices = names.map((name) => {
    const index = available.indexOf(name)
    if (index >= 0) return index
    throw invalid(
      `There is no column ${shown(name)}; there is ${available.join(', ') || 'none'}${didYouMean(name, available)}`,
    )
  })
  const schema = schemaOf(
    indices.map((index) => table.schema.fields[index]!),
    table.schema.metadata,
  )
  const batches = table.batches.map((batch) =>
    batchOf(
      schema,
      indices.map((index) => batch.data.children[index]!),
      batch.numRows,
    ),
  )
  return tableOf(schema, batches)
}
