// Makes calls of every kind on one file until it is killed, and says after each what it did.
import { createHash, randomBytes } from 'node:crypto'
import { openCatalog } from '../../../src/catalog/index.ts'
import { randomFrom } from '../../random.ts'
import { say } from './say.ts'

const [path = '', seed = ''] = process.argv.slice(2)
const random = randomFrom(Number(seed))
const catalog = openCatalog(path, { busyTimeout: 60_000 })
catalog.createNamespace('kill')
const stream = catalog.getStream('kill', 'events') ?? catalog.createTableVersion('kill', 'events')
const locator = stream.locator

let count = 0
function rows(): { n: number; text: string }[] {
  count += 1
  return Array.from({ length: 1 + random.int(30) }, (_, n) => ({ n, text: `${seed} ${count} ${n}` }))
}

// Records that don't compress, more of them than SQLite's cache holds: such a transaction writes to the file long
// before it commits, and so is the likeliest to be hit in the middle of its writes.
const large = [1, 2, 3, 4].map(() =>
  Array.from({ length: 6 }, () => {
    const bytes = randomBytes(200_000)
    return { bytes, sha1: createHash('sha1').update(bytes).digest('hex') }
  }),
)

function current() {
  return catalog.getPartition(locator) ?? catalog.commitPartition(catalog.stagePartition(stream))
}

const calls: readonly (() => void)[] = [
  function commitDeltas() {
    const delta = catalog.stageDelta(rows(), current(), { deltaType: 'append', maxRecordsPerEntry: 7 })
    say({ staged: delta.manifest?.id })
    catalog.commitDelta(delta)
    say({ committed: delta.manifest?.id })
  },
  function commitTogether() {
    const group = `${seed} ${count}`
    const ids = catalog.transaction(() =>
      [1, 2, 3].map(() => {
        const delta = catalog.stageDelta(rows(), current(), { deltaType: 'append', properties: { group } })
        return catalog.commitDelta(delta).manifest?.id
      }),
    )
    for (const id of ids) say({ committed: id })
  },
  function replacePartition() {
    const previous = current()
    const next = catalog.stagePartition(stream)
    catalog.commitDelta(catalog.stageDelta(rows(), next, { deltaType: 'append' }))
    catalog.commitPartition(next, { previousPartition: previous })
    say({ replaced: previous.locator.partitionId, by: next.locator.partitionId })
  },
  function replaceVersion() {
    // In one transaction, so that the new records overwrite the pages of the old ones, which count until it commits.
    const table = `short lived ${random.int(2)}`
    const deleted = catalog.tableExists('kill', table) ? catalog.getStream('kill', table)?.locator.streamId : undefined
    catalog.transaction(() => {
      if (deleted !== undefined) catalog.deleteStream('kill', table)
      const version = catalog.createTableVersion('kill', table)
      const partition = catalog.commitPartition(catalog.stagePartition(version))
      for (const records of large) {
        catalog.commitDelta(catalog.stageDelta(records, partition, { deltaType: 'append', maxRecordsPerEntry: 2 }))
      }
    })
    say({ deleted })
  },
]

say({ ready: true })
for (;;) random.pick([...calls, ...calls.slice(-1), ...calls.slice(-1)])()
