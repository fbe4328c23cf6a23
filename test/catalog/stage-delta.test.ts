import { type RecordBatch, type Table, tableFromArrays } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import type { Manifest, StageDeltaOptions } from '../../src/catalog/index.ts'
import { mergeManifests, openCatalog, rowsFromTable } from '../../src/catalog/index.ts'
import { arrow } from '../../src/catalog/records/arrow.ts'
import { parseType } from '../../src/catalog/records/schema.ts'
import { backends, START, thrownBy } from './backends.ts'
import { commitIds, committedPartition, idsOf, shopIn, stageIds } from './shop.ts'

function schemaOf(columns: Readonly<Record<string, string>>) {
  const { Field, Schema } = arrow()
  return new Schema(Object.entries(columns).map(([name, type]) => new Field(name, parseType(type), true)))
}
const four = () => tableFromArrays({ id: Int32Array.from([1, 2, 3, 4]) })

describe.each(backends)('staging a delta in a $name', ({ open, reopen }) => {
  it('writes one file with its manifest, above everything in the partition', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const delta = catalog.stageDelta(four(), partition, {
      deltaType: 'append',
      author: { name: 'loader', version: '1' },
      properties: { k: 'v' },
    })
    const id = delta.manifest?.id as string
    const bytes = catalog.downloadDelta(delta, { tableType: 'parquet' })[0] as Uint8Array
    const meta = {
      recordCount: 4,
      contentLength: bytes.byteLength,
      sourceContentLength: 16,
      contentType: 'application/parquet',
      contentEncoding: 'identity',
    }
    expect(delta).toEqual({
      locator: { partitionLocator: partition.locator, streamPosition: START + 1 },
      type: 'append',
      meta,
      properties: { k: 'v' },
      manifest: {
        id,
        meta,
        entries: [{ uri: `cloudpickle://${id}`, url: `cloudpickle://${id}`, meta, mandatory: true, id }],
        author: { name: 'loader', version: '1' },
      },
      previousStreamPosition: partition.streamPosition,
      deleteParameters: null,
      partitionSpec: null,
    })
    const other = reopen(catalog)
    expect(other.listStagedDeltas(partition, { includeManifest: true }).allItems()).toEqual([delta])
    expect(other.listPartitionDeltas(partition).items).toEqual([])
    expect(other.getDelta('shop', 'orders', START + 1, { includeManifest: true })).toEqual(delta)
    expect(other.getDeltaManifest(delta.locator)).toEqual(delta.manifest)
    expect(idsOf(other, delta)).toEqual([1, 2, 3, 4])
    expect(other.stateOf(delta)).toBe('staged')
  })

  it('is an upsert unless said', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    expect(catalog.stageDelta(four(), partition).type).toBe('upsert')
    const parameters = { equalityColumnNames: ['id'] }
    expect(catalog.stageDelta(four(), partition, { deltaType: 'delete', deleteParameters: parameters })).toMatchObject({
      type: 'delete',
      deleteParameters: parameters,
    })
  })

  it('takes null for a delta without files', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const delta = catalog.stageDelta(null, partition)
    expect(delta).toMatchObject({
      meta: {},
      manifest: { meta: { recordCount: 0, contentLength: 0, sourceContentLength: 0 }, entries: [] },
    })
    expect(delta.meta).toEqual({})
    expect(catalog.downloadDelta(delta)).toEqual([])
  })

  it.each<[string, () => Table | RecordBatch | readonly (Table | RecordBatch)[], number[][]]>([
    ['a table', four, [[1, 2, 3, 4]]],
    [
      'a list of tables, one file each',
      () => [four(), four().slice(1, 3)],
      [
        [1, 2, 3, 4],
        [2, 3],
      ],
    ],
    ['a record batch', () => four().batches[0] as RecordBatch, [[1, 2, 3, 4]]],
    [
      'record batches, one file together',
      () => [four().batches[0] as RecordBatch, four().slice(1, 3).batches[0] as RecordBatch],
      [[1, 2, 3, 4, 2, 3]],
    ],
  ])('takes %s', (_, records, files) => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const delta = catalog.stageDelta(records() as Table, partition)
    const rows = catalog.downloadDelta(delta, { tableType: 'rows' })
    expect(rows.map((file) => file.map(({ id }) => id))).toEqual(files)
    expect(delta.meta?.recordCount).toBe(files.flat().length)
    const ids = delta.manifest?.entries.map(({ id }) => id) ?? []
    expect(new Set(ids).size).toBe(files.length)
    expect(ids.includes(delta.manifest?.id)).toBe(files.length === 1)
  })

  it('types rows by the version, by a schema of their own, or by what they hold', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog, { schema: schemaOf({ id: 'int8', at: 'date32' }) }))
    const rows = [{ id: 1, at: '2024-02-29' }, { id: 2 }]
    const typed = catalog.stageDelta(rows, partition)
    expect(String(catalog.downloadDelta(typed)[0]?.schema)).toBe(String(schemaOf({ id: 'int8', at: 'date32' })))
    expect(catalog.downloadDelta(typed, { tableType: 'rows' })).toEqual([
      [
        { id: 1, at: '2024-02-29' },
        { id: 2, at: null },
      ],
    ])
    const own = catalog.stageDelta([{ id: 1 }], partition, { schema: { id: 'uint64' } })
    expect(catalog.downloadDelta(own, { tableType: 'rows' })).toEqual([[{ id: 1n }]])
    const none = catalog.stageDelta([], partition)
    expect(none.meta?.recordCount).toBe(0)
    expect(catalog.downloadDelta(none)[0]?.schema.fields.map(({ name }) => name)).toEqual(['id', 'at'])
    const schemaless = committedPartition(catalog, catalog.createTableVersion('shop', 'other'))
    expect(idsOf(catalog, catalog.stageDelta([{ id: 5 }], schemaless))).toEqual([5])
  })

  it('splits tables by the number of rows', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const delta = catalog.stageDelta([four(), four().slice(0, 1)], partition, { maxRecordsPerEntry: 3 })
    const rows = catalog.downloadDelta(delta, { tableType: 'rows' })
    expect(rows.map((file) => file.map(({ id }) => id))).toEqual([[1, 2, 3], [4], [1]])
    expect(delta.manifest?.entries.map(({ meta }) => meta.recordCount)).toEqual([3, 1, 1])
    expect(delta.meta?.recordCount).toBe(5)
  })

  it('gives every file the partition values', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const partitionSpec = { orderedTransforms: [{ name: 'identity', parameters: { columnName: 'country' } }] } as const
    const delta = catalog.stageDelta(four(), partition, {
      partitionSpec,
      partitionValues: ['NO'],
      maxRecordsPerEntry: 2,
    })
    expect(delta.partitionSpec).toEqual(partitionSpec)
    expect(delta.meta?.partitionValues).toEqual(['NO'])
    expect(delta.manifest?.entries.map(({ meta }) => meta.partitionValues)).toEqual([['NO'], ['NO']])
    expect(reopen(catalog).listStagedDeltas(partition, { includeManifest: true }).allItems()).toEqual([delta])
  })

  it('splits records by the values that a partition spec gives', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const rows = [
      { id: 1, country: 'NO' },
      { id: 2, country: 'SE' },
      { id: 3, country: 'NO' },
      { id: 4, country: null },
    ]
    const partitionSpec = {
      orderedTransforms: [
        { name: 'identity', parameters: { columnName: 'country' } },
        { name: 'bucket', parameters: { numBuckets: 1, columnNames: ['id'], bucketingStrategy: 'iceberg' } },
      ],
    } as const
    const delta = catalog.stageDelta(rows, partition, { partitionSpec })
    expect(delta.manifest?.entries.map(({ meta }) => meta.partitionValues)).toEqual([
      ['NO', 0],
      ['SE', 0],
      [null, 0],
    ])
    expect(delta.meta?.partitionValues).toBeUndefined()
    const of = (partitionValues: readonly (string | number | null)[]) =>
      catalog
        .downloadDelta(delta, { tableType: 'rows', partitionFilter: { partitionValues } })
        .map((file) => file.map(({ id }) => id))
    expect(of(['NO', 0])).toEqual([[1n, 3n]])
    expect(of([null, 0])).toEqual([[4n]])
    expect(of(['NO'])).toEqual([])
  })

  it('takes a manifest as it is, with its files', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    const one = stageIds(catalog, partition, 1)
    const two = stageIds(catalog, partition, 2)
    const manifest = mergeManifests([one.manifest as Manifest, two.manifest as Manifest], { ids: () => 'merged' })
    const other = committedPartition(catalog, stream, ['NO'])
    const delta = catalog.stageDelta(manifest, other, { author: { name: 'me' } })
    expect(delta.manifest).toEqual({ ...manifest, author: { name: 'me' } })
    expect(delta.meta).toEqual(manifest.meta)
    expect(idsOf(catalog, delta)).toEqual([1, 2])
    expect(catalog.commitDelta(delta).locator.partitionLocator).toEqual(other.locator)
  })

  it('gives each entry of a manifest an encoding, which Python asks for', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const entry = {
      uri: 's3://a',
      url: 's3://a',
      meta: { contentType: 'text/csv', recordCount: 1 },
      mandatory: true,
    } as const
    const delta = catalog.stageDelta({ id: 'm', meta: { recordCount: 1 }, entries: [entry] }, partition)
    expect(delta.manifest?.entries).toEqual([{ ...entry, meta: { ...entry.meta, contentEncoding: 'identity' } }])
    const bare = { id: 'm', meta: {}, entries: [{ ...entry, meta: {} }] }
    expect(thrownBy(() => catalog.stageDelta(bare, partition))).toEqual({
      code: 'invalid-argument',
      message: 'Entry 0 of the manifest has no contentType; say what the file is.',
    })
  })

  it('takes no more of a row to delete than what it is found by', () => {
    const catalog = open()
    const { Field, Schema } = arrow()
    const schema = new Schema([
      new Field('id', parseType('int64'), false),
      new Field('name', parseType('string'), false),
    ])
    const schemaConsistency = { id: 'validate', name: 'validate' } as const
    const partition = committedPartition(catalog, shopIn(catalog, { schema, schemaConsistency }))
    const options = { deltaType: 'delete', deleteParameters: { equalityColumnNames: ['id'] } } as const
    catalog.commitDelta(
      catalog.stageDelta(
        [
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
        ],
        partition,
      ),
    )
    for (const records of [[{ id: 1 }], tableFromArrays({ id: BigInt64Array.from([1n]) })]) {
      const delta = catalog.commitDelta(catalog.stageDelta(records as Table, partition, options))
      expect(catalog.downloadDelta(delta, { tableType: 'rows' })).toEqual([[{ id: 1n }]])
    }
    expect(rowsFromTable(catalog.readPartition(partition))).toEqual([{ id: 2n, name: 'b' }])
    expect(thrownBy(() => catalog.stageDelta([{ id: null }], partition, options)).code).toBe('invalid-argument')
    expect(thrownBy(() => catalog.stageDelta([{ id: 1 }], partition)).code).toBe('invalid-argument')
  })

  it.each([
    'text/csv',
    'text/tsv',
    'text/psv',
    'application/x-amzn-unescaped-tsv',
    'application/json',
    'application/feather',
  ] as const)('writes %s', (contentType) => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const delta = catalog.stageDelta([{ id: 1, name: 'a' }], partition, { contentType })
    expect(delta.meta?.contentType).toBe(contentType)
    const [rows] = catalog.downloadDelta(delta, { tableType: 'rows' })
    expect(rows?.map(({ id, name }) => [Number(id), name])).toEqual([[1, 'a']])
    expect(thrownBy(() => catalog.downloadDelta(delta, { tableType: 'parquet' }))).toEqual({
      code: 'invalid-argument',
      message: `The records at "${delta.manifest?.entries[0]?.uri}" are ${contentType}, not Parquet; download them as "arrow" or "rows".`,
    })
  })

  it('takes ids in order: the manifest, then each file where there are several', () => {
    const taken: string[] = []
    const catalog = open({
      ids: () => {
        taken.push(`id-${taken.length}`)
        return taken.at(-1) as string
      },
    })
    const partition = committedPartition(catalog, shopIn(catalog))
    taken.length = 0
    expect(stageIds(catalog, partition, 1).manifest).toMatchObject({ id: 'id-0', entries: [{ id: 'id-0' }] })
    taken.length = 0
    taken.push('', '', '')
    const delta = catalog.stageDelta(four(), partition, { maxRecordsPerEntry: 2 })
    expect(delta.manifest).toMatchObject({ id: 'id-3', entries: [{ id: 'id-4' }, { id: 'id-5' }] })
  })

  it('leaves no trace where it fails', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    commitIds(catalog, partition, 1)
    const before = catalog.serialize()
    for (const work of [
      () => catalog.stageDelta(four(), partition, { contentType: 'application/orc' }),
      () => catalog.stageDelta([{ id: 'a\tb' }], partition, { contentType: 'application/x-amzn-unescaped-tsv' }),
      () => catalog.stageDelta([{ id: 1 }, { id: 'a' }], partition),
    ]) {
      expect(work).toThrow()
    }
    expect(catalog.serialize().equals(before)).toBe(true)
  })
})

