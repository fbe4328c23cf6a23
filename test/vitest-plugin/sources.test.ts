import { existsSync } from 'node:fs'
import Driver from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/catalog.ts'
import { config, majors, makeProject, surprises } from './harness.ts'

const files = {
  'names.ts': `
export const names = (catalog) => catalog.listNamespaces().allItems().map(({ locator }) => locator.namespace)
`,
  'fixtures/shop.deltacat.yaml': `
params: { rows: 1 }
namespaces:
  shop:
    tables:
      orders:
        deltas:
          - { label: bulk, count: { $param: rows }, generate: { id: { seq: 1 } } }
`,
  'fixtures/late.deltacat.yaml': 'clock: 2030-01-01T00:00:00Z\nnamespaces: { late: {} }\n',
  'shared/test.ts': `
import { test as base } from 'vitest'
import { withCatalog } from 'vitest-deltacat/test'
export const test = withCatalog(base.extend({ port: 80 }))
test.override({ source: new URL('../fixtures/shop.deltacat.yaml', import.meta.url) })
`,
  'kinds.test.ts': `
import { describe } from 'vitest'
import { test } from 'vitest-deltacat/test'
import { names } from './names.ts'
import shop from './fixtures/shop.deltacat.yaml'
import * as shopModule from './fixtures/shop.deltacat.yaml'

const sources = {
  'a path': './fixtures/shop.deltacat.yaml',
  'a path without a dot': 'fixtures/shop.deltacat.yaml',
  'an absolute path': new URL('./fixtures/shop.deltacat.yaml', import.meta.url).pathname,
  'a URL': new URL('./fixtures/shop.deltacat.yaml', import.meta.url),
  'an import': shop,
  'a whole import': shopModule,
  'an object': { namespaces: { shop: {} } },
  'a .db': './shop.db',
  'a .db under a write-ahead log': './wal.db',
}
for (const [kind, source] of Object.entries(sources)) {
  test.extend('source', source)('from ' + kind, ({ catalog, expect }) => {
    expect(names(catalog)).toEqual(['shop'])
    catalog.createNamespace('mine')
  })
}

describe('a parameter', () => {
  test.override({ source: './fixtures/shop.deltacat.yaml' })
  test('has its default', ({ fixture, expect }) => {
    expect(fixture.delta('shop.orders/-#bulk')).toHaveRecordCount(1)
  })
  describe('overridden', () => {
    test.override({ params: { rows: 3 } })
    test('has another value', ({ fixture, expect }) => {
      expect(fixture.delta('shop.orders/-#bulk')).toHaveRecordCount(3)
    })
  })
})

describe('files of an inline fixture', () => {
  test.override({ source: { include: ['./fixtures/schemas.deltacat.yaml'], namespaces: { shop: { tables: { orders: { schema: 'orders' } } } } } })
  test('are relative to the test', ({ catalog, expect }) => {
    expect(catalog.getTableVersion('shop', 'orders', '1')).toHaveSchema({ id: 'int64!' })
  })
})
`,
  'classes.test.ts': `
import { describe } from 'vitest'
import { test } from 'vitest-deltacat/test'
class Tags {
  #tags
  first = () => this.#tags[0]
  constructor(...tags) { this.#tags = tags }
  [Symbol.iterator]() { return this.#tags[Symbol.iterator]() }
}
const fixture = (tags) => ({
  namespaces: { shop: { tables: { orders: { schema: { tags: 'list<string>' }, deltas: [[{ tags }]] } } } },
})
describe.for([['a', 'b'], ['c']])('an inline fixture of %s', (tags) => {
  test.override({ source: fixture(new Tags(...tags)) })
  test('has what a class of its own holds', ({ fixture, expect }) => {
    expect(fixture.rows('shop.orders')).toEqual([{ tags }])
  })
})
describe('an inline fixture that holds itself', () => {
  const itself = fixture([])
  itself.namespaces.shop.tables.itself = itself.namespaces
  test.override({ source: itself })
  test('is told', ({ catalog }) => void catalog)
})
`,
  'fixtures/schemas.deltacat.yaml': 'schemas: { orders: { id: int64! } }\n',
  'shared.test.ts': `
import { test } from './shared/test.ts'
import { names } from './names.ts'
test('beside a context of its own', ({ port, catalog, fixture, expect }) => {
  expect([port, names(catalog), fixture.index.entities.length > 0]).toEqual([80, ['shop'], true])
})
`,
  'clock.test.ts': `
import { describe } from 'vitest'
import { test } from 'vitest-deltacat/test'

const seen = []
const stage = (catalog) => {
  catalog.createNamespace('mine')
  const partition = catalog.commitPartition(catalog.stagePartition(catalog.createTableVersion('mine', 'orders' + catalog.listTables('mine').items.length)))
  return [catalog.stageDelta([{ id: 1 }], partition).locator.streamPosition, partition.locator.partitionId]
}
describe.for([1, 2])('time %i', () => {
  test('is the same in every test', ({ catalog, expect }) => {
    seen.push(stage(catalog))
    expect(seen.at(-1)[0]).toBeGreaterThanOrEqual(Date.UTC(2024, 0, 1))
    expect(seen.at(-1)[0]).toBeLessThan(Date.UTC(2024, 0, 1) + 100)
    expect(seen.at(-1)).toEqual(seen[0])
  })
})
describe('after a fixture', () => {
  test.override({ source: './fixtures/late.deltacat.yaml' })
  test('goes on', ({ catalog, expect }) => {
    expect(stage(catalog)[0]).toBeGreaterThan(Date.UTC(2030, 0, 1))
    expect(stage(catalog)[0]).toBeLessThan(Date.UTC(2030, 0, 1) + 100)
  })
})
describe('of the system', () => {
  test.override({ source: './fixtures/late.deltacat.yaml', clock: 'system' })
  test('is now', ({ catalog, expect }) => {
    const before = Date.now()
    const [position, id] = stage(catalog)
    expect(position).toBeGreaterThanOrEqual(before)
    expect(position).toBeLessThanOrEqual(Date.now() + 1)
    expect(id).not.toBe(seen[0][1])
  })
})
describe('ids after a .db', () => {
  test.override({ source: './kept.db' })
  test('are new ones', ({ catalog, expect }) => {
    expect(catalog.listNamespaces().items.length).toBeGreaterThan(0)
    const [, id] = stage(catalog)
    expect(id).not.toBe(seen[0][1])
  })
})
`,
  'process.test.ts': `
import { execFileSync } from 'node:child_process'
import { test } from 'vitest-deltacat/test'
test.override({ source: './fixtures/shop.deltacat.yaml' })
test('another process reads and writes the file meanwhile', ({ catalog, expect }) => {
  catalog.createNamespace('mine')
  const code = \`
    import { openCatalog } from 'vitest-deltacat'
    const catalog = openCatalog(process.argv[1])
    console.log(catalog.listNamespaces().items.map(({ locator }) => locator.namespace).join())
    catalog.createNamespace('theirs')
    catalog.close()
  \`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code, catalog.path], { encoding: 'utf8' })
  expect(output).toBe('shop,mine\\n')
  expect(catalog.namespaceExists('theirs')).toBe(true)
})
`,
}

