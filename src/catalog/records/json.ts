import { isUtf8 } from 'node:buffer'
import type { Data, Field, Schema, Table } from 'apache-arrow'
import { buildColumn } from './build.ts'
import { cellReader } from './cell-reader.ts'
import { own } from './cells.ts'
import { inferSchema } from './infer-rows.ts'
import { corrupt, shown } from './invalid.ts'
import { exactNumbers, jsonConverter, plainValue } from './json-values.ts'
import { jsonWriter } from './json-writer.ts'
import { atRow, within } from './nested.ts'
import { batchOf, schemaOf, tableOf } from './table.ts'
import { formatType } from './type-format.ts'

type JsonRow = Readonly<Record<string, unknown>>

/** Where a number may have more digits than a double keeps. */
const MANY_DIGITS = /\d[\d.]{15}/

/**
 * A table as JSON, an object on a line for each row: integers of 64 bits as their digits, decimals, dates and times as
 * texts, binaries in base64, maps as objects or lists of pairs. Throws `invalid-argument` for NaN and infinities.
 */
export function writeJson(table: Table): Uint8Array {
  const columns = table.schema.fields.map((field, index) => {
    const write = jsonWriter(field.type)
    const read = cellReader(table.getChildAt(index)!)
    const place = `Column ${shown(field.name)} (${formatType(field.type)}), row`
    const key = JSON.stringify(field.name)
    return (row: number) =>
      `${key}:${atRow(
        () => `${place} ${row}`,
        () => write(read(row)),
      )}`
  })
  const lines: string[] = []
  for (let row = 0; row < table.numRows; row++) lines.push(`{${columns.map((column) => column(row)).join(',')}}\n`)
  return new Uint8Array(Buffer.from(lines.join('')))
}

/**
 * The table of JSON: an object on a line for each row, or one list of objects. Columns of the schema are read as its
 * types; the types of others are inferred over all rows. Throws `corrupt` for text that is no JSON of rows, or doesn't
 * fit the schema.
 */
export function readJson(bytes: Uint8Array, schema: Schema | null): Table {
  if (!isUtf8(bytes)) throw corrupt('The JSON is no UTF-8; store it in that encoding.')
  const rows = parseRows(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      .toString()
      .replace(/^\uFEFF/, ''),
  )
  try {
    const fields = [...(schema?.fields ?? []), ...otherFields(rows, schema)]
    const columns = fields.map((field) => columnOf(field, rows))
    const found = schemaOf(fields, schema?.metadata)
    return tableOf(found, [batchOf(found, columns, rows.length)])
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '')
    throw corrupt(`The JSON doesn't fit its schema (${reason}); correct the value or the schema.`, error)
  }
}

function parseRows(text: string): readonly JsonRow[] {
  if (/^\s*\[/.test(text))
    return (parseJson(text, 1) as unknown[]).map((row, index) => requireRow(row, index + 1, 'row'))
  const rows: JsonRow[] = []
  let line = 0
  for (const source of text.split('\n')) {
    line++
    if (source.trim() !== '') rows.push(requireRow(parseJson(source, line), line, 'line'))
  }
  return rows
}

function parseJson(source: string, line: number): unknown {
  try {
    return MANY_DIGITS.test(source) ? JSON.parse(source, exactNumbers as never) : JSON.parse(source)
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '')
    throw corrupt(`Line ${line} of the JSON can't be parsed (${reason}); it is to hold one object for each row.`, error)
  }
}

function requireRow(value: unknown, place: number, unit: 'line' | 'row'): JsonRow {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonRow
  throw corrupt(`The JSON has ${shown(value)} in ${unit} ${place}; a row is an object of values by column name.`)
}

function otherFields(rows: readonly JsonRow[], schema: Schema | null): readonly Field[] {
  const known = new Set(schema?.fields.map((field) => field.name))
  const hasOthers = rows.some((row) => Object.keys(row).some((key) => !known.has(key)))
  if (!hasOthers) return []
  const others = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) => (known.has(key) ? [] : [[key, plainValue(value)]])),
    ),
  )
  return inferSchema(others).fields
}

function columnOf(field: Field, rows: readonly JsonRow[]): Data {
  const convert = jsonConverter(field.type)
  const values = rows.map((row, index) =>
    within(`column ${shown(field.name)}, row ${index}`, () => convert(own(row, field.name))),
  )
  return buildColumn(field, values)
}
