import { fc } from '../chance.ts'
import type { JsonTable } from './differential/step.ts'

/** A type by pyarrow's name, with chance's cells of it, its edges among them. */
export interface TypeCase {
  readonly type: string
  readonly cells: fc.Arbitrary<unknown>
  /** Why pyarrow 12 can't read or write it, where it can't. */
  readonly newerOnly?: string
  /** Written by Python, it comes back from Parquet as another type here, for this reason. */
  readonly oneWay?: string
  /** What Parquet keeps it as, where not as itself. */
  readonly inParquet?: string
}

const bigToJson = (n: bigint): unknown => (n > -(2n ** 53n) && n < 2n ** 53n ? Number(n) : { $int: String(n) })

function integer(bits: number, signed: boolean): TypeCase {
  const min = signed ? -(2n ** BigInt(bits - 1)) : 0n
  const max = signed ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n
  return { type: `${signed ? '' : 'u'}int${bits}`, cells: fc.bigInt({ min, max }).map(bigToJson) }
}

const floatToJson = (x: number): unknown =>
  Number.isFinite(x) && !Object.is(x, -0)
    ? x
    : { $float: Number.isNaN(x) ? 'nan' : x === 0 ? '-0.0' : x > 0 ? 'inf' : '-inf' }

function decimalText(digits: bigint, scale: number): string {
  const sign = digits < 0n ? '-' : ''
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

function decimal(bits: 128 | 256, precision: number, scale: number): TypeCase {
  const limit = 10n ** BigInt(precision) - 1n
  const cells = fc.bigInt({ min: -limit, max: limit }).map((digits) => ({ $decimal: decimalText(digits, scale) }))
  return { type: `decimal${bits}(${precision}, ${scale})`, cells }
}

const digits = { s: 0, ms: 3, us: 6, ns: 9 } as const
type Unit = keyof typeof digits

/** A count of units since midnight as a text with the unit's digits. */
function clock(count: number, unit: Unit, fraction: number): string {
  const text = new Date(count * 1000).toISOString().slice(11, 19)
  return digits[unit] === 0 ? text : `${text}.${String(fraction).padStart(9, '0').slice(0, digits[unit])}`
}

const second = fc.integer({ min: 0, max: 86_399 })
const fraction = fc.constantFrom(0, 1, 999_999_999, 123_456_789, 500_000_000)

function time(type: string, unit: Unit, inParquet?: string): TypeCase {
  const cells = fc.tuple(second, fraction).map(([count, rest]) => ({ $time: clock(count, unit, rest) }))
  return { type: `${type}[${unit}]`, cells, ...(inParquet !== undefined && { inParquet }) }
}

/** Years that nanoseconds in 64 bits reach; of the wider units, those that ISO text writes with four digits. */
const years = (unit: Unit): { min: Date; max: Date } =>
  unit === 'ns'
    ? { min: new Date('1678-01-01'), max: new Date('2261-12-31') }
    : { min: new Date('0001-01-01'), max: new Date('9999-12-31') }
const day = (unit: Unit): fc.Arbitrary<string> =>
  fc.date({ ...years(unit), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))

function timestamp(unit: Unit, zone: string | null): TypeCase {
  const named = (u: Unit): string => `timestamp[${u}${zone === null ? '' : `, tz=${zone}`}]`
  const cells = fc
    .tuple(day(unit), second, fraction)
    .map(([date, count, rest]) => ({ $timestamp: `${date}T${clock(count, unit, rest)}${zone === null ? '' : 'Z'}` }))
  const oneWay = unit === 's' && zone !== null && zone !== 'UTC'
  return {
    type: named(unit),
    cells,
    ...(unit === 's' && { inParquet: named('ms') }),
    ...(oneWay && { oneWay: 'the reader takes no zone but UTC from a column whose unit Parquet changed' }),
  }
}

/** In Parquet a second is kept as a millisecond. */
export function parquetCell(cell: unknown, { inParquet }: TypeCase): unknown {
  if (inParquet === undefined || cell === null || typeof cell !== 'object') return cell
  const [tag = '', text] = Object.entries(cell)[0] ?? []
  if (tag !== '$time' && tag !== '$timestamp') return cell
  return { [tag]: String(text).replace(/Z?$/, (zone) => `.000${zone}`) }
}

const text = fc.string({ unit: 'grapheme', maxLength: 6 })
const base64 = (bytes: Uint8Array): unknown => ({ $base64: Buffer.from(bytes).toString('base64') })
const duration = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => ({ $duration: String(n) }))
const int64 = integer(64, true)
const optional = <T>(cells: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(cells, { freq: 4 })

export const plainTypes: readonly TypeCase[] = [
  { type: 'null', cells: fc.constant(null) },
  { type: 'bool', cells: fc.boolean() },
  ...[8, 16, 32, 64].flatMap((bits) => [integer(bits, true), integer(bits, false)]),
  {
    type: 'halffloat',
    cells: fc.integer({ min: -2048, max: 2048 }).map((n) => n / 8),
    newerOnly: 'pyarrow 12 has no half floats in Parquet',
  },
  { type: 'float', cells: fc.float().map(floatToJson) },
  { type: 'double', cells: fc.double().map(floatToJson) },
  { type: 'string', cells: text },
  { type: 'large_string', cells: text },
  { type: 'binary', cells: fc.uint8Array({ maxLength: 6 }).map(base64) },
  { type: 'large_binary', cells: fc.uint8Array({ maxLength: 6 }).map(base64) },
  { type: 'fixed_size_binary[4]', cells: fc.uint8Array({ minLength: 4, maxLength: 4 }).map(base64) },
  decimal(128, 12, 2),
  decimal(128, 38, 0),
  decimal(128, 38, 38),
  decimal(256, 40, 3),
  decimal(256, 76, 38),
  { type: 'date32[day]', cells: day('us').map(($date) => ({ $date })) },
  { type: 'date64[ms]', cells: day('us').map(($date) => ({ $date })), inParquet: 'date32[day]' },
  time('time32', 's', 'time32[ms]'),
  time('time32', 'ms'),
  time('time64', 'us'),
  time('time64', 'ns'),
  ...(['s', 'ms', 'us', 'ns'] as const).flatMap((unit) =>
    [null, 'UTC', 'Europe/Oslo', '+05:30'].map((zone) => timestamp(unit, zone)),
  ),
  ...['s', 'ms', 'us', 'ns'].map((unit) => ({ type: `duration[${unit}]`, cells: duration })),
]

export const nestedTypes: readonly TypeCase[] = [
  { type: 'list<item: int64>', cells: fc.array(optional(int64.cells), { maxLength: 3 }) },
  { type: 'large_list<item: string>', cells: fc.array(optional(text), { maxLength: 3 }) },
  {
    type: 'fixed_size_list<item: int64>[3]',
    cells: fc.array(int64.cells, { minLength: 3, maxLength: 3 }),
    newerOnly: 'pyarrow 12 fails on null slots of fixed-size lists in Parquet',
  },
  {
    type: 'list<item: list<item: string>>',
    cells: fc.array(optional(fc.array(optional(text), { maxLength: 2 })), { maxLength: 3 }),
  },
  { type: 'struct<a: int64, b: string>', cells: fc.record({ a: optional(int64.cells), b: optional(text) }) },
  {
    type: 'struct<at: timestamp[ns], p: struct<d: decimal128(38, 18)>>',
    cells: fc.record({
      at: optional(timestamp('ns', null).cells),
      p: optional(fc.record({ d: optional(decimal(128, 38, 18).cells) })),
    }),
  },
  {
    type: 'list<item: struct<a: int32, b: list<item: bool>>>',
    cells: fc.array(
      optional(
        fc.record({
          a: optional(integer(32, true).cells),
          b: optional(fc.array(optional(fc.boolean()), { maxLength: 2 })),
        }),
      ),
      { maxLength: 3 },
    ),
  },
  {
    type: 'map<string, int64>',
    cells: fc.uniqueArray(fc.tuple(text, optional(int64.cells)), { selector: ([key]) => key, maxLength: 3 }),
  },
  {
    type: 'map<int32, struct<x: double>>',
    cells: fc.uniqueArray(fc.tuple(fc.integer(), optional(fc.record({ x: optional(fc.double().map(floatToJson)) }))), {
      selector: ([key]) => key,
      maxLength: 3,
    }),
  },
  { type: 'dictionary<values=string, indices=int32, ordered=0>', cells: fc.constantFrom('a', 'b', '', 'é') },
]

/** Tables of up to five columns of any of the types. */
export function tablesOf(types: readonly TypeCase[]): fc.Arbitrary<{ table: JsonTable; types: readonly TypeCase[] }> {
  return fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 5 }).chain((picked) =>
    fc.array(fc.tuple(...picked.map(({ cells }) => optional(cells))), { maxLength: 6 }).map((rows) => ({
      types: picked,
      table: { schema: picked.map(({ type }, i) => [`c${i}`, type, true] as const), rows },
    })),
  )
}

/** Names that readers give to what Parquet and Arrow don't name: a list's item, a map's entries. */
export function withoutInnerNames(table: JsonTable | undefined): JsonTable | undefined {
  return (
    table && {
      rows: table.rows,
      schema: table.schema.map(([name, type, nullable]) => {
        const plain = type.replaceAll(/ \('\w+'\)/g, '').replaceAll('<element: ', '<item: ')
        return [name, plain, nullable]
      }),
    }
  )
}
