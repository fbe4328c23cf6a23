import { describe, expect, it, vi } from 'vitest'
import type { CatalogError } from '../../src/catalog/index.ts'
import { deserializeCatalog, openCatalog } from '../../src/catalog/index.ts'
import { backends, thrownBy } from './backends.ts'
import { Database } from './raw.ts'
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

  it('is not serialized half done', () => {
    const catalog = open()
    catalog.transaction(() => {
      catalog.createNamespace('shop')
      expect(thrownBy(() => catalog.serialize())).toEqual({
        code: 'unsupported',
        message: 'The catalog cannot be serialized in the middle of a transaction; do it before.',
      })
    })
    using copy = deserializeCatalog(catalog.serialize())
    expect(copy.namespaceExists('shop')).toBe(true)
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

  it('keeps what was done before the disk was full, if the error is swallowed', () => {
    const catalog = open({ maxPageCount: 30 })
    const partition = committedPartition(catalog, shopIn(catalog))
    const codes: string[] = []
    catalog.transaction(() => {
      for (let index = 0; index < 200; index += 1) {
        try {
          catalog.stageDelta(null, partition)
        } catch (error) {
          codes.push((error as CatalogError).code)
        }
      }
    })
    expect(new Set(codes)).toEqual(new Set(['full']))
    expect(catalog.listStagedDeltas(partition).items).toHaveLength(200 - codes.length)
  })

  it('does nothing more once SQLite has rolled it back, even if the error is swallowed', () => {
    const catalog = open()
    const prepare = vi.spyOn(Database.prototype, 'prepare')
    // In a transaction, before which a deferred catalog gets another connection.
    catalog.transaction(() => catalog.createNamespace('a'))
    const [connection] = prepare.mock.contexts as Database.Database[]
    prepare.mockRestore()
    const reason = new Error('the disk is gone')
    const work = () =>
      catalog.transaction(() => {
        catalog.createNamespace('b')
        const failing = () => {
          connection?.exec('ROLLBACK')
          throw reason
        }
        expect(() => catalog.transaction(failing)).toThrow(reason)
        expect(() => catalog.createNamespace('c')).toThrow(reason)
      })
    expect(work).toThrow(reason)
    expect(Array.from(catalog.listNamespaces(), ({ locator }) => locator.namespace)).toEqual(['a'])
    catalog.createNamespace('d')
    expect(catalog.namespaceExists('d')).toBe(true)
  })

  it('leaves errors of other databases as they are', () => {
    const catalog = open()
    const other = new Database(':memory:')
    const work = () => catalog.transaction(() => other.prepare('SELECT * FROM missing'))
    expect(work).toThrow(Database.SqliteError)
    expect(work).toThrow('no such table: missing')
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
