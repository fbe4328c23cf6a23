import { describe, expect, it } from 'vitest'
import { seed } from '../chance.ts'
import { config, majors, makeProject, type Project, statesOf, surprises } from './harness.ts'

const pools = [
  { pool: 'forks', isolate: true },
  { pool: 'forks', isolate: false },
  { pool: 'threads', isolate: true },
  { pool: 'threads', isolate: false },
  { pool: 'vmThreads' },
  { pool: 'vmForks' },
] as const

const FILES = 5
const TESTS = 100

// What a catalog holds. Namespaces are enough: what is shared at all shows in them.
const names = `
export const names = (catalog) => catalog.listNamespaces().allItems().map(({ locator }) => locator.namespace)
`

const crowd = (file: number): string => `
import { describe } from 'vitest'
import { test } from 'vitest-deltacat/test'
import { names } from './names.ts'

test.override({ source: './shop.deltacat.yaml' })

describe.concurrent('crowd ${file}', () => {
  test.for(Array.from({ length: ${TESTS} }, (_, number) => number))('%i', async (number, { catalog, expect }) => {
    const own = 'n${file}_' + number
    catalog.createNamespace(own)
    await new Promise((resolve) => setTimeout(resolve, number % 7))
    expect(names(catalog)).toEqual(['shop', own])
    catalog.createNamespace(own + '_again')
    await null
    expect(names(catalog)).toEqual(['shop', own, own + '_again'])
  })
})
`

const files = {
  'names.ts': names,
  'shop.deltacat.yaml': 'namespaces: { shop: {} }\n',
  'other.deltacat.yaml': 'namespaces: { other: {} }\n',
  ...Object.fromEntries(Array.from({ length: FILES }, (_, file) => [`crowd-${file}.test.ts`, crowd(file)])),
  'orders.deltacat.yaml': `
schemas: { orders: { id: int64!, total: 'decimal(12,2)', tags: list<string>, at: 'timestamp[us, UTC]' } }
namespaces:
  shop:
    tables:
      orders:
        schema: orders
        primaryKeys: [id]
        deltas:
          - { label: seed, rows: [{ id: 1, total: 10.50, tags: [a, b], at: 2024-02-29T23:59:59.123456Z }, { id: 2 }] }
          - { label: fix, type: upsert, rows: [{ id: 2, total: 1.00 }] }
expected:
  now: { of: shop.orders/-, rows: [{ id: 1, total: 10.50, tags: [a, b], at: 2024-02-29T23:59:59.123456Z }, { id: 2, total: 1.00 }] }
`,
  'records.test.ts': `
import { tableFromArrays } from 'apache-arrow'
import { openCatalog, tableFromRows } from 'vitest-deltacat'
import { test } from 'vitest-deltacat/test'

test.override({ source: './orders.deltacat.yaml' })

test('records of every kind', ({ catalog, fixture, expect }) => {
  const partition = fixture.partition('shop.orders/-')
  expect(partition).toHaveRecords('now')
  const rows = [{ id: 3, total: 2.5, at: new Date('2024-03-01T00:00:00Z'), tags: ['c'] }]
  const delta = catalog.stageDelta(rows, partition)
  expect(delta).toBeStaged()
  expect(catalog.commitDelta(delta)).toHaveRecords([{ id: 3n, total: '2.50', at: '2024-03-01T00:00:00Z', tags: expect.any(Array) }])
  expect({ delta }).toEqual({ delta: expect.toHaveRecordCount(1) })
  expect(partition).toHaveRecordCount(3)
  const table = tableFromArrays({ id: [7, 8] })
  expect(table).toHaveRecords([{ id: 8 }, { id: 7 }])
  expect(catalog.readPartition(partition)).toContainRecords([{ id: 1, total: '10.50' }], { columns: 'subset' })
  expect(tableFromRows([{ id: 1 }])).toHaveRecords([{ id: 1 }])
  expect(() => expect(delta).toHaveRecords([{ id: 4 }])).toThrow('shop.orders/-#2: 1 row')
  const other = openCatalog(catalog.path, { readonly: true })
  expect(other.getLatestDelta('shop', 'orders')).toHaveRecordCount(1)
  other.close()
})
test('a whole catalog', ({ catalog, expect }) => {
  expect(catalog).toMatchFixture('./orders.deltacat.yaml')
  expect(() => expect(catalog).toMatchFixture('./shop.deltacat.yaml')).toThrow('the catalog differs from')
})
`,
  // Named so that without isolation it runs in a worker that has had files with overrides before.
  'without-override.test.ts': `
import { describe } from 'vitest'
import { test } from 'vitest-deltacat/test'
import { names } from './names.ts'

describe('no source', () => {
  test('is an empty catalog', ({ catalog, expect }) => {
    expect(names(catalog)).toEqual([])
  })
  describe('but one for this describe', () => {
    test.override({ source: './other.deltacat.yaml' })
    test('holds here', ({ catalog, expect }) => {
      expect(names(catalog)).toEqual(['other'])
    })
  })
  test.extend('source', new URL('./shop.deltacat.yaml', import.meta.url))('or for one test', ({ catalog, expect }) => {
    expect(names(catalog)).toEqual(['shop'])
  })
})
`,
  'attempts.test.ts': `
import { test } from 'vitest-deltacat/test'
import { names } from './names.ts'

test.override({ source: './shop.deltacat.yaml' })

const paths = new Set()
let attempt = 0
test('a retry is fresh', { retry: 2 }, ({ catalog, expect }) => {
  attempt += 1
  expect(names(catalog)).toEqual(['shop'])
  paths.add(catalog.path)
  catalog.createNamespace('attempt')
  expect(attempt).toBe(3)
})
test('a repeat is fresh', { repeats: 2 }, ({ catalog, expect }) => {
  expect(names(catalog)).toEqual(['shop'])
  paths.add(catalog.path)
  catalog.createNamespace('repeat')
})
test('each on a path of its own', ({ catalog, expect }) => {
  expect(paths.size).toBe(6)
  expect(paths).not.toContain(catalog.path)
})
test.fails('a failure that is expected', ({ catalog, expect }) => {
  expect(names(catalog)).toEqual(['nothing'])
})
test('a timeout', { timeout: 30 }, async ({ catalog }) => {
  catalog.createNamespace('late')
  await new Promise((resolve) => setTimeout(resolve, 300))
})
test('the next after it', ({ catalog, expect }) => {
  expect(names(catalog)).toEqual(['shop'])
})
test('asks for none', ({ expect }) => {
  expect(1).toBe(1)
})
`,
}

