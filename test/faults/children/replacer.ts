// Replaces a partition by its compacted self, over and over, until a file says stop.
import { existsSync } from 'node:fs'
import { CatalogError, mergeDeltas, openCatalog } from '../../../src/catalog/index.ts'
import { say, sleep } from './say.ts'

const [path = '', style = '', stop = ''] = process.argv.slice(2)
const catalog = openCatalog(path, { busyTimeout: 120_000 })
const stream = catalog.getStream('race', 'events')
if (stream === null) throw new Error('The race has no stream')

// At least once, though the writers were faster.
do {
  try {
    // Staged before anything is read: whatever comes after that is noticed at the commit.
    const next = catalog.stagePartition(stream)
    const previous = catalog.getPartition(stream.locator)
    if (previous === null) throw new Error('The race has no partition')
    const until = next.streamPosition ?? 0
    const deltas = catalog.listPartitionDeltas(previous, { lastStreamPosition: until, ascendingOrder: true }).allItems()
    const last = deltas.at(-1)?.locator.streamPosition
    if (last !== undefined && last !== null) {
      const records = catalog.readPartition(previous, { until: last })
      const staged = catalog.stageDelta(records, next, { deltaType: 'append' })
      // As DeltaCAT's compactor: at the position up to which it compacted, so that whatever came later is late.
      catalog.commitDelta(mergeDeltas([staged], { streamPosition: last }))
    }
    // Long enough for others to come between.
    sleep(15)
    // In place, late deltas are carried over; without `previousPartition` they are a conflict.
    const committed = catalog.commitPartition(next, style === 'in-place' ? { previousPartition: previous } : {})
    say({ replaced: previous.locator.partitionId, by: committed.locator.partitionId })
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    say({ refused: error.code, message: error.message })
    if (error.code !== 'conflict') throw error
  }
  sleep(5)
} while (!existsSync(stop))
catalog.close()
