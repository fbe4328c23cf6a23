import { describe, expect, it } from 'vitest'
import type { ContentType } from '../../src/catalog/index.ts'
import { decodeRecords, encodeRecords } from '../../src/catalog/records/codec.ts'
import { tableFromColumns } from '../../src/catalog/records/rows.ts'
import { schemaFromText, schemaToText } from '../../src/catalog/records/schema.ts'
import { fc, seed } from '../chance.ts'
import { scaled } from '../scale.ts'
import { tableFromJson, tableToJson } from './cells.ts'
import type { JsonTable } from './differential/step.ts'
import { newer, type Peer, reference } from './peer.ts'
import { nestedTypes, parquetCell, plainTypes, type TypeCase, tablesOf, withoutInnerNames } from './types.ts'

const parquet: ContentType = 'application/parquet'
const feather: ContentType = 'application/feather'

interface Read {
  readonly table?: JsonTable
  readonly nbytes?: number
  readonly error?: string
}

function inParquet({ table, types }: { table: JsonTable; types: readonly TypeCase[] }): JsonTable {
  return {
    schema: table.schema.map(([name, type, nullable], i) => [name, types[i]?.inParquet ?? type, nullable]),
    rows: table.rows.map((row) => row.map((cell, i) => parquetCell(cell, types[i] as TypeCase))),
  }
}

const encode = (table: JsonTable, contentType: ContentType) => {
  const { bytes, recordCount, sourceContentLength } = encodeRecords(tableFromJson(table), contentType)
  expect(recordCount).toBe(table.rows.length)
  return { blob: { bytes: Buffer.from(bytes).toString('base64'), contentType }, sourceContentLength }
}

const peers: readonly (readonly [name: string, peer: () => Peer, types: readonly TypeCase[]])[] = [
  ['pyarrow 12', reference, [...plainTypes, ...nestedTypes].filter(({ newerOnly }) => newerOnly === undefined)],
  ['the newest pyarrow', newer, [...plainTypes, ...nestedTypes]],
]

/** One table for each type alone, from a fixed seed, then tables that mix them from a new one. */
function samples(types: readonly TypeCase[], mixed: number) {
  const alone = types.flatMap((type, i) => fc.sample(tablesOf([type]), { numRuns: 3, seed: i }))
  return [...alone, ...fc.sample(tablesOf(types), { numRuns: mixed, seed })]
}

describe.each(peers)(`records between ours and %s (seed ${seed})`, (_, peer, types) => {
  const tables = samples(types, scaled(40, 300))

  it.each([parquet, feather])('reads in Python what we write as %s', async (contentType) => {
    const written = tables.map(({ table }) => encode(table, contentType))
    const read = await peer().ask<Read[]>('read_blobs', { blobs: written.map(({ blob }) => blob) })
    const expected = tables.map((given) => withoutInnerNames(contentType === parquet ? inParquet(given) : given.table))
    expect(read.map(({ table, error }) => error ?? withoutInnerNames(table))).toEqual(expected)
  })

  it.each([parquet, feather])('reads what Python writes as %s', async (contentType) => {
    const theirs = tables.filter((given) => contentType !== parquet || given.types.every(({ oneWay }) => !oneWay))
    const blobs = theirs.map(({ table }) => ({ table, contentType }))
    const written = await peer().ask<{ bytes: string; nbytes: number }[]>('write_blobs', { blobs })
    const asPythonReads = await peer().ask<Read[]>('read_blobs', {
      blobs: written.map(({ bytes }) => ({ bytes, contentType })),
    })
    const asWeRead = written.map(({ bytes }) => tableToJson(decodeRecords(Buffer.from(bytes, 'base64'), contentType)))
    expect(asWeRead.map(withoutInnerNames)).toEqual(asPythonReads.map(({ table }) => withoutInnerNames(table)))
  })

  it('counts the bytes of a table as pyarrow does', async () => {
    // A feather file holds the buffers as they are, so Python counts the same ones.
    const written = tables.map(({ table }) => encode(table, feather))
    const read = await peer().ask<Read[]>('read_blobs', { blobs: written.map(({ blob }) => blob) })
    const counted = written.map(({ sourceContentLength }, i) => [sourceContentLength, JSON.stringify(tables[i]?.table)])
    expect(counted).toEqual(read.map(({ nbytes }, i) => [nbytes, JSON.stringify(tables[i]?.table)]))
  })

  it('stores schemas that Python reads, and reads those that Python stores', async () => {
    const schemas = types.map(
      ({ type }): JsonTable => ({
        schema: [
          ['c', type, true],
          ['d', type, type === 'null'],
        ],
        rows: [],
      }),
    )
    const texts = schemas.map((table) => schemaToText(tableFromJson(table).schema))
    expect(await peer().ask('read_schemas', { texts })).toEqual(schemas.map(({ schema }) => schema))
    const theirs = await peer().ask<string[]>('write_schemas', { schemas: schemas.map(({ schema }) => schema) })
    const decoded = theirs.map((text) => {
      const schema = schemaFromText(text)
      return (
        schema &&
        tableToJson(
          tableFromColumns(
            schema,
            schema.fields.map(() => []),
          ),
        ).schema
      )
    })
    expect(decoded).toEqual(schemas.map(({ schema }) => schema))
  })
})

describe(`text formats (seed ${seed})`, () => {
  const texts = plainTypes.filter(
    ({ type }) => !/binary|null|half|duration|decimal256|date64|time|timestamp\[ns/.test(type),
  )
  const tables = samples(texts, scaled(30, 200)).filter(
    // A null alone in its row would be an empty line, which ours refuses to write.
    ({ table }) => table.rows.length > 0 && table.rows.every((row) => row.some((cell) => cell !== null)),
  )

  it.each<ContentType>(['text/csv', 'text/tsv', 'text/psv'])(
    'reads in Python what we write as %s',
    async (contentType) => {
      const blobs = tables.map(({ table }) => ({ ...encode(table, contentType).blob, schema: table.schema }))
      const read = await reference().ask<Read[]>('read_blobs', { blobs })
      expect(read.map(({ table, error }) => error ?? table)).toEqual(tables.map(({ table }) => table))
    },
  )
})