const expected = {
  'from a path': 'passed',
  'from a path without a dot': 'passed',
  'from an absolute path': 'passed',
  'from a URL': 'passed',
  'from an import': 'passed',
  'from a whole import': 'passed',
  'from an object': 'passed',
  'from a .db': 'passed',
  'from a .db under a write-ahead log': 'passed',
  'a parameter has its default': 'passed',
  'a parameter overridden has another value': 'passed',
  'files of an inline fixture are relative to the test': 'passed',
  'an inline fixture of a has what a class of its own holds': 'passed',
  'an inline fixture of c has what a class of its own holds': 'passed',
  'an inline fixture that holds itself is told': 'failed',
  'beside a context of its own': 'passed',
  'time 1 is the same in every test': 'passed',
  'time 2 is the same in every test': 'passed',
  'after a fixture goes on': 'passed',
  'of the system is now': 'passed',
  'ids after a .db are new ones': 'passed',
  'another process reads and writes the file meanwhile': 'passed',
}

describe.for(majors)('Vitest %i', (major) => {
  it('takes every kind of source, at every level', async () => {
    const project = makeProject(major, { ...files, 'vitest.config.ts': config() })
    const close = writeDatabases(project.folder)
    const run = await project.run()
    close()
    expect(surprises(run, expected)).toEqual({})
    expect(run.output).toContain('leave it out here: a fixture is data without cycles')
    expect(run.leftInTmp).toEqual([])
  })

  it('takes a source, parameters and a clock from the config, by project', async () => {
    const test = `
import { test } from 'vitest-deltacat/test'
test('inherits', ({ fixture, catalog, clock, expect }) => {
  const [delta] = catalog.listDeltas('shop', 'orders').items
  expect([delta && catalog.downloadDelta(delta)[0].numRows, clock]).toEqual(JSON.parse(process.env.EXPECTED))
})
test.extend('source', { namespaces: { own: {} } })('overrides', ({ catalog, expect }) => {
  expect(catalog.namespaceExists('own')).toBe(true)
})
`
    const project = makeProject(major, {
      'fixtures/shop.deltacat.yaml': files['fixtures/shop.deltacat.yaml'],
      'one/config.test.ts': test,
      'two/config.test.ts': test,
      'vitest.config.ts': `
import { defineConfig } from 'vitest/config'
import { deltacat } from 'vitest-deltacat/plugin'
const orders = { deltas: [{ rows: [{ id: 1 }, { id: 2 }] }] }
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [deltacat({ source: './fixtures/shop.deltacat.yaml', params: { rows: 5 } })],
        test: { name: 'one', include: ['one/*.test.ts'], testTimeout: 600_000, env: { EXPECTED: '[5,"deterministic"]' } },
      },
      {
        plugins: [deltacat({ source: { namespaces: { shop: { tables: { orders } } } }, clock: 'system' })],
        test: { name: 'two', include: ['two/*.test.ts'], testTimeout: 600_000, env: { EXPECTED: '[2,"system"]' } },
      },
    ],
  },
})
`,
    })
    const run = await project.run()
    expect(surprises(run, { inherits: 'passed', overrides: 'passed' })).toEqual({})
    expect(run.report.numPassedTests).toBe(4)
    expect(run.leftInTmp).toEqual([])
  })

  it('says which path it tried for a source that is not there, and what is near', async () => {
    const project = makeProject(major, {
      ...files,
      'vitest.config.ts': config(),
      'tests/absent.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './fixtures/shp.deltacat.yaml' })
test('absent', ({ catalog }) => void catalog)
`,
      'fixtures/broken.deltacat.yaml': 'namespaces:\n  shop: { tabels: {} }\n  shop: {}\n',
      'tests/broken.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: '../fixtures/broken.deltacat.yaml' })
test('broken', ({ catalog }) => void catalog)
`,
      'tests/number.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: 5 })
test('number', ({ catalog }) => void catalog)
`,
      'tests/deep/elsewhere.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './late.deltacat.yaml' })
test('elsewhere', ({ catalog }) => void catalog)
`,
      'tests/deep/other.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './quite-different.deltacat.yaml' })
test('other', ({ catalog }) => void catalog)
`,
      'tests/deep/near/one.deltacat.yaml': 'namespaces: {}\n',
      'tests/kind.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: '../package.json' })
test('kind', ({ catalog }) => void catalog)
`,
    })
    const run = await project.run(['tests/'])
    expect(run.output).toContain(` FAIL  tests/absent.test.ts > absent
FixtureError: There is no fixture <project>/tests/fixtures/shp.deltacat.yaml; did you mean "../fixtures/shop.deltacat.yaml"?
A source's path is relative to the test file. The fixtures nearby, as this test would name them:
  ./deep/near/one.deltacat.yaml
  ../fixtures/broken.deltacat.yaml
  ../fixtures/late.deltacat.yaml
  ../fixtures/schemas.deltacat.yaml
  ../fixtures/shop.deltacat.yaml
 ❯ source tests/absent.test.ts:3:25
`)
    expect(run.output).toContain(` FAIL  tests/deep/elsewhere.test.ts > elsewhere
FixtureError: There is no fixture <project>/tests/deep/late.deltacat.yaml; did you mean "../../fixtures/late.deltacat.yaml"?
A source's path is relative to the test file. The fixtures nearby, as this test would name them:
  ./near/one.deltacat.yaml
  ../../fixtures/broken.deltacat.yaml
  ../../fixtures/late.deltacat.yaml
  ../../fixtures/schemas.deltacat.yaml
  ../../fixtures/shop.deltacat.yaml
 ❯ source tests/deep/elsewhere.test.ts:3:25
`)
    expect(run.output).toContain(` FAIL  tests/deep/other.test.ts > other
FixtureError: There is no fixture <project>/tests/deep/quite-different.deltacat.yaml.
A source's path is relative to the test file. The fixtures nearby, as this test would name them:
  ./near/one.deltacat.yaml
  ../../fixtures/broken.deltacat.yaml
  ../../fixtures/late.deltacat.yaml
  ../../fixtures/schemas.deltacat.yaml
  ../../fixtures/shop.deltacat.yaml
 ❯ source tests/deep/other.test.ts:3:25
`)
    expect(run.output).toContain(` FAIL  tests/kind.test.ts > kind
FixtureError: <project>/package.json is no source: give the path of a .deltacat.yaml fixture, or of a catalog's .db file.
 ❯ source tests/kind.test.ts:3:25
`)
    expect(run.output).toContain(` FAIL  tests/broken.test.ts > broken
FixtureError: <project>/fixtures/broken.deltacat.yaml has 2 mistakes

fixtures/broken.deltacat.yaml:2:11 unknown-key at shop tabels
  'tabels' is no key of a namespace; did you mean 'tables'?
    1 | namespaces:
  > 2 |   shop: { tabels: {} }
      |           ^^^^^^
    3 |   shop: {}
  mend: write 'tables'

fixtures/broken.deltacat.yaml:3:3 duplicate-key at namespaces
  the key 'shop' is there twice in one map
    1 | namespaces:
    2 |   shop: { tabels: {} }
  > 3 |   shop: {}
      |   ^^^^
  mend: remove one of the two, or rename it
 ❯ shop fixtures/broken.deltacat.yaml:2:11
 ❯ fixture fixtures/broken.deltacat.yaml:3:3
`)
    expect(run.output).toContain(` FAIL  tests/number.test.ts > number
FixtureError: A source is the path of a .deltacat.yaml or .db file, a URL, an imported fixture, or a fixture as an object, not a number.
⎯`)
    project.rename('tests/absent.test.ts', 'absent.test.ts')
    const near = await project.run(['absent.test.ts'])
    expect(
      near.output,
    ).toContain(`FixtureError: There is no fixture <project>/fixtures/shp.deltacat.yaml; did you mean "./fixtures/shop.deltacat.yaml"?
A source's path is relative to the test file. The fixtures nearby, as this test would name them:
  ./fixtures/broken.deltacat.yaml
  ./fixtures/late.deltacat.yaml
  ./fixtures/schemas.deltacat.yaml
  ./fixtures/shop.deltacat.yaml
  ./tests/deep/near/one.deltacat.yaml
 ❯ source absent.test.ts:3:25
`)
  })

  it('finds what the packages of a workspace share, run in one of them or in all', async () => {
    const billing = `
import { test } from 'vitest-deltacat/test'
test.override({ source: new URL('../../shared/shop.deltacat.yaml', import.meta.url) })
test('shared', ({ fixture, expect }) => expect(fixture.rows('shop.orders')).toEqual([{ id: 1n }]))
test('expected', ({ fixture, expect }) => expect(fixture.table('shop.orders')).toHaveRecords('all'))
test.describe('own', () => {
  test.override({ source: './billing.deltacat.yaml' })
  test('own', ({ fixture, expect }) => expect(fixture.rows('shop.orders')).toEqual([{ id: 1n }]))
})
`
    const shop = (file: string, expected: string): string =>
      `namespaces: { shop: { tables: { orders: { deltas: [{ file: ${file} }] } } } }\n${expected}`
    const project = makeProject(major, {
      'package.json': '{ "type": "module", "workspaces": ["packages/*"] }',
      'shared/shop.deltacat.yaml': shop('orders.csv', 'expected: { all: { of: shop.orders, rows: [{ id: 2 }] } }\n'),
      'shared/orders.csv': 'id\n1\n',
      'packages/billing/package.json': '{ "type": "module" }',
      'packages/billing/vitest.config.ts': config(),
      'packages/billing/billing.deltacat.yaml': shop('../../shared/orders.csv', ''),
      'packages/billing/billing.test.ts': billing,
      'vitest.config.ts': config({ projects: ['packages/*'] }),
    })
    const states = { shared: 'passed', 'own own': 'passed' }
    const all = await project.run()
    expect(surprises(all, { ...states, expected: 'failed' })).toEqual({})
    const one = await project.run(['--root=packages/billing', '-u'])
    expect(surprises(one, { ...states, expected: 'passed' })).toEqual({})
    expect(project.read('shared/shop.deltacat.yaml')).toBe(
      shop('orders.csv', 'expected: { all: { of: shop.orders, rows: [{ id: 1 }] } }\n'),
    )
  })

  it("names the fixtures that a plugin's own source could mean as its options would", async () => {
    const project = makeProject(major, {
      'fixtures/shop.deltacat.yaml': 'namespaces: { shop: {} }',
      'tests/deep/one.test.ts': `
import { test } from 'vitest-deltacat/test'
test('nothing', ({ catalog }) => void catalog)
`,
      'vitest.config.ts': config({}, "deltacat({ source: 'fixture/shp.deltacat.yaml' })"),
    })
    const run = await project.run()
    expect(
      run.output,
    ).toContain(`FixtureError: There is no fixture <project>/fixture/shp.deltacat.yaml; did you mean "./fixtures/shop.deltacat.yaml"?
The path in deltacat({ source }) is relative to the project's root. The fixtures nearby, as that would name them:
  ./fixtures/shop.deltacat.yaml
`)
  })

  it('builds fixtures before the tests start where it is asked to, and says which are slow', async () => {
    const project = makeProject(major, {
      'slow.deltacat.yaml': 'namespaces: { shop: { tables: { orders: {} } } }\n',
      'broken.deltacat.yaml': 'nothing: here',
      'slow.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './slow.deltacat.yaml' })
// A clock that runs a thousand times too fast makes every build a slow one.
const now = performance.now.bind(performance)
performance.now = () => now() * 1000
test('has a table', ({ catalog, expect }) => expect(catalog.tableExists('shop', 'orders')).toBe(true))
`,
      'vitest.config.ts': config(),
    })
    const notice =
      /vitest-deltacat: building <project>\/slow\.deltacat\.yaml took [\d.]+ s of this test's time\. deltacat\(\{ prebuild: '\*\*\/\*\.deltacat\.yaml' \}\) in the Vitest config builds fixtures before the tests start\./
    const lazy = await project.run()
    expect(surprises(lazy, { 'has a table': 'passed' })).toEqual({})
    expect(lazy.output).toMatch(notice)
    project.write({ 'vitest.config.ts': config({}, "deltacat({ prebuild: '**/*.deltacat.yaml' })") })
    const prebuilt = await project.run()
    expect(surprises(prebuilt, { 'has a table': 'passed' })).toEqual({})
    expect(prebuilt.output).not.toMatch(notice)
    expect(prebuilt.output).not.toContain('matches no file')
    expect(prebuilt.leftInTmp).toEqual([])
    project.write({ 'vitest.config.ts': config({}, "deltacat({ prebuild: ['nope/**', 'slow.*.yaml', 'nope/**'] })") })
    const idle = await project.run()
    expect(surprises(idle, { 'has a table': 'passed' })).toEqual({})
    expect(idle.output.match(/.*matches no file.*/g)).toEqual([
      ` deltacat  prebuild: "nope/**" matches no file; a pattern is relative to the project's root, as '**/*.deltacat.yaml'.`,
    ])
    expect(idle.output).not.toMatch(notice)
  })
})

// One of them is open, with what it holds still in its write-ahead log. Returns what closes it.
function writeDatabases(folder: string): () => void {
  const wal = new Driver(`${folder}/wal.db`)
  wal.pragma('journal_mode = WAL')
  for (const name of ['shop', 'wal', 'kept']) {
    const catalog = openCatalog(`${folder}/${name}.db`)
    catalog.createNamespace('shop')
    if (name === 'wal') wal.prepare('SELECT count(*) FROM namespaces').get()
    catalog.close()
  }
  expect(existsSync(`${folder}/wal.db-wal`)).toBe(true)
  return () => void wal.close()
}