const expected: Readonly<Record<string, string>> = Object.fromEntries([
  ...Array.from({ length: FILES * TESTS }, (_, index) => [
    `crowd ${Math.floor(index / TESTS)} ${index % TESTS}`,
    'passed',
  ]),
  ['no source is an empty catalog', 'passed'],
  ['no source but one for this describe holds here', 'passed'],
  ['no source or for one test', 'passed'],
  ['a retry is fresh', 'passed'],
  ['a repeat is fresh', 'passed'],
  ['each on a path of its own', 'passed'],
  ['a failure that is expected', 'passed'],
  ['a timeout', 'failed'],
  ['the next after it', 'passed'],
  ['asks for none', 'passed'],
  ['records of every kind', 'passed'],
  ['a whole catalog', 'passed'],
])

describe.for(majors)(`Vitest %i (seed ${seed})`, (major) => {
  const project = lazily(() => makeProject(major, files))

  it.for(pools)('isolates 500 concurrent tests and leaves nothing: %o', async ({ pool, ...options }) => {
    project().write({
      'vitest.config.ts': config({ pool, ...options, maxWorkers: 2, sequence: { seed, shuffle: { files: true } } }),
    })
    const run = await project().run()
    expect(surprises(run, expected)).toEqual({})
    expect(run.leftInTmp).toEqual([])
    expect(keptOf(project())).toEqual(['attempts.test.ts/a-timeout-1.db'])
  })

  it('runs the tests of a file in any order, and a shard of the files', async () => {
    project().write({
      'vitest.config.ts': config({ maxWorkers: 2, sequence: { seed, shuffle: { tests: true, files: true } } }),
    })
    const shards = [
      await project().run(['--shard=1/2', 'crowd', 'without']),
      await project().run(['--shard=2/2', 'crowd', 'without']),
    ]
    const states: Record<string, string> = Object.assign({}, ...shards.map(({ report }) => statesOf(report)))
    const others = Object.entries(expected).filter(([name]) => /^(crowd|no source)/.test(name))
    expect(Object.keys(states).sort()).toEqual(others.map(([name]) => name).sort())
    expect(shards.map((shard) => surprises(shard, statesOf(shard.report)))).toEqual([{}, {}])
    expect(shards.map(({ leftInTmp }) => leftInTmp)).toEqual([[], []])
  })

  it('leaves nothing after a worker that died', async () => {
    project().write({
      'vitest.config.ts': config({ pool: 'forks', maxWorkers: 2 }),
      'dies.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test('dies', ({ catalog }) => {
  catalog.createNamespace('last')
  process.kill(process.pid, 'SIGKILL')
})
`,
    })
    const run = await project().run(['dies', 'without'])
    project().remove('dies.test.ts')
    expect(run.code).toBe(1)
    expect(statesOf(run.report)).toMatchObject({ 'no source is an empty catalog': 'passed' })
    expect(run.leftInTmp).toEqual([])
  })

  it('needs no plugin', async () => {
    project().write({ 'vitest.config.ts': 'export default { test: { maxWorkers: 2, testTimeout: 600_000 } }\n' })
    for (const pool of ['forks', 'threads', 'vmThreads']) {
      for (const isolate of pool === 'vmThreads' ? [true] : [true, false]) {
        const run = await project().run([
          `--pool=${pool}`,
          `--isolate=${isolate}`,
          'attempts',
          'without',
          'crowd-1',
          'records',
        ])
        const states = Object.entries(expected).filter(([name]) => !/^crowd [^1]/.test(name))
        expect(surprises(run, Object.fromEntries(states))).toEqual({})
        expect(run.leftInTmp, `${pool}, isolate ${isolate}`).toEqual([])
        expect(keptOf(project())).toEqual(['attempts.test.ts/a-timeout-1.db'])
      }
    }
  })
})

// The kept catalogs, without the part of their name that a task's id makes.
function keptOf(project: Project): string[] {
  return project
    .list('.vitest/deltacat')
    .filter((path) => path.endsWith('.db'))
    .map((path) => path.replace(/-[0-9a-f]{8}-(\d+\.db)$/, '-$1'))
}

function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}
