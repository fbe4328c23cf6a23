import { describe, expect, it } from 'vitest'
import type { NewTableVersion } from '../../src/catalog/index.ts'
import { arrow } from '../../src/catalog/records/arrow.ts'
import { parseType, schemaToText } from '../../src/catalog/records/schema.ts'
import { backends, errorOf, thrownBy } from './backends.ts'
import { shopIn } from './shop.ts'

function schemaOf(columns: Readonly<Record<string, string>>) {
  const { Field, Schema } = arrow()
  return new Schema(Object.entries(columns).map(([name, type]) => new Field(name, parseType(type), true)))
}

describe.each(backends)('table versions in a $name', ({ open, reopen }) => {
  it('hold what they were created with, unreleased', () => {
    const catalog = open()
    const schema = schemaOf({ id: 'int64', at: 'timestamp[us, UTC]', total: 'decimal(12,2)' })
    const stream = shopIn(catalog, {
      schema,
      schemaConsistency: { id: 'validate', total: 'coerce' },
      partitionKeys: [{ keyName: 'country', keyType: 'string' }, 'day'],
      primaryKeyColumnNames: new Set(['id']),
      sortKeys: [['at', 'descending']],
      tableVersionDescription: 'first',
      tableVersionProperties: { owner: 'me', stream_id: 'mine' },
      supportedContentTypes: ['application/parquet'],
    })
    const locator = {
      tableLocator: { namespaceLocator: { namespace: 'shop' }, tableName: 'orders' },
      tableVersion: '1',
    }
    expect(reopen(catalog).getTableVersion('shop', 'orders', '1')).toEqual({
      locator,
      schema: schemaToText(schema),
      schemaConsistency: { id: 'validate', total: 'coerce' },
      partitionKeys: [{ keyName: 'country', keyType: 'string' }, 'day'],
      partitionSpec: null,
      primaryKeys: ['id'],
      sortKeys: [['at', 'descending']],
      description: 'first',
      properties: { owner: 'me', stream_id: stream.locator.streamId },
      contentTypes: ['application/parquet'],
      lifecycleState: 'unreleased',
    })
    expect(stream).toEqual({
      locator: { tableVersionLocator: locator, streamId: stream.locator.streamId, storageType: 'SQLITE3' },
      partitionKeys: [{ keyName: 'country', keyType: 'string' }, 'day'],
      partitionSpec: null,
      state: 'committed',
      previousStreamDigest: null,
    })
    expect(catalog.getStream('shop', 'orders')).toEqual(stream)
  })

  it('with a partition spec have a key for each transform', () => {
    const catalog = open()
    const partitionSpec = {
      orderedTransforms: [
        { name: 'identity', parameters: { columnName: 'country' } },
        { name: 'bucket', parameters: { numBuckets: 16, columnNames: ['id', 'at'], bucketingStrategy: 'default' } },
      ],
    } as const
    const stream = shopIn(catalog, { partitionSpec })
    expect(stream).toMatchObject({ partitionKeys: ['country', 'bucket[16](id, at)'], partitionSpec })
    const version = reopen(catalog).getTableVersion('shop', 'orders', '1')
    expect(version).toMatchObject({ partitionKeys: ['country', 'bucket[16](id, at)'], partitionSpec })
    expect(catalog.stageStream('shop', 'orders')).toMatchObject({ partitionSpec })
  })

  it('are numbered one after the other', () => {
    const catalog = open()
    shopIn(catalog)
    const second = catalog.createTableVersion('shop', 'orders', { tableVersion: '2' })
    const third = catalog.createTableVersion('shop', 'orders')
    expect(second.locator.tableVersionLocator.tableVersion).toBe('2')
    expect(third.locator.tableVersionLocator.tableVersion).toBe('3')
    const numbers = () => Array.from(catalog.listTableVersions('shop', 'orders'), (v) => v.locator.tableVersion)
    expect(numbers()).toEqual(['1', '2', '3'])
    catalog.deleteStream('shop', 'orders', { tableVersion: '3' })
    catalog.deleteStream('shop', 'orders', { tableVersion: '1' })
    expect(numbers()).toEqual(['2'])
    expect(catalog.createTableVersion('shop', 'orders').locator.tableVersionLocator.tableVersion).toBe('3')
  })

  it('may begin with any number, also one beyond what a double holds', () => {
    const catalog = open()
    shopIn(catalog, { tableVersion: '9007199254740993' })
    const next = catalog.createTableVersion('shop', 'orders')
    expect(next.locator.tableVersionLocator.tableVersion).toBe('9007199254740994')
    expect(catalog.getLatestTableVersion('shop', 'orders')?.locator.tableVersion).toBe('9007199254740994')
  })

  it('that are there, or not the next one, are refused', () => {
    const catalog = open()
    shopIn(catalog)
    const existing = catalog.getTableVersion('shop', 'orders', '1')
    const error = errorOf(() => catalog.createTableVersion('shop', 'orders', { tableVersion: '1' }))
    expect(error).toMatchObject({
      code: 'already-exists',
      message: 'Version "1" of shop.orders is there already; the next one is "2".',
      existing,
    })
    expect(thrownBy(() => catalog.createTableVersion('shop', 'orders', { tableVersion: '7' }))).toEqual({
      code: 'invalid-argument',
      message: 'Version "7" of shop.orders is not the next one after "1"; give "2", or leave it out.',
    })
    expect(catalog.listTableVersions('shop', 'orders').items).toEqual([existing])
  })

  it.each([
    ['01', 'tableVersion is "01"; give a decimal text such as "1", without leading zeros.'],
    ['abc', 'tableVersion is "abc"; give a decimal text such as "1", without leading zeros.'],
    ['', 'tableVersion is ""; give a decimal text such as "1", without leading zeros.'],
    [2, 'tableVersion is 2; give "2", without leading zeros.'],
    [1.5, 'tableVersion is 1.5; give a decimal text such as "1", without leading zeros.'],
  ])('refuse the number %j', (number, message) => {
    const catalog = open()
    catalog.createNamespace('shop')
    const tableVersion = number as string
    for (const work of [
      () => catalog.createTableVersion('shop', 'orders', { tableVersion }),
      () => catalog.getTableVersion('shop', 'orders', tableVersion),
      () => catalog.tableVersionExists('shop', 'orders', tableVersion),
      () => catalog.listPartitions('shop', 'orders', { tableVersion }),
      () => catalog.updateTableVersion('shop', 'orders', tableVersion),
    ]) {
      expect(thrownBy(work)).toEqual({ code: 'invalid-argument', message })
    }
    expect(catalog.listTables('shop').items).toEqual([])
  })

  it('resolve to the latest active one, else to the latest', () => {
    const catalog = open()
    shopIn(catalog)
    catalog.createTableVersion('shop', 'orders')
    catalog.createTableVersion('shop', 'orders')
    const resolved = () => catalog.getStream('shop', 'orders')?.locator.tableVersionLocator.tableVersion
    expect(resolved()).toBe('3')
    expect(catalog.getLatestActiveTableVersion('shop', 'orders')).toBeNull()
    catalog.updateTableVersion('shop', 'orders', '1', { lifecycleState: 'active' })
    expect(resolved()).toBe('1')
    catalog.updateTableVersion('shop', 'orders', '2', { lifecycleState: 'active' })
    expect(resolved()).toBe('2')
    expect(catalog.getLatestActiveTableVersion('shop', 'orders')?.locator.tableVersion).toBe('2')
    expect(catalog.getLatestTableVersion('shop', 'orders')?.locator.tableVersion).toBe('3')
    catalog.updateTableVersion('shop', 'orders', '2', { lifecycleState: 'deprecated' })
    expect(resolved()).toBe('1')
    catalog.updateTableVersion('shop', 'orders', '1', { lifecycleState: null })
    expect(resolved()).toBe('3')
    expect(catalog.getTableVersion('shop', 'orders', '1')?.lifecycleState).toBe('unreleased')
  })

  it('go by their numbers, not by the order of their texts', () => {
    const catalog = open()
    shopIn(catalog, { tableVersion: '9' })
    catalog.createTableVersion('shop', 'orders')
    expect(catalog.getLatestTableVersion('shop', 'orders')?.locator.tableVersion).toBe('10')
  })

  it('keep what is undefined, clear what is null, merge properties, and never lose their stream', () => {
    const catalog = open()
    const stream = shopIn(catalog, {
      schema: schemaOf({ id: 'int64' }),
      schemaConsistency: { id: 'validate' },
      tableVersionDescription: 'first',
      tableVersionProperties: { a: '1', b: '2' },
    })
    const streamId = stream.locator.streamId
    const version = () => catalog.getTableVersion('shop', 'orders', '1')
    catalog.updateTableVersion('shop', 'orders', '1', { properties: { b: '3', c: '4', stream_id: 'other' } })
    expect(version()).toMatchObject({
      description: 'first',
      schemaConsistency: { id: 'validate' },
      properties: { a: '1', b: '3', c: '4', stream_id: streamId },
    })
    catalog.updateTableVersion('shop', 'orders', '1', { properties: null, description: null, schemaConsistency: null })
    expect(version()).toMatchObject({
      description: null,
      schemaConsistency: null,
      properties: { stream_id: streamId },
    })
    expect(version()?.properties).toEqual({ stream_id: streamId })
    expect(catalog.getTableVersionColumnNames('shop', 'orders')).toEqual(['id'])
    catalog.updateTableVersion('shop', 'orders', '1', { schema: null })
    expect(version()?.schema).toBeNull()
    expect(catalog.getStream('shop', 'orders')).toEqual(stream)
  })

  it('are null, or not there, where they are missing', () => {
    const catalog = open()
    for (const work of [
      () => catalog.getTableVersion('shop', 'orders', '1'),
      () => catalog.getLatestTableVersion('shop', 'orders'),
      () => catalog.getLatestActiveTableVersion('shop', 'orders'),
      () => catalog.getStream('shop', 'orders'),
      () => catalog.getStream('shop', 'orders', { tableVersion: '1' }),
      () => catalog.getDelta('shop', 'orders', 1),
      () => catalog.getLatestDelta('shop', 'orders'),
    ]) {
      expect(work()).toBeNull()
    }
    expect(catalog.tableVersionExists('shop', 'orders', '1')).toBe(false)
    shopIn(catalog)
    expect(catalog.getTableVersion('shop', 'orders', '2')).toBeNull()
    for (const work of [
      () => catalog.listPartitions('shop', 'orders', { tableVersion: '2' }),
      () => catalog.listDeltas('shop', 'orders', { tableVersion: '2' }),
      () => catalog.stageStream('shop', 'orders', { tableVersion: '2' }),
      () => catalog.deleteStream('shop', 'orders', { tableVersion: '2' }),
      () => catalog.deletePartition('shop', 'orders', { tableVersion: '2' }),
      () => catalog.getTableVersionSchema('shop', 'orders', { tableVersion: '2' }),
      () => catalog.updateTableVersion('shop', 'orders', '2'),
    ]) {
      expect(thrownBy(work)).toEqual({
        code: 'not-found',
        message: 'There is no version "2" of shop.orders, which has "1".',
      })
    }
    catalog.deleteStream('shop', 'orders')
    expect(thrownBy(() => catalog.listPartitions('shop', 'orders'))).toEqual({
      code: 'not-found',
      message: 'There is no version of shop.orders, which has none.',
    })
  })
})

