import { isUtf8 } from 'node:buffer'
import { createRequire } from 'node:module'
import type { Schema, Table } from 'apache-arrow'
import type * as CsvParse from 'csv-parse/sync'
import { buildColumn } from './build.ts'
import { cellFromText } from './cells.ts'
import { inferText } from './infer-text.ts'
import { corrupt, invalid, shown } from './invalid.ts'
import { within } from './nested.ts'
import { batchOf, schemaOf, tableOf } from './table.ts'
import { isQuoted, textReader } from './text-cells.ts'
import { formatType } from './type-format.ts'
import { field as fieldOf } from './types.ts'

const require = createRequire(import.meta.url)

/** A dialect of delimited text. */
export interface Dialect {
  readonly name: string
  readonly delimiter: string
  /** Values are never quoted: some can't be written, and an empty one is null. */
  readonly isUnescaped: boolean
}

type Texts = readonly (string | null)[]

/**
 * A table as delimited text: a header of quoted names, then a line for each row, as pyarrow writes it. Throws
 * `unsupported` for types with children, `invalid-argument` for values that couldn't be read back.
 */
export function writeDelimited(table: Table, dialect: Dialect): Uint8Array {
  const { fields } = table.schema
  if (fields.length === 0) throw invalid(`A table without columns can't be written as ${dialect.name}.`)
  const lines = [fields.map((field) => quoted(field.name)).join(dialect.delimiter)]
  let first = 0
  for (const batch of table.batches) {
    const columns = fields.map((field, index) => {
      const read = textReader(field, batch.data.children[index]!, dialect.name)
      if (dialect.isUnescaped) return (row: number) => bare(read(row), field.name, first + row, dialect)
      return isQuoted(field) ? (row: number) => quotedOrNull(read(row)) : read
    })
    for (let row = 0; row < batch.numRows; row++) {
      const values = columns.map((read) => read(row))
      if (values.length === 1 && values[0] === null) throw lonelyNull(fields[0]!.name, first + row, dialect)
      lines.push(values.map((value) => value ?? '').join(dialect.delimiter))
    }
    first += batch.numRows
  }
  return new Uint8Array(Buffer.from(`${lines.join('\n')}\n`))
}

/**
 * The table of a delimited text with a header. A column that the schema has is read as its type, any other as the type
 * that pyarrow would infer. Throws `corrupt` for text that is ragged, badly quoted, no UTF-8, or doesn't fit the schema.
 */
export function readDelimited(bytes: Uint8Array, dialect: Dialect, schema: Schema | null): Table {
  const { name } = dialect
  if (!isUtf8(bytes)) throw corrupt(`The ${name} is no UTF-8; store it in that encoding.`)
  const [header, ...records] = parse(bytes, dialect)
  if (header === undefined) {
    if (schema !== null) return tableOf(schema, [])
    throw corrupt(`The ${name} is empty: it lacks even its header; write it again from its source.`)
  }
  const fields = header.map((text, column) => {
    const known = schema?.fields.find((candidate) => candidate.name === (text ?? ''))
    return known ?? fieldOf(text ?? '', inferText(records.map((record) => record[column]!)))
  })
  try {
    const columns = fields.map((field, column) => {
      const cells = records.map(({ [column]: text }, row) =>
        text === null
          ? null
          : within(`column ${shown(field.name)} (${formatType(field.type)}), row ${row}`, () =>
              cellFromText(field.type, text!),
            ),
      )
      return buildColumn(field, cells)
    })
    const found = schemaOf(fields, schema?.metadata)
    return tableOf(found, [batchOf(found, columns, records.length)])
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '')
    throw corrupt(`The ${name} doesn't fit its schema (${reason}); correct the value or the schema.`, error)
  }
}

function parse(bytes: Uint8Array, { delimiter, isUnescaped, name }: Dialect): Texts[] {
  const { parse: parseCsv } = require('csv-parse/sync') as typeof CsvParse
  try {
    return parseCsv(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      bom: true,
      cast: (value, { quoting }) => (value === '' && (isUnescaped || !quoting) ? null : value),
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
    }) as unknown as Texts[]
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '')
    throw corrupt(`The ${name} can't be parsed (${reason}); write it again from its source.`, error)
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function quotedOrNull(text: string | null): string | null {
  return text === null ? null : quoted(text)
}

function bare(text: string | null, column: string, row: number, { name }: Dialect): string | null {
  if (text === null || (text !== '' && !/[\t\n\r"]/.test(text))) return text
  const what = text === '' ? 'is empty, which reads back as null' : 'has a tab, a line break or a quote'
  throw invalid(
    `${name} can't hold column ${shown(column)} of row ${row}, ${shown(text)}: it ${what}; store it as Parquet.`,
  )
}

function lonelyNull(column: string, row: number, { name }: Dialect): Error {
  const what = `row ${row} would be an empty line, which no reader takes for a null`
  return invalid(`${name} can't hold a null in ${shown(column)}, its only column: ${what}; store it as Parquet.`)
}
