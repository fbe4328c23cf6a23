import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Field,
  Int32,
  IntervalDayTime,
  IntervalYearMonth,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  Vector,
} from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { rowsFromTable, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'
import { readStruct } from '../../../src/catalog/records/thrift.ts'

const PARQUET = 'application/parquet'
const recorded = (name: string) => readFileSync(join(import.meta.dirname, 'parquet', `${name}.parquet`))
const read = (name: string) => decodeRecords(recorded(name), PARQUET)
const columns = (table: Table) => table.schema.fields.map((field) => `${field.name}: ${formatField(field)}`)
const roundTrip = (table: Table) => decodeRecords(encodeRecords(table, PARQUET).bytes, PARQUET)

describe('what pyarrow wrote', () => {
  test('dictionaries of texts stay, those of other values are plain: as pyarrow reads them, where parquet-wasm traps', () => {
    const table = read('dictionaries-of-all-kinds')
    expect(columns(table)).toEqual([
      'flag: bool',
      'bytes: fixed_size_binary[2]',
      'price: decimal(20,2)',
      'large: large_string',
      'kind: dictionary<int32, string>',
      'number: int64',
      'nested: struct<l: list<string>>',
    ])
    const [a, b] = [new Uint8Array([97, 98]), new Uint8Array([99, 100])]
    expect(rowsFromTable(table)).toEqual([
      { flag: true, bytes: a, price: '1.50', large: 'x', kind: 'a', number: 1n, nested: { l: ['x'] } },
      { flag: null, bytes: null, price: null, large: null, kind: null, number: null, nested: null },
      { flag: false, bytes: b, price: '2.00', large: 'y', kind: 'a', number: 1n, nested: { l: [] } },
    ])
  })

  test('timestamps in 96 bits are exact', () => {
    expect(rowsFromTable(read('int96'))).toEqual([{ at: '2024-02-29T23:59:59.123456789' }, { at: null }])
  })

  test('no rows', () => {
    const table = read('empty')
    expect(columns(table)).toEqual(['id: int64', 'l: list<string>'])
    expect(rowsFromTable(table)).toEqual([])
    expect(rowsFromTable(roundTrip(table))).toEqual([])
  })

  test('no Arrow schema', () => {
    expect(columns(read('no-arrow-schema'))).toEqual(['id: int64'])
    expect(rowsFromTable(read('no-arrow-schema'))).toEqual([{ id: 1n }, { id: 2n }])
  })
})

test('more rows than the reader gives at once', () => {
  const rows = 140_000
  const columnTypes = schemaOf([parseField('id', 'int64'), parseField('kind', 'dictionary<int8, string>')])
  const table = roundTrip(
    tableFromRows(
      Array.from({ length: rows }, (_, id) => ({ id, kind: `k${id % 5}` })),
      columnTypes,
    ),
  )
  expect(table.numRows).toBe(rows)
  const decoded = rowsFromTable(table)
  expect(decoded.every((row, id) => row.id === BigInt(id) && row.kind === `k${id % 5}`)).toBe(true)
  // Its batches have a dictionary each; together they are encoded again.
  expect(rowsFromTable(roundTrip(table))).toEqual(decoded)
})

test('intervals of months and of days are kept', () => {
  const of = (type: IntervalYearMonth | IntervalDayTime, data: Int32Array) =>
    new Vector([makeData({ type, length: 2, nullCount: 0, data })])
  const table = new Table({
    months: of(new IntervalYearMonth(), Int32Array.of(5, -1)),
    days: of(new IntervalDayTime(), Int32Array.of(1, 2, -3, 4)),
  })
  for (const contentType of [PARQUET, 'application/feather'] as const) {
    const decoded = decodeRecords(encodeRecords(table, contentType).bytes, contentType)
    expect(columns(decoded)).toEqual(['months: interval[month]', 'days: interval[day-time]'])
    expect(rowsFromTable(decoded)).toEqual([
      { months: 5, days: { days: 1, milliseconds: 2 } },
      { months: -1, days: { days: -3, milliseconds: 4 } },
    ])
  }
})

test.each([
  ['decimal(5,-2)', `Parquet can't hold column "c", a decimal of scale -2; use scale 0, or store it as Feather.`],
  [
    'list<decimal(5,-2)>',
    `Parquet can't hold column "c.item", a decimal of scale -2; use scale 0, or store it as Feather.`,
  ],
  ['struct<>', `Parquet can't hold column "c", a struct without fields; leave it out, or store it as Feather.`],
  [
    'fixed_size_binary[0]',
    `Parquet can't hold column "c", a fixed_size_binary[0]; leave it out, or store it as Feather.`,
  ],
])('%s is refused', (type, message) => {
  const table = tableFromRows([{ c: null }], schemaOf([parseField('c', type)]))
  expect(() => encodeRecords(table, PARQUET)).toThrowError(expect.objectContaining({ code: 'unsupported', message }))
  expect(
    rowsFromTable(decodeRecords(encodeRecords(table, 'application/feather').bytes, 'application/feather')),
  ).toEqual([{ c: null }])
})

test('a second that has no millisecond is refused', () => {
  const table = tableFromRows([{ c: 2n ** 62n }], schemaOf([parseField('c', 'timestamp[s]')]))
  expect(() => encodeRecords(table, PARQUET)).toThrowError(
    `A timestamp[s] of 4611686018427387904 is beyond Parquet's timestamp[ms]; store it as an int64.`,
  )
})

describe('damage', () => {
  const { bytes } = encodeRecords(tableFromRows([{ a: 1, b: 'x' }]), PARQUET)

  test.each([
    ['nothing', new Uint8Array(0), 'Empty input'],
    ['cut off', bytes.subarray(0, bytes.length - 20), 'Corrupt footer'],
    ['another file', new TextEncoder().encode('SQLite format 3, and so on'), 'Corrupt footer'],
  ])('%s', (_, damaged, reason) => {
    expect(() => decodeRecords(damaged, PARQUET)).toThrowError(
      expect.objectContaining({
        code: 'corrupt',
        message: expect.stringMatching(
          new RegExp(`^The Parquet file is damaged \\(.*${reason}.*\\); write it again from its source\\.$`),
        ),
      }),
    )
  })

  test('a list without end in its metadata, which would keep the reader busy for seconds', () => {
    const damaged = new Uint8Array(bytes)
    // The footer's second field is the list of columns: its header says how many there are.
    const length = new DataView(bytes.buffer).getUint32(bytes.length - 8, true)
    const at = damaged.indexOf(0x19, bytes.length - 8 - length) + 1
    damaged.set([0xf2, 0xff, 0xff, 0xff, 0x7f], at)
    expect(() => decodeRecords(damaged, PARQUET)).toThrowError(
      'The Parquet file is damaged (metadata with an endless list); write it again from its source.',
    )
  })

  test('the same before a page, the second of a column, too', () => {
    const many = tableFromRows(Array.from({ length: 2000 }, (_, n) => ({ a: `text ${n % 9}` })))
    const sound = encodeRecords(many, PARQUET).bytes
    const message = 'The Parquet file is damaged (metadata with an endless list); write it again from its source.'
    // A dictionary's page, and the page of values after it. A list of texts is put where a header has its first field.
    const first = readStruct(sound, 4, sound.length)
    for (const page of [4, first.end + Number(first.fields[3])]) {
      const damaged = new Uint8Array(sound)
      damaged.set([0x19, 0xf8, 0xff, 0xff, 0xff, 0x7f], page)
      expect(() => decodeRecords(damaged, PARQUET)).toThrowError(message)
    }
    expect(decodeRecords(sound, PARQUET).numRows).toBe(2000)
  })

  // 0x18: the first field is a text, of a length; 0x19 and 0x1b: a list, a map. In these a truth takes a byte.
  test.each([
    ['a number without end', [0x18, ...Array<number>(150).fill(0x80), 0], 'metadata with an endless number'],
    ['a map of truths', [0x1b, 30, 0x11, ...Array<number>(40).fill(1)], 'metadata that ends too early'],
    ['lists of truths', [0x19, 0xf9, 0x28, ...Array<number>(39).fill(0x11), 0], 'metadata that ends too early'],
  ])('%s before a page', (_, header, reason) => {
    expect(() => readStruct(Uint8Array.from(header), 0, header.length)).toThrowError(new RangeError(reason))
  })

  test('a table whose buffers are too short is refused, and the next one is written', () => {
    const field = new Field('a', new Utf8(), true)
    const broken = makeData({
      type: new Utf8(),
      length: 2,
      nullCount: 0,
      valueOffsets: Int32Array.of(0, 90, 5),
      data: new Uint8Array(5),
    })
    const struct = makeData({ type: new Struct([field]), length: 2, children: [broken] })
    const schema = new Schema([field])
    const table = new Table(schema, [new RecordBatch(schema, struct)])
    expect(() => encodeRecords(table, PARQUET)).toThrowError(expect.objectContaining({ code: 'invalid-argument' }))
    const whole = new Table({ a: new Vector([makeData({ type: new Int32(), data: Int32Array.of(1) })]) })
    expect(rowsFromTable(roundTrip(whole))).toEqual([{ a: 1 }])
  })
})
