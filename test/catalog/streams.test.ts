import { describe, expect, it } from 'vitest'
import { canonicalString } from '../../src/catalog/index.ts'
import { backends, errorOf, thrownBy } from './backends.ts'
import { commitIds, committedPartition, idsOf, shopIn, stageIds } from './shop.ts'

describe.each(backends)('streams in a $name', ({ open, reopen }) => {
  it('replace one another: the one before is deprecated, the version names the new one', () => {
    const catalog = open()
    const first = shopIn(catalog)
    const staged = catalog.stageStream('shop', 'orders')
    expect(staged).toEqual({
      ...first,
      locator: { ...first.locator, streamId: staged.locator.streamId },
      state: 'staged',
      previousStreamDigest: canonicalString(first),
    })
    expect(catalog.getStream('shop', 'orders')).toEqual(first)
    const second = catalog.commitStream(staged)
    expect(second).toEqual({ ...staged, state: 'committed' })
    const other = reopen(catalog)
    expect(other.getStream('shop', 'orders')).toEqual(second)
    expect(other.listStreams('shop', 'orders').allItems()).toEqual([{ ...first, state: 'deprecated' }, second])
    expect(other.getTableVersion('shop', 'orders', '1')?.properties).toEqual({ stream_id: second.locator.streamId })
    expect([first, staged, second].map((stream) => catalog.stateOf(stream))).toEqual([
      'deprecated',
      'committed',
      'committed',
    ])
  })

  it('have partitions of their own', () => {
    const catalog = open()
    const first = shopIn(catalog)
    const old = committedPartition(catalog, first)
    commitIds(catalog, old, 1)
    const staged = catalog.stageStream('shop', 'orders')
    const fresh = committedPartition(catalog, staged)
    const delta = commitIds(catalog, fresh, 2)
    expect(catalog.listPartitions('shop', 'orders').allItems()).toEqual([old])
    expect(catalog.listStreamPartitions(staged).allItems()).toEqual([fresh])
    expect(catalog.getPartition(staged.locator)).toEqual(fresh)
    const second = catalog.commitStream(staged)
    expect(catalog.listPartitions('shop', 'orders').allItems()).toEqual([fresh])
    expect(catalog.listStreamPartitions(first).allItems()).toEqual([old])
    expect(
      catalog
        .listDeltas('shop', 'orders')
        .allItems()
        .map((each) => idsOf(catalog, each)),
    ).toEqual([[2]])
    expect(catalog.listStreamPartitions(second).allItems()).toEqual([fresh])
    expect(catalog.stateOf(delta)).toBe('committed')
  })

  it('that were staged against one that has been replaced since are refused', () => {
    const catalog = open()
    const first = shopIn(catalog)
    const mine = catalog.stageStream('shop', 'orders')
    const theirs = catalog.commitStream(catalog.stageStream('shop', 'orders'))
    expect(thrownBy(() => catalog.commitStream(mine))).toEqual({
      code: 'conflict',
      message: `The committed stream of shop.orders@1 is "${theirs.locator.streamId}", not the one that stream "${mine.locator.streamId}" was staged to replace; stage a stream again.`,
    })
    expect(catalog.listStreams('shop', 'orders').allItems()).toEqual([{ ...first, state: 'deprecated' }, mine, theirs])
  })

  it('that are committed already, or deprecated, cannot be committed', () => {
    const catalog = open()
    const first = shopIn(catalog)
    const staged = catalog.stageStream('shop', 'orders')
    const second = catalog.commitStream(staged)
    expect(errorOf(() => catalog.commitStream(staged))).toMatchObject({
      code: 'already-exists',
      message: `Stream "${staged.locator.streamId}" of shop.orders@1 is committed already; take error.existing as the answer.`,
      existing: second,
    })
    expect(thrownBy(() => catalog.commitStream(first))).toEqual({
      code: 'conflict',
      message: `Stream "${first.locator.streamId}" of shop.orders@1 has been replaced since it was committed; stage a stream again.`,
    })
  })

  it('that are deprecated take nothing: nobody would see it', () => {
    const catalog = open()
    const first = shopIn(catalog)
    const partition = committedPartition(catalog, first)
    const staged = catalog.stagePartition(first, ['x'])
    const delta = stageIds(catalog, partition, 1)
    catalog.commitStream(catalog.stageStream('shop', 'orders'))
    const before = catalog.serialize()
    for (const work of [
      () => catalog.stagePartition(first, ['NO']),
      () => catalog.commitPartition(staged),
      () => stageIds(catalog, partition, 2),
      () => catalog.commitDelta(delta),
    ]) {
      expect(thrownBy(work)).toEqual({
        code: 'conflict',
        message: `Stream "${first.locator.streamId}" of shop.orders@1 is deprecated, and nobody would see what is written there; go on with the stream that getStream returns.`,
      })
    }
    expect(catalog.serialize().equals(before)).toBe(true)
  })

  it('that are missing are named with those that are there', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const gone = { ...stream, locator: { ...stream.locator, streamId: 'gone' } }
    for (const work of [
      () => catalog.commitStream(gone),
      () => catalog.stagePartition(gone),
      () => catalog.listStreamPartitions(gone),
      () => catalog.listAllPartitions(gone.locator),
    ]) {
      expect(thrownBy(work)).toEqual({
        code: 'not-found',
        message: `There is no stream "gone" of shop.orders@1, which has "${stream.locator.streamId}" (committed).`,
      })
    }
    expect(catalog.getPartition(gone.locator)).toBeNull()
    expect(catalog.stateOf(gone)).toBeNull()
  })

  it.each([
    [undefined, 'undefined'],
    ['shop', '"shop"'],
    [{}, 'an object with no keys'],
    [{ streamId: 'a', storageType: 'b' }, 'an object with streamId, storageType'],
  ])('refuse what is none: %j', (given, shown) => {
    const catalog = open()
    shopIn(catalog)
    for (const work of [
      () => catalog.commitStream(given as never),
      () => catalog.stagePartition(given as never),
      () => catalog.getPartition(given as never),
      () => catalog.listStreamPartitions(given as never),
    ]) {
      expect(thrownBy(work)).toEqual({
        code: 'invalid-argument',
        message: `The stream is ${shown}; give one that createTableVersion, stageStream or getStream returned.`,
      })
    }
  })

  it('cannot be committed by their locator, which does not say what they replace', () => {
    const catalog = open()
    shopIn(catalog)
    const staged = catalog.stageStream('shop', 'orders')
    expect(thrownBy(() => catalog.commitStream(staged.locator as never))).toEqual({
      code: 'invalid-argument',
      message: 'The stream is given as a locator; give the stream itself.',
    })
  })
})
