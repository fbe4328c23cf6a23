import type { Field, Schema, Table } from 'apache-arrow'
import { CatalogError } from '../../../catalog/errors.ts'
import { arrow } from '../../../catalog/records/arrow.ts'
import { didYouMean } from '../../../catalog/records/nearest.ts'
import { tableFromRows } from '../../../catalog/records/rows.ts'
import type { CellPattern, Expected } from '../compare/columns.ts'
import type { ExpectedRow } from '../types.ts'
import { holdsAsymmetric, isAsymmetric } from './asymmetric.ts'
import { patternMaker } from './pattern.ts'

/**
 * The expected rows as a table with the received columns' types; asymmetric matchers become patterns.
 *
 * @throws CatalogError `invalid-argument` for what can't be a row of these records: an unknown column, a value that is
 *   none of the column's type, a cell left out of a column that isn't nullable.
 */
export function expectedTable(rows: readonly ExpectedRow[], received: Schema, columns: 'exact' | 'subset'): Expected {
  const names = received.fields.map(({ name }) => name)
  const named = new Set<string>()
  for (const [index, row] of rows.entries()) {
    requireRow(row, index)
    if (columns === 'subset') requireName(row, index)
    for (const name of Object.keys(row)) {
      if (!named.has(name) && !names.includes(name)) throw unknownColumn(index, name, names)
      named.add(name)
    }
  }
  const fields = received.fields.filter(({ name }) => columns === 'exact' || named.has(name))
  requireCells(rows, fields)

  const patterns = new Map(fields.map((field) => [field.name, patternsOf(rows, field)]))
  const values = rows.some((_, row) => [...patterns.values()].some((column) => column.has(row)))
    ? rows.map((row, index) => withoutPatterns(row, index, patterns))
    : rows
  const leftOut = rows.length === 0 ? [] : fields.map(({ name }) => name).filter((name) => !named.has(name))
  return { table: typedTable(values, nullable(fields)), patterns, leftOut }
}

function typedTable(rows: readonly ExpectedRow[], schema: Schema): Table {
  try {
    return tableFromRows(rows, schema)
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    // Not with a cause: that would say the same again.
    throw new CatalogError(error.code, `Expected rows: ${error.message}`)
  }
}

/** A table without columns holds no rows, so that rows expected of it can't be typed by it. */
export function untypedTable(rows: readonly ExpectedRow[]): Table {
  return tableFromRows(rows.filter((row) => !Object.values(row).some(holdsAsymmetric)))
}

function patternsOf(rows: readonly ExpectedRow[], { name, type }: Field): ReadonlyMap<number, CellPattern> {
  const make = patternMaker(type)
  const patterns = new Map<number, CellPattern>()
  for (const [index, row] of rows.entries()) {
    const value = own(row, name)
    if (typeof value === 'object' && holdsAsymmetric(value)) patterns.set(index, make(value))
  }
  return patterns
}

function withoutPatterns(
  row: ExpectedRow,
  index: number,
  patterns: ReadonlyMap<string, ReadonlyMap<number, CellPattern>>,
): ExpectedRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !patterns.get(name)?.has(index)))
}

/** A cell that is left out is null: where that can't be, it was forgotten. */
function requireCells(rows: readonly ExpectedRow[], fields: readonly Field[]): void {
  for (const { name, nullable } of fields) {
    if (nullable) continue
    const index = rows.findIndex((row) => own(row, name) === undefined)
    if (index === -1) continue
    throw new CatalogError(
      'invalid-argument',
      `Expected row ${index} leaves out ${JSON.stringify(name)}, which is never null; give it a cell (expect.anything() ` +
        "accepts any), or compare only the columns that you name with { columns: 'subset' }.",
    )
  }
}

function requireRow(row: unknown, index: number): void {
  const kind = kindOf(row)
  if (kind === null) return
  throw new CatalogError(
    'invalid-argument',
    isAsymmetric(row)
      ? `Expected row ${index} is an asymmetric matcher; put it into the row's cells, or name only some columns with ` +
          "{ columns: 'subset' }."
      : `Expected row ${index} is ${kind}; a row is an object with a cell for each column.`,
  )
}

/** What no row can be, with an article; `null`: an object that can be one. */
function kindOf(row: unknown): string | null {
  if (row === null) return 'null'
  if (typeof row !== 'object') return `a ${typeof row}`
  if (Array.isArray(row)) return 'an array'
  if (isAsymmetric(row)) return 'an asymmetric matcher'
  // What holds values of its own, such as a Map, has them under no names. Arrow's rows have names.
  if (!(Symbol.iterator in row) || Object.keys(row).length > 0) return null
  const tag = Object.prototype.toString.call(row).slice('[object '.length, -1)
  return `a ${tag === 'Object' ? row.constructor.name : tag}`
}

function requireName(row: ExpectedRow, index: number): void {
  if (Object.keys(row).length > 0) return
  throw new CatalogError(
    'invalid-argument',
    `Expected row ${index} names no column, so any row would do for it; name some, or count the rows with toHaveRecordCount.`,
  )
}

function unknownColumn(index: number, name: string, names: readonly string[]): CatalogError {
  return new CatalogError(
    'invalid-argument',
    `Expected row ${index} names the column ${JSON.stringify(name)}, which the records don't have; they have ` +
      `${names.join(', ')}${didYouMean(name, names)}`,
  )
}

function nullable(fields: readonly Field[]): Schema {
  const { Field, Schema } = arrow()
  return new Schema(fields.map(({ name, type, metadata }) => new Field(name, type, true, metadata)))
}

/** A row's own cell: never what it inherits, such as `constructor`. */
function own(row: ExpectedRow, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined
}