describe.each(backends)('staging in a $name is refused', ({ open }) => {
  it.each<[string, unknown, object?]>([
    ['deltaType is "insert"; give one of append, upsert, delete.', null, { deltaType: 'insert' }],
    [
      'contentType is "parquet"; DeltaCAT\'s are application/parquet, application/x-amzn-unescaped-tsv, text/csv, text/tsv, text/psv, application/json, application/feather, application/orc, application/x-amzn-ion.',
      null,
      { contentType: 'parquet' },
    ],
    ['maxRecordsPerEntry is 0; give a positive integer.', null, { maxRecordsPerEntry: 0 }],
    [
      'equalityColumnNames is "id"; give a list of columns\' names.',
      null,
      { deltaType: 'delete', deleteParameters: { equalityColumnNames: 'id' } },
    ],
    [
      'equalityColumnNames is []; name a column, or leave deleteParameters out to delete by the primary key.',
      [{ id: 1 }],
      { deltaType: 'delete', deleteParameters: { equalityColumnNames: [] } },
    ],
    [
      'equalityColumnNames names "zz", which the records lack (they have "id"); give them that column, or name another.',
      [{ id: 1 }],
      { deltaType: 'delete', deleteParameters: { equalityColumnNames: ['id', 'zz'] } },
    ],
    [
      'deleteParameters are given for a delta of type upsert; leave them out, or stage a delete.',
      [{ id: 1 }],
      { deleteParameters: { equalityColumnNames: ['id'] } },
    ],
    ['author.version is 2; give a text.', null, { author: { name: 'a', version: 2 } }],
    ['schema is "int64"; give an Arrow schema, the types of its columns, or null.', null, { schema: 'int64' }],
    ['The records are "x"; give an Arrow table, record batches, rows, a manifest or null.', 'x'],
    ['There are no rows, and no schema to type them by; give a schema, or null for a delta without files.', []],
    ['Item 1 of the records is 7 among others; give tables, record batches or rows alone.', [{ id: 1 }, 7]],
    [
      'Item 1 of the records is an object (schema, batches, _offsets) among others; give tables, record batches or rows alone.',
      [{ id: 1 }, four()],
    ],
    [
      'Entry 1 of the manifest lacks a uri or a meta; give each file both.',
      { id: 'a', meta: {}, entries: [{ uri: 'u', url: 'u', meta: {}, mandatory: true }, { uri: 'u' }] },
    ],
    ['The manifest has no meta; make it with mergeManifests.', { id: 'a', entries: [] }],
    [
      'The manifest cannot be written: the id of the manifest is missing where text belongs; correct it.',
      { meta: {}, entries: [] },
    ],
    [
      'The partition spec names column "country", which the records lack; they have "id".',
      [{ id: 1 }],
      { partitionSpec: { orderedTransforms: [{ name: 'identity', parameters: { columnName: 'country' } }] } },
    ],
    [
      'Column "id" holds 1.5, which cannot be a partition value; partition by a column of texts.',
      [{ id: 1.5 }],
      { partitionSpec: { orderedTransforms: [{ name: 'identity', parameters: { columnName: 'id' } }] } },
    ],
    [
      'Iceberg has no bucket for a column of float64; bucket by another column.',
      [{ id: 1.5 }],
      {
        partitionSpec: {
          orderedTransforms: [
            { name: 'bucket', parameters: { numBuckets: 2, columnNames: ['id'], bucketingStrategy: 'iceberg' } },
          ],
        },
      },
    ],
  ])('%s', (message, records, options) => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const before = catalog.serialize()
    expect(thrownBy(() => catalog.stageDelta(records as null, partition, options as StageDeltaOptions))).toEqual({
      code: 'invalid-argument',
      message,
    })
    expect(catalog.serialize().equals(before)).toBe(true)
  })

  it('where its arguments are the wrong way round, or of another kind', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    const staged = (records: unknown, target: unknown) =>
      thrownBy(() => catalog.stageDelta(records as null, target as typeof partition)).message
    expect(staged(partition, [{ id: 1 }])).toBe(
      'The records are a partition; stageDelta takes the records first, then the partition.',
    )
    expect(staged([{ id: 1 }], stream)).toBe(
      'The partition is a stream; give one that stagePartition or getPartition returned.',
    )
    expect(staged(null, [{ id: 1 }])).toBe(
      'The partition is a list of 1; give one that stagePartition or getPartition returned.',
    )
  })

  it('where there is no position left', () => {
    const catalog = open({ clock: () => Number.MAX_SAFE_INTEGER - 1 })
    const partition = catalog.stagePartition(shopIn(catalog))
    stageIds(catalog, partition, 1)
    expect(stageIds(catalog, partition, 2).locator.streamPosition).toBe(Number.MAX_SAFE_INTEGER)
    expect(thrownBy(() => stageIds(catalog, partition, 3))).toEqual({
      code: 'unsupported',
      message: `Partition "${partition.locator.partitionId}" of shop.orders@1/- has a delta at the last position there is; stage a delta in another partition.`,
    })
  })
})