describe.each(backends)('the schema of a table version in a $name', ({ open }) => {
  it('is given as an Arrow schema, the types of its columns, its IPC message, or the base64 of that', () => {
    const schema = schemaOf({ id: 'int64', name: 'string' })
    const text = schemaToText(schema)
    const bytes = Buffer.from(text, 'base64')
    for (const given of [schema, { id: 'int64', name: 'string' }, text, bytes, new Uint8Array(bytes)]) {
      const catalog = open()
      shopIn(catalog, { schema: given })
      expect(catalog.getTableVersion('shop', 'orders', '1')?.schema).toBe(text)
      expect(catalog.getTableVersionColumnNames('shop', 'orders')).toEqual(['id', 'name'])
      expect(String(catalog.getTableVersionSchema('shop', 'orders'))).toBe(String(schema))
    }
  })

  it('is opaque where it is any other text', () => {
    const catalog = open()
    shopIn(catalog, { schema: 'id int, name text', primaryKeyColumnNames: ['id'] })
    expect(catalog.getTableVersionSchema('shop', 'orders')).toBe('id int, name text')
    expect(thrownBy(() => catalog.getTableVersionColumnNames('shop', 'orders'))).toEqual({
      code: 'unsupported',
      message:
        'The schema of shop.orders@1 is opaque: it is no Arrow schema, so its columns are unknown; use getTableVersionSchema for its text.',
    })
  })

  it('is null where the version has none', () => {
    const catalog = open()
    shopIn(catalog)
    expect(catalog.getTableVersionSchema('shop', 'orders')).toBeNull()
    expect(catalog.getTableVersionColumnNames('shop', 'orders', { tableVersion: '1' })).toBeNull()
  })
})

