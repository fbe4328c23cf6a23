import { describe, expect, it } from 'vitest'
import type { DeltaRange } from '../../src/catalog/index.ts'
import { backends, START, thrownBy } from './backends.ts'
import { commitIds, committedPartition, shopIn, stageIds } from './shop.ts'

describe.each(backends)('reading deltas in a $name', ({ open }) => {
  function five() {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream, ['NO'])
    const deltas = [1, 2, 3, 4, 5].map((id) => commitIds(catalog, partition, id))
    const positions = deltas.map(({ locator }) => locator.streamPosition as number)
    return { catalog, stream, partition, deltas, positions }
  }

  it('lists them by descending positions, without manifests, unless said', () => {
    const { catalog, partition, deltas } = five()
    const bare = deltas.map((delta) => ({ ...delta, manifest: null }))
    const values = { partitionValues: ['NO'] }
    expect(catalog.listDeltas('shop', 'orders', values).allItems()).toEqual(bare.toReversed())
    expect(catalog.listPartitionDeltas(partition).allItems()).toEqual(bare.toReversed())
    expect(catalog.listPartitionDeltas(partition.locator, { ascendingOrder: true }).allItems()).toEqual(bare)
    const filter = { partitionFilter: { partitionValues: ['NO'] }, includeManifest: true, ascendingOrder: true }
    expect(catalog.listDeltas('shop', 'orders', filter).allItems()).toEqual(deltas)
  })

  it.each<[DeltaRange, number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ firstStreamPosition: START + 3 }, [3, 4, 5]],
    [{ lastStreamPosition: START + 3 }, [1, 2, 3]],
    [{ firstStreamPosition: START + 2, lastStreamPosition: START + 4 }, [2, 3, 4]],
    [{ firstStreamPosition: START + 3, lastStreamPosition: START + 3 }, [3]],
    [{ firstStreamPosition: START + 4, lastStreamPosition: START + 2 }, []],
    [{ firstStreamPosition: null, lastStreamPosition: null }, [1, 2, 3, 4, 5]],
    [{ firstStreamPosition: 0 }, [1, 2, 3, 4, 5]],
    [{ lastStreamPosition: 0 }, []],
  ])('takes both ends of %j', (range, expected) => {
    const { catalog, partition } = five()
    const options = { ...range, ascendingOrder: true }
    const found = (deltas: Iterable<{ locator: { streamPosition: number | null } }>) =>
      Array.from(deltas, ({ locator }) => (locator.streamPosition as number) - START)
    expect(found(catalog.listPartitionDeltas(partition, options))).toEqual(expected)
    expect(found(catalog.listDeltas('shop', 'orders', { partitionValues: ['NO'], ...options }))).toEqual(expected)
  })

  it('lists none where there is no committed partition of the values', () => {
    const { catalog, stream } = five()
    const staged = catalog.stagePartition(stream, ['SE'])
    commitIds(catalog, staged, 1)
    expect(catalog.listDeltas('shop', 'orders').items).toEqual([])
    expect(catalog.listDeltas('shop', 'orders', { partitionValues: ['SE'] }).items).toEqual([])
    expect(catalog.getLatestDelta('shop', 'orders', { partitionValues: ['SE'] })).toBeNull()
    expect(catalog.listPartitionDeltas(staged).items).toHaveLength(1)
  })

  it('gets one by its position, staged or committed, and the latest', () => {
    const { catalog, partition, deltas, positions } = five()
    const staged = stageIds(catalog, partition, 6)
    const options = { partitionValues: ['NO'], includeManifest: true }
    const get = (position: number) => catalog.getDelta('shop', 'orders', position, options)
    expect(get(positions[1] as number)).toEqual(deltas[1])
    expect(get(staged.locator.streamPosition as number)).toEqual(staged)
    expect(get(START - 1)).toBeNull()
    expect(catalog.getDelta('shop', 'orders', positions[0] as number)).toBeNull()
    expect(catalog.getLatestDelta('shop', 'orders', options)).toEqual(deltas[4])
    expect(catalog.getLatestDelta('shop', 'orders', { partitionFilter: { partitionValues: ['NO'] } })).toEqual({
      ...deltas[4],
      manifest: null,
    })
    expect(catalog.getDeltaManifest(staged)).toEqual(staged.manifest)
    expect(catalog.getDeltaManifest({ ...staged.locator, streamPosition: 5 })).toBeNull()
    expect(catalog.getDeltaManifest({ ...staged.locator, streamPosition: null })).toBeNull()
  })

  it('lists what is staged apart from what is committed', () => {
    const { catalog, partition, stream } = five()
    const other = committedPartition(catalog, stream, ['SE'])
    stageIds(catalog, other, 1)
    const staged = [stageIds(catalog, partition, 6), stageIds(catalog, partition, 7)]
    expect(catalog.listStagedDeltas(partition, { includeManifest: true }).allItems()).toEqual(staged)
    expect(catalog.listPartitionDeltas(partition).items).toHaveLength(5)
    expect(catalog.listStagedDeltas(partition).items.map(({ manifest }) => manifest)).toEqual([null, null])
  })

  it('knows the state of each, as it is now', () => {
    const { catalog, partition, deltas } = five()
    const staged = stageIds(catalog, partition, 6)
    expect([...deltas, staged].map((delta) => catalog.stateOf(delta))).toEqual([
      ...deltas.map(() => 'committed'),
      'staged',
    ])
    catalog.deletePartition('shop', 'orders', { partitionValues: ['NO'] })
    expect(catalog.stateOf(deltas[0] as (typeof deltas)[0])).toBe('committed')
    catalog.deleteStream('shop', 'orders')
    expect([...deltas, staged].map((delta) => catalog.stateOf(delta))).toEqual([null, null, null, null, null, null])
  })

  it.each<[string, object]>([
    ['firstStreamPosition is 1.5; give an integer within ±9007199254740991.', { firstStreamPosition: 1.5 }],
    ['lastStreamPosition is "5"; give an integer within ±9007199254740991.', { lastStreamPosition: '5' }],
    [
      'partitionValues and partitionFilter are both given; give one of them.',
      { partitionValues: ['NO'], partitionFilter: { partitionValues: ['NO'] } },
    ],
  ])('refuses: %s', (message, options) => {
    const { catalog } = five()
    expect(thrownBy(() => catalog.listDeltas('shop', 'orders', options))).toEqual({ code: 'invalid-argument', message })
  })

  it('refuses to tell the state of what is none', () => {
    const { catalog, partition, deltas } = five()
    const refusals: readonly (readonly [unknown, string])[] = [
      [undefined, 'The delta is undefined; give one that stageDelta, mergeDeltas or getDelta returned.'],
      [partition.locator, 'The delta is a partition; give one that stageDelta, mergeDeltas or getDelta returned.'],
      [deltas[0]?.locator, 'The delta is given as a locator; give the delta itself.'],
      [
        catalog.getTable('shop', 'orders'),
        'The delta is a table; give one that stageDelta, mergeDeltas or getDelta returned.',
      ],
    ]
    for (const [entity, message] of refusals) {
      expect(thrownBy(() => catalog.stateOf(entity as never))).toEqual({ code: 'invalid-argument', message })
    }
  })

  it('refuses a position that is none', () => {
    const { catalog } = five()
    expect(thrownBy(() => catalog.getDelta('shop', 'orders', 2 ** 53))).toEqual({
      code: 'invalid-argument',
      message: 'streamPosition is 9007199254740992; give an integer within ±9007199254740991.',
    })
  })
})
