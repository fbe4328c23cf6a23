import type { DataType, Field, Schema, Table } from 'apache-arrow'
import { formatDate } from '../../../src/catalog/records/calendar.ts'
import type { Cell } from '../../../src/catalog/records/cells.ts'
import { formatDecimal } from '../../../src/catalog/records/decimal.ts'
import { tableFromColumns } from '../../../src/catalog/records/rows.ts'
import { parseType } from '../../../src/catalog/records/schema.ts'
import { type Shape, shapeOf } from '../../../src/catalog/records/shape.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'
import { formatTime, formatTimestamp } from '../../../src/catalog/records/temporal.ts'
import { field, mapType, typeOf } from '../../../src/catalog/records/types.ts'
import { fc } from '../../chance.ts'
import { scaled } from '../../scale.ts'

/** Runs of each property. */
export const RUNS = scaled(50, 200)

/** Types without children that every content type can hold. */
export const TEXT_TYPES = [
  ...[
    'bool',
    'int8',
    'int16',
    'int32',
    'int64',
    'uint8',
    'uint16',
    'uint32',
    'uint64',
    'float16',
    'float32',
    'float64',
  ],
  ...['string', 'large_string', 'decimal(12,2)', 'decimal(38,18)', 'decimal256(60,7)', 'decimal(5,0)', 'date32'],
  ...['time32[ms]', 'time64[us]', 'time64[ns]', 'timestamp[ms]', 'timestamp[us, UTC]', 'timestamp[ns]'],
  ...['timestamp[ms, Europe/Oslo]', 'duration[s]', 'duration[ns]'],
]
/** Types without children that Parquet gives back as they were. */
export const PARQUET_TYPES = [...TEXT_TYPES, 'null', 'binary', 'large_binary', 'fixed_size_binary[3]']
/** All types without children. */
export const FLAT_TYPES = [
  ...[...PARQUET_TYPES, 'string_view', 'binary_view', 'date64', 'time32[s]', 'timestamp[s]', 'timestamp[s, UTC]'],
  ...['decimal(5,-2)', 'decimal32(9,3)', 'decimal64(18,0)'],
]

/** Types of maps' keys. */
const KEYS = ['string', 'int8', 'int64', 'uint64', 'bool', 'binary', 'decimal(5,0)', 'date32', 'timestamp[us, UTC]']

export interface TableOptions {
  readonly flat: readonly string[]
  /** Lists, structs, maps and dictionaries of the flat types. */
  readonly isNested?: boolean
  /** Without NaN and infinities. */
  readonly isFinite?: boolean
  /** A text that the format can hold. */
  readonly text?: fc.Arbitrary<string>
  /** Only dictionaries of these. */
  readonly inDictionaries?: readonly string[]
  /** Unless given, one table in ten has no column at all. */
  readonly minColumns?: number
}

/** Tables of random columns and cells, of up to three batches. */
export function tables(options: TableOptions): fc.Arbitrary<Table> {
  const some = fc.array(fields(options), { minLength: options.minColumns ?? 1, maxLength: 4 })
  const columns =
    options.minColumns === undefined
      ? fc.oneof({ arbitrary: some, weight: 9 }, { arbitrary: fc.constant<Field[]>([]), weight: 1 })
      : some
  return columns
    .map((columns) => schemaOf(columns.map((column, index) => column.clone({ name: `${column.name}${index}` }))))
    .chain((schema) => tablesOf(schema, options))
}

function tablesOf(schema: Schema, options: TableOptions): fc.Arbitrary<Table> {
  return fc
    .integer({ min: 0, max: 12 })
    .chain((rows) =>
      fc.tuple(
        fc.tuple(
          ...schema.fields.map((column) => fc.array(cells(column, options), { minLength: rows, maxLength: rows })),
        ),
        fc.integer({ min: 0, max: rows }),
      ),
    )
    .map(([columns, cut]) => {
      const whole = tableFromColumns(schema, columns)
      // Slices that begin inside a byte of the bitmaps, as one table.
      return cut === 0 ? whole : whole.slice(0, cut).concat(whole.slice(cut))
    })
}

