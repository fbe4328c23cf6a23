import type { Schema } from 'apache-arrow'
import { invalid, shown } from './invalid.ts'
import { readSchemaMessage } from './ipc-read.ts'
import { writeSchemaMessage } from './ipc-write.ts'
import { schemaOf } from './table.ts'
import { parseField } from './type-parser.ts'

export { formatField, formatType } from './type-format.ts'
export { parseField, parseType } from './type-parser.ts'

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{2}==$|^[A-Za-z0-9+/]{3}=$/

/** The types of columns by their names, as fixtures write them: `{ id: 'int64!', total: 'decimal(12,2)' }`. */
export type ColumnTypes = Readonly<Record<string, string>>

/** The schema of these columns. Throws `invalid-argument` if there are none, or a type can't be read. */
export function schemaFromTypes(types: ColumnTypes): Schema {
  if (Object.keys(types).length === 0)
    throw invalid("The schema has no column; give the columns' types by their names.")
  return schemaOf(
    Object.entries(types).map(([name, type]) => {
      if (typeof type === 'string') return parseField(name, type)
      throw invalid(`The type of column ${shown(name)} is ${shown(type)}; give a text such as "int64".`)
    }),
  )
}

/** A schema as a table version's document holds it: base64 of its Arrow IPC message, which pyarrow reads too. */
export function schemaToText(schema: Schema): string {
  return Buffer.from(writeSchemaMessage(schema)).toString('base64')
}

/** The schema of such a text; `null` for any other text, an opaque schema. */
export function schemaFromText(text: string): Schema | null {
  if (!BASE64.test(text)) return null
  try {
    return readSchemaMessage(new Uint8Array(Buffer.from(text, 'base64'))).schema
  } catch {
    return null
  }
}

/**
 * Like `schemaFromText`, but decoded once for each text. Only where the schema stays with us: a user could change its
 * metadata.
 */
export function sharedSchemaFromText(text: string): Schema | null {
  let schema = shared.get(text)
  if (schema === undefined) {
    schema = schemaFromText(text)
    if (shared.size >= MOST_SHARED) shared.clear()
    shared.set(text, schema)
  }
  return schema
}

const shared = new Map<string, Schema | null>()
const MOST_SHARED = 100
