import type { Table } from 'apache-arrow'
import type { Catalog, Cell } from '../catalog/index.ts'
import type { Delta } from '../catalog/model/delta.ts'
import { cellReader } from '../catalog/records/cells.ts'
import { columnView } from './cell-text.ts'
import type { ColumnView } from './model.ts'

/** Rows of one or several Arrow tables under the same columns; a column that a table lacks is null there. */
export interface RecordSet {
  readonly columns: readonly ColumnView[]
  readonly count: number
  /** The rows from `first` up to `end`, as cells in the columns' order. */
  rows(first?: number, end?: number): Generator<readonly Cell[]>
}

/** The tables' rows, one table after the other. Columns are in the order in which they are first met. */
export function recordSet(tables: readonly Table[]): RecordSet {
  const columns = new Map<string, ColumnView>()
  for (const { schema } of tables) {
    for (const { name, type, nullable } of schema.fields)
      if (!columns.has(name)) columns.set(name, columnView(name, type, nullable))
  }
  const names = [...columns.keys()]
  const count = tables.reduce((sum, table) => sum + table.numRows, 0)
  return {
    columns: [...columns.values()],
    count,
    *rows(first = 0, end = count) {
      let before = 0
      for (const table of tables) {
        const from = Math.max(0, first - before)
        const to = Math.min(table.numRows, end - before)
        before += table.numRows
        if (from >= to) continue
        const readers = names.map((name) => {
          const index = table.schema.fields.findIndex((field) => field.name === name)
          const column = index < 0 ? null : table.getChildAt(index)
          return column ? cellReader(column) : () => null
        })
        for (let row = from; row < to; row += 1) yield readers.map((read) => read(row))
      }
    },
  }
}

/** The records of a delta, of all its manifest's entries. */
export function deltaRecords(catalog: Catalog, delta: Delta): RecordSet {
  return recordSet([...catalog.downloadDelta(delta)])
}
