import { describe, expect, test } from 'vitest'
import { applyConsistency } from '../../../src/catalog/records/consistency.ts'
import { type Row, rowsFromTable, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, formatType, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'

const schema = (columns: Readonly<Record<string, string>>) =>
  schemaOf(Object.entries(columns).map(([name, type]) => parseField(name, type)))
const tableOf = (rows: readonly Row[], columns: Readonly<Record<string, string>>) =>
  tableFromRows(rows, schema(columns))

test('none takes a column as it is, and is the default', () => {
  const table = tableOf([{ a: 'x' }], { a: 'string' })
  expect(applyConsistency(table, schema({ a: 'int64', b: 'int64!' }), null)).toBe(table)
  expect(applyConsistency(table, schema({ a: 'int64' }), { a: 'none' })).toBe(table)
})

test('what every object inherits is no policy', () => {
  const wanted = schema({ id: 'int64', toString: 'string', constructor: 'string' })
  const table = tableOf([{ id: 1, toString: 5 }], { id: 'int64', toString: 'int64' })
  const checked = applyConsistency(table, wanted, { id: 'validate' })
  expect(checked.schema.fields.map(({ name, type }) => `${name}: ${formatType(type)}`)).toEqual([
    'id: int64',
    'toString: int64',
  ])
  expect(rowsFromTable(checked)).toEqual([{ id: 1n, toString: 5n }])
})

describe('coerce', () => {
  test.each<[from: string, value: unknown, to: string, cell: unknown]>([
    ['int64', 5, 'int8', 5],
    ['int64', 5, 'float64', 5],
    ['int64', 5, 'decimal(5,2)', '5.00'],
    ['int64', 5, 'string', '5'],
    ['int64', -1, 'timestamp[ms]', '1969-12-31T23:59:59.999'],
    ['int32', 2 ** 24, 'float32', 2 ** 24],
    ['int64', -(2n ** 60n), 'float32', -(2 ** 60)],
    ['int64', 2048, 'float16', 2048],
    ['float64', 5, 'int64', 5n],
    ['float64', 0.1, 'float32', 0.10000000149011612],
    ['string', '5', 'int64', 5n],
    ['string', '2024-02-29', 'date32', '2024-02-29'],
    ['string', 'true', 'bool', true],
    ['string', 'x', 'dictionary<int8, string>', 'x'],
    ['bool', true, 'string', 'true'],
    ['bool', true, 'int8', 1],
    ['decimal(5,2)', '5.00', 'int64', 5n],
    ['decimal(5,2)', '5.10', 'decimal(12,4)', '5.1000'],
    ['decimal(5,2)', '5.10', 'float64', 5.1],
    ['date32', '2024-02-29', 'timestamp[us, UTC]', '2024-02-29T00:00:00.000000Z'],
    ['timestamp[us]', '2024-02-29', 'date32', '2024-02-29'],
    ['timestamp[us]', '2024-02-29T01:02:03', 'timestamp[s]', '2024-02-29T01:02:03'],
    ['timestamp[us]', '2024-02-29', 'timestamp[us, UTC]', '2024-02-29T00:00:00.000000Z'],
    ['timestamp[us, Europe/Oslo]', '2024-02-29T00:00:00Z', 'timestamp[us]', '2024-02-29T00:00:00.000000'],
    ['time32[s]', '01:02:03', 'time64[us]', '01:02:03.000000'],
    ['duration[s]', 5, 'duration[ms]', 5000n],
    ['duration[ms]', 5000, 'duration[s]', 5n],
    ['dictionary<int8, string>', 'x', 'string', 'x'],
    ['dictionary<int8, string>', '5', 'int8', 5],
    ['list<int64>', [1, null], 'list<float64>', [1, null]],
    ['fixed_size_list<int64>[2]', [1, 2], 'list<int8>', [1, 2]],
    ['struct<a: int64>', { a: 1 }, 'struct<b: string, a: string>', { b: null, a: '1' }],
    ['map<string, int64>', { k: 1 }, 'map<large_string, string>', [['k', '1']]],
    ['null', null, 'int8', null],
  ])('%s %o becomes %s', (from, value, to, cell) => {
    const table = tableOf([{ c: null }, { c: value }], { c: from })
    const coerced = applyConsistency(table, schema({ c: to }), { c: 'coerce' })
    expect(coerced.schema.fields.map(formatField)).toEqual([to])
    expect(rowsFromTable(coerced)).toEqual([{ c: null }, { c: cell }])
  })

  test.each<[from: string, value: unknown, to: string, reason: string]>([
    ['int64', 300, 'int8', '300 is beyond what int8 holds, -128 to 127'],
    ['float64', 1.5, 'int64', '1.5 is not a whole number'],
    ['int32', 16777217, 'float32', '16777217 is not a number that float32 holds exactly'],
    ['int64', 2049, 'float16', '2049 is not a number that float16 holds exactly'],
    ['uint64', 2n ** 53n + 1n, 'float64', '9007199254740993 is not a number that float64 holds exactly'],
    ['int64', 70_000, 'float16', '70000 is beyond what float16 holds'],
    ['string', 'x', 'int64', '"x" is not a whole number'],
    ['decimal(5,2)', '5.10', 'int64', '"5.10" is not a whole number'],
    [
      'decimal(5,2)',
      '5.11',
      'decimal(5,1)',
      `"5.11" doesn't fit decimal(5,1), which holds 5 digits, 1 of them after the point`,
    ],
    [
      'timestamp[us]',
      '2024-02-29T00:00:00.000001',
      'timestamp[ms]',
      '"2024-02-29T00:00:00.000001" has more digits of a second than the unit ms holds',
    ],
    [
      'timestamp[us]',
      '2024-02-29T01:00:00',
      'date32',
      '"2024-02-29T01:00:00.000000" is not a date; write it as 2024-02-29',
    ],
    ['duration[ms]', 5, 'duration[s]', `a duration of 5 can't be counted in the coarser unit exactly`],
    ['list<int64>', [1], 'int64', 'a list of 1 is not a whole number'],
  ])('%s %o is no %s', (from, value, to, reason) => {
    const table = tableOf([{ c: null }, { c: value }], { c: from })
    // The second batch's rows are counted on.
    expect(() =>
      applyConsistency(table.slice(0, 1).concat(table.slice(1)), schema({ c: to }), { c: 'coerce' }),
    ).toThrowError(
      expect.objectContaining({ code: 'invalid-argument', message: `Column "c" (${from}), row 1: ${reason}.` }),
    )
  })

  test('adds a column that is missing as nulls, where they are allowed', () => {
    const table = tableOf([{ a: 1 }], { a: 'int64' })
    expect(rowsFromTable(applyConsistency(table, schema({ b: 'list<string>', a: 'int64' }), { b: 'coerce' }))).toEqual([
      { a: 1n, b: null },
    ])
    expect(() => applyConsistency(table, schema({ b: 'string!' }), { b: 'coerce' })).toThrowError(
      'Column "b" is missing, and the schema says string!; give it values.',
    )
  })

  test('refuses nulls where there may be none', () => {
    const table = tableOf([{ a: 1 }, { a: null }], { a: 'int64' })
    expect(() => applyConsistency(table, schema({ a: 'int64!' }), { a: 'coerce' })).toThrowError(
      'Column "a" (int64), row 1: it may not be null.',
    )
  })
})

describe('validate', () => {
  test('takes the type of the schema, and a nullable column that is missing', () => {
    const table = tableOf([{ a: 1, more: 'x' }], { a: 'int64', more: 'string' })
    expect(applyConsistency(table, schema({ a: 'int64!', b: 'string' }), { a: 'validate', b: 'validate' })).toBe(table)
  })

  test.each<[Record<string, string>, Record<string, string>, string]>([
    [
      { a: 'int32' },
      { a: 'int64' },
      'Column "a" is int32, but the schema says int64; convert it, or let the version coerce it.',
    ],
    [{ a: 'int64' }, { a: 'int64!' }, 'Column "a" has 1 null values, but the schema says int64!.'],
    [{ b: 'int64' }, { a: 'int64!' }, 'Column "a" is missing, and the schema says int64!; give it values.'],
  ])('refuses %o for %o', (columns, wanted, message) => {
    const table = tableOf([{ [Object.keys(columns)[0]!]: 1 }, {}], columns)
    expect(() => applyConsistency(table, schema(wanted), { a: 'validate' })).toThrowError(
      expect.objectContaining({ code: 'invalid-argument', message }),
    )
  })
})