it.each(backends)("types rows in a $name by the version's schema whatever becomes of a decoded one", ({ open }) => {
  const catalog = open()
  const partition = committedPartition(catalog, shopIn(catalog, { schema: schemaOf({ id: 'int8' }) }))
  const schemaOfStaged = () => catalog.downloadDelta(catalog.stageDelta([{ id: 1 }], partition))[0]!.schema
  const decoded = () => catalog.getTableVersionSchema('shop', 'orders') as ReturnType<typeof schemaOf>
  for (const schema of [schemaOfStaged(), decoded(), schemaOfStaged(), decoded()]) {
    expect(schema.metadata).toEqual(new Map())
    expect(String(schema)).toBe(String(schemaOf({ id: 'int8' })))
    schema.metadata.set('mine', 'yes')
  }
})

describe.each(backends)('schema consistency in a $name', ({ open }) => {
  const schema = schemaOf({ id: 'int8', name: 'string' })

  it('coerces what fits, validates the rest, and passes through what has no policy', () => {
    const catalog = open()
    const coerced = committedPartition(catalog, shopIn(catalog, { schema, schemaConsistency: { id: 'coerce' } }))
    const delta = catalog.stageDelta(tableFromArrays({ id: Int32Array.from([1, 2]) }), coerced)
    expect(String(catalog.downloadDelta(delta)[0]?.getChild('id')?.type)).toBe('Int8')
    const free = committedPartition(catalog, catalog.createTableVersion('shop', 'free', { schema }))
    const untouched = catalog.stageDelta(tableFromArrays({ id: Int32Array.from([1000]) }), free)
    expect(String(catalog.downloadDelta(untouched)[0]?.getChild('id')?.type)).toBe('Int32')
    const strict = catalog.createTableVersion('shop', 'strict', { schema, schemaConsistency: { id: 'validate' } })
    const partition = committedPartition(catalog, strict)
    const error = thrownBy(() => catalog.stageDelta(tableFromArrays({ id: Int32Array.from([1]) }), partition))
    expect(error.code).toBe('invalid-argument')
    expect(error.message).toContain('"id"')
    expect(catalog.listStagedDeltas(partition).items).toEqual([])
  })
})

