import { describe, expect, it } from 'vitest'
import { backends, errorOf, START, thrownBy } from './backends.ts'
import { commitIds, committedPartition, idsOf, positionsOf, shopIn, stageIds } from './shop.ts'

describe.each(backends)('committing a partition in a $name', ({ open, reopen }) => {
  it('deprecates the one before it, and changes only its state', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream, ['NO'])
    const old = commitIds(catalog, first, 1)
    const staged = catalog.stagePartition(stream, ['NO'])
    const delta = commitIds(catalog, staged, 2)
    const second = catalog.commitPartition(staged)
    expect(second).toEqual({ ...staged, state: 'committed', streamPosition: delta.locator.streamPosition })
    const other = reopen(catalog)
    expect(other.listAllPartitions(stream).allItems()).toEqual([{ ...first, state: 'deprecated' }, second])
    expect(other.getPartition(stream.locator, ['NO'])).toEqual(second)
    const deltas = other.listDeltas('shop', 'orders', { partitionValues: ['NO'], includeManifest: true })
    expect(deltas.allItems()).toEqual([delta])
    expect(idsOf(other, old)).toEqual([1])
    expect([first, staged, second].map((partition) => catalog.stateOf(partition))).toEqual([
      'deprecated',
      'committed',
      'committed',
    ])
  })

  it('leaves partitions of other values alone', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const norway = committedPartition(catalog, stream, ['NO'])
    const sweden = committedPartition(catalog, stream, ['SE'])
    expect(catalog.listPartitions('shop', 'orders').allItems()).toEqual([norway, sweden])
  })

  it('keeps the position where there is no delta', () => {
    const catalog = open()
    const staged = catalog.stagePartition(shopIn(catalog))
    stageIds(catalog, staged, 1)
    expect(catalog.commitPartition(staged).streamPosition).toBe(START)
  })

  it('is refused where another was committed since it was staged', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const mine = catalog.stagePartition(stream, ['NO'])
    const theirs = committedPartition(catalog, stream, ['NO'])
    expect(thrownBy(() => catalog.commitPartition(mine))).toEqual({
      code: 'conflict',
      message: `Partition "${mine.locator.partitionId}" of shop.orders@1/NO was staged to replace nothing, but "${theirs.locator.partitionId}" at position ${theirs.streamPosition} is committed now; stage a partition again.`,
    })
    expect(catalog.listPartitions('shop', 'orders').allItems()).toEqual([theirs])
  })

  it('is refused where the one before it was replaced or deleted', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    const mine = catalog.stagePartition(stream)
    const theirs = committedPartition(catalog, stream)
    expect(thrownBy(() => catalog.commitPartition(mine)).message).toBe(
      `Partition "${mine.locator.partitionId}" of shop.orders@1/- was staged to replace "${first.locator.partitionId}" at position ${first.streamPosition}, but "${theirs.locator.partitionId}" at position ${theirs.streamPosition} is committed now; stage a partition again.`,
    )
    const late = catalog.stagePartition(stream)
    catalog.deletePartition('shop', 'orders')
    expect(thrownBy(() => catalog.commitPartition(late))).toEqual({
      code: 'conflict',
      message: `Partition "${late.locator.partitionId}" of shop.orders@1/- was staged to replace "${theirs.locator.partitionId}" at position ${theirs.streamPosition}, but nothing is committed now; stage a partition again.`,
    })
  })

  it('is refused where its previous position is not that of the one before it', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    const staged = catalog.stagePartition(stream)
    const stale = { ...staged, previousStreamPosition: 5 }
    expect(thrownBy(() => catalog.commitPartition(stale)).message).toBe(
      `Partition "${staged.locator.partitionId}" of shop.orders@1/- was staged to replace "${first.locator.partitionId}" at position 5, but "${first.locator.partitionId}" at position ${first.streamPosition} is committed now; stage a partition again.`,
    )
    expect(catalog.commitPartition(staged).state).toBe('committed')
  })

  it('is refused where a delta was committed to the one before it in the meantime, and would be lost', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    commitIds(catalog, first, 1)
    const staged = catalog.stagePartition(stream)
    const late = commitIds(catalog, first, 2)
    expect(thrownBy(() => catalog.commitPartition(staged))).toEqual({
      code: 'conflict',
      message: `Partition "${first.locator.partitionId}" of shop.orders@1/- has a delta at position ${late.locator.streamPosition} that was committed after "${staged.locator.partitionId}" was staged to replace it, and would be lost; stage a partition again, or give previousPartition to carry it over.`,
    })
    expect(catalog.stateOf(first)).toBe('committed')
    expect(catalog.stateOf(staged)).toBe('staged')
  })

  it('is refused for such a delta also where that was staged before the partition was', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    const slow = stageIds(catalog, first, 1)
    const staged = catalog.stagePartition(stream)
    expect(slow.locator.streamPosition).toBeLessThan(staged.streamPosition as number)
    catalog.commitDelta(slow)
    expect(thrownBy(() => catalog.commitPartition(staged)).message).toContain('and would be lost')
    const again = catalog.stagePartition(stream)
    expect(catalog.commitPartition(again).state).toBe('committed')
  })

  it('is refused where the partition is committed already, or was', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const staged = catalog.stagePartition(stream)
    const committed = catalog.commitPartition(staged)
    expect(errorOf(() => catalog.commitPartition(staged))).toMatchObject({
      code: 'already-exists',
      message: `Partition "${staged.locator.partitionId}" of shop.orders@1/- is committed already; take error.existing as the answer.`,
      existing: committed,
    })
    committedPartition(catalog, stream)
    expect(thrownBy(() => catalog.commitPartition(staged))).toEqual({
      code: 'conflict',
      message: `Partition "${staged.locator.partitionId}" of shop.orders@1/- has been replaced or deleted since it was committed; stage a partition again.`,
    })
  })
})

