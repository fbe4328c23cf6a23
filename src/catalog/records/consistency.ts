import type { Data, Field, Schema, Table } from 'apache-arrow'
import type { SchemaConsistency } from '../model/common.ts'
import { adopted } from './adopt.ts'
import { buildData } from './build.ts'
import { castData } from './cast.ts'
import { isSameType } from './common-type.ts'
import { invalid, shown } from './invalid.ts'
import { batchOf, schemaOf, tableOf } from './table.ts'
import { formatField } from './type-format.ts'

/**
 * A table after its version's policy for each column. `none` (the default) takes the column as it is; `coerce` casts
 * it to the schema's type, exactly, and adds a column that is missing as nulls; `validate` takes only the schema's type.
 * Columns that the schema lacks stay. Throws `invalid-argument`, naming the column and the first row that doesn't fit.
 */
export function applyConsistency(
  given: Table,
  schema: Schema,
  policy: Readonly<Record<string, SchemaConsistency>> | null,
): Table {
  // A column may be called `toString`: what every object inherits is no policy.
  const policies = new Map(Object.entries(policy ?? {}))
  const wanted = schema.fields.filter(({ name }) => (policies.get(name) ?? 'none') !== 'none')
  if (wanted.length === 0) return given
  const table = adopted(given)
  const fields = [...table.schema.fields]
  const casts = new Set<Field>()
  for (const field of wanted) {
    const place = fields.findIndex(({ name }) => name === field.name)
    const found = fields[place]
    if (policies.get(field.name) === 'validate') validate(field, found, table, place)
    else if (!field.nullable && found === undefined) throw missing(field)
    else {
      casts.add(field)
      fields[found === undefined ? fields.length : place] = field
    }
  }
  if (casts.size === 0) return table
  const result = schemaOf(fields, table.schema.metadata)
  let first = 0
  const batches = table.batches.map((batch) => {
    const columns = fields.map((field, index): Data => {
      const data = batch.data.children[index]
      if (data === undefined) return buildData(field.type, new Array<null>(batch.numRows).fill(null))
      return casts.has(field) ? castData(data, field, first) : data
    })
    first += batch.numRows
    return batchOf(result, columns, batch.numRows)
  })
  return tableOf(result, batches)
}

function validate(field: Field, found: Field | undefined, table: Table, place: number): void {
  if (found === undefined) {
    if (!field.nullable) throw missing(field)
    return
  }
  if (!isSameType(field.type, found.type)) {
    const types = `${formatField(found)}, but the schema says ${formatField(field)}`
    throw invalid(`Column ${shown(field.name)} is ${types}; convert it, or let the version coerce it.`)
  }
  const nulls = table.batches.reduce((sum, batch) => sum + batch.data.children[place]!.nullCount, 0)
  if (!field.nullable && nulls > 0) {
    throw invalid(`Column ${shown(field.name)} has ${nulls} null values, but the schema says ${formatField(field)}.`)
  }
}

function missing(field: Field): Error {
  return invalid(`Column ${shown(field.name)} is missing, and the schema says ${formatField(field)}; give it values.`)
}