it('names a column by all of its characters, a byte-order mark included', () => {
  using catalog = openCatalog(':memory:')
  catalog.createNamespace('shop')
  const stream = catalog.createTableVersion('shop', 'orders', { schema: { '\uFEFFid': 'int64' } })
  expect(catalog.getTableVersionColumnNames('shop', 'orders')).toEqual(['\uFEFFid'])
  const delta = catalog.stageDelta([{ '\uFEFFid': 1 }], catalog.stagePartition(stream))
  expect(catalog.downloadDelta(delta, { tableType: 'rows' })).toEqual([[{ '\uFEFFid': 1n }]])
})

it('splits a column of intervals by the values of another, as it stores it whole', () => {
  const { Int32, IntervalYearMonth, Table, Vector, makeData, vectorFromArray } = arrow()
  const months = makeData({ type: new IntervalYearMonth(), length: 3, nullCount: 0, data: Int32Array.of(5, 6, 7) })
  const table = new Table({ k: vectorFromArray([1, 2, 1], new Int32()), months: new Vector([months]) })
  using catalog = openCatalog(':memory:')
  const partition = committedPartition(catalog, shopIn(catalog))
  const delta = catalog.stageDelta(table as unknown as Table, partition, {
    contentType: 'application/feather',
    partitionSpec: { orderedTransforms: [{ name: 'identity', parameters: { columnName: 'k' } }] },
  })
  expect(delta.manifest?.entries.map(({ meta }) => meta.partitionValues)).toEqual([[1], [2]])
  expect(catalog.downloadDelta(delta, { tableType: 'rows' })).toEqual([
    [
      { k: 1, months: 5 },
      { k: 1, months: 7 },
    ],
    [{ k: 2, months: 6 }],
  ])
})
