import { describe, expect, it } from 'vitest'
import type { Catalog, ListResult, PageOptions, Partition } from '../../src/catalog/index.ts'
import { fc } from '../chance.ts'
import { backends, thrownBy } from './backends.ts'
import { commitIds, committedPartition, shopIn, stageIds } from './shop.ts'

/** A catalog with several of everything, and every list of it. */
function everyList(catalog: Catalog): Readonly<Record<string, (options?: PageOptions) => ListResult<unknown>>> {
  const stream = shopIn(catalog)
  for (const name of ['a', 'b', 'c', 'd']) catalog.createNamespace(name)
  for (const name of ['t', 'u', 'v', 'w']) catalog.createTableVersion('shop', name)
  for (let index = 0; index < 3; index += 1) catalog.createTableVersion('shop', 'orders')
  for (let index = 0; index < 4; index += 1) catalog.stageStream('shop', 'orders', { tableVersion: '1' })
  const partition = committedPartition(catalog, stream)
  for (const value of ['NO', 'SE', 'DK', 'FI']) {
    committedPartition(catalog, stream, [value])
    catalog.stagePartition(stream, [value])
  }
  for (let id = 0; id < 5; id += 1) {
    commitIds(catalog, partition, id)
    stageIds(catalog, partition, id)
  }
  const version = { tableVersion: '1' }
  return {
    listNamespaces: (options) => catalog.listNamespaces(options),
    listTables: (options) => catalog.listTables('shop', options),
    listTableVersions: (options) => catalog.listTableVersions('shop', 'orders', options),
    listStreams: (options) => catalog.listStreams('shop', 'orders', { ...version, ...options }),
    listPartitions: (options) => catalog.listPartitions('shop', 'orders', { ...version, ...options }),
    listStreamPartitions: (options) => catalog.listStreamPartitions(stream, options),
    listAllPartitions: (options) => catalog.listAllPartitions(stream, options),
    listDeltas: (options) => catalog.listDeltas('shop', 'orders', { ...version, ...options }),
    'listDeltas, ascending': (options) =>
      catalog.listDeltas('shop', 'orders', { ...version, ascendingOrder: true, ...options }),
    listPartitionDeltas: (options) => catalog.listPartitionDeltas(partition, options),
    listStagedDeltas: (options) => catalog.listStagedDeltas(partition, options),
  }
}

