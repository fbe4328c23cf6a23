import type { Field, Schema, Table } from 'apache-arrow'
import { CatalogError } from '../../catalog/errors.ts'
import { arrow } from '../../catalog/records/arrow.ts'
import { rowsFromTable, tableFromRows } from '../../catalog/records/rows.ts'
import { formatType } from '../../catalog/records/schema.ts'
import { sameValues } from './compare/types.ts'

/**
 * One table of the rows of several, in order. Files of a table without a schema may disagree on their columns: one that
 * is missing from a file is null there.
 *
 * @param schema What a table of no files has.
 * @throws CatalogError `unsupported` where a column has values of another kind in another file.
 */
export function concatTables(tables: readonly Table[], schema: Schema | null): Table {
  const [first] = tables
  const { Schema, Table } = arrow()
  if (first === undefined) return new Table(schema ?? new Schema([]), [])
  if (tables.length === 1) return first
  if (tables.every((table) => sameFields(table.schema, first.schema))) {
    return new Table(
      first.schema,
      tables.flatMap(({ batches }) => batches),
    )
  }
  const merged = new Schema([...mergedFields(tables).values()])
  return tableFromRows(tables.flatMap(rowsFromTable), merged)
}

function sameFields(a: Schema, b: Schema): boolean {
  return (
    a.fields.length === b.fields.length &&
    a.fields.every(({ name, type }, k) => {
      const other = b.fields[k]!
      return name === other.name && formatType(type) === formatType(other.type)
    })
  )
}

function mergedFields(tables: readonly Table[]): Map<string, Field> {
  const fields = new Map<string, Field>()
  for (const field of tables.flatMap(({ schema }) => schema.fields)) {
    const known = fields.get(field.name)
    if (known === undefined) fields.set(field.name, new (arrow().Field)(field.name, field.type, true))
    else if (!sameValues(known.type, field.type)) {
      throw new CatalogError(
        'unsupported',
        `The files of these records disagree on the column ${JSON.stringify(field.name)}: ${formatType(known.type)} and ` +
          `${formatType(field.type)}; compare them one by one with catalog.downloadDeltaManifestEntry().`,
      )
    }
  }
  return fields
}
