import { describe, expect, test } from 'vitest'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { type Row, rowsFromTable, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'

const JSON_TYPE = 'application/json'
const schema = (columns: Readonly<Record<string, string>>) =>
  schemaOf(Object.entries(columns).map(([name, type]) => parseField(name, type)))
const write = (rows: readonly Row[], columns: Readonly<Record<string, string>>) =>
  Buffer.from(encodeRecords(tableFromRows(rows, schema(columns)), JSON_TYPE).bytes).toString()
const read = (text: string, columns?: Readonly<Record<string, string>>) =>
  decodeRecords(Buffer.from(text), JSON_TYPE, columns === undefined ? {} : { schema: schema(columns) })

test('a row is an object on a line; every value is exact', () => {
  const columns = {
    ...{ big: 'uint64', price: 'decimal(38,18)', at: 'timestamp[ns]', raw: 'binary', tags: 'list<string>' },
    ...{ props: 'map<string, int64>', point: 'struct<x: float64>', zero: 'float64', none: 'null' },
  }
  const row = {
    ...{
      big: 18446744073709551615n,
      price: '12345678901234567890.123456789012345678',
      at: -1n,
      raw: new Uint8Array([0, 255]),
    },
    ...{ tags: ['a', null, 'å"'], props: { k: 9007199254740993n }, point: { x: 0.1 }, zero: -0, none: null },
  }
  const text = write([row, {}], columns)
  expect(text).toBe(
    [
      '{"big":18446744073709551615,"price":"12345678901234567890.123456789012345678","at":"1969-12-31T23:59:59.999999999","raw":"AP8=","tags":["a",null,"å\\""],"props":{"k":9007199254740993},"point":{"x":0.1},"zero":-0.0,"none":null}',
      '{"big":null,"price":null,"at":null,"raw":null,"tags":null,"props":null,"point":null,"zero":null,"none":null}',
      '',
    ].join('\n'),
  )
  expect(rowsFromTable(read(text, columns))).toEqual(rowsFromTable(tableFromRows([row, {}], schema(columns))))
})

test.each<[string, unknown, string]>([
  [
    'map<string, int8>',
    [
      ['b', 1],
      ['a', null],
    ],
    '{"b":1,"a":null}',
  ],
  [
    'map<string, int8>',
    [
      ['a', 1],
      ['a', 2],
    ],
    '[["a",1],["a",2]]',
  ],
  [
    'map<string, int8>',
    [
      ['b', 1],
      ['1', 2],
    ],
    '[["b",1],["1",2]]',
  ],
  ['map<string, int8>', [], '[]'],
  [
    'map<int8, string>',
    [
      [2, 'x'],
      [1, 'y'],
    ],
    '[[2,"x"],[1,"y"]]',
  ],
  ['map<binary, int8>', [[new Uint8Array(1), 1]], '{"AA==":1}'],
])('a %s of %o is %s', (type, value, text) => {
  expect(write([{ m: value }], { m: type })).toBe(`{"m":${text}}\n`)
  expect(rowsFromTable(read(`{"m":${text}}`, { m: type }))).toEqual([{ m: value }])
})

describe('reading', () => {
  test('keeps every digit of a number', () => {
    const columns = { a: 'int64', b: 'decimal(20,2)', c: 'float64', d: 'float64', e: 'decimal(12,2)' }
    const text =
      '{"a":-9007199254740993,"b":12345678901234567.89,"c":0.1234567890123456789,"d":12345678901234567890,"e":10.5}'
    expect(rowsFromTable(read(text, columns))).toEqual([
      { a: -9007199254740993n, b: '12345678901234567.89', c: 0.12345678901234568, d: 12345678901234567000, e: '10.50' },
    ])
    expect(rowsFromTable(read('{"a":9007199254740993}\n{"a":1}'))).toEqual([{ a: 9007199254740993n }, { a: 1n }])
    expect(rowsFromTable(read('{"a":0.123456789012345661,"b":{"c":[18446744073709551615]}}'))).toEqual([
      { a: 0.12345678901234566, b: { c: [18446744073709551615n] } },
    ])
  })

  test('takes a list of rows as well', () => {
    expect(rowsFromTable(read('[ {"a": 1},\n {"a": 2, "b": "x"} ]'))).toEqual([
      { a: 1n, b: null },
      { a: 2n, b: 'x' },
    ])
  })

  test('has all columns of the schema first, then others', () => {
    const table = read('{"c":1,"b":2}\n\n{"b":null}\n', { a: 'string', b: 'int8' })
    expect(table.schema.fields.map((field) => `${field.name}: ${formatField(field)}`)).toEqual([
      'a: string',
      'b: int8',
      'c: int64',
    ])
    expect(rowsFromTable(table)).toEqual([
      { a: null, b: 2, c: 1n },
      { a: null, b: null, c: null },
    ])
    expect(read('', { a: 'string' }).schema.names).toEqual(['a'])
  })

  test('takes an object for a map with keys of text', () => {
    expect(rowsFromTable(read('{"m":{"k":1}}', { m: 'map<string, int8>' }))).toEqual([{ m: [['k', 1]] }])
  })

  test.each<[string, Record<string, string> | undefined, string]>([
    [
      '{"a":1}\n{"a":',
      undefined,
      `Line 2 of the JSON can't be parsed (Unexpected end of JSON input); it is to hold one object for each row.`,
    ],
    ['{"a":1}\n[1]', undefined, 'The JSON has a list of 1 in line 2; a row is an object of values by column name.'],
    ['[{"a":1},2]', undefined, 'The JSON has 2 in row 2; a row is an object of values by column name.'],
    [
      '{"a":1}\n{"a":"x"}',
      undefined,
      `The JSON doesn't fit its schema (Column "a" has 1 in row 0 but "x" in row 1; declare a schema for it); correct the value or the schema.`,
    ],
    [
      '{"a":1}\n{"a":300}',
      { a: 'int8' },
      `The JSON doesn't fit its schema (Column "a" (int8), row 1: 300 is beyond what int8 holds, -128 to 127); correct the value or the schema.`,
    ],
    [
      '{"a":"?"}',
      { a: 'binary' },
      `The JSON doesn't fit its schema (column "a", row 0: "?" is not base64); correct the value or the schema.`,
    ],
  ])('refuses %j', (text, columns, message) => {
    expect(() => read(text, columns)).toThrowError(expect.objectContaining({ code: 'corrupt', message }))
  })
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('JSON has no %d', (value) => {
  expect(() => write([{ a: 1 }, { a: value }], { a: 'float64' })).toThrowError(
    expect.objectContaining({
      code: 'invalid-argument',
      message: `Column "a" (float64), row 1: JSON can't hold ${value}; store it as Parquet or Feather.`,
    }),
  )
})
