import { Dictionary, Field, Int32, type RecordBatch, Schema, Table, Utf8, vectorFromArray } from 'apache-arrow'
import type { Cell } from '../../../src/catalog/records/cells.ts'
import { tableFromColumns, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { parseType } from '../../../src/catalog/records/schema.ts'
import { fc } from '../../chance.ts'

/** A table from rows, its columns' types in the DSL's spelling. */
export function table(
  types: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): Table {
  return tableFromRows(rows, schema(types))
}

/** A schema in the DSL's spelling; `!` for not null. */
function schema(types: Readonly<Record<string, string>>): Schema {
  return new Schema(
    Object.entries(types).map(([name, text]) => {
      const required = text.endsWith('!')
      return new Field(name, parseType(required ? text.slice(0, -1) : text), !required)
    }),
  )
}

/** The same rows in several batches. */
export function inBatches(whole: Table, ...sizes: number[]): Table {
  const batches: RecordBatch[] = []
  let from = 0
  for (const size of [...sizes, whole.numRows]) {
    const part = whole.slice(from, from + size)
    batches.push(...part.batches)
    from += part.numRows
  }
  return new Table(whole.schema, batches)
}

/** One column of strings, stored as a dictionary. */
export function dictionaryColumn(name: string, values: readonly (string | null)[]): Table {
  return new Table({ [name]: vectorFromArray([...values], new Dictionary(new Utf8(), new Int32())) })
}

/** One column of strings, stored as views. */
export function viewColumn(name: string, values: readonly (string | null)[]): Table {
  return table(
    { [name]: 'string_view' },
    values.map((value) => ({ [name]: value })),
  )
}

/** A type and cells of it, the edges of its range among them. */
interface TypedCells {
  readonly type: string
  readonly cell: fc.Arbitrary<unknown>
}

const signed = (bits: number) => fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n })
const unsigned = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n })
const text = fc.string({ unit: 'grapheme', maxLength: 6 })
const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Uint8Array.from(array))
const count = (max: number) => fc.integer({ min: 0, max })
const two = (value: number) => String(value).padStart(2, '0')
const clock = count(86_399).map((s) => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`)
const day = fc.integer({ min: -100_000, max: 100_000 }).map((n) => new Date(n * 86_400_000).toISOString())
const date = day.filter((iso) => !/^[+-]/.test(iso)).map((iso) => iso.slice(0, 10))
const digits = (n: number) =>
  n === 0 ? fc.constant('') : count(10 ** n - 1).map((v) => `.${String(v).padStart(n, '0')}`)
const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((list) => list.join(''))
const decimal = (precision: number, scale: number) =>
  fc.bigInt({ min: -(10n ** BigInt(precision)) + 1n, max: 10n ** BigInt(precision) - 1n }).map((unscaled) => {
    const whole = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
    const at = whole.length - scale
    return `${unscaled < 0n ? '-' : ''}${whole.slice(0, at)}${scale > 0 ? '.' : ''}${whole.slice(at)}`
  })

/** Every type that a catalog's records can have, nested ones too. */
export const typedCells: readonly TypedCells[] = [
  { type: 'bool', cell: fc.boolean() },
  ...[8, 16, 32].flatMap((bits) => [
    { type: `int${bits}`, cell: signed(bits).map(Number) },
    { type: `uint${bits}`, cell: unsigned(bits).map(Number) },
  ]),
  { type: 'int64', cell: signed(64) },
  { type: 'uint64', cell: unsigned(64) },
  { type: 'float16', cell: fc.constantFrom(0, -0, 1.5, -2, 65504, Number.NaN, Number.POSITIVE_INFINITY, 2 ** -24) },
  { type: 'float32', cell: fc.float() },
  { type: 'float64', cell: fc.double() },
  { type: 'string', cell: text },
  { type: 'large_string', cell: text },
  { type: 'binary', cell: bytes(0, 5) },
  { type: 'fixed_size_binary[3]', cell: bytes(3, 3) },
  { type: 'decimal(12,2)', cell: decimal(12, 2) },
  { type: 'decimal(38,10)', cell: decimal(38, 10) },
  { type: 'decimal256(60,0)', cell: decimal(60, 0) },
  { type: 'date32', cell: date },
  { type: 'date64', cell: date },
  { type: 'time32[s]', cell: clock },
  { type: 'time32[ms]', cell: join(clock, digits(3)) },
  { type: 'time64[us]', cell: join(clock, digits(6)) },
  { type: 'time64[ns]', cell: join(clock, digits(9)) },
  { type: 'timestamp[s]', cell: join(date, fc.constant('T'), clock) },
  { type: 'timestamp[ms, UTC]', cell: join(date, fc.constant('T'), clock, digits(3), fc.constant('Z')) },
  { type: 'timestamp[us]', cell: join(date, fc.constant('T'), clock, digits(6)) },
  { type: 'timestamp[us, UTC]', cell: join(date, fc.constant('T'), clock, digits(6), fc.constant('Z')) },
  { type: 'duration[ms]', cell: signed(64) },
  { type: 'dictionary<int32, string>', cell: text },
  { type: 'list<int64>', cell: fc.array(fc.option(signed(64)), { maxLength: 3 }) },
  { type: 'list<list<string>>', cell: fc.array(fc.array(text, { maxLength: 2 }), { maxLength: 2 }) },
  { type: 'fixed_size_list<float64>[2]', cell: fc.array(fc.option(fc.double()), { minLength: 2, maxLength: 2 }) },
  {
    type: 'struct<a: int64, b: list<string>>',
    cell: fc.record({ a: fc.option(signed(64)), b: fc.option(fc.array(text, { maxLength: 2 })) }),
  },
  {
    type: 'map<string, int64>',
    cell: fc.uniqueArray(fc.tuple(text, fc.option(signed(64))), { maxLength: 2, selector: ([key]) => key }),
  },
]

/** A table of canonical cells, column by column, every column nullable. */
export interface Columns {
  readonly types: readonly string[]
  readonly cells: readonly (readonly unknown[])[]
}

/** Random tables of one to four columns of any types; small ranges of rows, so that duplicates come about. */
export const columns: fc.Arbitrary<Columns> = fc
  .tuple(fc.array(fc.constantFrom(...typedCells), { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 9 }))
  .chain(([kinds, rows]) =>
    fc.record({
      types: fc.constant(kinds.map(({ type }) => type)),
      cells: fc.tuple(
        ...kinds.map(({ cell }) =>
          fc
            .array(fc.option(cell), { minLength: 1, maxLength: 3 })
            .chain((pool) => fc.array(fc.constantFrom(...pool), { minLength: rows, maxLength: rows })),
        ),
      ),
    }),
  )

export function toTable({ types, cells }: Columns): Table {
  return tableFromColumns(schema(Object.fromEntries(types.map((type, k) => [`c${k}`, type]))), cells as Cell[][])
}
