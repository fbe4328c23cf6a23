import type { Field, Schema, Table } from 'apache-arrow'
import { CatalogError } from '../../catalog/errors.ts'
import { arrow } from '../../catalog/records/arrow.ts'
import { commonField } from '../../catalog/records/common-type.ts'
import { conform } from '../../catalog/records/merge-schema.ts'
import { formatType } from '../../catalog/records/schema.ts'
import { sameValues } from './compare/types.ts'

/**
 * One table of the rows of several, in order. Files may disagree on their columns: one that is missing from a file is
 * null there, and one of several types has the type that holds them all. Parquet has no whole seconds and no date64, so
 * that even the partitions of one schema may differ: one without files has the types that were declared.
 *
 * @param schema What a table of no files has.
 * @throws CatalogError `unsupported` where no type holds what a column has in two files.
 */
export function concatTables(tables: readonly Table[], schema: Schema | null): Table {
  const [first] = tables
  const { Schema, Table } = arrow()
  if (first === undefined) return new Table(schema ?? new Schema([]), [])
  if (tables.length === 1) return first
  const isAlike = tables.every((table) => sameFields(table.schema, first.schema))
  const common = isAlike ? first.schema : new Schema([...mergedFields(tables).values()])
  const alike = isAlike ? tables : tables.map((table) => conform(table, common))
  return new Table(
    common,
    alike.flatMap(({ batches }) => batches),
  )
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
    const common =
      known === undefined || sameValues(known.type, field.type) ? (known ?? field) : commonField(known, field)
    if (common === null) {
      throw new CatalogError(
        'unsupported',
        `The files of these records disagree on the column ${JSON.stringify(field.name)}: ${formatType(known!.type)} and ` +
          `${formatType(field.type)}; compare them one by one with catalog.downloadDeltaManifestEntry().`,
      )
    }
    fields.set(field.name, common.nullable ? common : common.clone({ nullable: true }))
  }
  return fields
}
