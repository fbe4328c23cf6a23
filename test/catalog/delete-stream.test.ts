import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/catalog/index.ts'
import { backends } from './backends.ts'
import { query } from './raw.ts'
import { commitIds, committedPartition, idsOf, shopIn, stageIds } from './shop.ts'

const COUNTS = ['namespaces', 'tables', 'table_versions', 'streams', 'partitions', 'deltas', 'data']
  .map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`)
  .join(', ')

describe.each(backends)('deleting a stream in a $name', ({ open, reopen }) => {
  it('removes the version, its streams, partitions, deltas and records', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream, ['NO'])
    commitIds(catalog, partition, 1)
    stageIds(catalog, partition, 2)
    catalog.stageDelta(null, partition)
    catalog.stagePartition(stream, ['NO'])
    committedPartition(catalog, catalog.stageStream('shop', 'orders'))
    catalog.deleteStream('shop', 'orders')
    const other = reopen(catalog)
    expect(query(other, `SELECT ${COUNTS}`)).toEqual([
      { namespaces: 1, tables: 1, table_versions: 0, streams: 0, partitions: 0, deltas: 0, data: 0 },
    ])
    expect(query(other, 'SELECT count(*) AS staged FROM vitest_deltacat_staged')).toEqual([{ staged: 0 }])
    expect(other.getTableVersion('shop', 'orders', '1')).toBeNull()
    expect(other.tableExists('shop', 'orders')).toBe(true)
  })

  it('leaves other versions alone, and the records that their deltas name', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    const shared = commitIds(catalog, partition, 1)
    commitIds(catalog, partition, 2)
    const next = catalog.createTableVersion('shop', 'orders')
    const kept = committedPartition(catalog, next)
    const staged = catalog.stageDelta(shared.manifest as Manifest, kept)
    const own = commitIds(catalog, kept, 3)
    catalog.deleteStream('shop', 'orders', { tableVersion: '1' })
    expect(idsOf(catalog, staged)).toEqual([1])
    expect(idsOf(catalog, own)).toEqual([3])
    expect(query(catalog, `SELECT ${COUNTS}`)).toEqual([
      { namespaces: 1, tables: 1, table_versions: 1, streams: 1, partitions: 1, deltas: 2, data: 2 },
    ])
    expect(catalog.getStream('shop', 'orders')).toEqual(next)
  })

  it('resolves to the latest active version', () => {
    const catalog = open()
    shopIn(catalog)
    catalog.createTableVersion('shop', 'orders')
    catalog.updateTableVersion('shop', 'orders', '1', { lifecycleState: 'active' })
    catalog.deleteStream('shop', 'orders')
    expect(Array.from(catalog.listTableVersions('shop', 'orders'), (each) => each.locator.tableVersion)).toEqual(['2'])
  })
})
