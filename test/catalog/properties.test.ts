import { describe, expect, it } from 'vitest'
import type { Catalog, Delta, Partition, Stream } from '../../src/catalog/index.ts'
import { CatalogError, canonicalString, mergeDeltas, seededIds } from '../../src/catalog/index.ts'
import { fc } from '../chance.ts'
import { backends, START } from './backends.ts'
import { idsOf, shopIn } from './shop.ts'

/** What a caller may hold on to, and use again when it is stale. */
interface Held {
  readonly streams: Stream[]
  readonly partitions: Partition[]
  readonly deltas: Delta[]
}

/** One call with whatever is held, picked by number; `null` where there is nothing to call with. */
type Call = (catalog: Catalog, held: Held, pick: number) => unknown

const VALUES = [null, ['NO'], ['SE']] as const
const calls: Readonly<Record<string, Call>> = {
  stageStream: (catalog, { streams }) => streams.push(catalog.stageStream('shop', 'orders')),
  commitStream: (catalog, { streams }, pick) => catalog.commitStream(at(streams, pick)),
  stagePartition: (catalog, { streams, partitions }, pick) =>
    partitions.push(catalog.stagePartition(at(streams, pick), at(VALUES, pick))),
  commitPartition: (catalog, { partitions }, pick) => catalog.commitPartition(at(partitions, pick)),
  compactInPlace: (catalog, { partitions }, pick) => {
    const staged = at(partitions, pick)
    const { streamLocator, partitionValues } = staged.locator
    const previousPartition = catalog.getPartition(streamLocator, partitionValues)
    return catalog.commitPartition(staged, { previousPartition })
  },
  deletePartition: (catalog, _, pick) =>
    catalog.deletePartition('shop', 'orders', { partitionValues: at(VALUES, pick) }),
  stageDelta: (catalog, { partitions, deltas }, pick) =>
    deltas.push(catalog.stageDelta([{ id: deltas.length }], at(partitions, pick))),
  stageEmpty: (catalog, { partitions, deltas }, pick) => deltas.push(catalog.stageDelta(null, at(partitions, pick))),
  commitDelta: (catalog, { deltas }, pick) => catalog.commitDelta(at(deltas, pick)),
  mergeTwo: (_, { deltas }, pick) => deltas.push(mergeDeltas([at(deltas, pick), at(deltas, pick + 1)])),
}

function at<T>(list: readonly T[], pick: number): T {
  if (list.length === 0) throw new CatalogError('not-found', 'nothing is held')
  return list[pick % list.length] as T
}

/** What must hold of any catalog, whatever was called. */
function checkWhole(catalog: Catalog): void {
  const streams = catalog.listStreams('shop', 'orders').allItems()
  const committed = streams.filter(({ state }) => state === 'committed')
  expect(committed).toEqual([catalog.getStream('shop', 'orders')])
  for (const stream of streams) {
    const partitions = catalog.listAllPartitions(stream).allItems()
    const live = partitions.filter(({ state }) => state === 'committed')
    expect(new Set(live.map(({ locator }) => JSON.stringify(locator.partitionValues ?? []))).size).toBe(live.length)
    for (const partition of partitions) checkPartition(catalog, partition)
  }
}

function checkPartition(catalog: Catalog, partition: Partition): void {
  const deltas = catalog.listPartitionDeltas(partition, { ascendingOrder: true, includeManifest: true }).allItems()
  const positions = deltas.map(({ locator }) => locator.streamPosition as number)
  expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
  const manifests = deltas.map(({ manifest }) => manifest?.id)
  expect(new Set(manifests).size).toBe(manifests.length)
  for (const delta of deltas) {
    expect(catalog.stateOf(delta)).toBe('committed')
    expect(canonicalString(delta.locator.partitionLocator)).toBe(canonicalString(partition))
    expect(idsOf(catalog, delta).length).toBe(delta.meta?.recordCount ?? 0)
  }
}

const backend = fc.constantFrom(...backends)

describe('any sequence of calls', () => {
  it('keeps what a catalog promises; a call that fails leaves no trace', () => {
    const step = fc.tuple(fc.constantFrom(...Object.keys(calls)), fc.nat(20))
    fc.assert(
      fc.property(backend, fc.array(step, { minLength: 1, maxLength: 40 }), fc.boolean(), ({ open }, steps, ticks) => {
        let now = START
        const clock = () => {
          if (ticks) now += 1
          return now
        }
        using catalog = open({ clock, ids: seededIds('properties') })
        const stream = shopIn(catalog)
        const held: Held = { streams: [stream], partitions: [catalog.stagePartition(stream)], deltas: [] }
        for (const [name, pick] of steps) {
          const before = catalog.serialize()
          try {
            ;(calls[name] as Call)(catalog, held, pick)
          } catch (error) {
            expect(error).toBeInstanceOf(CatalogError)
            expect((error as CatalogError).code).toMatch(/^(conflict|already-exists|not-found|invalid-argument)$/)
            expect(catalog.serialize().equals(before)).toBe(true)
          }
        }
        checkWhole(catalog)
      }),
      { numRuns: 100 },
    )
  })

  it('loses no delta that was acknowledged, unless it was there when its partition was replaced', () => {
    const step = fc.tuple(fc.constantFrom('stage', 'commit', 'stageOver', 'replace', 'compact'), fc.nat(5))
    fc.assert(
      fc.property(backend, fc.array(step, { maxLength: 30 }), ({ open }, steps) => {
        using catalog = open({ clock: () => START, ids: seededIds('lost') })
        const stream = shopIn(catalog)
        catalog.commitPartition(catalog.stagePartition(stream))
        const staged: Delta[] = []
        const over: { readonly partition: Partition; readonly seen: ReadonlySet<string> }[] = []
        // The manifests that a reader of the table must find.
        let expected = new Set<string>()
        const attempt = (work: () => void) => {
          try {
            work()
          } catch (error) {
            if (!(error instanceof CatalogError)) throw error
          }
        }
        for (const [name, pick] of steps) {
          attempt(() => {
            const current = catalog.getPartition(stream) as Partition
            if (name === 'stage') staged.push(catalog.stageDelta(null, current))
            if (name === 'commit') expected.add(catalog.commitDelta(at(staged, pick)).manifest?.id as string)
            if (name === 'stageOver') over.push({ partition: catalog.stagePartition(stream), seen: new Set(expected) })
            if (name === 'replace') {
              catalog.commitPartition(at(over, pick).partition)
              expected = new Set()
            }
            if (name === 'compact') {
              const { partition, seen } = at(over, pick)
              catalog.commitPartition(partition, { previousPartition: current })
              expected = new Set([...expected].filter((id) => !seen.has(id)))
            }
          })
        }
        const found = catalog.listDeltas('shop', 'orders', { includeManifest: true }).allItems()
        expect(new Set(found.map(({ manifest }) => manifest?.id))).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })
})
