import type { Schema } from 'apache-arrow'
import { invalid, listed, shown } from './arguments.ts'
import { CONSISTENCIES, type SchemaConsistency, type SortKey } from './model/common.ts'
import { isSchema } from './records/arrow.ts'
import { schemaFromText, schemaFromTypes, schemaToText } from './records/late.ts'
import type { ColumnTypes } from './records/schema.ts'

/** A schema as its document holds it: base64 of the Arrow IPC schema message, or an opaque text as it is. */
export function schemaText(schema: Schema | ColumnTypes | string | Uint8Array | null): string | null {
  if (typeof schema === 'string') return schema
  if (schema instanceof Uint8Array) {
    return Buffer.from(schema.buffer, schema.byteOffset, schema.byteLength).toString('base64')
  }
  const arrow = arrowSchema(schema, 'the bytes of its IPC message, a text, or null')
  return arrow && schemaToText(arrow)
}

/** An Arrow schema from itself or the types of its columns. `others` are what else may be given. */
export function arrowSchema(schema: Schema | ColumnTypes | null, others: string): Schema | null {
  if (schema === null || isSchema(schema)) return schema
  if (typeof schema === 'object' && !Array.isArray(schema)) return schemaFromTypes(schema)
  throw invalid(`schema is ${shown(schema)}; give an Arrow schema, the types of its columns, ${others}.`)
}

/** Throws `invalid-argument` if a primary or sort key is no column of a schema that can be decoded. */
export function checkKeyColumns(
  primaryKeys: readonly string[] | null,
  sortKeys: readonly SortKey[] | null,
  schema: string | null,
): void {
  if (primaryKeys === null && sortKeys === null) return
  const columns = columnsOf(schema)
  if (columns === null) return
  for (const name of primaryKeys ?? []) checkColumn(name, 'The primary key', columns)
  for (const [name] of sortKeys ?? []) checkColumn(name, 'A sort key', columns)
}

/** Throws `invalid-argument` if a policy is unknown, or there is no schema, or no such column, to hold cells to. */
export function checkConsistency(
  consistency: Readonly<Record<string, SchemaConsistency>> | null,
  schema: string | null,
): void {
  const policies = Object.entries(consistency ?? {})
  if (policies.length === 0) return
  const columns = columnsOf(schema)
  if (columns === null) {
    throw invalid('schemaConsistency is given without an Arrow schema to hold the cells to; give a schema as well.')
  }
  for (const [column, policy] of policies) {
    if (!CONSISTENCIES.includes(policy)) {
      throw invalid(`schemaConsistency of ${shown(column)} is ${shown(policy)}; give none, coerce or validate.`)
    }
    checkColumn(column, 'schemaConsistency', columns)
  }
}

function checkColumn(name: string, what: string, columns: readonly string[]): void {
  if (columns.includes(name)) return
  throw invalid(`${what} names ${shown(name)}, which is no column of the schema; it has ${listed(columns)}.`)
}

function columnsOf(schema: string | null): readonly string[] | null {
  return schema === null ? null : (schemaFromText(schema)?.fields.map(({ name }) => name) ?? null)
}
