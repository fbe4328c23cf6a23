import { describe, expect, it } from 'vitest'
import { mergeDeltas } from '../../src/catalog/index.ts'
import { backends, errorOf, START, thrownBy } from './backends.ts'
import { commitIds, committedPartition, idsOf, positionsOf, shopIn, stageIds } from './shop.ts'

describe.each(backends)('committing a delta in a $name', ({ open, reopen }) => {
  it('returns it as it is read, in its partition', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const staged = stageIds(catalog, partition, 1)
    const committed = catalog.commitDelta(staged)
    expect(committed).toEqual(staged)
    const other = reopen(catalog)
    expect(other.listPartitionDeltas(partition, { includeManifest: true }).allItems()).toEqual([committed])
    expect(other.listStagedDeltas(partition).items).toEqual([])
    expect(catalog.stateOf(staged)).toBe('committed')
    expect(catalog.getPartition(partition.locator.streamLocator)).toEqual(partition)
  })

  it('writes what the caller changed', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const staged = stageIds(catalog, partition, 1)
    const committed = catalog.commitDelta({ ...staged, properties: { run: '7' } })
    expect(committed).toEqual({ ...staged, properties: { run: '7' } })
    expect(reopen(catalog).getLatestDelta('shop', 'orders', { includeManifest: true })).toEqual(committed)
  })

  it('takes the manifest from the file where the delta was listed without', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const staged = stageIds(catalog, partition, 1)
    const [listed] = catalog.listStagedDeltas(partition)
    expect(listed?.manifest).toBeNull()
    expect(catalog.commitDelta(listed as typeof staged)).toEqual(staged)
  })

  it('is refused where a later position is committed', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const first = stageIds(catalog, partition, 1)
    const second = commitIds(catalog, partition, 2)
    const at = second.locator.streamPosition
    expect(thrownBy(() => catalog.commitDelta(first))).toEqual({
      code: 'conflict',
      message: `Position ${first.locator.streamPosition} does not exceed ${at}, the last one committed to partition "${partition.locator.partitionId}" of shop.orders@1/-; stage the delta again for a new position.`,
    })
    expect(positionsOf(catalog, partition)).toEqual([at])
    const again = catalog.commitDelta({ ...first, locator: { ...first.locator, streamPosition: null } })
    expect(positionsOf(catalog, partition)).toEqual([at, again.locator.streamPosition])
    expect(idsOf(catalog, again)).toEqual([1])
  })

  it('is refused where the last position is not the one that the caller knows', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const name = `Partition "${partition.locator.partitionId}" of shop.orders@1/-`
    const first = stageIds(catalog, partition, 1)
    expect(thrownBy(() => catalog.commitDelta(first, { previousStreamPosition: 5 }))).toEqual({
      code: 'conflict',
      message: `${name} has no committed delta, where previousStreamPosition is 5; read what is there and stage again.`,
    })
    const committed = catalog.commitDelta(first, { previousStreamPosition: null })
    const at = committed.locator.streamPosition as number
    const second = stageIds(catalog, partition, 2)
    expect(thrownBy(() => catalog.commitDelta(second, { previousStreamPosition: null }))).toEqual({
      code: 'conflict',
      message: `${name} has its last committed delta at ${at}, where previousStreamPosition is null; read what is there and stage again.`,
    })
    expect(thrownBy(() => catalog.commitDelta(second, { previousStreamPosition: at - 1 })).message).toContain(
      `at ${at},`,
    )
    expect(catalog.commitDelta(second, { previousStreamPosition: at })).toEqual(second)
    const third = stageIds(catalog, partition, 3)
    expect(thrownBy(() => catalog.commitDelta(third, { previousStreamPosition: 1.5 }))).toEqual({
      code: 'invalid-argument',
      message: 'previousStreamPosition is 1.5; give an integer within ±9007199254740991.',
    })
  })

  it('a second time says that it is done, and carries what was committed', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const staged = [stageIds(catalog, partition, 1), stageIds(catalog, partition, 2)]
    const merged = mergeDeltas(staged)
    const committed = catalog.commitDelta(merged)
    for (const delta of [merged, committed]) {
      expect(errorOf(() => catalog.commitDelta(delta))).toMatchObject({
        code: 'already-exists',
        message: `The delta with manifest "${merged.manifest?.id}" is committed to partition "${partition.locator.partitionId}" of shop.orders@1/- already, at position ${committed.locator.streamPosition}; take error.existing as the answer.`,
        existing: committed,
      })
    }
    expect(positionsOf(catalog, partition)).toEqual([committed.locator.streamPosition])
  })

  it('a second time says so even where the partition was replaced in between', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    const committed = commitIds(catalog, partition, 1)
    committedPartition(catalog, stream)
    expect(errorOf(() => catalog.commitDelta(committed))).toMatchObject({ code: 'already-exists', existing: committed })
  })

  it('may be at a position of its own, if that increases', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = catalog.stagePartition(stream)
    const staged = stageIds(catalog, partition, 1)
    const merged = mergeDeltas([staged], { streamPosition: 5 })
    expect(catalog.commitDelta(merged).locator.streamPosition).toBe(5)
    expect(positionsOf(catalog, partition)).toEqual([5])
    expect(catalog.commitDelta(staged).locator.streamPosition).toBe(staged.locator.streamPosition)
  })

  it('takes the place of a staged delta only with all its files', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const staged = [stageIds(catalog, partition, 1), stageIds(catalog, partition, 2)]
    const at = staged[1]?.locator.streamPosition as number
    const other = mergeDeltas(staged.slice(0, 1), { streamPosition: at })
    expect(thrownBy(() => catalog.commitDelta(other))).toEqual({
      code: 'conflict',
      message: `Position ${at} of partition "${partition.locator.partitionId}" of shop.orders@1/- is taken by another delta, which is staged; commit with another position, or with null to get one.`,
    })
    const merged = catalog.commitDelta(mergeDeltas(staged, { streamPosition: at }))
    expect(idsOf(catalog, merged)).toEqual([1, 2])
    expect(Array.from(catalog.listStagedDeltas(partition), ({ locator }) => locator.streamPosition)).toEqual([at - 1])
  })

  it('allocates above all that is staged and committed, where the clock stands still', () => {
    const catalog = open({ clock: () => START })
    const partition = committedPartition(catalog, shopIn(catalog))
    const positions = Array.from({ length: 5 }, (_, id) => commitIds(catalog, partition, id).locator.streamPosition)
    expect(positions).toEqual([0, 1, 2, 3, 4].map((offset) => START + offset))
    const staged = stageIds(catalog, partition, 5)
    expect(catalog.commitDelta(mergeDeltas([staged])).locator.streamPosition).toBe(START + 6)
    expect(stageIds(catalog, partition, 6).locator.streamPosition).toBe(START + 7)
  })

  it('refuses what cannot be a delta', () => {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const staged = stageIds(catalog, partition, 1)
    const refusals: readonly (readonly [unknown, string])[] = [
      [undefined, 'The delta is undefined; give one that stageDelta, mergeDeltas or getDelta returned.'],
      [
        { ...staged, locator: { ...staged.locator, streamPosition: 1.5 } },
        "The delta's streamPosition is 1.5; give an integer within ±9007199254740991.",
      ],
      [staged.locator, 'The delta is given as a locator; give the delta itself.'],
      [
        { ...staged, type: 'insert' },
        'The delta cannot be written: type is "insert", none of append, upsert, delete; correct it.',
      ],
      [
        { ...staged, properties: { at: new Date(0) } },
        'properties.at is Date 1970-01-01T00:00:00.000Z, which JSON cannot hold; give text, a finite number, a list or an object.',
      ],
      [
        { ...staged, locator: { ...staged.locator, streamPosition: null }, manifest: null },
        'The delta has no manifest; commit the one that stageDelta or mergeDeltas returned.',
      ],
    ]
    for (const [delta, message] of refusals) {
      expect(thrownBy(() => catalog.commitDelta(delta as typeof staged))).toEqual({ code: 'invalid-argument', message })
    }
    expect(catalog.stateOf(staged)).toBe('staged')
  })
})
