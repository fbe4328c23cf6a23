import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Catalog, mergeDeltas } from '../../src/catalog/index.ts'
import { backends, thrownBy } from './backends.ts'

const page = 'pageSize, pageToken'
const range = `includeManifest, ${page}, firstStreamPosition, lastStreamPosition, ascendingOrder`
const partition = 'tableVersion, partitionValues, partitionFilter'
const change = 'lifecycleState, schema, schemaConsistency, description, properties'

/** Each call with options: its other arguments, and the options' names. */
const calls: Readonly<Record<string, readonly [readonly unknown[], string]>> = {
  listNamespaces: [[], page],
  updateNamespace: [['shop'], 'permissions, newNamespace'],
  listTables: [['shop'], page],
  updateTable: [['shop', 'orders'], 'permissions, description, properties, newTableName'],
  listTableVersions: [['shop', 'orders'], page],
  getTableVersionColumnNames: [['shop', 'orders'], 'tableVersion'],
  getTableVersionSchema: [['shop', 'orders'], 'tableVersion'],
  createTableVersion: [
    ['shop', 'orders'],
    'tableVersion, schema, schemaConsistency, partitionKeys, partitionSpec, primaryKeyColumnNames, sortKeys, tableVersionDescription, tableVersionProperties, tablePermissions, tableDescription, tableProperties, supportedContentTypes',
  ],
  updateTableVersion: [['shop', 'orders', '1'], change],
  stageStream: [['shop', 'orders'], 'tableVersion'],
  getStream: [['shop', 'orders'], 'tableVersion'],
  listStreams: [['shop', 'orders'], `tableVersion, ${page}`],
  deleteStream: [['shop', 'orders'], 'tableVersion'],
  listPartitions: [['shop', 'orders'], `tableVersion, ${page}`],
  listStreamPartitions: [['stream'], page],
  listAllPartitions: [['stream'], page],
  deletePartition: [['shop', 'orders'], 'tableVersion, partitionValues'],
  stagePartition: [['stream'], 'partitionValues'],
  getPartition: [['stream'], 'partitionValues'],
  commitPartition: [['partition'], 'previousPartition'],
  listDeltas: [['shop', 'orders'], `${partition}, ${range}`],
  listPartitionDeltas: [['partition'], range],
  listStagedDeltas: [['partition'], `includeManifest, ${page}`],
  getDelta: [['shop', 'orders', 1], `${partition}, includeManifest`],
  getLatestDelta: [['shop', 'orders'], `${partition}, includeManifest`],
  stageDelta: [
    [null, 'partition'],
    'deltaType, maxRecordsPerEntry, author, properties, contentType, deleteParameters, partitionSpec, partitionValues, schema',
  ],
  commitDelta: [['delta'], 'previousStreamPosition'],
  downloadDelta: [['delta'], 'tableType, columns, partitionFilter, storageType'],
  downloadDeltaManifestEntry: [['delta', 0], 'tableType, columns'],
  readPartition: [['partition'], 'until, columns, dropDuplicates'],
}

describe.each(backends)('options of calls on $name', ({ open }) => {
  const call = (catalog: Catalog, name: string, ...parameters: readonly unknown[]): unknown =>
    (catalog as unknown as Record<string, (...parameters: readonly unknown[]) => unknown>)[name]!(...parameters)

  it.each(Object.entries(calls))('%s refuses those that it does not have', (name, [others, names]) => {
    const catalog = open()
    expect(thrownBy(() => call(catalog, name, ...others, { colour: 'red' }))).toEqual({
      code: 'invalid-argument',
      message: `${name} has no option "colour"; it takes ${names}.`,
    })
    // Partition values themselves may stand there.
    if (names === 'partitionValues') return
    expect(thrownBy(() => call(catalog, name, ...others, 'red'))).toEqual({
      code: 'invalid-argument',
      message: `The options of ${name} are "red"; give an object with ${names}.`,
    })
  })

  it('changes nothing where one is refused', () => {
    const catalog = open()
    catalog.createNamespace('shop')
    const options = { schema: null, primaryKeys: ['id'] }
    expect(() => catalog.createTableVersion('shop', 'orders', options)).toThrow(
      'createTableVersion has no option "primaryKeys"',
    )
    expect(catalog.listTables('shop').allItems()).toEqual([])
  })

  it('takes options that are undefined', () => {
    const catalog = open()
    catalog.createNamespace('shop')
    expect(catalog.listTables('shop', { pageSize: undefined } as object).allItems()).toEqual([])
  })

  it('refuses what deleteParameters does not have', () => {
    const catalog = open()
    catalog.createNamespace('shop')
    const orders = catalog.commitPartition(catalog.stagePartition(catalog.createTableVersion('shop', 'orders')))
    const deleteParameters = { columns: ['id'] } as object
    expect(thrownBy(() => catalog.stageDelta([{ id: 1 }], orders, { deltaType: 'delete', deleteParameters }))).toEqual({
      code: 'invalid-argument',
      message: 'deleteParameters has no option "columns"; it takes equalityColumnNames.',
    })
  })

  it('are those of merges and faults, too', () => {
    expect(thrownBy(() => mergeDeltas([], { author: null } as object)).message).toBe(
      'mergeDeltas has no option "author"; it takes manifestAuthor, streamPosition, properties, ids.',
    )
    expect(thrownBy(() => open().faults.inject('listTables', { count: 2 } as object)).message).toBe(
      'inject has no option "count"; it takes times, error, when.',
    )
  })
})

it('every call that the docs give options is here', () => {
  const [page = ''] = readFileSync(join(import.meta.dirname, '../../docs/catalog.md'), 'utf8').split('\n## Lists\n')
  const documented = page.matchAll(/^\| `(\w+)[(<][^`]*(?:options|change)\??: /gm)
  const names = new Set(Array.from(documented, ([, name]) => name!))
  names.delete('inject')
  expect(
    Object.keys(calls)
      .filter((name) => !['stagePartition', 'getPartition'].includes(name))
      .sort(),
  ).toEqual([...names].sort())
})
