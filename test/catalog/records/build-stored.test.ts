import type { Data, DataType, Field } from 'apache-arrow'
import { expect, test } from 'vitest'
import { buildColumn } from '../../../src/catalog/records/build.ts'
import { numbersData } from '../../../src/catalog/records/build-stored.ts'
import { cellReader } from '../../../src/catalog/records/cells.ts'
import { leafOf } from '../../../src/catalog/records/leaf.ts'
import { shapeOf } from '../../../src/catalog/records/shape.ts'
import { fc } from '../../chance.ts'
import { FLAT_TYPES, RUNS, tables } from './arbitrary.ts'

const ofNumbers = FLAT_TYPES.filter((type) => /^(?:u?int|float|decimal|date|time|duration)/.test(type))

/** What a chunk holds, byte for byte. */
function buffersOf(data: Data) {
  const bytes = (view: ArrayBufferView | undefined) =>
    view === undefined ? null : Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex')
  const { length, nullCount } = data
  const { values, valueOffsets, nullBitmap } = data as Data<DataType>
  return {
    length,
    nullCount,
    values: bytes(values as never),
    valueOffsets: bytes(valueOffsets as never),
    bitmap: bytes(nullBitmap),
  }
}

/** A number where it is exact. */
function asNumber(value: number | bigint): number | bigint {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

test('columns of stored numbers are those of the cells that they show as', () => {
  fc.assert(
    fc.property(tables({ flat: ofNumbers }), (table) => {
      table.schema.fields.forEach((field: Field, index) => {
        const vector = table.getChildAt(index)!
        const cells = Array.from({ length: table.numRows }, (_, row) => cellReader(vector)(row)).filter(
          (cell) => cell !== null,
        )
        const leaf = leafOf(shapeOf(field.type))!
        const stored = cells.map((cell) => leaf.fromValue(cell) as number | bigint)
        const expected = buffersOf(buildColumn(field, cells))
        const build = (numbers: ArrayLike<number | bigint>) => buffersOf(numbersData(field.type, numbers))
        expect(build(stored)).toEqual(expected)
        const numbers = stored.map(asNumber)
        expect(build(numbers)).toEqual(expected)
        if (numbers.every((value) => typeof value === 'number')) {
          expect(build(Float64Array.from(numbers))).toEqual(expected)
        }
      })
    }),
    { numRuns: RUNS },
  )
})
