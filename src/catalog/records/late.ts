import { door } from '../../door/door.ts'
import type * as Module from './whole.ts'

type Whole = typeof Module.whole

/** Most of a catalog's code: a test that asks only for names and states shouldn't wait for it. */
export const records = door<typeof Module>(import.meta.url, './whole', () => import('./whole.ts'))

export const applyConsistency: Whole['applyConsistency'] = (...args) => records().whole.applyConsistency(...args)
export const cellKey: Whole['cellKey'] = (cell) => records().whole.cellKey(cell)
export const cellReader: Whole['cellReader'] = (column) => records().whole.cellReader(column)
export const countReader: Whole['countReader'] = (column) => records().whole.countReader(column)
export const decodeRecords: Whole['decodeRecords'] = (...args) => records().whole.decodeRecords(...args)
export const encodeRecords: Whole['encodeRecords'] = (...args) => records().whole.encodeRecords(...args)
export const floatText: Whole['floatText'] = (...args) => records().whole.floatText(...args)
export const formatType: Whole['formatType'] = (type) => records().whole.formatType(type)
export const mergeRecords: Whole['mergeRecords'] = (...args) => records().whole.mergeRecords(...args)
export const schemaFromText: Whole['schemaFromText'] = (text) => records().whole.schemaFromText(text)
export const schemaFromTypes: Whole['schemaFromTypes'] = (types) => records().whole.schemaFromTypes(types)
export const schemaToText: Whole['schemaToText'] = (schema) => records().whole.schemaToText(schema)
export const shapeOf: Whole['shapeOf'] = (type) => records().whole.shapeOf(type)
export const sharedSchemaFromText: Whole['sharedSchemaFromText'] = (text) => records().whole.sharedSchemaFromText(text)
export const takeRows: Whole['takeRows'] = (...args) => records().whole.takeRows(...args)

/**
 * The table of some rows. With a schema, or the types of its columns (`{ id: 'int64!' }`), each value is checked against
 * its column's type, a column that a row leaves out is null, and a key that is no column is an error; without one the
 * types are inferred over all rows. Throws `invalid-argument`, naming column and row.
 */
export const tableFromRows: Whole['tableFromRows'] = (rows, schema) => records().whole.tableFromRows(rows, schema)

/** The rows of a table, in order, as objects of canonical cells. Throws `invalid-argument` for two columns of one name. */
export const rowsFromTable: Whole['rowsFromTable'] = (table) => records().whole.rowsFromTable(table)
