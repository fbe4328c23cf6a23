import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import { type Catalog, openCatalog, type Partition, seededClock } from '../../src/catalog/index.ts'
import { digestText } from '../../src/catalog/model/locators.ts'
import { hold, type Outcome, timed } from '../contest.ts'
import { makeShop, threeRows } from '../shop.ts'

const START = Date.UTC(2024, 2, 1, 12)
const SMALL = 10
const SIZES = [1_000, 100_000, 1_000_000]
const READS = { rounds: 15, iterations: 200 }
const WRITES = { rounds: 15, iterations: 20 }

/** The same call on a catalog of ten deltas and on bigger ones, all of their deltas in one partition. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  using small = new Filled(join(folder, 'small.db'), SMALL)
  for (const size of SIZES) {
    const path = join(folder, `${size}.db`)
    const big = new Filled(path, size)
    yield await hold({
      work: `10 deltas out of ${size.toLocaleString('en')} in the catalog`,
      rival: `the same call at ${SMALL}`,
      atMost: 5,
      note: big.note,
      ...READS,
      ours: () => big.tenDeltas(),
      theirs: () => small.tenDeltas(),
    })
    if (size === SIZES.at(-1)) yield* writes(big, small)
    big[Symbol.dispose]()
    rmSync(path)
  }
}

async function* writes(big: Filled, small: Filled): AsyncGenerator<Outcome, void> {
  const rival = `the same call at ${SMALL}`
  const work = `a delta in a catalog of ${SIZES.at(-1)?.toLocaleString('en')}`
  yield await hold({
    work: `stage ${work}`,
    rival,
    atMost: 2,
    ...WRITES,
    ours: () => big.stage(),
    theirs: () => small.stage(),
  })
  yield await hold({
    work: `commit ${work}`,
    rival,
    atMost: 2,
    ...WRITES,
    ours: () => big.commit(),
    theirs: () => small.commit(),
  })
}

/** A catalog with one partition of so many deltas. */
class Filled implements Disposable {
  readonly note: string
  private readonly catalog: Catalog
  private readonly partition: Partition
  private readonly cleaner: Driver.Database
  private readonly middle: number
  private readonly size: number
  private readonly records = threeRows()
  private writes = 0

  constructor(path: string, size: number) {
    this.size = size
    makeShop({ tables: 1, partitionsPerTable: 1, deltasPerPartition: 1 }, path).close()
    this.cleaner = new Driver(path)
    this.cleaner.pragma('synchronous = OFF')
    this.cleaner.pragma('foreign_keys = OFF')
    fill(this.cleaner, size)
    this.catalog = openCatalog(path, { clock: seededClock(START + 2 * size) })
    const [partition] = this.catalog.listPartitions('shop', 'table0')
    this.partition = partition!
    this.middle = START + Math.max(0, Math.floor(size / 2) - 5)
    // The first writes make the indexes, once for the file.
    const first = timed(() => this.commit())
    this.note = `the file's first write made its indexes in ${(first.overriddenDuration / 1000).toFixed(2)} s`
    this.clean()
  }

  tenDeltas(): void {
    const range = { firstStreamPosition: this.middle, lastStreamPosition: this.middle + 9 }
    const { items } = this.catalog.listPartitionDeltas(this.partition, range)
    if (items.length !== 10) throw new Error(`${items.length} of ${this.size} deltas were listed`)
  }

  stage() {
    this.tidy()
    return timed(() => this.catalog.stageDelta(this.records, this.partition))
  }

  commit() {
    this.tidy()
    const staged = this.catalog.stageDelta(this.records, this.partition)
    return timed(() => this.catalog.commitDelta(staged))
  }

  [Symbol.dispose](): void {
    this.catalog.close()
    this.cleaner.close()
  }

  // The small one must stay small.
  private tidy(): void {
    this.writes += 1
    if (this.writes % 10 === 0) this.clean()
  }

  private clean(): void {
    this.cleaner.prepare(`DELETE FROM deltas WHERE rowid > ?`).run(this.size)
  }
}

/** Copies the one delta that is there to `size` positions from {@link START} on, with ids of their own. */
function fill(driver: Driver.Database, size: number): void {
  const row = driver.prepare('SELECT partition_locator AS owner, value FROM deltas').get() as Record<string, string>
  const { owner = '', value = '' } = row
  const delta = JSON.parse(value) as { deltaLocator: { streamPosition: number }; manifest: { id: string } }
  driver.exec('DELETE FROM deltas')
  const copy = driver.prepare(`
    WITH RECURSIVE copies(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM copies WHERE number + 1 < @size)
    INSERT INTO deltas SELECT @prefix || (@start + number), @owner,
      replace(replace(@value, @position, @start + number), @manifest, printf('%s%08x', @id, number)) FROM copies`)
  const { manifest, deltaLocator } = delta
  copy.run({
    size,
    prefix: `${digestText(owner)}|`,
    start: BigInt(START),
    owner,
    value,
    position: String(deltaLocator.streamPosition),
    manifest: manifest.id,
    id: manifest.id.slice(0, -8),
  })
}
