import { expect, test } from 'vitest'
import { tableBytes } from '../../../src/catalog/records/nbytes.ts'
import { type Row, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'

const tableOf = (type: string, values: readonly unknown[]) =>
  tableFromRows(
    values.map((c): Row => ({ c })),
    schemaOf([parseField('c', type)]),
  )

/** What pyarrow 12 gives for `pa.table({"c": …}).nbytes`. */
test.each<[type: string, values: readonly unknown[], nbytes: number]>([
  ['int64', [1, 2, 3], 24],
  ['int64', [1, null, 3], 25],
  ['bool', Array.from({ length: 20 }, () => true), 3],
  ['bool', Array.from({ length: 18 }, (_, row) => (row % 2 ? null : true)), 6],
  ['null', [null, null, null, null, null], 0],
  ['string', ['a', null, 'ccc'], 17],
  ['large_string', ['a', null, 'ccc'], 29],
  ['fixed_size_binary[2]', [new Uint8Array(2), null], 5],
  ['decimal(5,2)', ['1.2', null], 33],
  ['decimal256(50,2)', ['1.2', null], 65],
  ['duration[s]', [1, null], 17],
  ['list<int64>', [[1, null], null, []], 30],
  ['large_list<int64>', [[1, null], null, []], 42],
  ['fixed_size_list<int32>[2]', [[1, 2], null, [3, null]], 26],
  [
    'fixed_size_list<int32>[2]',
    [
      [1, 2],
      [3, 4],
    ],
    16,
  ],
  ['struct<a: int64, b: string>', [{ a: 1 }, null, { b: 'y' }], 39],
  ['struct<a: struct<b: int64>>', [{ a: { b: 1 } }, null], 16],
  ['list<struct<a: int64>>', [[{ a: 1 }, null], null, []], 29],
  [
    'map<string, int64>',
    [
      [
        ['k', 1],
        ['l', null],
      ],
      null,
      [],
    ],
    40,
  ],
  ['dictionary<int32, string>', ['a', null, 'a', 'b'], 27],
  ['fixed_size_list<struct<a: int32>>[2]', [[{ a: 1 }, { a: 2 }], null], 17],
  ['struct<a: string>', [{ a: 'x' }, null], 9],
  ['struct<a: list<int8>>', [{ a: [1] }, null], 9],
  ['struct<a: fixed_size_list<int8>[2]>', [{ a: [1, 2] }, null], 4],
  ['struct<a: dictionary<int8, string>>', [{ a: 'x' }, null], 7],
  ['struct<a: bool>', [{ a: true }, null], 1],
  ['struct<a: list<struct<b: int8>>>', [{ a: [{ b: 1 }] }, null, { a: [null] }], 14],
  ['list<list<int64>>', [[[1], [2, null]], null, [null]], 51],
  ['list<dictionary<int8, string>>', [['a'], ['b', null]], 22],
])('%s %j', (type, values, nbytes) => {
  expect(tableBytes(tableOf(type, values))).toBe(nbytes)
})

test("a slice's bitmaps count the bytes that they touch", () => {
  const table = tableOf(
    'bool',
    Array.from({ length: 18 }, (_, row) => (row % 2 ? null : true)),
  )
  expect(tableBytes(table.slice(1, 17))).toBe(6)
})
