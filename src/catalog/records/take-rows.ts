import type { Table } from 'apache-arrow'
import { adopted } from './adopt.ts'
import { batchOf, tableOf } from './table.ts'
import { take } from './take.ts'

/** Some rows of a table, by their numbers in ascending order; a batch of which there are none is left out. */
export function takeRows(given: Table, rows: readonly number[]): Table {
  const table = adopted(given)
  let first = 0
  let at = 0
  const batches = table.batches.flatMap((batch) => {
    const start = at
    while (at < rows.length && rows[at]! < first + batch.numRows) at++
    const offset = first
    const slots = Int32Array.from(rows.slice(start, at), (row) => row - offset)
    first += batch.numRows
    const columns = batch.data.children.map((column) => take(column, slots))
    return slots.length === 0 ? [] : [batchOf(table.schema, columns, slots.length)]
  })
  return tableOf(table.schema, batches)
}
