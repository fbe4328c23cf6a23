// Commits deltas to a partition that others write to and replace meanwhile, and says what was acknowledged.
import { CatalogError, openCatalog } from '../../../src/catalog/index.ts'
import { say } from './say.ts'

const [path = '', writer = '', count = '', style = ''] = process.argv.slice(2)
const catalog = openCatalog(path, { busyTimeout: 120_000 })
const stream = catalog.getStream('race', 'events')
if (stream === null) throw new Error('The race has no stream')

for (let n = 0; n < Number(count); ) {
  try {
    const partition = catalog.getPartition(stream.locator)
    if (partition === null) throw new Error('The race has no partition')
    const rows = [{ writer: Number(writer), n }]
    const stage = () => catalog.stageDelta(rows, partition, { deltaType: 'append' })
    const delta =
      style === 'together' ? catalog.transaction(() => catalog.commitDelta(stage())) : catalog.commitDelta(stage())
    say({ acknowledged: n, position: delta.locator.streamPosition, partition: partition.locator.partitionId })
    n += 1
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    say({ refused: error.code, message: error.message })
    if (error.code !== 'conflict') throw error
  }
}
catalog.close()