function fields(options: TableOptions): fc.Arbitrary<Field> {
  const flat = fc.constantFrom(...options.flat).map(parseType)
  const values = fc
    .constantFrom(...(options.inDictionaries ?? options.flat).filter((type) => type !== 'null'))
    .map(parseType)
  // A column of nulls has to be one that may hold them.
  const named = (type: DataType, name: string, nullable: boolean) => field(name, type, nullable || type.typeId === 1)
  const name = fc.constantFrom('a', 'b c', 'å', 'x.y', '"q"', '__proto__')
  const { type } = fc.letrec<{ type: DataType }>((tie) => {
    const child = fc.record({ type: tie('type'), nullable: fc.boolean() })
    const nested = [
      child.map((item) => typeOf({ kind: 'list', large: false, child: named(item.type, 'item', item.nullable) })),
      child.map((item) => typeOf({ kind: 'list', large: true, child: named(item.type, 'element', item.nullable) })),
      fc
        .tuple(child, fc.integer({ min: 1, max: 3 }))
        .map(([item, size]) => typeOf({ kind: 'fixedList', size, child: named(item.type, 'item', item.nullable) })),
      fc
        .uniqueArray(fc.tuple(name, child), { minLength: 1, maxLength: 3, selector: ([key]) => key })
        .map((parts) =>
          typeOf({ kind: 'struct', fields: parts.map(([key, part]) => named(part.type, key, part.nullable)) }),
        ),
      fc
        .tuple(fc.constantFrom(...KEYS), child)
        .map(([key, value]) => mapType(field('key', parseType(key)), named(value.type, 'value', value.nullable))),
      fc
        .tuple(fc.constantFrom('int8', 'int32', 'uint16'), values)
        .map(([indices, value]) => typeOf({ kind: 'dictionary', indices: parseType(indices), value, ordered: false })),
    ]
    return { type: options.isNested ? fc.oneof({ maxDepth: 2 }, flat, ...nested) : flat }
  })
  return fc.tuple(name, type, fc.boolean()).map(([key, of, nullable]) => named(of, key, nullable))
}

/** Bits of a half that stands for a number. */
const isFiniteHalf = (bits: number): boolean => (bits & 0x7c00) !== 0x7c00

/** The number of a half's bits, by way of a float's, whose exponent begins 112 lower: not as the catalog reads them. */
export function halfOf(bits: number): number {
  const single = new DataView(new ArrayBuffer(4))
  const exponent = isFiniteHalf(bits) ? 0 : 0x7f800000
  single.setUint32(0, (((bits & 0x8000) << 16) | ((bits & 0x7fff) << 13) | exponent) >>> 0)
  return single.getFloat32(0) * 2 ** 112
}

/** Canonical cells of a field. */
function cells(column: Field, options: TableOptions): fc.Arbitrary<Cell> {
  if (column.type.typeId === 1) return fc.constant(null)
  const values = cellsOf(shapeOf(column.type), options)
  return column.nullable ? fc.option(values, { nil: null, freq: 4 }) : values
}

function cellsOf(shape: Shape, options: TableOptions): fc.Arbitrary<Cell> {
  switch (shape.kind) {
    case 'bool':
      return fc.boolean()
    case 'int': {
      const [min, max] = shape.signed
        ? [-(2n ** BigInt(shape.bits - 1)), 2n ** BigInt(shape.bits - 1) - 1n]
        : [0n, 2n ** BigInt(shape.bits) - 1n]
      return fc.bigInt({ min, max }).map((value) => (shape.bits === 64 ? value : Number(value)))
    }
    case 'float': {
      const limits = options.isFinite ? { noNaN: true, noDefaultInfinity: true } : {}
      if (shape.bits === 64) return fc.double(limits)
      if (shape.bits === 32) return fc.float(limits)
      return fc
        .integer({ min: 0, max: 0xffff })
        .filter((bits) => !options.isFinite || isFiniteHalf(bits))
        .map(halfOf)
    }
    case 'utf8':
      return options.text ?? fc.string({ unit: 'binary', maxLength: 20 })
    case 'binary':
      return fc.uint8Array({ maxLength: 20 })
    case 'fixedBinary':
      return fc.uint8Array({ minLength: shape.width, maxLength: shape.width })
    case 'decimal': {
      const max = 10n ** BigInt(shape.precision) - 1n
      return fc.bigInt({ min: -max, max }).map((unscaled) => formatDecimal(unscaled, shape.scale))
    }
    case 'date':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(formatDate)
    case 'time': {
      const perSecond = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 }[shape.unit]
      return fc.bigInt({ min: 0n, max: BigInt(86_400 * perSecond) - 1n }).map((count) => formatTime(count, shape.unit))
    }
    case 'timestamp':
      return counts().map((count) => formatTimestamp(count, shape.unit, shape.timezone !== null))
    case 'duration':
      return counts()
    case 'list':
      return fc.array(cells(shape.child, options), { maxLength: 3 })
    case 'fixedList':
      return fc.array(cells(shape.child, options), { minLength: shape.size, maxLength: shape.size })
    case 'struct':
      return fc
        .tuple(...shape.fields.map((part) => cells(part, options)))
        .map((values) => Object.fromEntries(shape.fields.map(({ name }, index) => [name, values[index]!])))
    case 'map':
      return fc.uniqueArray(fc.tuple(cells(shape.key, options), cells(shape.value, options)), {
        maxLength: 3,
        // Bytes too are equal where their texts are.
        selector: ([key]) => String(key),
      }) as fc.Arbitrary<Cell>
    case 'dictionary':
      return cellsOf(shapeOf(shape.value), options)
  }
  throw new TypeError(`no cells of a ${shape.kind}`)
}

/** Counts of 64 bits: anywhere, near 1970, and near today in nanoseconds. */
function counts(): fc.Arbitrary<bigint> {
  return fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -10_000n, max: 10_000n }),
    fc.bigInt({ min: 1_700_000_000_000_000_000n, max: 1_800_000_000_000_000_000n }),
  )
}
