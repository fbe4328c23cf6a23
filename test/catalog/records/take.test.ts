import { expect, test } from 'vitest'
import { chunkReader } from '../../../src/catalog/records/cell-reader.ts'
import { rowsFromTable } from '../../../src/catalog/records/rows.ts'
import { take } from '../../../src/catalog/records/take.ts'
import { takeRows } from '../../../src/catalog/records/take-rows.ts'
import { fc } from '../../chance.ts'
import { FLAT_TYPES, RUNS, tables } from './arbitrary.ts'

test('slots of a column are its cells, in any order; -1 is null', () => {
  fc.assert(
    fc.property(tables({ flat: FLAT_TYPES, isNested: true }), fc.array(fc.nat()), ({ batches }, numbers) => {
      for (const { data, numRows } of batches) {
        const slots = Int32Array.from(numbers, (number) => (number % (numRows + 1)) - 1)
        for (const column of data.children) {
          const read = chunkReader(column)
          const taken = take(column, slots)
          const readTaken = chunkReader(taken)
          expect(taken.length).toBe(slots.length)
          expect(Array.from(slots, (_, index) => readTaken(index))).toEqual(
            Array.from(slots, (slot) => (slot < 0 ? null : read(slot))),
          )
        }
      }
    }),
    { numRuns: RUNS },
  )
})

test('rows of a table are taken from each of its batches', () => {
  fc.assert(
    fc.property(tables({ flat: FLAT_TYPES, isNested: true }), fc.integer({ min: 1, max: 5 }), (table, step) => {
      const rows = rowsFromTable(table)
      const numbers = Array.from(rows.keys()).filter((row) => row % step === 0)
      const taken = takeRows(table, numbers)
      expect(taken.schema.fields).toEqual(table.schema.fields)
      expect(rowsFromTable(taken)).toEqual(numbers.map((row) => rows[row]))
    }),
    { numRuns: RUNS },
  )
})
