import { describe, expect, it } from 'vitest'
import type { Delta, Manifest, ManifestEntry, ManifestMeta } from '../../src/catalog/index.ts'
import { catalogOf, mergeDeltas, mergeManifests } from '../../src/catalog/index.ts'
import { backends, thrownBy } from './backends.ts'
import { committedPartition, idsOf, shopIn, stageIds } from './shop.ts'

const ids = () => 'merged'

function entry(id: string, meta: ManifestMeta = {}): ManifestEntry {
  return { uri: `u://${id}`, url: `u://${id}`, meta, mandatory: true, id }
}
function manifest(id: string, ...entries: readonly ManifestEntry[]): Manifest {
  return { id, meta: {}, entries }
}

describe('mergeManifests', () => {
  it('keeps the entries in order, and adds up what they hold', () => {
    const meta = { contentType: 'application/parquet', contentEncoding: 'identity' } as const
    const a = entry('a', { ...meta, recordCount: 1, contentLength: 10, sourceContentLength: 100 })
    const b = entry('b', { ...meta, recordCount: 2, contentLength: 20 })
    const c = entry('c', { ...meta, recordCount: 3, contentLength: 30, sourceContentLength: 300 })
    expect(
      mergeManifests([manifest('x', a, b), manifest('y'), manifest('z', c)], { ids, author: { name: 'me' } }),
    ).toEqual({
      id: 'merged',
      meta: { ...meta, recordCount: 6, contentLength: 60, sourceContentLength: 400 },
      entries: [a, b, c],
      author: { name: 'me' },
    })
  })

  it('says of all only what all have in common', () => {
    const a = entry('a', { contentType: 'text/csv', contentEncoding: 'identity', partitionValues: ['NO'] })
    const b = entry('b', { contentType: 'text/tsv', contentEncoding: 'identity', partitionValues: ['NO'] })
    const c = entry('c', { contentType: 'text/csv', contentEncoding: 'gzip', partitionValues: ['SE'] })
    const counts = { recordCount: 0, contentLength: 0, sourceContentLength: 0 }
    const merged = (...entries: readonly ManifestEntry[]) => mergeManifests([manifest('x', ...entries)], { ids }).meta
    expect(merged(a)).toEqual({ ...counts, ...a.meta })
    expect(merged(a, b)).toEqual({ ...counts, contentEncoding: 'identity', partitionValues: ['NO'] })
    expect(merged(a, c)).toEqual({ ...counts, contentType: 'text/csv' })
    expect(merged(a, entry('d', { contentType: 'text/csv' }))).toEqual({ ...counts, contentType: 'text/csv' })
    expect(merged()).toEqual(counts)
  })

  it('makes an id of its own unless it is given ids', () => {
    const [first, second] = [mergeManifests([]), mergeManifests([])]
    expect(first.id).toMatch(/^[\da-f-]{36}$/)
    expect(first.id).not.toBe(second.id)
  })
})

