import { describe, expect, it, vi } from 'vitest'
import type { Catalog } from '../../src/catalog/index.ts'
import { openCatalog } from '../../src/catalog/index.ts'
import { backends, errorOf } from './backends.ts'
import { Database, query, tamper } from './raw.ts'
import { commitIds, committedPartition, positionsOf, shopIn, stageIds } from './shop.ts'

const { open } = backends[0] as (typeof backends)[number]

function indexesOf(catalog: Catalog): readonly string[] {
  const rows = query<{ name: string }>(
    catalog,
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
  )
  return rows.map(({ name }) => name)
}

function fill(catalog: Catalog, count: number) {
  const partition = committedPartition(catalog, shopIn(catalog))
  catalog.transaction(() => {
    for (let index = 0; index < count; index += 1) catalog.commitDelta(catalog.stageDelta(null, partition))
  })
  return partition
}

describe('the indexes', () => {
  it('are made when a partition has many deltas', () => {
    const catalog = open()
    const partition = fill(catalog, 64)
    expect(indexesOf(catalog)).toEqual([])
    stageIds(catalog, partition, 1)
    expect(indexesOf(catalog)).toEqual(['vitest_deltacat_manifests', 'vitest_deltacat_positions'])
  })

  it('are made when a stream has many partitions', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    catalog.transaction(() => {
      for (let index = 0; index < 65; index += 1) committedPartition(catalog, stream, [String(index)])
    })
    expect(indexesOf(catalog)).toEqual(['vitest_deltacat_values'])
    expect(catalog.getPartition(stream.locator, ['17'])?.locator.partitionValues).toEqual(['17'])
    expect(catalog.getPartition(stream.locator, ['70'])).toBeNull()
    const replaced = committedPartition(catalog, stream, ['17'])
    expect(catalog.getPartition(stream.locator, ['17'])).toEqual(replaced)
  })

  it('go with a transaction that is rolled back, and come again', () => {
    const catalog = open()
    const partition = fill(catalog, 64)
    const undone = () =>
      catalog.transaction(() => {
        stageIds(catalog, partition, 1)
        throw new Error('no')
      })
    expect(undone).toThrow('no')
    expect(indexesOf(catalog)).toEqual([])
    commitIds(catalog, partition, 1)
    expect(indexesOf(catalog)).toHaveLength(2)
    expect(positionsOf(catalog, partition)).toHaveLength(65)
  })

  it('change no answer: with them and without, every list and look-up gives the same', () => {
    const first = open()
    const partition = fill(first, 100)
    const staged = [1, 2, 3].map((id) => stageIds(first, partition, id))
    const committed = first.getLatestDelta('shop', 'orders', { includeManifest: true })!
    const answers = (catalog: Catalog) => ({
      all: positionsOf(catalog, partition),
      descending: catalog.listPartitionDeltas(partition, { pageSize: 7 }).allItems(),
      range: catalog.listDeltas('shop', 'orders', { firstStreamPosition: 1_700_000_000_020, pageSize: 3 }).items,
      staged: catalog.listStagedDeltas(partition).allItems(),
      latest: catalog.getLatestDelta('shop', 'orders'),
      twice: errorOf(() => catalog.commitDelta(committed)).message,
      next: stageIds(catalog, partition, 9).locator.streamPosition,
      states: staged.map((delta) => catalog.stateOf(delta)),
    })
    const bare = tamper(first, (database) => {
      database.exec('DROP INDEX vitest_deltacat_positions; DROP INDEX vitest_deltacat_manifests')
    })
    using readonly = openCatalog(bare.path, { readonly: true })
    expect(positionsOf(readonly, partition)).toHaveLength(100)
    expect(indexesOf(bare)).toEqual([])
    const { next: nextWithout, ...without } = answers(bare)
    expect(indexesOf(bare)).toHaveLength(2)
    const { next, ...rest } = answers(first)
    expect(without).toEqual(rest)
    for (const position of [next, nextWithout]) {
      expect(position).toBeGreaterThan(staged.at(-1)?.locator.streamPosition as number)
    }
  })

  it('are used by every query whose time they are for', () => {
    const catalog = open()
    const partition = fill(catalog, 65)
    const stream = catalog.getStream('shop', 'orders')!
    catalog.transaction(() => {
      for (let index = 0; index < 65; index += 1) catalog.stagePartition(stream, [String(index)])
    })
    const plans = plansOf(catalog.path, (catalog) => {
      const delta = stageIds(catalog, partition, 1)
      catalog.commitDelta(delta)
      catalog.getLatestDelta('shop', 'orders')
      catalog.listPartitionDeltas(partition, { firstStreamPosition: 5, pageSize: 10 })
      catalog.listStagedDeltas(partition, { pageSize: 10 })
      catalog.getPartition(stream.locator, ['3'])
      catalog.getDelta('shop', 'orders', 5)
    })
    expect(plans.filter(({ plan }) => /SCAN|TEMP B-TREE/.test(plan))).toEqual([])
    expect(plans.length).toBeGreaterThanOrEqual(8)
  })
})

/** The query plans of every statement on deltas or partitions that a freshly opened catalog runs. */
function plansOf(
  path: string,
  work: (catalog: Catalog) => void,
): readonly { readonly sql: string; readonly plan: string }[] {
  const seen = new Set<string>()
  const prepare = vi.spyOn(Database.prototype, 'prepare')
  {
    using catalog = openCatalog(path)
    work(catalog)
  }
  for (const [sql] of prepare.mock.calls) seen.add(sql)
  prepare.mockRestore()
  const database = new Database(path)
  const plans = [...seen]
    .filter((sql) => /\b(FROM|UPDATE) (deltas|partitions)\b/.test(sql))
    .map((sql) => {
      const parameters = Array<null>(sql.split('?').length - 1).fill(null)
      const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]
      return { sql, plan: rows.map(({ detail }) => detail).join('; ') }
    })
  database.close()
  return plans
}
