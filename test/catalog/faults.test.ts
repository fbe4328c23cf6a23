import { describe, expect, it, vi } from 'vitest'
import type { Catalog, Delta, Partition, Stream } from '../../src/catalog/index.ts'
import { CatalogError } from '../../src/catalog/index.ts'
import { backends, errorOf, thrownBy } from './backends.ts'
import { committedPartition, idsOf, shopIn, stageIds } from './shop.ts'

/** The kind of loop that users write around a commit: this is what faults are for. */
function appendWithRetries(catalog: Catalog, stream: Stream, rows: readonly { id: number }[], tries = 5): Delta {
  let staged: Delta | null = null
  for (let attempt = 1; ; attempt += 1) {
    try {
      const partition = catalog.getPartition(stream.locator) as Partition
      staged ??= catalog.stageDelta(rows, partition, { deltaType: 'append' })
      return catalog.commitDelta(staged)
    } catch (error) {
      if (!(error instanceof CatalogError) || attempt === tries) throw error
      // The first try was done, and its answer lost: what it has done is the answer.
      if (error.code === 'already-exists') return error.existing as Delta
      if (error.code === 'conflict') staged = null
      else if (error.code !== 'fault' && error.code !== 'busy') throw error
    }
  }
}

describe.each(backends)('faults in a $name', ({ open, reopen }) => {
  it('before a call leave everything as it was, and pass', () => {
    const catalog = open()
    catalog.faults.inject('createNamespace')
    expect(thrownBy(() => catalog.createNamespace('shop'))).toEqual({
      code: 'fault',
      message: 'An injected fault stopped createNamespace before it did anything; try again.',
    })
    expect(catalog.listNamespaces().items).toEqual([])
    expect(catalog.createNamespace('shop').locator.namespace).toBe('shop')
  })

  it('after a call lose its answer, not its work', () => {
    const catalog = open()
    catalog.faults.inject('createNamespace', { when: 'after' })
    expect(thrownBy(() => catalog.createNamespace('shop'))).toEqual({
      code: 'fault',
      message:
        'An injected fault lost the answer of createNamespace after it was done; find out what is there before trying again.',
    })
    expect(Array.from(reopen(catalog).listNamespaces(), ({ locator }) => locator.namespace)).toEqual(['shop'])
  })

  it('come as often as they are asked to, one injection after the other', () => {
    const catalog = open()
    const mine = new Error('mine')
    catalog.faults.inject('listNamespaces', { times: 2 })
    catalog.faults.inject('listNamespaces', { error: mine })
    expect(errorOf(() => catalog.listNamespaces()).code).toBe('fault')
    expect(catalog.getNamespace('shop')).toBeNull()
    expect(errorOf(() => catalog.listNamespaces()).code).toBe('fault')
    expect(() => catalog.listNamespaces()).toThrow(mine)
    expect(catalog.listNamespaces().items).toEqual([])
    catalog.faults.inject('listNamespaces', { times: 100 })
    catalog.faults.clear()
    expect(catalog.listNamespaces().items).toEqual([])
  })

  it('reach whole transactions', () => {
    const catalog = open()
    const work = vi.fn(() => catalog.createNamespace('shop'))
    catalog.faults.inject('transaction')
    expect(errorOf(() => catalog.transaction(work)).code).toBe('fault')
    expect(work).not.toHaveBeenCalled()
    catalog.faults.inject('transaction', { when: 'after' })
    expect(errorOf(() => catalog.transaction(work)).code).toBe('fault')
    expect(catalog.namespaceExists('shop')).toBe(true)
  })

  it("of an error of one's own are recognised as the catalog's", () => {
    const catalog = open()
    const mine = new Error('connection reset')
    catalog.faults.inject('getTable', { error: mine })
    expect(() => catalog.getTable('shop', 'orders')).toThrow(mine)
    expect(catalog.canCategorize(mine)).toBe(true)
    const raised = errorOf(() => catalog.raiseCategorizedError(mine))
    expect(raised).toMatchObject({ code: 'fault', message: 'An injected fault: connection reset', cause: mine })
    const ours = errorOf(() => catalog.listTables('shop'))
    expect(catalog.canCategorize(ours)).toBe(true)
    expect(() => catalog.raiseCategorizedError(ours)).toThrow(ours)
    const foreign = new TypeError('x is not a function')
    expect(catalog.canCategorize(foreign)).toBe(false)
    expect(() => catalog.raiseCategorizedError(foreign)).toThrow(foreign)
    for (const nothing of [undefined, null, 'text', 7]) expect(catalog.canCategorize(nothing)).toBe(false)
  })

  it('of an error that is no object are recognised, too', () => {
    const catalog = open()
    catalog.faults.inject('getTable', { error: 'boom' })
    expect(() => catalog.getTable('shop', 'orders')).toThrow('boom')
    expect(catalog.canCategorize('boom')).toBe(true)
    expect(errorOf(() => catalog.raiseCategorizedError('boom'))).toMatchObject({
      code: 'fault',
      message: 'An injected fault: boom',
      cause: 'boom',
    })
    expect(catalog.canCategorize('bang')).toBe(false)
  })

  it.each([
    ['before', 1],
    ['before', 3],
    ['after', 1],
  ] as const)('%s a commit, %i times, are survived by a retry loop without a duplicate', (when, times) => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    catalog.faults.inject('commitDelta', { when, times })
    const delta = appendWithRetries(catalog, stream, [{ id: 1 }])
    expect(idsOf(catalog, delta)).toEqual([1])
    expect(catalog.listPartitionDeltas(partition, { includeManifest: true }).allItems()).toEqual([delta])
  })

  it('tell how often they are still to come', () => {
    const catalog = open()
    const { faults } = catalog
    expect(faults.pending).toEqual({})
    faults.inject('createNamespace', { times: 2 })
    faults.inject('createNamespace', { when: 'after' })
    faults.inject('getTable')
    expect(faults.pending).toEqual({ createNamespace: 3, getTable: 1 })
    expect(thrownBy(() => catalog.createNamespace('n')).code).toBe('fault')
    expect(faults.pending).toEqual({ createNamespace: 2, getTable: 1 })
    for (let time = 0; time < 2; time += 1) thrownBy(() => catalog.createNamespace('n'))
    expect(faults.pending).toEqual({ getTable: 1 })
    faults.clear()
    expect(faults.pending).toEqual({})
  })

  it('after a conflict are survived as well', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    const rival = catalog.path === ':memory:' ? catalog : reopen(catalog)
    const realCommit = (on: Catalog, delta: Delta) => Object.getPrototypeOf(on).commitDelta.call(on, delta) as Delta
    const commit = vi.spyOn(catalog, 'commitDelta')
    // Another writer gets in between staging and the first commit; the second commit's answer is lost.
    commit.mockImplementationOnce((delta) => {
      realCommit(rival, stageIds(rival, partition, 100))
      return realCommit(catalog, delta)
    })
    commit.mockImplementationOnce((delta) => {
      catalog.faults.inject('commitDelta', { when: 'after' })
      return realCommit(catalog, delta)
    })
    const delta = appendWithRetries(catalog, stream, [{ id: 1 }])
    const deltas = catalog.listPartitionDeltas(partition, { ascendingOrder: true, includeManifest: true }).allItems()
    expect(deltas.map((each) => idsOf(catalog, each))).toEqual([[100], [1]])
    expect(deltas[1]).toEqual(delta)
  })

  it.each<[string, string, object]>([
    ['A fault cannot come 0 times; give a positive integer.', 'getTable', { times: 0 }],
    ['A fault comes "before" or "after" a call, not "during".', 'getTable', { when: 'during' }],
  ])('refuse: %s', (message, call, options) => {
    expect(thrownBy(() => open().faults.inject(call, options))).toEqual({ code: 'invalid-argument', message })
  })

  it('are refused at the line that asks for them', () => {
    const { faults } = open()
    const stackOf = (work: () => void): string => {
      try {
        work()
      } catch (error) {
        return (error as Error).stack!
      }
      throw new Error('nothing was refused')
    }
    expect(stackOf(() => faults.inject('commitdelta')).split('\n')[1]).toContain('faults.test.ts')
    const { inject } = faults
    expect(stackOf(() => inject('getTable', { times: 0 })).split('\n')[1]).toContain('faults.test.ts')
  })

  it('name the calls there are where one is unknown', () => {
    const refused = (call: string) => thrownBy(() => open().faults.inject(call)).message
    expect(refused('commitdelta')).toBe('The catalog has no call "commitdelta"; did you mean "commitDelta"?')
    expect(refused('upload')).toMatch(
      /^The catalog has no call "upload"; it has canCategorize, commitDelta, .*, updateTableVersion\.$/,
    )
  })
})
