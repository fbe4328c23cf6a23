import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { arrowText } from '../../src/catalog/arrow-text.ts'
import { bucketReader } from '../../src/catalog/buckets.ts'
import type { PartitionValue } from '../../src/catalog/index.ts'
import { murmur3 } from '../../src/catalog/murmur3.ts'
import { arrow } from '../../src/catalog/records/arrow.ts'
import type { Cell } from '../../src/catalog/records/cells.ts'
import { cellFromText } from '../../src/catalog/records/cells.ts'
import { rowsFromTable, tableFromColumns } from '../../src/catalog/records/rows.ts'
import { parseType } from '../../src/catalog/records/schema.ts'
import { splitByValues } from '../../src/catalog/transforms.ts'
import { thrownBy } from './backends.ts'

interface Golden {
  readonly type: string
  readonly cells: readonly (string | null)[]
  readonly texts: readonly (string | null)[]
  readonly default: Readonly<Record<string, readonly number[]>>
  readonly composite: Readonly<Record<string, readonly number[]>>
  readonly iceberg: Readonly<Record<string, readonly (number | null)[] | null>>
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/buckets.json'), 'utf8')) as Golden[]

/** Types that Iceberg has no bucket for. */
const NOT_IN_ICEBERG = ['float32', 'float64', 'bool', 'duration[ms]']
/** Types that Iceberg has one for, and Daft none. */
const NOT_IN_DAFT = [
  ...['decimal(12,2)', 'decimal(38,0)', 'decimal(20,10)', 'time32[s]', 'time32[ms]', 'time64[us]'],
  'fixed_size_binary[4]',
]

/** The bytes that Iceberg's specification, appendix B, hashes for a value of these types. */
function specified(type: string, cell: Cell): Uint8Array {
  if (cell instanceof Uint8Array) return cell
  const text = String(cell)
  if (type.startsWith('time')) {
    const [hours = '', minutes = '', seconds = ''] = text.split(':')
    const micros = (Number(hours) * 3600 + Number(minutes) * 60) * 1e6 + Math.round(Number(seconds) * 1e6)
    return new Uint8Array(new BigInt64Array([BigInt(micros)]).buffer)
  }
  let rest = BigInt(text.replace('.', ''))
  const bytes: number[] = []
  do {
    bytes.unshift(Number(BigInt.asUintN(8, rest)))
    rest >>= 8n
  } while (!(rest === 0n && bytes[0]! < 128) && !(rest === -1n && bytes[0]! >= 128))
  return Uint8Array.from(bytes)
}

function cellsOf({ type, cells }: Golden): readonly Cell[] {
  const isBinary = type.includes('binary')
  return cells.map((text) => {
    if (text === null) return null
    return isBinary ? Buffer.from(text, 'hex') : cellFromText(parseType(type), text)
  })
}

function tableOf(column: Golden) {
  const { Field, Schema } = arrow()
  const fields = [new Field('c', parseType(column.type), true), new Field('d', parseType('string'), true)]
  return tableFromColumns(new Schema(fields), [cellsOf(column), column.cells.map((_, index) => String(index))])
}

describe.each(golden)('a column of $type', (column) => {
  it('is cast to text as Arrow does', () => {
    const text = arrowText(parseType(column.type))
    expect(cellsOf(column).map((cell) => (cell === null ? null : text(cell)))).toEqual(column.texts)
  })

  it.each(Object.keys(column.default))('falls into %s buckets as in DeltaCAT', (buckets) => {
    const table = tableOf(column)
    const parameters = { numBuckets: Number(buckets), bucketingStrategy: 'default' as const }
    const single = bucketReader(table, { ...parameters, columnNames: ['c'] }, '')
    const composite = bucketReader(table, { ...parameters, columnNames: ['c', 'd'] }, '')
    const rows = column.cells.map((_, row) => row)
    expect(rows.map(single)).toEqual(column.default[buckets])
    expect(rows.map(composite)).toEqual(column.composite[buckets])
  })

  const iceberg = (buckets: string) =>
    bucketReader(tableOf(column), { numBuckets: Number(buckets), bucketingStrategy: 'iceberg', columnNames: ['c'] }, '')
  if (NOT_IN_ICEBERG.includes(column.type)) {
    it.each(Object.keys(column.iceberg))('has no %s Iceberg buckets', (buckets) => {
      expect(thrownBy(() => iceberg(buckets))).toEqual({
        code: 'invalid-argument',
        message: `Iceberg has no bucket for a column of ${column.type}; bucket by another column.`,
      })
    })
  } else if (NOT_IN_DAFT.includes(column.type)) {
    it.each(Object.keys(column.iceberg))('falls into %s Iceberg buckets, which Daft does not have', (buckets) => {
      const bucket = iceberg(buckets)
      expect(column.cells.map((_, row) => bucket(row))).toEqual(
        cellsOf(column).map((cell) =>
          cell === null ? null : (murmur3(specified(column.type, cell)) & 0x7fffffff) % Number(buckets),
        ),
      )
    })
  } else {
    it.each(Object.entries(column.iceberg))('falls into %s Iceberg buckets as in Daft', (buckets, expected) => {
      const bucket = iceberg(buckets)
      expect(column.cells.map((_, row) => bucket(row))).toEqual(expected)
    })
  }
})

it('has recorded of Daft which types it has buckets for', () => {
  const none = golden.filter(({ iceberg }) => Object.values(iceberg).every((buckets) => buckets === null))
  expect(none.map(({ type }) => type).toSorted()).toEqual([...NOT_IN_ICEBERG, ...NOT_IN_DAFT].toSorted())
})

describe('murmur3', () => {
  // The values of the Iceberg specification's appendix B.
  it.each([
    ['34', 'long', 2017239379],
    ['2017-11-16, days', 'long 17486', -653330422],
    ['22:31:08, microseconds', 'long 81068000000', -662762989],
    ['2017-11-16T22:31:08, microseconds', 'long 1510871468000000', -2047944441],
    ['2017-11-16T22:31:08.000001, microseconds', 'long 1510871468000001', -1207196810],
    ['iceberg', 'text', 1210000089],
    ['00 01 02 03', 'bytes', -188683207],
  ])('of %s is as the specification has it', (value, kind, expected) => {
    const long = kind.startsWith('long') ? BigInt(kind.split(' ')[1] ?? value) : null
    const bytes =
      long !== null
        ? new Uint8Array(new BigInt64Array([long]).buffer)
        : kind === 'text'
          ? Buffer.from(value)
          : Buffer.from(value.replaceAll(' ', ''), 'hex')
    expect(murmur3(bytes)).toBe(expected)
  })
})

it('buckets times of day in microseconds, whatever their unit', () => {
  for (const type of ['time32[s]', 'time64[us]', 'time64[ns]']) {
    const { Field, Schema } = arrow()
    const table = tableFromColumns(new Schema([new Field('t', parseType(type), true)]), [
      [cellFromText(parseType(type), '22:31:08')],
    ])
    const bucket = bucketReader(table, { numBuckets: 1000, bucketingStrategy: 'iceberg', columnNames: ['t'] }, '')
    expect(bucket(0), type).toBe((-662762989 & 0x7fffffff) % 1000)
  }
})

it.each<[type: string, text: string, long: bigint]>([
  ['date32', '+300000-01-01', 108853222n],
  ['date64', '+300000-01-01', 108853222n],
  ['date32', '-271822-01-01', -100000474n],
  ['date64', '1969-12-31', -1n],
  ['timestamp[s]', '+300000-01-01T00:00:01', 9404918380801n * 1_000_000n],
  ['timestamp[s, UTC]', '-290308-12-21T19:59:05Z', -9223372036855n * 1_000_000n],
  ['timestamp[ns]', '1969-12-31T23:59:59.999999999', -1n],
  ['dictionary<int8, timestamp[ms]>', '1970-01-01T00:00:00.001', 1_000n],
])('buckets a %s %s by its count, however far from today', (type, text, long) => {
  const { Field, Schema } = arrow()
  const schema = new Schema([new Field('t', parseType(type), true)])
  const table = tableFromColumns(schema, [[null, cellFromText(parseType(type), text)]])
  const bucket = bucketReader(table, { numBuckets: 100_000, bucketingStrategy: 'iceberg', columnNames: ['t'] }, '')
  const bytes = new Uint8Array(BigInt64Array.from([BigInt.asIntN(64, long)]).buffer)
  expect([bucket(0), bucket(1)]).toEqual([null, (murmur3(bytes) & 0x7fffffff) % 100_000])
})

it('buckets a decimal by the fewest bytes of its digits', () => {
  const { Field, Schema } = arrow()
  const texts = ['14.20', '-0.01', '0.00', '1.27', '1.28', '-1.28', '-1.29']
  const table = tableFromColumns(new Schema([new Field('c', parseType('decimal(9,2)'), true)]), [texts])
  const bucket = bucketReader(table, { numBuckets: 1000, bucketingStrategy: 'iceberg', columnNames: ['c'] }, '')
  const bytes = ['058c', 'ff', '00', '7f', '0080', '80', 'ff7f']
  const expected = bytes.map((hex) => (murmur3(Buffer.from(hex, 'hex')) & 0x7fffffff) % 1000)
  expect(murmur3(Buffer.from('058c', 'hex'))).toBe(-500754589)
  expect(texts.map((_, row) => bucket(row))).toEqual(expected)
})

it('buckets rows without columns by the seed and the row', () => {
  const table = tableOf(golden[0] as Golden)
  const parameters = { numBuckets: 100, bucketingStrategy: 'default' as const, columnNames: [] }
  const first = bucketReader(table, parameters, 'a')
  expect([0, 1, 2].map(first)).toEqual([0, 1, 2].map(bucketReader(table, parameters, 'a')))
  expect([0, 1, 2].map(first)).not.toEqual([0, 1, 2].map(bucketReader(table, parameters, 'b')))
})

it.each([
  ['list<int64>', 'A column of list<int64> has no text to hash; bucket by another column.'],
  ['float16', 'A column of float16 has no text to hash; bucket by another column.'],
  [
    'timestamp[us, Europe/Oslo]',
    'A column of timestamp[us, Europe/Oslo] has no text to hash; bucket by another column.',
  ],
])('has no text for %s', (type, message) => {
  expect(thrownBy(() => arrowText(parseType(type)))).toEqual({ code: 'invalid-argument', message })
})

it('has a text for a dictionary, and none for bytes that are no UTF-8', () => {
  expect(arrowText(parseType('dictionary<int32, string>'))('a')).toBe('a')
  expect(thrownBy(() => arrowText(parseType('binary'))(new Uint8Array([0xff])))).toEqual({
    code: 'invalid-argument',
    message: 'A binary value that is not UTF-8 has no text to hash; bucket by another column.',
  })
})

describe('splitting by values', () => {
  const identity = (columnName: string) => ({ name: 'identity', parameters: { columnName } }) as const
  const { Field, Schema } = arrow()
  function tableOfType(type: string, cells: readonly Cell[]) {
    const fields = [new Field('p', parseType(type), true), new Field('v', parseType('struct<a: list<int64>>'), true)]
    return tableFromColumns(new Schema(fields), [cells, cells.map((_, row) => ({ a: [BigInt(row), null] }))])
  }

  it.each<[string, readonly Cell[], readonly PartitionValue[]]>([
    ['string', ['a', 'b', 'a', null], ['a', 'b', null]],
    ['int64', [1n, 2n, 1n, -3n], [1, 2, -3]],
    ['int8', [1, 1, 2, 1], [1, 2]],
    ['bool', [true, false, null, true], [true, false, null]],
    ['date32', ['2024-02-29', '2024-02-28', null, '2024-02-29'], ['2024-02-29', '2024-02-28', null]],
    ['decimal(4,2)', ['1.50', '1.50', '2.00', '1.50'], ['1.50', '2.00']],
  ])('of %s groups the rows, in order, with everything that is in them', (type, cells, values) => {
    const parts = splitByValues(tableOfType(type, cells), [identity('p')], '')
    expect(parts.map((part) => part.values)).toEqual(values.map((value) => [value]))
    for (const { table, values: own } of parts) {
      const rows = cells.flatMap((cell, row) => {
        const value = typeof cell === 'bigint' ? Number(cell) : cell
        return value === own?.[0] ? [{ p: cell, v: { a: [BigInt(row), null] } }] : []
      })
      expect(rowsFromTable(table)).toEqual(rows)
    }
  })

  it('of no rows is one part', () => {
    const table = tableOfType('string', [])
    expect(splitByValues(table, [identity('p')], '')).toEqual([{ table, values: null }])
  })

  it.each<[string, Cell, string]>([
    ['int64', 2n ** 53n, '9007199254740992'],
    ['float64', 1.5, '1.5'],
    ['binary', new Uint8Array([1]), 'a nested or binary value'],
    ['list<int64>', [1n], 'a nested or binary value'],
  ])('of %s is refused for %s', (type, cell, shown) => {
    expect(thrownBy(() => splitByValues(tableOfType(type, [cell]), [identity('p')], '')).message).toBe(
      `Column "p" holds ${shown}, which cannot be a partition value; partition by a column of texts.`,
    )
  })
})