describe.each(backends)('committing a partition that was compacted in place, in a $name', ({ open, reopen }) => {
  it('carries late deltas over, with their positions and files', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    const seen = commitIds(catalog, first, 1)
    const staged = catalog.stagePartition(stream)
    const compacted = commitIds(catalog, staged, 1)
    const late = [commitIds(catalog, first, 2), commitIds(catalog, first, 3)]
    const second = catalog.commitPartition(staged, { previousPartition: first })
    expect(second).toEqual({
      ...staged,
      state: 'committed',
      streamPosition: late[1]?.locator.streamPosition,
    })
    const other = reopen(catalog)
    expect(other.listAllPartitions(stream).allItems()).toEqual([{ ...first, state: 'deprecated' }, second])
    const carried = late.map((delta) => ({
      ...delta,
      locator: { ...delta.locator, partitionLocator: second.locator },
    }))
    expect(other.listPartitionDeltas(second, { ascendingOrder: true, includeManifest: true }).allItems()).toEqual([
      compacted,
      ...carried,
    ])
    expect(positionsOf(other, first)).toEqual([seen, ...late].map(({ locator }) => locator.streamPosition))
    expect(carried.map((delta) => idsOf(other, delta))).toEqual([[2], [3]])
  })

  it('carries over all that was committed since, where it has no delta itself', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    commitIds(catalog, first, 1)
    const slow = stageIds(catalog, first, 2)
    const staged = catalog.stagePartition(stream)
    catalog.commitDelta(slow)
    const late = commitIds(catalog, first, 3)
    const second = catalog.commitPartition(staged, { previousPartition: first })
    expect(positionsOf(catalog, second)).toEqual([slow.locator.streamPosition, late.locator.streamPosition])
    expect(second.streamPosition).toBe(late.locator.streamPosition)
  })

  it('is refused where the previous partition is not the committed one', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    const second = committedPartition(catalog, stream)
    const staged = catalog.stagePartition(stream)
    expect(thrownBy(() => catalog.commitPartition(staged, { previousPartition: first }))).toEqual({
      code: 'conflict',
      message: `previousPartition, partition "${first.locator.partitionId}" of shop.orders@1/-, is not the committed one: partition "${second.locator.partitionId}" of shop.orders@1/- is; stage a partition on top of that.`,
    })
    const other = catalog.stagePartition(stream, ['NO'])
    expect(thrownBy(() => catalog.commitPartition(other, { previousPartition: second })).message).toBe(
      `previousPartition, partition "${second.locator.partitionId}" of shop.orders@1/-, is not the committed one: none is; stage a partition on top of that.`,
    )
  })

  it('is refused where a staged delta stands at the position of a late one', () => {
    const catalog = open({ clock: () => START })
    const stream = shopIn(catalog)
    const first = committedPartition(catalog, stream)
    const staged = catalog.stagePartition(stream)
    const mine = stageIds(catalog, staged, 1)
    const late = commitIds(catalog, first, 2)
    expect(late.locator.streamPosition).toBe(mine.locator.streamPosition)
    const before = catalog.serialize()
    expect(thrownBy(() => catalog.commitPartition(staged, { previousPartition: first }))).toEqual({
      code: 'conflict',
      message: `The delta at position ${START} of partition "${first.locator.partitionId}" of shop.orders@1/- cannot be carried over: a delta that is staged in "${staged.locator.partitionId}" has that position; stage a partition again.`,
    })
    expect(catalog.serialize().equals(before)).toBe(true)
  })
})
