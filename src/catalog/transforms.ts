import type { Table } from 'apache-arrow'
import { checkPartitionValues, invalid, shown } from './arguments.ts'
import { bucketReader, columnOf } from './buckets.ts'
import type { PartitionValue, PartitionValues, Transform } from './model/common.ts'
import type { Cell } from './records/cells.ts'
import { cellKey, cellReader, takeRows } from './records/late.ts'

/** The rows of a table that have the same partition values. */
export interface Part {
  readonly table: Table
  readonly values: PartitionValues | null
}

/**
 * The table's rows by the values that the transforms give, in the order in which each list of values first comes. A
 * table without rows is one part without values. `seed` stands in for the values where a bucket names no column.
 */
export function splitByValues(table: Table, transforms: readonly Transform[], seed: string): readonly Part[] {
  const readers = transforms.map((transform) => readerOf(table, transform, seed))
  const groups = new Map<string, { readonly values: PartitionValues; readonly rows: number[] }>()
  for (let row = 0; row < table.numRows; row += 1) {
    const values = readers.map((read) => read(row))
    const key = JSON.stringify(values)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { values, rows: [row] })
    else group.rows.push(row)
  }
  if (groups.size === 0) return [{ table, values: null }]
  return [...groups.values()].map(({ values, rows }) => ({
    values: checkPartitionValues(values),
    table: rows.length === table.numRows ? table : takeRows(table, rows),
  }))
}

function readerOf(table: Table, transform: Transform, seed: string): (row: number) => PartitionValue {
  if (transform.name === 'bucket') return bucketReader(table, transform.parameters, seed)
  const { columnName } = transform.parameters
  const read = cellReader(columnOf(table, columnName))
  return (row) => identityValue(read(row), columnName)
}

/** A cell as a partition value: integers and texts as they are, dates, times and decimals as their text. */
function identityValue(cell: Cell, column: string): PartitionValue {
  if (cell === null || typeof cell === 'string' || typeof cell === 'boolean') return cell
  const integer = typeof cell === 'bigint' ? Number(cell) : cell
  if (typeof integer === 'number' && Number.isSafeInteger(integer)) return integer
  throw invalid(
    `Column ${shown(column)} holds ${typeof cell === 'object' ? 'a nested or binary value' : cellKey(cell)}, which cannot be a partition value; partition by a column of texts.`,
  )
}