describe.each(backends)('mergeDeltas in a $name', ({ open }) => {
  function three() {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    return { catalog, partition, deltas: [1, 2, 3].map((id) => stageIds(catalog, partition, id)) }
  }

  it('makes one of several, without a position, that is committed in their place', () => {
    const { catalog, partition, deltas } = three()
    const merged = mergeDeltas(deltas, { ids, properties: { k: 'v' }, manifestAuthor: { name: 'me', version: '1' } })
    expect(merged).toEqual({
      locator: { partitionLocator: partition.locator, streamPosition: null },
      type: 'append',
      meta: merged.manifest?.meta,
      properties: { k: 'v' },
      manifest: mergeManifests(
        deltas.map((delta) => delta.manifest as Manifest),
        { ids, author: { name: 'me', version: '1' } },
      ),
      previousStreamPosition: partition.streamPosition,
      deleteParameters: null,
      partitionSpec: null,
    })
    expect(catalog.stateOf(merged)).toBeNull()
    const committed = catalog.commitDelta(merged)
    expect(idsOf(catalog, committed)).toEqual([1, 2, 3])
    expect(catalog.stateOf(merged)).toBe('committed')
    expect(deltas.map((delta) => catalog.stateOf(delta))).toEqual(['staged', 'staged', 'staged'])
  })

  it('takes its id from the catalog that returned the first, and belongs to it', () => {
    const taken: string[] = []
    const catalog = open({
      ids: () => {
        taken.push(`id-${taken.length}`)
        return taken.at(-1) as string
      },
    })
    const delta = stageIds(catalog, committedPartition(catalog, shopIn(catalog)), 1)
    const merged = mergeDeltas([delta])
    expect(merged.manifest?.id).toBe(taken.at(-1))
    expect(catalogOf(merged)).toBe(catalog)
    expect(catalogOf(mergeDeltas([{ ...delta }]))).toBeUndefined()
  })

  it('has the previous position of the latest, or none where one has none', () => {
    const { deltas } = three()
    const [first, second] = deltas as [Delta, Delta]
    expect(
      mergeDeltas([
        { ...first, previousStreamPosition: 7 },
        { ...second, previousStreamPosition: 5 },
      ]).previousStreamPosition,
    ).toBe(7)
    expect(mergeDeltas([first, { ...second, previousStreamPosition: null }]).previousStreamPosition).toBeNull()
    expect(mergeDeltas([first], { streamPosition: 5 }).locator.streamPosition).toBe(5)
  })

  it('keeps the delete parameters of one, or of several that have the same', () => {
    const { catalog, partition } = three()
    const stage = (...equalityColumnNames: string[]) =>
      catalog.stageDelta([{ id: 1, name: 'a' }], partition, {
        deltaType: 'delete',
        deleteParameters: { equalityColumnNames },
      })
    expect(mergeDeltas([stage('id')]).deleteParameters).toEqual({ equalityColumnNames: ['id'] })
    expect(mergeDeltas([stage('id'), stage('id')]).deleteParameters).toEqual({ equalityColumnNames: ['id'] })
    expect(thrownBy(() => mergeDeltas([stage('id'), stage('id', 'name')]))).toEqual({
      code: 'invalid-argument',
      message: 'The deltas to merge delete by different columns, ["id"] and ["id", "name"]; merge those with the same.',
    })
    const byKey = catalog.stageDelta([{ id: 1, name: 'a' }], partition, { deltaType: 'delete' })
    expect(mergeDeltas([byKey, byKey]).deleteParameters).toBeNull()
    expect(thrownBy(() => mergeDeltas([byKey, stage('name')]))).toEqual({
      code: 'invalid-argument',
      message:
        'The deltas to merge delete by different columns, the primary keys and ["name"]; merge those with the same.',
    })
  })

  it('refuses what does not go together', () => {
    const { catalog, deltas } = three()
    const [first, second] = deltas as [Delta, Delta]
    const stream = catalog.getStream('shop', 'orders')
    const other = stageIds(catalog, committedPartition(catalog, stream as NonNullable<typeof stream>, ['NO']), 1)
    const spec = { orderedTransforms: [] }
    const refusals: readonly (readonly [readonly Delta[], string])[] = [
      [[], 'There are no deltas to merge; give at least one.'],
      [
        [first, { ...second, manifest: null }],
        `The delta at position ${second.locator.streamPosition} has no manifest; read it with includeManifest: true.`,
      ],
      [[first, other], 'The deltas to merge are of 2 partitions; merge those of one partition.'],
      [
        [first, { ...second, type: 'delete' }],
        'The deltas to merge are of 2 types ("append", "delete"); merge those of one type.',
      ],
      [
        [first, { ...second, partitionSpec: spec }],
        'The deltas to merge have different partition specs; merge those with the same.',
      ],
    ]
    for (const [given, message] of refusals) {
      expect(thrownBy(() => mergeDeltas(given))).toEqual({ code: 'invalid-argument', message })
    }
    expect(thrownBy(() => mergeDeltas([first], { properties: { at: 1n } as never })).message).toBe(
      'properties.at is 1n, which JSON cannot hold; give text, a finite number, a list or an object.',
    )
  })
})
