import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { config, majors, makeProject } from './harness.ts'

// Packages that cost time to load, and are loaded only for what needs them.
const heavy = ['apache-arrow', 'parquet-wasm', 'yaml', 'zod', 'csv-parse', 'lz4js', 'commander']

const log = `
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { threadId } from 'node:worker_threads'
registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context)
    appendFileSync(process.env.MODULES + '/' + process.pid + '-' + threadId, resolved.url + '\\n')
    return resolved
  },
})
`

// A test file is loaded by Vitest, not by Node: it names itself among the modules of its worker.
const says = (name: string): string => `
import { appendFileSync } from 'node:fs'
appendFileSync(process.env.MODULES + '/' + process.pid + '-0', '${name}.test.ts\\n')
`

const files = {
  'log.mjs': log,
  'shop.deltacat.yaml': 'namespaces: { shop: { tables: { orders: { deltas: [[{ id: 1 }]] } } } }\n',
  'a-builds.test.ts': `${says('a-builds')}import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test('builds', ({ catalog, expect }) => expect(catalog.tableExists('shop', 'orders')).toBe(true))
`,
  'b-finds.test.ts': `${says('b-finds')}import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test('finds', ({ catalog, fixture, expect }) => {
  const partition = fixture.partition('shop.orders/-')
  expect(partition).toBeCommitted({ visible: true })
  expect(partition).toHaveDeltas(['upsert'])
  expect(catalog.listDeltas('shop', 'orders', { includeManifest: true }).items.length).toBe(1)
  catalog.createTableVersion('shop', 'returns')
})
`,
  'c-reads.test.ts': `${says('c-reads')}import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test('reads', ({ fixture, expect }) => expect(fixture.partition('shop.orders/-')).toHaveRecords([{ id: 1 }]))
`,
}

describe.for(majors)('Vitest %i', (major) => {
  it('loads Arrow for records, and the reader of YAML where a template is built', async () => {
    const project = makeProject(major, { ...files, 'modules/.keep': '' })
    const modules = join(project.folder, 'modules')
    const run = async (plugin: string, ...names: string[]): Promise<void> => {
      project.write({ 'vitest.config.ts': config({ pool: 'forks', execArgv: ['--import', './log.mjs'] }, plugin) })
      expect((await project.run(names, { MODULES: modules })).code).toBe(0)
    }
    await run('deltacat()', 'a-builds')
    await run("deltacat({ prebuild: '*.yaml' })", 'b-finds', 'c-reads')
    const loadedBy: Record<string, string[]> = {}
    for (const worker of readdirSync(modules).filter((name) => name !== '.keep')) {
      const urls = readFileSync(join(modules, worker), 'utf8').split('\n')
      const name = /([abc]-\w+)\.test\.ts/.exec(urls.find((url) => url.includes('.test.ts')) ?? '')?.[1]
      if (name !== undefined) loadedBy[name] = heavyIn(urls)
    }
    expect(loadedBy).toEqual({
      'a-builds': ['apache-arrow', 'csv-parse', 'yaml', 'zod'],
      'b-finds': [],
      'c-reads': ['apache-arrow', 'parquet-wasm'],
    })
  })
})

describe('what every test starts with', () => {
  it('holds little of records, and none of matchers and of the reader of YAML', () => {
    const modules = ['core', 'worker'].flatMap((name) => {
      const text = readFileSync(join(import.meta.dirname, `../../dist/chunks/${name}.js`), 'utf8')
      return Array.from(text.matchAll(/^\/\/ src\/(.+)\.ts$/gm), ([, path]) => path as string)
    })
    expect(modules.filter((path) => /^(catalog\/records|vitest-plugin\/matchers)\//.test(path)).sort()).toEqual([
      'catalog/records/arrow',
      'catalog/records/invalid',
      'catalog/records/late',
      'catalog/records/nearest',
      'vitest-plugin/matchers/collect-updates',
      'vitest-plugin/matchers/context',
      'vitest-plugin/matchers/late',
      'vitest-plugin/matchers/reasons',
      'vitest-plugin/matchers/short-stacks',
    ])
    expect(modules).not.toContain('fixtures/parse')
  })
})

