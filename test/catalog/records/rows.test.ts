import { describe, expect, test } from 'vitest'
import { type Row, rowsFromTable, tableFromColumns, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'

const schema = (columns: Readonly<Record<string, string>>) =>
  schemaOf(Object.entries(columns).map(([name, type]) => parseField(name, type)))
const refused = (message: string) => expect.objectContaining({ code: 'invalid-argument', message })

describe('rows with a schema', () => {
  test('take its types; what a row leaves out is null', () => {
    const table = tableFromRows([{ id: 1, total: 10.5 }, { id: 2 }], schema({ id: 'int8!', total: 'decimal(12,2)' }))
    expect(table.schema.fields.map(formatField)).toEqual(['int8!', 'decimal(12,2)'])
    expect(rowsFromTable(table)).toEqual([
      { id: 1, total: '10.50' },
      { id: 2, total: null },
    ])
  })

  test('take the types of columns, too', () => {
    const table = tableFromRows([{ id: 1 }], { id: 'int8!', total: 'decimal(12,2)' })
    expect(table.schema.fields.map(formatField)).toEqual(['int8!', 'decimal(12,2)'])
    expect(rowsFromTable(table)).toEqual([{ id: 1, total: null }])
    expect(() => tableFromRows([], {})).toThrowError(
      refused("The schema has no column; give the columns' types by their names."),
    )
  })

  test('may be none', () => {
    const table = tableFromRows([], schema({ id: 'int64', tags: 'list<dictionary<int8, string>>' }))
    expect(table.numRows).toBe(0)
    expect(rowsFromTable(table)).toEqual([])
  })

  test('take a name such as __proto__ or constructor for a column like any other', () => {
    const row = Object.fromEntries([
      ['__proto__', 1],
      ['constructor', 2],
    ])
    const table = tableFromRows([row, {}], schema({ ['__proto__']: 'int8', constructor: 'int8' }))
    expect(rowsFromTable(table).map((each) => Object.entries(each))).toEqual([
      [
        ['__proto__', 1],
        ['constructor', 2],
      ],
      [
        ['__proto__', null],
        ['constructor', null],
      ],
    ])
  })

  test.each<[string, readonly Row[], string]>([
    [
      'a value that does not fit',
      [{ id: 1 }, { id: 300 }],
      'Column "id" (int8!), row 1: 300 is beyond what int8 holds, -128 to 127.',
    ],
    ['a null where none may be', [{ id: 1 }, {}], 'Column "id" (int8!), row 1: it may not be null.'],
    [
      'a key that is no column',
      [{ id: 1, nmae: 'x' }],
      'Row 0 has a value for "nmae", which is no column of id, name; did you mean "name"?',
    ],
    [
      'a value inside a value',
      [{ id: 1, name: ['x', 1] }],
      'Column "name" (list<string>), row 0: item 1: 1 is not a text; write it in quotes.',
    ],
    ['what is no row', [{ id: 1 }, 5 as never], 'Row 1 is 5; a row is an object of values by column name.'],
  ])('refuse %s', (_, rows, message) => {
    const columns = schema({
      id: 'int8!',
      name: rows.some((row) => Array.isArray(row.name)) ? 'list<string>' : 'string',
    })
    expect(() => tableFromRows(rows, columns)).toThrowError(refused(message))
  })

  test('refuse more values than a dictionary can number', () => {
    const rows = Array.from({ length: 129 }, (_, index) => ({ kind: `k${index}` }))
    expect(tableFromRows(rows.slice(1), schema({ kind: 'dictionary<int8, string>' })).numRows).toBe(128)
    expect(() => tableFromRows(rows, schema({ kind: 'dictionary<int8, string>' }))).toThrowError(
      refused(
        'Column "kind" (dictionary<int8, string>): 129 distinct values are more than a dictionary of int8 can number; use int32.',
      ),
    )
  })
})

describe('rows without a schema', () => {
  const inferred = (rows: readonly Row[]) =>
    Object.fromEntries(tableFromRows(rows).schema.fields.map((field) => [field.name, formatField(field)]))

  test('have the types of all of their values, not of the first', () => {
    expect(
      inferred([
        { none: null, flag: null, whole: 1, part: 1, big: 1, huge: 1n, text: 'x' },
        {
          flag: true,
          whole: null,
          part: 0.5,
          big: 2n ** 62n,
          huge: 2n ** 63n,
          bytes: new Uint8Array(1),
          at: new Date(0),
        },
      ]),
    ).toEqual({
      none: 'null',
      flag: 'bool',
      whole: 'int64',
      part: 'float64',
      big: 'int64',
      huge: 'uint64',
      text: 'string',
      bytes: 'binary',
      at: 'timestamp[ms, UTC]',
    })
    expect(inferred([{ a: -0 }, { a: 1 }])).toEqual({ a: 'float64' })
    expect(inferred([{ a: 1e300 }, { a: 1 }])).toEqual({ a: 'float64' })
  })

  test('may be nested', () => {
    const rows = [
      { list: [], struct: { a: 1 }, map: new Map([['k', [1]]]) },
      { list: [{ x: 1 }, null, { y: 'z' }], struct: { b: null }, map: new Map() },
    ]
    expect(inferred(rows)).toEqual({
      list: 'list<struct<x: int64, y: string>>',
      struct: 'struct<a: int64, b: null>',
      map: 'map<string, list<int64>>',
    })
    expect(rowsFromTable(tableFromRows(rows))).toEqual([
      { list: [], struct: { a: 1n, b: null }, map: [['k', [1n]]] },
      { list: [{ x: 1n, y: null }, null, { x: null, y: 'z' }], struct: { a: null, b: null }, map: [] },
    ])
  })

  test.each<[readonly Row[], string]>([
    [[{ a: 1 }, { a: null }, { a: 'x' }], 'Column "a" has 1 in row 0 but "x" in row 2; declare a schema for it.'],
    [[{ a: 1.5 }, { a: 1n }], 'Column "a" has 1.5 in row 0 but 1n in row 1; declare a schema for it.'],
    [[{ a: [1] }, { a: ['x'] }], 'Column "a[]" has 1 in row 0 but "x" in row 1; declare a schema for it.'],
    [[{ a: { b: true } }, { a: { b: 1 } }], 'Column "a.b" has true in row 0 but 1 in row 1; declare a schema for it.'],
    [[{ a: 2n ** 64n }], 'Column "a" has integers beyond 64 bits; declare a schema with a decimal(38,0) for it.'],
    [[{ a: () => 1 }], 'Column "a" has a function in row 0, which no Arrow type holds.'],
  ])('refuse what disagrees: %o', (rows, message) => {
    expect(() => tableFromRows(rows)).toThrowError(refused(message))
  })
})

test('columns make a table where they are as many as the schema has, and of one length', () => {
  const columns = schema({ a: 'int64', b: 'string' })
  expect(
    rowsFromTable(
      tableFromColumns(columns, [
        [1n, null],
        ['x', 'y'],
      ]),
    ),
  ).toEqual([
    { a: 1n, b: 'x' },
    { a: null, b: 'y' },
  ])
  expect(() => tableFromColumns(columns, [[1n], ['x', 'y']])).toThrowError(
    refused('A table of 2 columns needs as many, of one length; given were lengths 1, 2.'),
  )
})

test('two columns of one name are no rows', () => {
  const table = tableFromColumns(schemaOf([parseField('a', 'int64'), parseField('a', 'int64')]), [[1n], [2n]])
  expect(() => rowsFromTable(table)).toThrowError(
    refused(`Two columns are named "a", so rows can't hold both; rename one.`),
  )
})
