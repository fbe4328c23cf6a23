import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Catalog,
  CatalogError,
  type Delta,
  mergeDeltas,
  openCatalog,
  type Partition,
  type Stream,
  seededClock,
  seededIds,
} from '../../src/catalog/index.ts'
import { verifyCatalog } from '../../src/inspector/verify/verify.ts'
import { fc } from '../chance.ts'
import { scaled } from '../scale.ts'

/** What a sequence of calls has in hand. */
interface Hands {
  readonly catalog: Catalog
  readonly streams: Stream[]
  readonly partitions: Partition[]
  readonly deltas: Delta[]
}

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)]

const stageSuccessor = (catalog: Catalog, { locator }: Partition): Partition =>
  catalog.stagePartition({ locator: locator.streamLocator } as Stream, locator.partitionValues)

const table = { primaryKeyColumnNames: ['id'], partitionKeys: ['country'] } as const

/** Calls by name; each takes what it needs by number, so that any sequence of them makes sense. */
const calls: Readonly<Record<string, (hands: Hands, a: number, b: number) => void>> = {
  stagePartition({ streams, partitions, catalog }, a, b) {
    const stream = pick(streams, a)
    if (stream) partitions.push(catalog.stagePartition(stream, [['NO'], ['SE'], ["it's"]][b % 3]))
  },
  commitPartition({ partitions, catalog }, a) {
    const partition = pick(partitions, a)
    if (partition) partitions.push(catalog.commitPartition(partition))
  },
  compactInPlace({ partitions, catalog }, a) {
    const previous = pick(partitions, a)
    if (!previous) return
    const staged = stageSuccessor(catalog, previous)
    catalog.commitDelta(catalog.stageDelta([{ id: 1 }], staged))
    catalog.commitDelta(catalog.stageDelta([{ id: 2 }], previous))
    partitions.push(catalog.commitPartition(staged, { previousPartition: previous }))
  },
  compactAtLast({ partitions, catalog }, a) {
    const previous = pick(partitions, a)
    if (!previous) return
    const staged = stageSuccessor(catalog, previous)
    const [last] = catalog.listPartitionDeltas(previous)
    if (!last) return
    const compacted = catalog.stageDelta([{ id: 1 }], staged)
    catalog.commitDelta(mergeDeltas([compacted], { streamPosition: last.locator.streamPosition }))
    partitions.push(catalog.commitPartition(staged, { previousPartition: previous }))
  },
  stageDelta({ partitions, deltas, catalog }, a, b) {
    const partition = pick(partitions, a)
    const options = [
      {},
      { deltaType: 'append' },
      { contentType: 'application/feather' },
      { contentType: 'text/csv' },
      { maxRecordsPerEntry: 1 },
    ] as const
    if (!partition) return
    const country = partition.locator.partitionValues?.[0]
    const rows = [{ id: b, country }, { id: b + 1 }]
    deltas.push(catalog.stageDelta(rows, partition, options[b % options.length]))
  },
  stageDelete({ partitions, deltas, catalog }, a, b) {
    const partition = pick(partitions, a)
    const options = { deltaType: 'delete', deleteParameters: { equalityColumnNames: ['id'] } } as const
    if (partition) deltas.push(catalog.stageDelta([{ id: b }], partition, options))
  },
  stageNothing({ partitions, deltas, catalog }, a) {
    const partition = pick(partitions, a)
    if (partition) deltas.push(catalog.stageDelta(null, partition))
  },
  commitDelta({ deltas, catalog }, a) {
    const delta = pick(deltas, a)
    if (delta) catalog.commitDelta(delta)
  },
  commitMerged({ deltas, catalog }, a, b) {
    const [one, other] = [pick(deltas, a), pick(deltas, b)]
    if (one && other) catalog.commitDelta(mergeDeltas([one, other]))
  },
  deletePartition({ catalog }, _a, b) {
    catalog.deletePartition('shop', 'orders', {
      tableVersion: '1',
      partitionValues: [['NO'], ['SE']][b % 2] as string[],
    })
  },
  stageStream({ streams, catalog }) {
    streams.push(catalog.stageStream('shop', 'orders', { tableVersion: '1' }))
  },
  commitStream({ streams, catalog }, a) {
    const stream = pick(streams, a)
    if (stream) streams.push(catalog.commitStream(stream))
  },
  deleteStream({ catalog }, a) {
    catalog.deleteStream('shop', 'orders', { tableVersion: String((a % 3) + 1) })
  },
  createVersion({ streams, catalog }) {
    streams.push(catalog.createTableVersion('shop', 'orders', table))
  },
  updateVersion({ catalog }, a) {
    catalog.updateTableVersion('shop', 'orders', '1', {
      lifecycleState: a % 2 ? 'active' : 'deprecated',
      description: 'x',
    })
  },
}

describe('a file that the catalog wrote, whatever the calls', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'deltacat-verify-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has nothing to find', () => {
    const names = Object.keys(calls)
    // Deleting a whole stream is rare, or nothing would ever be left to look at.
    const name = fc.constantFrom(...names.filter((each) => each !== 'deleteStream'), ...names, ...names.slice(0, 8))
    const step = fc.tuple(name, fc.nat(20), fc.nat(20))
    let files = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        files += 1
        const path = join(folder, `${files}.db`)
        const catalog = openCatalog(path, {
          clock: seededClock('2024-03-01T00:00:00Z', 3),
          ids: seededIds(String(files)),
        })
        catalog.createNamespace('shop', {})
        const stream = catalog.createTableVersion('shop', 'orders', table)
        const hands: Hands = { catalog, streams: [stream], partitions: [], deltas: [] }
        for (const [call, a, b] of steps) {
          try {
            calls[call]?.(hands, a, b)
          } catch (error) {
            // Most sequences run into a conflict somewhere: refusing it is right.
            if (!(error instanceof CatalogError)) throw error
          }
        }
        catalog.close()
        expect([...verifyCatalog(path)]).toEqual([])
        rmSync(path)
      }),
      { numRuns: scaled(60, 500) },
    )
  })
})
