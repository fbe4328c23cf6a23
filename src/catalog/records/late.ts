import { door } from '../../door/door.ts'
import type * as Whole from './whole.ts'

// What the calls of a catalog need of records, most of its code: a test that asks only for names and states shouldn't
// wait for it.
const records = door<typeof Whole>(import.meta.url, './whole', () => import('./whole.ts'))

export const applyConsistency: typeof Whole.applyConsistency = (...args) => records().applyConsistency(...args)
export const cellKey: typeof Whole.cellKey = (cell) => records().cellKey(cell)
export const cellReader: typeof Whole.cellReader = (column) => records().cellReader(column)
export const decodeRecords: typeof Whole.decodeRecords = (...args) => records().decodeRecords(...args)
export const encodeRecords: typeof Whole.encodeRecords = (...args) => records().encodeRecords(...args)
export const formatType: typeof Whole.formatType = (type) => records().formatType(type)
export const mergeRecords: typeof Whole.mergeRecords = (...args) => records().mergeRecords(...args)
export const schemaFromText: typeof Whole.schemaFromText = (text) => records().schemaFromText(text)
export const schemaToText: typeof Whole.schemaToText = (schema) => records().schemaToText(schema)
export const shapeOf: typeof Whole.shapeOf = (type) => records().shapeOf(type)
export const tableFromColumns: typeof Whole.tableFromColumns = (...args) => records().tableFromColumns(...args)

/**
 * The table of some rows. With a schema each value is checked against its column's type, a column that a row leaves
 * out is null, and a key that is no column is an error; without one the types are inferred over all rows.
 * Throws `invalid-argument`, naming column and row.
 */
export const tableFromRows: typeof Whole.tableFromRows = (rows, schema) => records().tableFromRows(rows, schema)

/** The rows of a table, in order, as objects of canonical cells. Throws `invalid-argument` for two columns of one name. */
export const rowsFromTable: typeof Whole.rowsFromTable = (table) => records().rowsFromTable(table)
