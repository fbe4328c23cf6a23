import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import type { Table } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { decompressLz4 } from '../../../src/catalog/records/lz4.ts'
import { rowsFromTable, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'

const FEATHER = 'application/feather'
/** Written by pyarrow 12: see `rowOf` for what is in them. */
const recorded = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, 'feather', name)))
const read = (name: string) => decodeRecords(recorded(name), FEATHER)
const columns = (table: Table) => table.schema.fields.map((field) => `${field.name}: ${formatField(field)}`)

function rowOf(row: number) {
  return {
    id: row % 7 ? BigInt(row) : null,
    name: row % 5 ? `name ${row % 10} å` : null,
    large: `large ${row}`,
    kind: `k${row % 3}`,
    tags: row % 6 ? Array.from({ length: row % 4 }, (_, tag) => tag) : null,
    point: { x: row, y: row % 2 ? null : BigInt(row) },
    props: row % 3 ? [['a', BigInt(row)]] : null,
    at: new Date(row * 1000).toISOString().replace('.000Z', `.${String(row * 3).padStart(6, '0')}Z`),
    price: (row / 100).toFixed(2),
    ok: row % 4 === 0 ? null : row % 2 === 0,
    hash: new Uint8Array([row, 1]),
    none: null,
  }
}

describe('what pyarrow wrote', () => {
  const isAsWritten = (name: string) => {
    const table = read(name)
    expect(columns(table)).toEqual([
      'id: int64',
      'name: string',
      'large: large_string',
      'kind: dictionary<int32, string>',
      'tags: list<int32>',
      'point: struct<x: float64, y: int64>',
      'props: map<string, int64>',
      'at: timestamp[us, UTC]',
      'price: decimal(12,2)',
      'ok: bool',
      'hash: fixed_size_binary[2]',
      'none: null',
    ])
    expect(rowsFromTable(table)).toEqual(Array.from({ length: table.numRows }, (_, row) => rowOf(row)))
    expect(table.numRows).toBe(/uncompressed|stream/.test(name) ? 6 : 40)
  }
  test.each(['uncompressed.feather', 'lz4.feather', 'stream.arrow'])('%s', isAsWritten)
  test.skipIf(typeof zstdDecompressSync !== 'function')('zstd.feather (Node before 22.15 has no zstd)', () =>
    isAsWritten('zstd.feather'),
  )

  test('a dictionary that grows, and is replaced', () => {
    expect(rowsFromTable(read('dictionary-deltas.arrow')).map((row) => row.kind)).toEqual([
      'a',
      'b',
      null,
      'c',
      'a',
      'x',
      'a',
    ])
  })

  test('indices of 64 bits, which apache-arrow lacks', () => {
    const table = read('wide-indices.feather')
    expect(columns(table)).toEqual(['kind: dictionary<int32, string>'])
    expect(rowsFromTable(table)).toEqual([{ kind: 'a' }, { kind: 'b' }, { kind: null }])
  })

  test.each([
    ['union.feather', `The column or field "u" is a union, which a catalog can't hold; cast it to another type.`],
    ['version-1.feather', 'The records are Feather of version 1; write them as version 2 (version=2 in pyarrow).'],
  ])('%s is refused', (name, message) => {
    expect(() => read(name)).toThrowError(expect.objectContaining({ code: 'unsupported', message }))
  })

  test('bytes may begin on any address', () => {
    const bytes = recorded('lz4.feather')
    const shifted = new Uint8Array(bytes.length + 3).subarray(3)
    shifted.set(bytes)
    expect(rowsFromTable(decodeRecords(shifted, FEATHER))).toEqual(rowsFromTable(read('lz4.feather')))
  })
})

describe('a damaged file', () => {
  const bytes = recorded('uncompressed.feather')

  test.each([
    ['nothing', new Uint8Array(0), 'it ends too early'],
    ['only its magic', bytes.subarray(0, 8), 'it lacks ARROW1 at its start or end'],
    ['without its end', bytes.subarray(0, bytes.length - 1), 'it lacks ARROW1 at its start or end'],
    [
      'without its footer',
      new Uint8Array([...bytes.subarray(0, 200), ...bytes.subarray(-10)]),
      'a footer out of bounds',
    ],
  ])('%s', (_, damaged, reason) => {
    const message = `The Feather file is damaged (${reason}); write it again from its source.`
    expect(() => decodeRecords(damaged, FEATHER)).toThrowError(expect.objectContaining({ code: 'corrupt', message }))
  })

  test('a stream that lacks its end is not taken for a shorter one', () => {
    const stream = recorded('stream.arrow')
    expect(() => decodeRecords(stream.subarray(0, stream.length - 8), FEATHER)).toThrowError(
      expect.objectContaining({ code: 'corrupt' }),
    )
  })
})

test('dictionaries of several batches become one, as the file format wants', () => {
  const columnOf = (kinds: readonly (string | null)[]) =>
    tableFromRows(
      kinds.map((kind) => ({ kind })),
      schemaOf([parseField('kind', 'dictionary<int8, string>')]),
    )
  const kinds = [['a', 'b'], ['c', null, 'a'], [], ['b', 'd']]
  const parts = kinds.map(columnOf)
  const table = parts[0]!.concat(...parts.slice(1))
  for (const contentType of [FEATHER, 'application/parquet'] as const) {
    const { bytes } = encodeRecords(table, contentType)
    expect(rowsFromTable(decodeRecords(bytes, contentType)).map((row) => row.kind)).toEqual(kinds.flat())
  }
})

describe('LZ4', () => {
  const frame = (...blocks: readonly number[][]) =>
    new Uint8Array([4, 0x22, 0x4d, 0x18, 0x40, 0x70, 0, ...blocks.flat(), 0, 0, 0, 0])
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

  test('repeats what it has just written, and runs of it', () => {
    const block = [6, 0, 0, 0, 0x2f, 97, 98, 2, 0, 0]
    expect(text(decompressLz4(frame(block, [1, 0, 0, 0x80, 33]), 22))).toBe(`${'ab'.repeat(10)}a!`)
  })

  test.each([
    ['another magic', new Uint8Array(16), 4],
    ['a block beyond its end', frame([9, 0, 0, 0, 1]), 4],
    ['literals beyond the block', frame([2, 0, 0, 0, 0xf0, 97]), 4],
    ['a match before the start', frame([4, 0, 0, 0, 0x10, 97, 2, 0]), 5],
    ['a match at no distance', frame([4, 0, 0, 0, 0x10, 97, 0, 0]), 5],
    ['more than the size', frame([3, 0, 0, 0, 0x20, 97, 98]), 1],
    ['less than the size', frame([3, 0, 0, 0, 0x20, 97, 98]), 3],
  ])('%s is refused', (_, damaged, size) => {
    expect(() => decompressLz4(damaged, size)).toThrowError(RangeError)
  })
})
