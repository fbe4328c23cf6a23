import { describe } from 'vitest'
import { mergeDeltas, rowsFromTable } from 'vitest-deltacat'
import { test } from 'vitest-deltacat/test'

// The walkthrough of DeltaCAT's own storage mock, a test for each of its steps. The names are the walkthrough's.
const namespace = 'hash_bucket_test'
const table = 'test_table'
const animals = [
  { year: 2020n, n_legs: 2n, animals: 'Flamingo' },
  { year: 2022n, n_legs: 4n, animals: 'Horse' },
  { year: 2019n, n_legs: 5n, animals: 'Brittle stars' },
  { year: 2021n, n_legs: 100n, animals: 'Centipede' },
]

describe('from an empty catalog', () => {
  test('creating a namespace initialises the file', ({ catalog, expect }) => {
    expect(catalog.listNamespaces().allItems()).toEqual([])
    catalog.createNamespace(namespace, {})
    expect(catalog.namespaceExists(namespace)).toBe(true)
    expect(catalog.listNamespaces().allItems()).toEqual([{ locator: { namespace }, permissions: {} }])
  })

  test('creating it again returns it unchanged', ({ catalog, expect }) => {
    catalog.createNamespace(namespace, { owner: 'first' })
    expect(catalog.createNamespace(namespace, { owner: 'second' })).toMatchObject({ permissions: { owner: 'first' } })
  })

  test('a namespace can be updated', ({ catalog, expect }) => {
    catalog.createNamespace(namespace, {})
    catalog.updateNamespace(namespace, { permissions: { abcd: 'efgh' } })
    expect(catalog.getNamespace(namespace)).toMatchObject({ permissions: { abcd: 'efgh' } })
  })

  test('the first table version creates its table, and a committed stream', ({ catalog, expect }) => {
    catalog.createNamespace(namespace, {})
    const stream = catalog.createTableVersion(namespace, table, { tableVersion: '1' })
    expect(stream).toBeCommitted()
    expect(catalog.tableExists(namespace, table)).toBe(true)
    expect(catalog.tableExists(namespace, 'test_table_2')).toBe(false)
    expect(catalog.listTables(namespace).allItems()).toMatchObject([{ locator: { tableName: table } }])
    expect(catalog.getTableVersion(namespace, table, '1')).toMatchObject({
      schema: null,
      partitionKeys: null,
      properties: { stream_id: stream.locator.streamId },
    })
  })

  test('without a version the next one is created', ({ catalog, expect }) => {
    catalog.createNamespace(namespace, {})
    catalog.createTableVersion(namespace, table, { tableVersion: '1' })
    catalog.createTableVersion(namespace, table)
    expect(catalog.getLatestTableVersion(namespace, table)).toMatchObject({ locator: { tableVersion: '2' } })
    expect(catalog.tableVersionExists(namespace, table, '3')).toBe(false)
  })
})

