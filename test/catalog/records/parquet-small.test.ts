import { Decimal, Field, makeData, type Table, Utf8 } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { writeIpcStream } from '../../../src/catalog/records/ipc-write.ts'
import { readParquet, writeParquet } from '../../../src/catalog/records/parquet.ts'
import { checkBounds } from '../../../src/catalog/records/parquet-bounds.ts'
import { parquet } from '../../../src/catalog/records/parquet-module.ts'
import { writeSmallParquet } from '../../../src/catalog/records/parquet-small.ts'
import { rowsFromTable, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { batchOf, schemaOf, tableOf } from '../../../src/catalog/records/table.ts'
import { fc } from '../../chance.ts'
import { FLAT_TYPES, RUNS, tables } from './arbitrary.ts'
import { structOf } from './thrift-values.ts'

const TAKEN = [
  ...['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float32', 'float64'],
  ...['string', 'binary', 'fixed_size_binary[3]', 'decimal(5,0)', 'decimal(9,9)', 'decimal(12,2)', 'decimal(18,0)'],
  ...['decimal(19,4)', 'decimal(38,18)', 'date32', 'time32[ms]', 'time64[us]', 'time64[ns]'],
  ...['timestamp[ms]', 'timestamp[us]', 'timestamp[ns]'],
  ...['timestamp[ms, UTC]', 'timestamp[us, UTC]', 'timestamp[ns, UTC]'],
]
/** Of the types that come to the writer: seconds, date64 and views have become others by then. */
const REFUSED = [
  ...['null', 'float16', 'large_string', 'large_binary', 'decimal256(60,7)', 'decimal32(9,3)', 'decimal64(18,0)'],
  ...['timestamp[ms, Europe/Oslo]', 'timestamp[us, +00:00]', 'duration[s]', 'duration[ns]', 'date64', 'string_view'],
  ...['binary_view', 'time32[s]', 'timestamp[s]', 'timestamp[s, UTC]'],
  ...['list<int64>', 'struct<a: int64>', 'map<string, int64>', 'dictionary<int32, string>'],
]

const own = (table: Table): Uint8Array => writeSmallParquet(table) ?? expect.fail('not written as a small file')
const columns = (table: Table) => table.schema.fields.map((field) => [field.name, formatField(field)])
const tableOfType = (type: string, values: readonly unknown[]) =>
  tableFromRows(
    values.map((c) => ({ c })),
    schemaOf([parseField('c', type)]),
  )
const cells = (table: Table) => rowsFromTable(table).map(({ c }) => c)

function writtenByWasm(table: Table): Uint8Array {
  const { Table: WasmTable, writeParquet: write } = parquet()
  return write(WasmTable.fromIPCStream(writeIpcStream(table)))
}

/** The reader gives the same bytes of Arrow for our file as for parquet-wasm's, and they are the table. */
function expectSameAsWasm(table: Table): void {
  const read = readParquet(own(table))
  expect(columns(read)).toEqual(columns(table))
  expect([...read.schema.metadata]).toEqual([])
  expect(read.schema.fields.every(({ metadata }) => metadata.size === 0)).toBe(true)
  expect(rowsFromTable(read)).toEqual(rowsFromTable(table))
  expect(writeIpcStream(read)).toEqual(writeIpcStream(readParquet(writtenByWasm(table))))
}

describe('a small plain table is read back as it was', () => {
  test('random ones, in slices that begin inside a byte of the bitmaps', () => {
    const slices = fc
      .tuple(tables({ flat: TAKEN, minColumns: 1 }), fc.nat(3))
      .map(([{ schema, batches }, from]) => tableOf(schema, batches.slice(-1)).slice(from))
    fc.assert(fc.property(slices, expectSameAsWasm), { numRuns: 4 * RUNS })
  })

  test.each(TAKEN)('%s: values, nulls, neither, and not null', (type) => {
    fc.assert(
      fc.property(tables({ flat: [type], minColumns: 1 }), ({ schema, batches }) => {
        expectSameAsWasm(tableOf(schema, batches.slice(-1)))
      }),
      { numRuns: 10 },
    )
    for (const values of [[], [null], [null, null, null]]) expectSameAsWasm(tableOfType(type, values))
    expectSameAsWasm(tableOfType(`${type}!`, []))
  })

  test.each([
    ['float64', [Number.NaN, -0, 0, Infinity, -Infinity, null, 5e-324]],
    ['float32', [Number.NaN, -0, 0, Infinity, -Infinity, null, 2 ** -149]],
    ['int8', [-128, 127, -1, 0, null]],
    ['int16', [-32768, 32767, -1, null]],
    ['uint32', [2 ** 32 - 1, 0, null]],
    ['uint64', [2n ** 64n - 1n, 0n, null]],
    ['int64', [-(2n ** 63n), 2n ** 63n - 1n, null]],
    ['string', ['', null, '', 'å', '\0', '😀'.repeat(20)]],
    ['binary', [new Uint8Array(0), null, new Uint8Array([255, 0])]],
    ['decimal(9,2)', ['-9999999.99', '9999999.99', '0.00', null]],
    ['decimal(18,0)', [`-${'9'.repeat(18)}`, '9'.repeat(18), null]],
    ['decimal(38,0)', [`-${'9'.repeat(38)}`, '9'.repeat(38), '-1', null]],
  ])('edges of %s', (type, values) => {
    expectSameAsWasm(tableOfType(type, values))
    expect(cells(readParquet(own(tableOfType(type, values))))).toEqual(values)
  })

  test.each([1, 7, 8, 9, 63, 64, 127, 128, 511, 512, 513, 999])('%i rows, with nulls and without', (length) => {
    const flags = schemaOf([parseField('flag', 'bool'), parseField('text', 'string'), parseField('n', 'int16!')])
    for (const nth of [1000, 3]) {
      const rows = Array.from({ length }, (_, n) => ({
        flag: n % nth === 1 ? null : n % 5 < 2,
        text: n % nth === 2 ? null : `text ${n}`,
        n: -n,
      }))
      expectSameAsWasm(tableFromRows(rows, flags))
    }
  })

  // Their lengths take one, two and three bytes in Snappy's tags and in the page's header.
  test.each([50, 51, 52, 53, 120, 245, 246, 247, 248, 16_000, 65_520])('a text of %i bytes', (length) => {
    expectSameAsWasm(tableOfType('string', ['x'.repeat(length)]))
  })

  test('more columns than the header of a list counts', () => {
    const wide = schemaOf(Array.from({ length: 200 }, (_, n) => parseField(`column ${n}, å`, TAKEN[n % TAKEN.length]!)))
    expectSameAsWasm(tableFromRows([], wide))
    expectSameAsWasm(tableFromRows([{}, {}], wide))
  })

  test('a bitmap that says more about nulls than the count', () => {
    const table = tableOfType('string', ['a', null, 'b', null])
    const [{ values, valueOffsets, nullBitmap }] = table.batches[0]!.data.children as never as [Record<string, never>]
    const data = makeData({ type: new Utf8(), length: 4, nullCount: 1, nullBitmap, valueOffsets, data: values })
    const miscounted = tableOf(table.schema, [batchOf(table.schema, [data], 4)])
    expect(cells(readParquet(own(miscounted)))).toEqual(['a', null, 'b', null])
  })
})

test('a nullable column without nulls has no bitmap, and one that is declared not null no levels', () => {
  const sizes = ['int64', 'int64!'].map((type) => own(tableOfType(type, [1, 2, 3])).length)
  // Their length, a run's header and its one value.
  expect(sizes[0]! - sizes[1]!).toBe(4 + 1 + 1)
})

test('nulls in a column that is declared not null are refused', () => {
  const { schema, batches } = tableOfType('int64', [1, null])
  const strict = schemaOf([parseField('c', 'int64!')])
  const table = tableOf(
    strict,
    batches.map((batch) => batchOf(strict, batch.data.children, 2)),
  )
  expect(schema.fields[0]!.nullable).toBe(true)
  expect(() => writeParquet(table)).toThrowError(
    expect.objectContaining({
      code: 'invalid-argument',
      message: 'Column "c" is declared not null, but 1 of its values are null.',
    }),
  )
})

describe('the rest is left to parquet-wasm', () => {
  test('every type is either taken or refused', () => {
    const listed = [...TAKEN, ...REFUSED]
    expect(FLAT_TYPES.filter((type) => !listed.includes(type))).toEqual(['decimal(5,-2)'])
  })

  test.each(REFUSED)('%s', (type) => {
    expect(writeSmallParquet(tableOfType(type, [null]))).toBeNull()
  })

  test.each([
    [0, 0],
    [2, 3],
    [39, 0],
  ])('a decimal of %i digits and scale %i, which none can be', (precision, scale) => {
    const schema = schemaOf([new Field('c', new Decimal(scale, precision, 128), true)])
    expect(writeSmallParquet(tableOf(schema, []))).toBeNull()
  })

  test('metadata of the schema or a field, several batches, no columns', () => {
    const table = tableOfType('int64', [1, 2])
    const [column] = table.schema.fields
    const described = schemaOf([column!.clone({ metadata: new Map([['unit', 'kg']]) })])
    const [data] = table.batches[0]!.data.children
    const cases = [
      tableOf(schemaOf([column!], new Map([['a', 'b']])), table.batches),
      tableOf(described, [batchOf(described, [data!], 2)]),
      table.slice(0, 1).concat(table.slice(1)),
      tableOf(schemaOf([]), []),
    ]
    expect(cases.map(writeSmallParquet)).toEqual([null, null, null, null])
  })

  test('1000 rows, or values of more than 64 KiB', () => {
    const created = (table: Table) => Buffer.from(writeParquet(table)).includes('vitest-deltacat')
    expect(created(tableOfType('int8', Array(999).fill(1)))).toBe(true)
    expect(created(tableOfType('int8', Array(1000).fill(1)))).toBe(false)
    const long = tableOfType('string', ['x'.repeat(70_000), null, 'short'])
    expect(created(long)).toBe(false)
    expect(cells(readParquet(writeParquet(long)))).toEqual(['x'.repeat(70_000), null, 'short'])
  })

  // What it refuses, it refuses as ever; what is read past its end must not get into a file.
  test.each<[string, readonly number[], Uint8Array]>([
    ['offsets that go back', [0, 4, 2], Buffer.from('abcdef')],
    ['offsets beyond the text', [0, 1, 9], Buffer.from('abcdef')],
    ['an offset before the text', [-1, 1, 2], Buffer.from('abcdef')],
    ['too few offsets', [0, 1], Buffer.from('abcdef')],
    ['no UTF-8', [0, 1, 2], new Uint8Array([65, 0xff])],
    ['a character in two texts', [0, 1, 2], Buffer.from('å')],
  ])('%s', (_, offsets, bytes) => {
    const { schema } = tableOfType('string', [])
    const parts = { type: new Utf8(), length: 2, nullCount: 0, valueOffsets: Int32Array.from(offsets), data: bytes }
    const table = tableOf(schema, [batchOf(schema, [makeData(parts)], 2)])
    expect(writeSmallParquet(table)).toBeNull()
    expect(() => writeParquet(table)).toThrowError(expect.objectContaining({ code: 'invalid-argument' }))
  })
})

test('the metadata of a file, as Parquet numbers it', () => {
  const schema = schemaOf([parseField('id', 'int64!'), parseField('price', 'decimal(20,2)')])
  const file = own(tableFromRows([{ id: 1, price: '1.50' }, { id: 2 }, { id: 3 }], schema))
  checkBounds(file)
  const view = new DataView(file.buffer)
  const length = view.getUint32(file.length - 8, true)
  expect([file.subarray(0, 4), file.subarray(-4)].map(String)).toEqual(Array(2).fill('80,65,82,49'))
  const footer = file.length - 8 - length
  expect(structOf(file.subarray(footer, -8))).toMatchInlineSnapshot(`
    {
      "1": 1,
      "2": [
        {
          "4": "arrow_schema",
          "5": 2,
        },
        {
          "1": 2,
          "3": 0,
          "4": "id",
        },
        {
          "1": 7,
          "10": {
            "5": {
              "1": 2,
              "2": 20,
            },
          },
          "2": 16,
          "3": 1,
          "4": "price",
          "6": 5,
          "7": 2,
          "8": 20,
        },
      ],
      "3": 3,
      "4": [
        {
          "1": [
            {
              "2": 0,
              "3": {
                "1": 2,
                "12": {
                  "3": 0,
                },
                "2": [
                  0,
                  3,
                ],
                "3": [
                  "id",
                ],
                "4": 1,
                "5": 3,
                "6": 41,
                "7": 43,
                "9": 4,
              },
            },
            {
              "2": 0,
              "3": {
                "1": 7,
                "12": {
                  "3": 2,
                },
                "2": [
                  0,
                  3,
                ],
                "3": [
                  "price",
                ],
                "4": 1,
                "5": 3,
                "6": 39,
                "7": 41,
                "9": 47,
              },
            },
          ],
          "2": 80,
          "3": 3,
          "5": 4,
          "6": 84,
        },
      ],
      "6": "vitest-deltacat",
    }
  `)
  // The page of the first column: two bytes before its 24 of values for Snappy's size and tag.
  expect(structOf(file.subarray(4, 4 + 17))).toMatchInlineSnapshot(`
    {
      "1": 0,
      "2": 24,
      "3": 26,
      "5": {
        "1": 3,
        "2": 0,
        "3": 3,
        "4": 3,
      },
    }
  `)
})
