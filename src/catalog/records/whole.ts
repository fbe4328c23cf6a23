import { cellKey, cellReader, countReader } from './cells.ts'
import { decodeRecords, encodeRecords } from './codec.ts'
import { applyConsistency } from './consistency.ts'
import { floatText } from './floats.ts'
import { mergeRecords } from './merge.ts'
import { rowsFromTable, tableFromRows } from './rows.ts'
import { formatType, schemaFromText, schemaFromTypes, schemaToText, sharedSchemaFromText } from './schema.ts'
import { shapeOf } from './shape.ts'
import { takeRows } from './take-rows.ts'

/** What the calls of a catalog need of records. */
export const whole = {
  applyConsistency,
  cellKey,
  cellReader,
  countReader,
  decodeRecords,
  encodeRecords,
  floatText,
  formatType,
  mergeRecords,
  rowsFromTable,
  schemaFromText,
  schemaFromTypes,
  schemaToText,
  shapeOf,
  sharedSchemaFromText,
  tableFromRows,
  takeRows,
}
