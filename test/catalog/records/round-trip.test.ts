import type { Table } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import type { ContentType } from '../../../src/catalog/model/common.ts'
import { arrow } from '../../../src/catalog/records/arrow.ts'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { rowsFromTable, tableFromColumns, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'
import { fc } from '../../chance.ts'
import { FLAT_TYPES, PARQUET_TYPES, RUNS, type TableOptions, TEXT_TYPES, tables } from './arbitrary.ts'

const STRINGS = ['string', 'large_string', 'binary', 'large_binary']
const bare = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => !/[\t\r\n"]/.test(text))

describe('a table is the same after it is encoded and decoded', () => {
  const cases: readonly (readonly [ContentType, TableOptions])[] = [
    ['application/parquet', { flat: PARQUET_TYPES, isNested: true, inDictionaries: STRINGS }],
    ['application/feather', { flat: FLAT_TYPES, isNested: true }],
    ['application/json', { flat: FLAT_TYPES, isNested: true, isFinite: true }],
    ['text/csv', { flat: [...TEXT_TYPES, 'date64', 'string_view'], minColumns: 2 }],
    ['text/tsv', { flat: TEXT_TYPES, minColumns: 2 }],
    ['text/psv', { flat: TEXT_TYPES, minColumns: 2 }],
    ['application/x-amzn-unescaped-tsv', { flat: TEXT_TYPES, minColumns: 2, text: bare }],
  ]
  test.each(cases)('%s', (contentType, options) => {
    fc.assert(
      fc.property(tables(options), (table) => {
        const { bytes, recordCount } = encodeRecords(table, contentType)
        const decoded = decodeRecords(bytes, contentType, { schema: table.schema })
        expect(recordCount).toBe(table.numRows)
        expect(contents(decoded)).toEqual(contents(table))
      }),
      { numRuns: RUNS },
    )
  })
})

test.each([
  ['text/csv', 'CSV'],
  ['text/tsv', 'TSV'],
  ['text/psv', 'PSV'],
  ['application/x-amzn-unescaped-tsv', 'Unescaped TSV'],
] as const)('a table without columns is refused as %s', (contentType, name) => {
  expect(() => encodeRecords(tableFromColumns(schemaOf([]), []), contentType)).toThrowError(
    expect.objectContaining({
      code: 'invalid-argument',
      message: `A table without columns can't be written as ${name}.`,
    }),
  )
})

test.each([
  'application/parquet',
  'application/feather',
  'application/json',
  'text/csv',
  'application/x-amzn-unescaped-tsv',
] as const)('a column whose name begins with a byte-order mark keeps it as %s', (contentType) => {
  const rows = [{ '\uFEFFid': 1n, id: 2n }]
  const { bytes } = encodeRecords(tableFromRows(rows), contentType)
  expect(rowsFromTable(decodeRecords(bytes, contentType))).toEqual(rows)
})

test('rows without columns are counted in Feather and JSON, and refused as Parquet', () => {
  const { makeData, RecordBatch, Struct, Table } = arrow()
  const none = schemaOf([])
  const rows = makeData({ type: new Struct([]), length: 3, nullCount: 0, children: [] })
  const table = new Table(none, [new RecordBatch(none, rows)])
  for (const contentType of ['application/feather', 'application/json'] as const) {
    const { bytes, recordCount } = encodeRecords(table, contentType)
    expect(recordCount).toBe(3)
    expect(rowsFromTable(decodeRecords(bytes, contentType, { schema: none }))).toEqual([{}, {}, {}])
  }
  expect(() => encodeRecords(table, 'application/parquet')).toThrowError(
    expect.objectContaining({
      code: 'invalid-argument',
      message: "Rows without columns can't be written as Parquet, which counts them by column; give them a column.",
    }),
  )
})

/** The types are written as pyarrow 12 can read them. */
test.each([
  ['timestamp[s]', 'timestamp[ms]', '2024-02-29T23:59:59', '2024-02-29T23:59:59.000'],
  ['timestamp[s, UTC]', 'timestamp[ms, UTC]', '1969-12-31T23:59:59Z', '1969-12-31T23:59:59.000Z'],
  ['time32[s]', 'time32[ms]', '23:59:59', '23:59:59.000'],
  ['date64', 'date32', '1969-12-31', '1969-12-31'],
  ['string_view', 'string', 'longer than twelve bytes', 'longer than twelve bytes'],
  ['binary_view', 'binary', new Uint8Array([1]), new Uint8Array([1])],
  ['dictionary<int8, int64>', 'int64', 5n, 5n],
  ['dictionary<int8, bool>', 'bool', true, true],
  ['dictionary<int32, date64>', 'date32', '2024-02-29', '2024-02-29'],
  ['dictionary<int32, string_view>', 'dictionary<int32, string>', 'a', 'a'],
  ['list<timestamp[s]>', 'list<timestamp[ms]>', ['2024-02-29T00:00:00'], ['2024-02-29T00:00:00.000']],
  ['struct<a: date64!>', 'struct<a: date32!>', { a: '1969-12-31' }, { a: '1969-12-31' }],
  ['map<date64, time32[s]>', 'map<date32, time32[ms]>', [['1969-12-31', '00:00:01']], [['1969-12-31', '00:00:01.000']]],
])('Parquet holds %s as %s', (given, stored, value, cell) => {
  const table = tableFromRows([{ c: value }, { c: null }, { c: value }], schemaOf([parseField('c', given)]))
  const sliced = table.slice(1)
  const decode = (each: Table) => decodeRecords(encodeRecords(each, 'application/parquet').bytes, 'application/parquet')
  expect(contents(decode(table))).toEqual({
    schema: [['c', stored]],
    metadata: [],
    rows: [{ c: cell }, { c: null }, { c: cell }],
  })
  expect(rowsFromTable(decode(sliced))).toEqual([{ c: null }, { c: cell }])
})

test('metadata of schema and fields survives Parquet and Feather', () => {
  const column = parseField('a', 'int64').clone({ metadata: new Map([['unit', 'kg']]) })
  const table = tableFromRows([{ a: 1 }], schemaOf([column], new Map([['written by', 'me']])))
  for (const contentType of ['application/parquet', 'application/feather'] as const) {
    const { schema } = decodeRecords(encodeRecords(table, contentType).bytes, contentType)
    expect([...schema.metadata]).toEqual([['written by', 'me']])
    expect([...schema.fields[0]!.metadata]).toEqual([['unit', 'kg']])
  }
})

test('a cell of bytes is a plain Uint8Array, also from a Buffer', () => {
  const columns = schemaOf(
    ['binary', 'binary_view', 'fixed_size_binary[2]', 'dictionary<int8, binary>'].map((type) => parseField(type, type)),
  )
  const bytes = new Uint8Array([1, 255])
  const row = Object.fromEntries(columns.names.map((name) => [name, bytes]))
  const given = Object.fromEntries(columns.names.map((name) => [name, Buffer.from(bytes)]))
  for (const contentType of ['application/parquet', 'application/feather', 'application/json'] as const) {
    const encoded = Buffer.from(encodeRecords(tableFromRows([given], columns), contentType).bytes)
    const [decoded] = rowsFromTable(decodeRecords(encoded, contentType, { schema: columns }))
    expect(decoded).toStrictEqual(row)
  }
})

function contents(table: Table) {
  return {
    schema: table.schema.fields.map((field) => [field.name, formatField(field)]),
    metadata: [...table.schema.metadata],
    rows: rowsFromTable(table),
  }
}
