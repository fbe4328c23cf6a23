import { join } from 'node:path'
import { type Catalog, openCatalog } from '../../src/catalog/index.ts'
import { emptyIndex } from '../../src/fixtures/fixture-index.ts'
import { openCopy, removeCopy, removeWorkerFolder } from '../../src/vitest-plugin/provision.ts'
import { hold, type Outcome, timed } from '../contest.ts'
import { makeShop, threeRows } from '../shop.ts'
import { standInForWorker } from '../worker.ts'
import { startPython } from './python.ts'

const python = startPython()
const LISTED = 200

export const versions = () => python.ask<Record<string, string>>('mock.versions')

/**
 * The storage's calls against DeltaCAT's own SQLite mock. Ours on a catalog as a test has it, a copy of a template that
 * is in memory until somebody asks for its file; the mock on a file, as it comes. Both are warm: a round is 100 calls.
 */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  yield await setUp(folder)
  const key = 'small'
  // The mock as it comes: it waits for the disk at each commit, which ours leaves out (a test's file need not outlive
  // a power cut).
  await python.ask('mock.open_with_deltas', { key, path: join(folder, 'mock.db'), deltas: 0 })
  standInForWorker()
  const catalog = copyOf(emptyShop())
  const [partition] = catalog.listPartitions('shop', 'orders').items
  const records = threeRows()
  const rival = "DeltaCAT's SQLite mock"
  const often = { rounds: 21, iterations: 100 }

  yield await hold({
    work: 'stage a delta of 3 x 5 cells',
    rival,
    atMost: 1 / 10,
    ...often,
    ours: () => catalog.stageDelta(records, partition!),
    theirs: python.side('mock.stage', { key }),
  })
  yield await hold({
    work: 'commit it',
    rival,
    atMost: 1 / 20,
    ...often,
    ours() {
      const staged = catalog.stageDelta(records, partition!)
      return timed(() => catalog.commitDelta(staged))
    },
    theirs: python.side('mock.commit', { key }, 'mock.stage'),
  })

  const committed = catalog.commitDelta(catalog.stageDelta(records, partition!))
  yield await hold({
    work: 'download it',
    rival,
    atMost: 1 / 8,
    ...often,
    ours: () => catalog.downloadDelta(committed),
    theirs: python.side('mock.download', { key }),
  })
  await python.ask('mock.close', { key })
  removeCopy(catalog)

  await python.ask('mock.open_with_deltas', { key, path: join(folder, 'list.db'), deltas: LISTED })
  const shop = copyOf(makeShop({ tables: 1, partitionsPerTable: 1, deltasPerPartition: LISTED }))
  const [listed] = shop.listPartitions('shop', 'table0')
  yield await hold({
    work: `list ${LISTED} deltas`,
    rival,
    atMost: 1 / 5,
    ...often,
    ours: () => shop.listPartitionDeltas(listed!).allItems(),
    theirs: python.side('mock.list_deltas', { key, count: LISTED }),
  })
  removeCopy(shop)
  removeWorkerFolder()
}

/** A table with a partition and no delta. */
function emptyShop(): Catalog {
  const catalog = openCatalog(':memory:')
  catalog.createNamespace('shop')
  catalog.commitPartition(catalog.stagePartition(catalog.createTableVersion('shop', 'orders')))
  return catalog
}

/** A test's own copy of a catalog. */
function copyOf(template: Catalog): Catalog {
  using closing = template
  return openCopy({ bytes: closing.serialize(), index: emptyIndex, files: [] }, 'deterministic')
}

async function setUp(folder: string): Promise<Outcome> {
  standInForWorker()
  using shop = makeShop({ tables: 3, partitionsPerTable: 2, deltasPerPartition: 4 })
  const template = { bytes: shop.serialize(), index: emptyIndex, files: [] }
  const size = { tables: 3, partitions_per_table: 2, deltas_per_partition: 4 }
  const outcome = await hold({
    work: 'set-up of 3 tables, 6 partitions, 24 deltas',
    rival: "DeltaCAT's SQLite mock building it",
    atMost: 1 / 300,
    rounds: 11,
    iterations: 5,
    ours() {
      const catalog = openCopy(template, 'deterministic')
      catalog.getNamespace('shop')
      removeCopy(catalog)
    },
    theirs: python.side('mock.build', { path: join(folder, 'mock.db'), ...size }),
  })
  removeWorkerFolder()
  return outcome
}
