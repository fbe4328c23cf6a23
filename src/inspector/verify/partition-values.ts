import type { DataType, Table } from 'apache-arrow'
import type { PartitionValue } from '../../catalog/model/common.ts'
import type { Delta } from '../../catalog/model/delta.ts'
import { canonicalString } from '../../catalog/model/locators.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { type Cell, cellKey } from '../../catalog/records/cell.ts'
import { cellReader } from '../../catalog/records/cells.ts'
import { shapeOf } from '../../catalog/records/shape.ts'
import { partitionCell } from '../../fixtures/data/partition-cell.ts'
import { type Finding, finding } from './codes.ts'
import type { Levels } from './levels.ts'
import { refusalOf } from './rows.ts'

/** The partitions that have not as many values as their table has keys. */
export function* checkValueCounts({ versions, partitions }: Levels): Generator<Finding> {
  for (const { entity, locator, place } of partitions.values()) {
    const { streamLocator, partitionValues } = entity.locator
    const version = versions.get(canonicalString(streamLocator.tableVersionLocator))?.entity
    const columns = keyColumns(version)
    const values = partitionValues ?? []
    if (columns.length === 0 || columns.includes(null) || columns.length === values.length) continue
    const message = `Its values are ${JSON.stringify(values)}; its table’s partition keys are ${columns.join(', ')}.`
    yield finding('values-not-keys', 'partitions', locator, place, message)
  }
}

/** What is said of the first row that has another value in a key's column than its partition; `null` where none has. */
export function strayRow(table: Table, { type, locator }: Delta, version: TableVersion | undefined): string | null {
  // A delete goes by the columns that it names, and by no other.
  if (type === 'delete') return null
  const columns = keyColumns(version)
  const values = locator.partitionLocator.partitionValues ?? []
  if (columns.length !== values.length) return null
  for (const [index, field] of table.schema.fields.entries()) {
    const value = values[columns.indexOf(field.name)]
    const vector = table.getChildAt(index)
    const wanted = value === undefined ? undefined : cellOf(field.type, value)
    if (wanted === undefined || vector === null) continue
    const read = cellReader(vector)
    const key = cellKey(wanted)
    for (let row = 0; row < table.numRows; row += 1) {
      const cell = read(row)
      // Null says nothing: the partition does.
      if (cell === null || cell === wanted || cellKey(cell) === key) continue
      return `${cellKey(cell)} in ${field.name} (record ${row}); its partition is ${JSON.stringify(value)}`
    }
  }
  return null
}

/** The columns whose values the partition values are, in their order; `null` for a key that is made of a value. */
function keyColumns(version: TableVersion | undefined): readonly (string | null)[] {
  const transforms = version?.partitionSpec?.orderedTransforms
  if (transforms) return transforms.map((each) => (each.name === 'identity' ? each.parameters.columnName : null))
  return (version?.partitionKeys ?? []).map((key) => (typeof key === 'string' && !key.includes('(') ? key : null))
}

/** The types of which a partition value means one cell, however it is written. */
const PLAIN: ReadonlySet<string> = new Set(['utf8', 'int', 'bool', 'date', 'decimal'])

/** The cell that a partition value means in a column, or `undefined` where that is not certain. */
function cellOf(type: DataType, value: PartitionValue): Cell | undefined {
  const shape = shapeOf(type)
  if (!PLAIN.has(shape.kind === 'dictionary' ? shapeOf(shape.value).kind : shape.kind)) return undefined
  let cell: Cell | undefined
  refusalOf(() => {
    cell = partitionCell(type, value)
  })
  return cell
}