describe('with a table of two versions', () => {
  test.override({ source: './walkthrough.deltacat.yaml' })

  test('a version without a schema has none', ({ catalog, expect }) => {
    expect(catalog.getTableVersionSchema(namespace, table, { tableVersion: '1' })).toBeNull()
    expect(catalog.getTableVersionColumnNames(namespace, table, { tableVersion: '1' })).toBeNull()
  })

  test('updating a version of a missing table names what is missing', ({ catalog, expect }) => {
    expect(() => catalog.updateTableVersion(namespace, 'test_table_2', '1')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })

  test('a table can be updated', ({ catalog, expect }) => {
    catalog.updateTable(namespace, table, { properties: { acd: 'bcf' } })
    expect(catalog.getTable(namespace, table)).toMatchObject({ properties: { acd: 'bcf' }, description: null })
  })

  test('a new stream is staged, then committed in the place of the old one', ({ catalog, expect }) => {
    const before = catalog.getStream(namespace, table, { tableVersion: '2' })
    const staged = catalog.stageStream(namespace, table, { tableVersion: '2' })
    expect(staged).toBeStaged()

    const committed = catalog.commitStream(staged)
    expect(committed).toBeCommitted()
    expect(before).toBeDeprecated()
    expect(catalog.getTableVersion(namespace, table, '2')).toMatchObject({
      properties: { stream_id: staged.locator.streamId },
    })
  })

  test('deleting a stream deletes its version', ({ catalog, expect }) => {
    catalog.deleteStream(namespace, table, { tableVersion: '2' })
    expect(catalog.getTableVersion(namespace, table, '2')).toBeNull()
    expect(catalog.getStream(namespace, table, { tableVersion: '2' })).toBeNull()
  })

  test('a partition is staged, then committed', ({ catalog, fixture, expect }) => {
    const stream = fixture.stream('hash_bucket_test.test_table@1')
    expect(catalog.getPartition(stream.locator, [])).toBeNull()

    const staged = catalog.stagePartition(stream, [])
    expect(staged).toBeStaged()
    expect(catalog.getPartition(stream.locator, [])).toBeNull()

    const committed = catalog.commitPartition(staged)
    expect(committed).toBeCommitted({ visible: true })
    expect(catalog.getPartition(stream.locator, [])).toEqual(committed)
    expect(catalog.listPartitions(namespace, table, { tableVersion: '1' }).allItems()).toEqual([committed])
  })

  test('deleting a partition deprecates it', ({ catalog, fixture, expect }) => {
    const stream = fixture.stream('hash_bucket_test.test_table@1')
    const partition = catalog.commitPartition(catalog.stagePartition(stream, []))
    catalog.deletePartition(namespace, table, { tableVersion: '1', partitionValues: [] })
    expect(partition).toBeDeprecated()
    expect(catalog.getPartition(stream.locator, [])).toBeNull()
    expect(catalog.listPartitions(namespace, table, { tableVersion: '1' }).allItems()).toEqual([])
  })

  test('deltas are seen when they and their partition are committed', ({ catalog, fixture, expect }) => {
    const partition = catalog.stagePartition(fixture.stream('hash_bucket_test.test_table@1'), [])
    const delta1 = catalog.stageDelta(animals, partition)
    const delta2 = catalog.stageDelta(animals, partition)
    expect(delta1).toBeStaged()
    expect(delta1).toMatchObject({ type: 'upsert', meta: { recordCount: 4, contentType: 'application/parquet' } })

    const merged = mergeDeltas([delta1, delta2])
    expect(merged).toMatchObject({ locator: { streamPosition: null }, meta: { recordCount: 8 } })
    const listed = () => catalog.listDeltas(namespace, table, { tableVersion: '1' }).allItems()
    expect(listed()).toEqual([])

    const committed = catalog.commitDelta(merged)
    expect(committed).toBeCommitted()
    expect(listed()).toEqual([])
    expect(partition).toHaveDeltas([{ type: 'upsert', state: 'committed' }])

    catalog.commitPartition(partition)
    expect(listed()).toMatchObject([{ locator: committed.locator, manifest: null }])
    expect(catalog.getLatestDelta(namespace, table, { tableVersion: '1', includeManifest: true })).toMatchObject({
      manifest: { entries: [{ meta: { recordCount: 4 } }, { meta: { recordCount: 4 } }] },
    })
  })

  test('a staged delta is found by its position', ({ catalog, fixture, expect }) => {
    const partition = catalog.commitPartition(catalog.stagePartition(fixture.stream('hash_bucket_test.test_table@1')))
    const delta = catalog.stageDelta(animals, partition)
    const position = delta.locator.streamPosition as number
    expect(catalog.getDelta(namespace, table, position, { tableVersion: '1', includeManifest: true })).toEqual(delta)
    expect(catalog.getDelta(namespace, table, position + 1, { tableVersion: '1' })).toBeNull()
  })

  test('a delta is downloaded as one table for each entry of its manifest', ({ catalog, fixture, expect }) => {
    const partition = catalog.commitPartition(catalog.stagePartition(fixture.stream('hash_bucket_test.test_table@1')))
    const delta1 = catalog.stageDelta(animals, partition)
    const delta2 = catalog.stageDelta(animals, partition)
    const committed = catalog.commitDelta(mergeDeltas([delta1, delta2]))

    const tables = catalog.downloadDelta(committed)
    expect(tables.map((each) => rowsFromTable(each))).toEqual([animals, animals])
    expect(committed).toHaveRecords([...animals, ...animals])
  })
})
