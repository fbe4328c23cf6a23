import type { Data, Field, Schema, Table } from 'apache-arrow'
import { buildData } from './build.ts'
import { castData } from './cast.ts'
import { commonField } from './common-type.ts'
import { invalid, shown } from './invalid.ts'
import { didYouMean } from './nearest.ts'
import { batchOf, schemaOf, tableOf } from './table.ts'
import { formatType } from './type-format.ts'

/**
 * The one schema of several tables: the given schema's columns first, then what the tables have besides, in the order
 * in which it first comes; a column that a table lacks may be null. Where the tables hold a column in different types
 * it is the narrowest that holds all of them, the given schema's if that does. Throws `invalid-argument` where none does.
 *
 * @param nameOf what errors call the delta that a table, by its number, is of
 */
export function mergedSchema(
  tables: readonly Table[],
  given: Schema | null,
  nameOf: (table: number) => string | undefined = () => undefined,
): Schema {
  const found = new Map<string, Field>()
  for (const { fields } of given === null ? [] : [given]) for (const field of fields) found.set(field.name, field)
  const held = new Map<string, Field>()
  for (const [index, table] of tables.entries()) {
    for (const field of table.schema.fields) {
      const before = held.get(field.name)
      const both = before === undefined ? field : commonField(before, field)
      if (both === null) throw conflict(tables, index, field, nameOf)
      held.set(field.name, both)
    }
  }
  for (const [name, field] of held) found.set(name, wanted(found.get(name), field))
  const fields = Array.from(found.values(), (field) => {
    const isEverywhere = tables.every((table) => table.schema.fields.some(({ name }) => name === field.name))
    return isEverywhere || field.nullable ? field : field.clone({ nullable: true })
  })
  return schemaOf(fields, new Map((given ?? tables[0]?.schema)?.metadata))
}

/** A table with the columns of a schema: cast where its types differ, null where it has none. */
export function conform(table: Table, schema: Schema): Table {
  if (table.schema === schema) return table
  const places = schema.fields.map(({ name }) => table.schema.fields.findIndex((field) => field.name === name))
  const batches = table.batches.map((batch) => {
    const columns = schema.fields.map((field, index): Data => {
      const data = batch.data.children[places[index]!]
      return data === undefined ? nulls(field, batch.numRows) : castData(data, field)
    })
    return batchOf(schema, columns, batch.numRows)
  })
  return tableOf(schema, batches)
}

/** The places of some columns in a schema. Throws `invalid-argument` for one that isn't there. */
export function columnPlaces(schema: Schema, names: readonly string[], what: string, whose = 'the records'): number[] {
  const available = schema.fields.map(({ name }) => name)
  return names.map((name) => {
    const place = available.indexOf(name)
    if (place >= 0) return place
    const there = available.join(', ') || 'none'
    throw invalid(`${what} ${shown(name)} is no column of ${whose}; they have ${there}${didYouMean(name, available)}`)
  })
}

function nulls(field: Field, length: number): Data {
  return buildData(field.type, new Array<null>(length).fill(null))
}

/** A table's field that doesn't go with that of one before it. */
function conflict(
  tables: readonly Table[],
  index: number,
  other: Field,
  nameOf: (table: number) => string | undefined,
): Error {
  const fields = tables.map(({ schema }) => schema.fields.find(({ name }) => name === other.name))
  const opposed = fields.findIndex((field) => field !== undefined && commonField(field, other) === null)
  const first = opposed === -1 ? fields.findIndex((field) => field !== undefined) : opposed
  const one = `${formatType(fields[first]!.type)} in ${nameOf(first) ?? 'one delta'}`
  return invalid(
    `Column ${shown(other.name)} is ${one} and ${formatType(other.type)} in ${nameOf(index) ?? 'another'}.`,
  )
}

/** The schema's type stands for what it can hold; else the records keep theirs. */
function wanted(given: Field | undefined, held: Field): Field {
  if (given === undefined) return held
  const common = commonField(given, held)
  return common !== null && formatType(common.type) === formatType(given.type) ? common : held
}
