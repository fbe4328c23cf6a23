import type { Data, DataType, Field } from 'apache-arrow'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildColumn } from '../../../src/catalog/records/build.ts'
import { storedData } from '../../../src/catalog/records/build-stored.ts'
import { cellReader } from '../../../src/catalog/records/cells.ts'
import { leafOf, type Stored } from '../../../src/catalog/records/leaf.ts'
import { shapeOf } from '../../../src/catalog/records/shape.ts'
import { FLAT_TYPES, RUNS, tables } from './arbitrary.ts'

const withValues = FLAT_TYPES.filter((type) => type !== 'null')

/** What a chunk holds, byte for byte. */
function buffersOf(data: Data) {
  const bytes = (view: ArrayBufferView | undefined) =>
    view === undefined ? null : Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex')
  const { length, nullCount } = data
  const { values, valueOffsets, nullBitmap } = data as Data<DataType>
  const bitmap = nullCount === 0 ? null : bytes(nullBitmap)
  return { length, nullCount, values: bytes(values as never), valueOffsets: bytes(valueOffsets as never), bitmap }
}

/** Whole numbers in the narrower of the two forms in which they may come. */
function asNumber(value: Stored): Stored {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

test('columns of stored values are those of the cells that they show as', () => {
  fc.assert(
    fc.property(tables({ flat: withValues }), (table) => {
      table.schema.fields.forEach((field: Field, index) => {
        const vector = table.getChildAt(index)!
        const cells = Array.from({ length: table.numRows }, (_, row) => cellReader(vector)(row))
        const leaf = leafOf(shapeOf(field.type))!
        const stored = cells.map((cell) => (cell === null ? null : leaf.fromValue(cell)))
        const expected = buffersOf(buildColumn(field, cells))
        const build = (values: readonly (Stored | null)[]) =>
          buffersOf(storedData(field.type, values.length, (row) => values[row]!))
        expect(build(stored)).toEqual(expected)
        expect(build(stored.map((value) => (value === null ? null : asNumber(value))))).toEqual(expected)
      })
    }),
    { numRuns: RUNS },
  )
})