describe('an entry point', () => {
  it.for([
    ['vitest-deltacat', ['index', 'chunks/core', 'chunks/catalog', 'chunks/records']],
    ['vitest-deltacat/catalog', ['catalog/index', 'chunks/core', 'chunks/catalog', 'chunks/records']],
    ['vitest-deltacat/matchers', ['vitest-plugin/matchers/index', 'chunks/core', 'chunks/matchers', 'chunks/records']],
    [
      'vitest-deltacat/plugin',
      ['vitest-plugin/plugin', 'chunks/core', 'chunks/worker', 'chunks/matchers', 'chunks/records'],
    ],
  ] as const)('%s loads these files, and no package that is slow', ([name, files]) => {
    const { own, packages } = loadedBy(name)
    expect(own).toEqual(files.toSorted())
    expect(packages.filter((each) => heavy.includes(each))).toEqual([])
  })

  it.for(['vitest-deltacat', 'vitest-deltacat/catalog', 'vitest-deltacat/matchers'])('%s needs no Vitest', (name) => {
    expect(loadedBy(name).packages).toEqual(['better-sqlite3'])
  })
})

/** What Node loads for an import: files of ours, without their extension, and packages. */
function loadedBy(name: string): { own: string[]; packages: string[] } {
  const project = makeProject(5, { 'log.mjs': log, 'modules/.keep': '' })
  const modules = join(project.folder, 'modules')
  execFileSync(process.execPath, ['--import', './log.mjs', '--input-type=module', '-e', `import '${name}'`], {
    cwd: project.folder,
    env: { ...process.env, MODULES: modules },
  })
  const [loaded] = readdirSync(modules).filter((file) => file !== '.keep')
  const urls = new Set(readFileSync(join(modules, loaded!), 'utf8').split('\n'))
  const found = (pattern: RegExp) => [...new Set([...urls].flatMap((url) => pattern.exec(url)?.[1] ?? []))].sort()
  return {
    own: found(/\/vitest-deltacat\/dist\/(.+)\.js$/),
    packages: found(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//).filter((each) => each !== 'vitest-deltacat'),
  }
}

describe.for(majors)('in a DOM environment of Vitest %i', (major) => {
  it('a package that Vite inlines finds its own files, and a URL is a source', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': config({ environment: 'happy-dom', server: { deps: { inline: ['vitest-deltacat'] } } }),
      'shop.deltacat.yaml': 'namespaces: { shop: { tables: { orders: { deltas: [[{ id: 1 }]] } } } }\n',
      'dom.test.ts': `
import { pathToFileURL } from 'node:url'
import { buildFixture } from 'vitest-deltacat'
import { test } from 'vitest-deltacat/test'

const source = pathToFileURL(import.meta.dirname + '/shop.deltacat.yaml')
test.override({ source })

test('rows', ({ catalog, fixture, expect }) => {
  expect(document.title).toBe('')
  expect(fixture.partition('shop.orders/-')).toHaveRecords([{ id: 1 }])
  expect(buildFixture(source).tableExists('shop', 'orders')).toBe(true)
  expect(catalog).toMatchFixture(source)
})
`,
    })
    const { code, output } = await project.run()
    expect(output).toContain('1 passed')
    expect(code).toBe(0)
  })
})

describe.for(majors)('in a VM pool of Vitest %i', (major) => {
  it('the catalog has its records at once, where nothing of the plugin is imported', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': "export default { test: { pool: 'vmThreads', testTimeout: 600_000 } }\n",
      'alone.test.ts': `
import { expect, test } from 'vitest'
import { CatalogError, openCatalog, tableFromRows } from 'vitest-deltacat'

const table = tableFromRows([{ id: 1 }])
const catalog = openCatalog(':memory:')
catalog.createNamespace('shop')
const stream = catalog.createTableVersion('shop', 'orders')

test('rows', () => {
  const partition = catalog.commitPartition(catalog.stagePartition(stream))
  catalog.commitDelta(catalog.stageDelta(table, partition))
  expect(catalog.readPartition(partition).toArray().map(({ id }) => Number(id))).toEqual([1])
  expect(() => tableFromRows([{ id: 1 }, 2])).toThrow(CatalogError)
})
`,
    })
    const { code, output } = await project.run()
    expect(output).toContain('1 passed')
    expect(code).toBe(0)
  })
})

function heavyIn(urls: readonly string[]): string[] {
  return heavy.filter((name) => urls.some((url) => url.includes(`/node_modules/${name}/`))).sort()
}