describe.each(backends)('pages in a $name', ({ open }) => {
  it('together are the whole list, whatever their size', () => {
    const lists = everyList(open())
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(lists)), fc.integer({ min: 1, max: 10 }), (name, pageSize) => {
        const list = lists[name] as (options?: PageOptions) => ListResult<unknown>
        const whole = list()
        expect(whole.nextPageToken).toBeNull()
        expect(whole.nextPage()).toBeNull()
        const first = list({ pageSize })
        expect(first.items).toEqual(whole.items.slice(0, pageSize))
        const pages: ListResult<unknown>[] = []
        for (let page: ListResult<unknown> | null = first; page !== null; page = page.nextPage()) pages.push(page)
        expect(pages).toHaveLength(Math.ceil(whole.items.length / pageSize))
        expect(pages.flatMap((page) => page.items)).toEqual(whole.items)
        expect(first.allItems()).toEqual(whole.items)
        expect([...first]).toEqual(whole.items)
        const byToken: unknown[] = [...first.items]
        for (let token = first.nextPageToken; token !== null; ) {
          const page = list({ pageSize, pageToken: token })
          byToken.push(...page.items)
          token = page.nextPageToken
        }
        expect(byToken).toEqual(whole.items)
      }),
      { numRuns: 60 },
    )
  })

  it('are forced on every list by the catalog, so that code that forgets the next page fails', () => {
    const lists = everyList(open({ pageSize: 2 }))
    for (const [name, list] of Object.entries(lists)) {
      const page = list()
      expect(page.items, name).toHaveLength(2)
      expect(page.nextPageToken, name).not.toBeNull()
      expect(page.allItems().length, name).toBeGreaterThan(3)
      expect(list({ pageSize: 1 }).items, name).toHaveLength(1)
    }
  })

  it('go on from where they were, whatever is added meanwhile', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    for (let id = 0; id < 4; id += 1) commitIds(catalog, partition, id)
    const descending = catalog.listPartitionDeltas(partition, { pageSize: 2 })
    const ascending = catalog.listPartitionDeltas(partition, { pageSize: 2, ascendingOrder: true })
    const whole = catalog.listPartitionDeltas(partition).allItems()
    const added = commitIds(catalog, partition, 4)
    expect(descending.allItems()).toEqual(whole)
    expect(ascending.allItems()).toEqual([...whole.toReversed(), { ...added, manifest: null }])
  })

  it('begin at the start with a null token, as the last page has one', () => {
    const catalog = open()
    const lists = everyList(catalog)
    for (const [name, list] of Object.entries(lists)) {
      const pageToken = list().nextPageToken
      expect(list({ pageSize: 2, pageToken }).items, name).toEqual(list({ pageSize: 2 }).items)
    }
  })

  it('are of one version, stream and partition: a token of one that has been replaced is refused', () => {
    const catalog = open()
    const first = shopIn(catalog, { partitionKeys: ['country'] })
    for (const value of ['NO', 'SE']) committedPartition(catalog, first, [value])
    const partition = catalog.getPartition(first, ['NO']) as Partition
    for (const id of [1, 2, 3]) commitIds(catalog, partition, id)
    const norway = { partitionValues: ['NO'], tableVersion: '1' }
    const movedOn = (page: ListResult<unknown>) => {
      expect(thrownBy(() => page.allItems())).toEqual({
        code: 'conflict',
        message: `The page token ${JSON.stringify(page.nextPageToken)} is of a list whose version, stream or partition has been replaced or deleted since; list again from the start.`,
      })
    }

    const inOrder = { ascendingOrder: true, pageSize: 1 }
    const ofValues = catalog.listDeltas('shop', 'orders', { ...norway, ...inOrder })
    const ofPartition = catalog.listPartitionDeltas(partition, inOrder)
    const replacing = catalog.stagePartition(first, ['NO'])
    for (const id of [4, 5]) commitIds(catalog, replacing, id)
    catalog.commitPartition(replacing)
    movedOn(ofValues)
    expect(ofPartition.allItems()).toEqual(catalog.listPartitionDeltas(partition, { ascendingOrder: true }).items)
    const replaced = catalog.listDeltas('shop', 'orders', { ...norway, ...inOrder })
    catalog.deletePartition('shop', 'orders', { partitionValues: ['NO'] })
    movedOn(replaced)

    for (const value of ['DK', 'FI']) committedPartition(catalog, first, [value])
    const ofFirst = catalog.listPartitions('shop', 'orders', { pageSize: 1 })
    const second = catalog.createTableVersion('shop', 'orders', { partitionKeys: ['country'] })
    for (const value of ['NO', 'SE']) committedPartition(catalog, second, [value])
    catalog.updateTableVersion('shop', 'orders', '2', { lifecycleState: 'active' })
    movedOn(ofFirst)
    const ofSecond = catalog.listPartitions('shop', 'orders', { pageSize: 1 })
    expect(ofSecond.allItems()).toEqual(catalog.listStreamPartitions(second).items)
    catalog.commitStream(catalog.stageStream('shop', 'orders'))
    movedOn(ofSecond)
  })

  it('refuse sizes and tokens that are none, and tokens of another list', () => {
    const catalog = open()
    const lists = everyList(catalog)
    const token = catalog.listNamespaces({ pageSize: 1 }).nextPageToken as string
    for (const pageToken of ['', 'x', '12345678.1', 'constructor', `${token}x`, 5 as unknown as string]) {
      expect(thrownBy(() => catalog.listNamespaces({ pageToken }))).toEqual({
        code: 'invalid-argument',
        message: `The page token ${JSON.stringify(pageToken)} is not from this list; give nextPageToken of the same call with the same arguments.`,
      })
    }
    const range = { pageSize: 1, ascendingOrder: true }
    const ascending = catalog.listDeltas('shop', 'orders', { tableVersion: '1', ...range }).nextPageToken as string
    for (const work of [
      () => lists.listTables?.({ pageToken: token }),
      () => lists.listDeltas?.({ pageToken: ascending }),
    ]) {
      expect(thrownBy(work).code).toBe('invalid-argument')
    }
    for (const pageSize of [0, -1, 1.5, '2' as unknown as number]) {
      expect(thrownBy(() => catalog.listNamespaces({ pageSize }))).toEqual({
        code: 'invalid-argument',
        message: `pageSize is ${JSON.stringify(pageSize)}; give a positive integer, or leave it out.`,
      })
      expect(thrownBy(() => open({ pageSize })).code).toBe('invalid-argument')
    }
  })
})
