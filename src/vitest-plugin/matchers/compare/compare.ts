import type { Table } from 'apache-arrow'
import { CatalogError } from '../../../catalog/errors.ts'
import { type ColumnPair, type Expected, pairColumns } from './columns.ts'
import type { FloatTolerance } from './equal.ts'
import { matchInOrder, matchRows, rowsWhere } from './match.ts'
import { compareSchemas, type SchemaDifference } from './schema-differences.ts'

/** How two tables are compared. */
export interface CompareOptions {
  /** `all`: the received rows are the expected ones. `some`: others may be among them. */
  readonly rows: 'all' | 'some'
  readonly order: 'ignore' | 'strict'
  readonly columns: 'exact' | 'subset'
  readonly tolerance: FloatTolerance | null
}

/** What comparing two tables found. */
export interface Comparison {
  readonly equal: boolean
  readonly schema: readonly SchemaDifference[]
  /** The columns that were compared. */
  readonly columns: readonly ColumnPair[]
  readonly receivedRows: number
  readonly expectedRows: number
  /** By expected row: the received row it was matched with, or -1. */
  readonly partner: Int32Array
  /** Expected rows that match no received one, and received rows that match no expected one. */
  readonly missing: Int32Array
  readonly unexpected: Int32Array
  /** Where the order counts and every row is there: the first expected row that stands elsewhere; else -1. */
  readonly misplaced: number
}

/**
 * Compares the received records with the expected ones, by column name.
 *
 * @throws CatalogError `unsupported` for column types that can't be compared, and where patterns leave so many
 *   possibilities open that the verdict would take minutes.
 */
export function compareRecords(received: Table, expected: Expected, options: CompareOptions): Comparison {
  const { columns: names, differences } = compareSchemas(received, expected.table, options.columns)
  const columns = pairColumns(received, expected, names, options.tolerance)
  const [receivedRows, expectedRows] = [received.numRows, expected.table.numRows]
  const { partner, taken, complete } = matchRows(columns, receivedRows, expectedRows)
  const missing = rowsWhere(expectedRows, (row) => partner[row] === -1)
  const all = options.rows === 'all'
  const enough = all ? receivedRows === expectedRows : receivedRows >= expectedRows
  if (!complete && enough && differences.length === 0) throw undecided(expectedRows)

  const sameRows = enough && missing.length === 0
  const misplaced = sameRows && options.order === 'strict' ? firstMisplaced(columns, receivedRows, partner, all) : -1
  return {
    equal: differences.length === 0 && sameRows && misplaced === -1,
    schema: differences,
    columns,
    receivedRows,
    expectedRows,
    partner,
    missing,
    unexpected: rowsWhere(receivedRows, (row) => taken[row] === 0),
    misplaced,
  }
}

/** `matchRows` prefers rows that stand where they should only among exact ones, so wild rows are looked at afresh. */
function firstMisplaced(columns: readonly ColumnPair[], received: number, partner: Int32Array, all: boolean): number {
  const rows = partner.length
  if (all) {
    for (let row = 0; row < rows; row++) {
      if (partner[row] !== row && !columns.every((column) => column.equal(row, row))) return row
    }
    return -1
  }
  return matchInOrder(columns, received, rows).indexOf(-1)
}

function undecided(rows: number): CatalogError {
  return new CatalogError(
    'unsupported',
    `whether ${rows.toLocaleString('en')} expected rows match can't be decided in reasonable time: asymmetric matchers or ` +
      'the tolerance let nearly every row match many others; give each expected row an exact cell that tells it from ' +
      "the others, such as its key, or compare with order: 'strict'",
  )
}
