import type { Schema } from 'apache-arrow'
import { arrow } from '../../../src/catalog/records/arrow.ts'
import { parseType } from '../../../src/catalog/records/schema.ts'

/** A schema from types by name, all nullable; of the named columns only, where names are given. */
export function schemaOf(
  types: Readonly<Record<string, string>>,
  names: readonly string[] = Object.keys(types),
): Schema {
  const { Field, Schema } = arrow()
  return new Schema(names.map((name) => new Field(name, parseType(types[name] ?? 'null'), true)))
}
