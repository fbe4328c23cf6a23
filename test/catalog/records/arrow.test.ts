import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as users from 'apache-arrow'
import { expect, test } from 'vitest'
import { arrow, isRecordBatch, isSchema, isTable } from '../../../src/catalog/records/arrow.ts'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { rowsFromTable } from '../../../src/catalog/records/rows.ts'

const records = join(import.meta.dirname, '../../../src/catalog/records')
/** `require('apache-arrow')` is another copy, with other classes. */
const other = createRequire(import.meta.url)('apache-arrow') as typeof users

test("is the module that a user's import gives", () => {
  expect(arrow().Table).toBe(users.Table)
  expect(other.Table).not.toBe(users.Table)
})

test.each([
  ['imported', users],
  ['required', other],
])("a user's tables, %s, are encoded as they are", (_, copy) => {
  const item = new copy.Field('item', new copy.Int32(), true)
  const table = new copy.Table({
    id: copy.vectorFromArray([1n, 2n, null], new copy.Int64()),
    name: copy.vectorFromArray(['x', 'y', 'x']),
    at: copy.vectorFromArray([new Date(0), null, new Date(1)], new copy.TimestampMillisecond('UTC')),
    tags: copy.vectorFromArray([[1, 2], null, []], new copy.List(item)),
    point: copy.vectorFromArray(
      [{ x: 1 }, null, { x: 2 }],
      new copy.Struct([new copy.Field('x', new copy.Int8(), true)]),
    ),
    view: copy.vectorFromArray(['short', 'longer than twelve bytes', null], new copy.Utf8View()),
    ok: copy.vectorFromArray([true, false, null], new copy.Bool()),
  })
  const rows = [
    { id: 1n, name: 'x', at: '1970-01-01T00:00:00.000Z', tags: [1, 2], point: { x: 1 }, view: 'short', ok: true },
    { id: 2n, name: 'y', at: null, tags: null, point: null, view: 'longer than twelve bytes', ok: false },
    { id: null, name: 'x', at: '1970-01-01T00:00:00.001Z', tags: [], point: { x: 2 }, view: null, ok: null },
  ]
  for (const contentType of ['application/parquet', 'application/feather'] as const) {
    const decode = (each: users.Table) =>
      rowsFromTable(decodeRecords(encodeRecords(each, contentType).bytes, contentType))
    expect(decode(table)).toEqual(rows)
    expect(decode(table.slice(1))).toEqual(rows.slice(1))
    expect(decode(table.slice(2).concat(table.slice(0, 2)))).toEqual([rows[2], rows[0], rows[1]])
  }
})

test.each([users, other])('tables, batches and schemas of any copy are known', (copy) => {
  const table = copy.tableFromArrays({ a: [1] })
  const values = [table, table.batches[0], table.schema, {}, null, [], 'x', { schema: table.schema }]
  expect(values.map(isTable)).toEqual([true, false, false, false, false, false, false, false])
  expect(values.map(isRecordBatch)).toEqual([false, true, false, false, false, false, false, false])
  expect(values.map(isSchema)).toEqual([false, false, true, false, false, false, false, false])
})

test('neither apache-arrow nor parquet-wasm is loaded before it is needed', () => {
  const program = `
    import { createRequire } from 'node:module'
    const { cache } = createRequire(import.meta.url)
    const loaded = () => ['Arrow.node', 'parquet_wasm'].map((name) => Object.keys(cache).some((path) => path.includes(name)))
    const { decodeRecords, encodeRecords } = await import(${JSON.stringify(join(records, 'codec.ts'))})
    const { tableFromRows } = await import(${JSON.stringify(join(records, 'rows.ts'))})
    await import(${JSON.stringify(join(records, 'merge.ts'))})
    await import(${JSON.stringify(join(records, 'consistency.ts'))})
    const steps = [loaded()]
    const table = tableFromRows([{ a: 1 }])
    steps.push(loaded())
    encodeRecords(table, 'application/feather')
    steps.push(loaded())
    const { bytes } = encodeRecords(table, 'application/parquet')
    steps.push(loaded())
    decodeRecords(bytes, 'application/parquet')
    steps.push(loaded())
    console.log(JSON.stringify(steps))`
  const args = [
    '--input-type=module',
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
    '-e',
    program,
  ]
  expect(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [true, false],
    [true, true],
  ])
})

test.each<[string, () => users.Table]>([
  [
    'Column "u" has the type union<a: int32, b: string>, which no content type can hold; store its parts as columns.',
    () => {
      const fields = [new users.Field('a', new users.Int32(), true), new users.Field('b', new users.Utf8(), true)]
      const type = new users.SparseUnion([0, 1], fields)
      const children = [
        users.makeData({ type: new users.Int32(), data: [1] }),
        users.vectorFromArray(['x'], new users.Utf8()).data[0]!,
      ]
      return new users.Table({ u: new users.Vector([users.makeData({ type, typeIds: Int8Array.of(0), children })]) })
    },
  ],
  [
    'Column "i" has the type interval[month-day-nano], which no content type can hold; store its parts as columns.',
    () => {
      const type = new users.IntervalMonthDayNano()
      return new users.Table({ i: new users.Vector([users.makeData({ type, length: 1, data: new Int32Array(4) })]) })
    },
  ],
])('%s', (message, table) => {
  for (const contentType of ['application/parquet', 'application/feather'] as const) {
    expect(() => encodeRecords(table(), contentType)).toThrowError(
      expect.objectContaining({ code: 'unsupported', message }),
    )
  }
})

test('nulls in a column that may have none are refused', () => {
  const field = new users.Field('a', new users.Int32(), false)
  const data = users.vectorFromArray([1, null], new users.Int32()).data[0]!
  const struct = users.makeData({ type: new users.Struct([field]), length: 2, children: [data] })
  const schema = new users.Schema([field])
  const table = new users.Table(schema, [new users.RecordBatch(schema, struct)])
  expect(() => encodeRecords(table, 'application/parquet')).toThrowError(
    'Column "a" is declared not null, but 1 of its values are null.',
  )
})
