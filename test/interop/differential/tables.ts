import { fc } from '../../chance.ts'
import type { JsonTable } from './step.ts'

interface Column {
  readonly type: string
  readonly cells: fc.Arbitrary<unknown>
  /** Whether unescaped TSV can hold it and give it back. */
  readonly text: boolean
  /** A null struct's fields are null slots in one builder and empty ones in the other, and so count other bytes. */
  readonly neverNull?: true
}

const int64 = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .map((n) => (n > -(2n ** 53n) && n < 2n ** 53n ? Number(n) : { $int: String(n) }))
const double = fc
  .double({ noDefaultInfinity: false, noNaN: false })
  .map((x) =>
    Number.isNaN(x)
      ? { $float: 'nan' }
      : Math.abs(x) === Number.POSITIVE_INFINITY
        ? { $float: x > 0 ? 'inf' : '-inf' }
        : Object.is(x, -0)
          ? { $float: '-0.0' }
          : x,
  )
const instant = fc.date({ min: new Date('0002-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
const decimal = fc.bigInt({ min: -999_999_999_999n, max: 999_999_999_999n }).map(
  (n) =>
    `${n < 0n ? '-' : ''}${String(n < 0n ? -n : n)
      .padStart(3, '0')
      .replace(/(..)$/, '.$1')}`,
)

/** Columns by name. A name always has the same type, so that any two tables fit in one partition. */
const columns: Readonly<Record<string, Column>> = {
  id: { type: 'int64', cells: int64, text: true },
  count: { type: 'int32', cells: fc.integer(), text: true },
  name: { type: 'string', cells: fc.string({ unit: fc.constantFrom('a', 'Z', 'é', '🙂', ' ', ',') }), text: false },
  word: { type: 'string', cells: fc.constantFrom('up', 'down', 'Ærø', 'x y', 'a,b'), text: true },
  ratio: { type: 'double', cells: double, text: false },
  half: { type: 'float', cells: fc.integer({ min: -1000, max: 1000 }).map((n) => n / 2), text: true },
  ok: { type: 'bool', cells: fc.boolean(), text: true },
  price: { type: 'decimal128(12, 2)', cells: decimal.map(($decimal) => ({ $decimal })), text: true },
  day: { type: 'date32[day]', cells: instant.map((d) => ({ $date: d.toISOString().slice(0, 10) })), text: true },
  at: {
    type: 'timestamp[us, tz=UTC]',
    cells: instant.map((d) => ({ $timestamp: `${d.toISOString().slice(0, -1)}789Z` })),
    text: false,
  },
  blob: {
    type: 'binary',
    cells: fc.uint8Array({ maxLength: 5 }).map((b) => ({ $base64: Buffer.from(b).toString('base64') })),
    text: false,
  },
  tags: { type: 'list<item: int64>', cells: fc.array(fc.option(int64), { maxLength: 3 }), text: false },
  point: {
    type: 'struct<x: int64, y: string>',
    cells: fc.record({ x: fc.option(int64), y: fc.option(fc.string()) }),
    text: false,
    neverNull: true,
  },
}

function cellsOf(name: string): fc.Arbitrary<unknown> {
  const { cells, neverNull } = columns[name] as Column
  return neverNull === undefined ? fc.option(cells, { freq: 6 }) : cells
}

/** Records of one to four columns and up to five rows, nulls among them. */
export function tables(text: boolean): fc.Arbitrary<JsonTable> {
  const names = Object.keys(columns).filter((name) => !text || columns[name]?.text)
  return fc.subarray(names, { minLength: text ? 2 : 1, maxLength: 4 }).chain((picked) =>
    fc
      .array(fc.tuple(...picked.map(cellsOf)), {
        maxLength: 5,
      })
      .map((rows) => ({ schema: picked.map((name) => [name, columns[name]?.type as string, true] as const), rows })),
  )
}