describe.each(backends)('a new table version in a $name', ({ open }) => {
  const schema = schemaOf({ id: 'int64', at: 'date32' })
  const bucket = (parameters: object) => ({
    partitionSpec: { orderedTransforms: [{ name: 'bucket', parameters }] },
  })
  it.each<[string, object]>([
    [
      'partitionKeys and partitionSpec are both given; give one of them.',
      { partitionKeys: ['a'], partitionSpec: { orderedTransforms: [] } },
    ],
    [
      'partitionSpec has no orderedTransforms; give a list of transforms.',
      { partitionSpec: { orderedTransforms: null } },
    ],
    [
      'A transform is named "year"; identity and bucket are known.',
      { partitionSpec: { orderedTransforms: [{ name: 'year', parameters: {} }] } },
    ],
    [
      'columnName of an identity transform is undefined; give a text that is not empty.',
      { partitionSpec: { orderedTransforms: [{ name: 'identity', parameters: {} }] } },
    ],
    ['numBuckets of a bucket transform is 0; give a positive integer.', bucket({ numBuckets: 0 })],
    [
      'bucketingStrategy of a bucket transform is "md5"; give "default" or "iceberg".',
      bucket({ numBuckets: 4, bucketingStrategy: 'md5' }),
    ],
    [
      'columnNames of a bucket transform is "id"; give a list of names.',
      bucket({ numBuckets: 4, bucketingStrategy: 'default', columnNames: 'id' }),
    ],
    [
      'An iceberg bucket transform takes one column, not 2; name one.',
      bucket({ numBuckets: 4, bucketingStrategy: 'iceberg', columnNames: ['id', 'at'] }),
    ],
    [
      'The primary key names "key", which is no column of the schema; it has "id", "at".',
      { schema, primaryKeyColumnNames: ['key'] },
    ],
    ['The primary key names "id" twice; name each column once.', { schema, primaryKeyColumnNames: ['id', 'id'] }],
    [
      'A sort key names "time", which is no column of the schema; it has "id", "at".',
      { schema, sortKeys: [['time', 'ascending']] },
    ],
    [
      'A sort key has the order "up"; give ["column", "ascending"] or ["column", "descending"].',
      { schema, sortKeys: [['at', 'up']] },
    ],
    [
      'schemaConsistency is given without an Arrow schema to hold the cells to; give a schema as well.',
      { schemaConsistency: { id: 'validate' } },
    ],
    [
      'schemaConsistency names "key", which is no column of the schema; it has "id", "at".',
      { schema, schemaConsistency: { key: 'validate' } },
    ],
    [
      'schemaConsistency of "id" is "strict"; give none, coerce or validate.',
      { schema, schemaConsistency: { id: 'strict' } },
    ],
    [
      'supportedContentTypes holds "parquet"; DeltaCAT\'s are application/parquet, application/x-amzn-unescaped-tsv, text/csv, text/tsv, text/psv, application/json, application/feather, application/orc, application/x-amzn-ion.',
      { supportedContentTypes: ['parquet'] },
    ],
    ['primaryKeyColumnNames is "id"; give a list of columns\' names.', { primaryKeyColumnNames: 'id' }],
    ['sortKeys is "at"; give a list such as [["at", "ascending"]].', { sortKeys: 'at' }],
    [
      'The table version cannot be written: description is 7 where text belongs; correct it.',
      { tableVersionDescription: 7 },
    ],
    ['The table cannot be written: description is a list where text belongs; correct it.', { tableDescription: ['d'] }],
    ['partitionKeys is "country"; give a list of names, or of objects.', { partitionKeys: 'country' }],
    [
      'schema is 7; give an Arrow schema, the types of its columns, the bytes of its IPC message, a text, or null.',
      { schema: 7 },
    ],
    ["The schema has no column; give the columns' types by their names.", { schema: {} }],
    ['The type of column "id" is 64; give a text such as "int64".', { schema: { id: 64 } }],
    [
      'The type "strng" can\'t be read at character 1: "strng" is no Arrow type; did you mean "string"?',
      { schema: { id: 'strng' } },
    ],
    [
      'tableVersionProperties.f is a function, which JSON cannot hold; give text, a finite number, a list or an object.',
      { tableVersionProperties: { f: () => 1 } },
    ],
  ])('is refused: %s', (message, options) => {
    const catalog = open()
    catalog.createNamespace('shop')
    expect(thrownBy(() => catalog.createTableVersion('shop', 'orders', options as NewTableVersion))).toEqual({
      code: 'invalid-argument',
      message,
    })
    expect(catalog.listTables('shop').items).toEqual([])
  })

  it('cannot be updated to a schema without its keys, or an unknown state', () => {
    const catalog = open()
    shopIn(catalog, { schema, primaryKeyColumnNames: ['id'] })
    const before = catalog.getTableVersion('shop', 'orders', '1')
    const other = schemaOf({ key: 'int64' })
    expect(thrownBy(() => catalog.updateTableVersion('shop', 'orders', '1', { schema: other })).message).toBe(
      'The primary key names "id", which is no column of the schema; it has "key".',
    )
    expect(
      thrownBy(() => catalog.updateTableVersion('shop', 'orders', '1', { lifecycleState: 'live' as 'active' })).message,
    ).toBe('lifecycleState is "live"; give one of unreleased, active, deprecated, beta, deleted.')
    expect(catalog.getTableVersion('shop', 'orders', '1')).toEqual(before)
  })
})
