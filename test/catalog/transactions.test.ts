import { describe, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { backends, thrownBy } from './backends.ts'
import { commitIds, committedPartition, positionsOf, shopIn, stageIds } from './shop.ts'

describe.each(backends)('a transaction in a $name', ({ open, reopen }) => {
  it('groups calls: all of them happen', () => {
    const catalog = open()
    const partition = catalog.transaction(() => {
      const committed = committedPartition(catalog, shopIn(catalog))
      commitIds(catalog, committed, 1)
      return committed
    })
    expect(positionsOf(reopen(catalog), partition)).toHaveLength(1)
  })

  it('leaves nothing where it throws, not even the tables', () => {
    const catalog = open()
    const error = new Error('no')
    const failing = () =>
      catalog.transaction(() => {
        const partition = committedPartition(catalog, shopIn(catalog))
        commitIds(catalog, partition, 1)
        expect(catalog.listNamespaces().items).toHaveLength(1)
        throw error
      })
    expect(failing).toThrow(error)
    expect(catalog.listNamespaces().items).toEqual([])
    expect(reopen(catalog).listNamespaces().items).toEqual([])
    shopIn(catalog)
    expect(reopen(catalog).listTables('shop').items).toHaveLength(1)
  })

  it('goes on after a call in it that failed, which leaves no trace', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    const stale = stageIds(catalog, partition, 1)
    catalog.transaction(() => {
      commitIds(catalog, partition, 2)
      expect(thrownBy(() => catalog.commitDelta(stale)).code).toBe('conflict')
      commitIds(catalog, partition, 3)
    })
    expect(positionsOf(reopen(catalog), partition)).toHaveLength(2)
    expect(catalog.stateOf(stale)).toBe('staged')
  })

  it('may hold another, which fails or succeeds by itself', () => {
    const catalog = open()
    catalog.transaction(() => {
      catalog.createNamespace('a')
      expect(() =>
        catalog.transaction(() => {
          catalog.createNamespace('b')
          throw new Error('no')
        }),
      ).toThrow('no')
      catalog.transaction(() => catalog.createNamespace('c'))
    })
    expect(Array.from(catalog.listNamespaces(), ({ locator }) => locator.namespace)).toEqual(['a', 'c'])
  })

  it('has to be synchronous', () => {
    const catalog = open()
    const work = async () => catalog.createNamespace('a')
    expect(thrownBy(() => catalog.transaction(work))).toEqual({
      code: 'invalid-argument',
      message: 'The work of a transaction returned a promise; it must be synchronous, as the catalog is.',
    })
    expect(catalog.listNamespaces().items).toEqual([])
  })

  it('ends with the catalog', () => {
    const catalog = open()
    catalog.createNamespace('a')
    const work = () => {
      catalog.createNamespace('b')
      catalog.close()
    }
    expect(thrownBy(() => catalog.transaction(work)).code).toBe('closed')
    if (catalog.path !== ':memory:') {
      using again = openCatalog(catalog.path)
      expect(Array.from(again.listNamespaces(), ({ locator }) => locator.namespace)).toEqual(['a'])
    }
  })
})
