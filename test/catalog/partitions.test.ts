import { describe, expect, it } from 'vitest'
import type { PartitionValues } from '../../src/catalog/index.ts'
import { backends, START, thrownBy } from './backends.ts'
import { commitIds, committedPartition, shopIn, stageIds } from './shop.ts'

describe.each(backends)('partitions in a $name', ({ open, reopen }) => {
  it('are staged with what their version says, at the time of the clock', () => {
    const catalog = open()
    const stream = shopIn(catalog, {
      schema: 'opaque',
      supportedContentTypes: ['text/csv'],
      partitionKeys: ['country'],
    })
    const staged = catalog.stagePartition(stream, ['NO'])
    expect(staged).toEqual({
      locator: { streamLocator: stream.locator, partitionValues: ['NO'], partitionId: staged.locator.partitionId },
      schema: 'opaque',
      contentTypes: ['text/csv'],
      state: 'staged',
      previousStreamPosition: null,
      previousPartitionId: null,
      streamPosition: START,
      nextPartitionId: null,
    })
    expect(catalog.getPartition(stream.locator, ['NO'])).toBeNull()
    expect(catalog.listPartitions('shop', 'orders').items).toEqual([])
    expect(reopen(catalog).listAllPartitions(stream).allItems()).toEqual([staged])
  })

  it('are found by their values, element by element', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const values: readonly (PartitionValues | null)[] = [
      null,
      ['NO'],
      ['NO', 'x'],
      ['NO,x'],
      [''],
      [null],
      [1],
      ['1'],
      [true],
      ['True'],
      [0],
      [false],
      ['a,b'],
      ['a', 'b'],
      ["it's", 'a "quote"'],
      ['å', '\\', '\n', '\u0000', '\u2028', '🎈'],
      [Number.MAX_SAFE_INTEGER, -1],
    ]
    const committed = values.map((each) => catalog.commitPartition(catalog.stagePartition(stream, each)))
    const other = reopen(catalog)
    expect(other.listPartitions('shop', 'orders').allItems()).toEqual(committed)
    for (const [index, each] of values.entries()) {
      expect(other.getPartition(stream.locator, each)).toEqual(committed[index])
      expect(other.getPartition(stream, { partitionValues: each })).toEqual(committed[index])
    }
    expect(other.getPartition(stream.locator, [])).toEqual(committed[0])
    expect(other.getPartition(stream.locator)).toEqual(committed[0])
    expect(other.getPartition(stream.locator, ['b'])).toBeNull()
  })

  it('without values are one, whether null or an empty list', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = catalog.commitPartition(catalog.stagePartition(stream, []))
    const second = catalog.stagePartition(stream)
    expect(first.locator.partitionValues).toEqual([])
    expect(second.locator.partitionValues).toBeNull()
    expect(second.previousPartitionId).toBe(first.locator.partitionId)
  })

  it.each<[unknown, string]>([
    [[1.5], 'partitionValues holds the float 1.5, whose text is not the same everywhere; use a string.'],
    [
      [2 ** 53],
      'partitionValues holds the float 9007199254740992, whose text is not the same everywhere; use a string.',
    ],
    [[1n], 'partitionValues holds 1n; a partition value is a string, an integer, a boolean or null.'],
    [[['a']], 'partitionValues holds ["a"]; a partition value is a string, an integer, a boolean or null.'],
    [[undefined], 'partitionValues holds undefined; a partition value is a string, an integer, a boolean or null.'],
    ['NO', 'partitionValues is "NO"; give a list of values, or null.'],
    [
      ['\udc00'],
      'partitionValues holds "\\udc00" with a lone surrogate, which has no UTF-8 form; use well-formed text.',
    ],
  ])('refuse the values %o', (values, message) => {
    const catalog = open()
    const stream = shopIn(catalog)
    const given = values as PartitionValues
    for (const work of [
      () => catalog.stagePartition(stream, given),
      () => catalog.getPartition(stream.locator, given),
      () => catalog.deletePartition('shop', 'orders', { partitionValues: given }),
      () => catalog.listDeltas('shop', 'orders', { partitionValues: given }),
      () => catalog.getLatestDelta('shop', 'orders', { partitionFilter: { partitionValues: given } }),
    ]) {
      expect(thrownBy(work)).toEqual({ code: 'invalid-argument', message })
    }
    expect(catalog.listAllPartitions(stream).items).toEqual([])
  })

  it('are deprecated by deleting them, and read as before', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream, ['NO'])
    const delta = commitIds(catalog, partition, 1)
    catalog.deletePartition('shop', 'orders', { partitionValues: ['NO'] })
    expect(catalog.getPartition(stream.locator, ['NO'])).toBeNull()
    expect(catalog.listPartitions('shop', 'orders').items).toEqual([])
    expect(catalog.listAllPartitions(stream).allItems()).toEqual([{ ...partition, state: 'deprecated' }])
    expect(catalog.stateOf(partition)).toBe('deprecated')
    expect(catalog.listPartitionDeltas(partition, { includeManifest: true }).allItems()).toEqual([delta])
    expect(thrownBy(() => catalog.deletePartition('shop', 'orders', { partitionValues: ['NO'] }))).toEqual({
      code: 'not-found',
      message: 'There is no committed partition ["NO"] of shop.orders@1, which has no committed partition.',
    })
    committedPartition(catalog, stream, ['SE'])
    committedPartition(catalog, stream)
    expect(thrownBy(() => catalog.deletePartition('shop', 'orders', { partitionValues: ['NO'] })).message).toBe(
      'There is no committed partition ["NO"] of shop.orders@1, which has ["SE"], [].',
    )
  })

  it('that are deprecated take nothing: nobody would see it', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream, ['NO'])
    const delta = stageIds(catalog, partition, 1)
    catalog.deletePartition('shop', 'orders', { partitionValues: ['NO'] })
    const before = catalog.serialize()
    for (const work of [() => stageIds(catalog, partition, 2), () => catalog.commitDelta(delta)]) {
      expect(thrownBy(work)).toEqual({
        code: 'conflict',
        message: `Partition "${partition.locator.partitionId}" of shop.orders@1/NO is deprecated, and nobody would see what is written there; go on with the partition that getPartition returns.`,
      })
    }
    expect(catalog.serialize().equals(before)).toBe(true)
  })

  it('that are missing are named with those that are there', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const staged = catalog.stagePartition(stream, ['NO'])
    const gone = { ...staged, locator: { ...staged.locator, partitionId: 'gone' } }
    for (const work of [
      () => catalog.commitPartition(gone),
      () => catalog.stageDelta(null, gone),
      () => catalog.listPartitionDeltas(gone),
      () => catalog.listStagedDeltas(gone.locator),
      () => catalog.readPartition(gone),
      () => catalog.downloadDelta({ partitionLocator: gone.locator, streamPosition: 1 }),
    ]) {
      expect(thrownBy(work)).toEqual({
        code: 'not-found',
        message: `There is no partition "gone" in the stream of shop.orders@1, which has "${staged.locator.partitionId}" (staged).`,
      })
    }
    expect(catalog.getDeltaManifest({ partitionLocator: gone.locator, streamPosition: 1 })).toBeNull()
    expect(catalog.stateOf(gone)).toBeNull()
  })

  it.each([
    [null, 'null'],
    [{ partitionId: 'a' }, 'an object with partitionId'],
  ])('refuse what is none: %j', (given, shown) => {
    const catalog = open()
    shopIn(catalog)
    for (const work of [
      () => catalog.commitPartition(given as never),
      () => catalog.stageDelta(null, given as never),
      () => catalog.listPartitionDeltas(given as never),
      () => catalog.readPartition(given as never),
    ]) {
      expect(thrownBy(work)).toEqual({
        code: 'invalid-argument',
        message: `The partition is ${shown}; give one that stagePartition or getPartition returned.`,
      })
    }
  })
})

describe.each(backends)('a partition staged over another in a $name', ({ open }) => {
  it('stands above everything in that one, staged deltas too, even if the clock stands still', () => {
    const catalog = open({ clock: () => START })
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    expect(catalog.stagePartition(stream).streamPosition).toBe(START)
    commitIds(catalog, first, 1)
    commitIds(catalog, first, 2)
    const staged = stageIds(catalog, first, 3)
    expect(staged.locator.streamPosition).toBe(START + 2)
    expect(catalog.stagePartition(stream).streamPosition).toBe(START + 3)
  })

  it('names the one that it would replace', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const empty = catalog.stagePartition(stream)
    const delta = commitIds(catalog, empty, 1)
    const first = catalog.commitPartition(empty)
    expect(first.streamPosition).toBe(delta.locator.streamPosition)
    expect(catalog.stagePartition(stream)).toMatchObject({
      previousPartitionId: first.locator.partitionId,
      previousStreamPosition: delta.locator.streamPosition,
    })
  })
})
