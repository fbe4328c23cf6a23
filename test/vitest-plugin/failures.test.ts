import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/catalog.ts'
import type { ReportView } from '../../src/inspector/model.ts'
import { config, majors, makeProject } from './harness.ts'

const failing = `
import { rmSync } from 'node:fs'
import { describe } from 'vitest'
import { test } from 'vitest-deltacat/test'

test.override({ source: './shop.deltacat.yaml' })

describe('the shop', () => {
  test('fails: "quotes", Ünïcode & <tags>', ({ catalog, expect }) => {
    catalog.createNamespace('written by the test')
    expect(catalog.namespaceExists('shop')).toBe(false)
  })
  test('passes', ({ catalog, expect }) => {
    expect(catalog.namespaceExists('shop')).toBe(true)
  })
})
let attempt = 0
test('passes at the third attempt', { retry: 2 }, ({ catalog, expect }) => {
  attempt += 1
  expect(attempt + Number(catalog.namespaceExists('none'))).toBe(3)
})
test('fails at every attempt', { retry: 1 }, ({ catalog, expect }) => {
  expect(catalog.namespaceExists('shop')).toBe('yes')
})
let repeat = 0
test('fails at one of its repeats', { repeats: 2 }, ({ catalog, expect }) => {
  repeat += 1
  expect(repeat === 2 && catalog.namespaceExists('shop')).toBe(false)
})
test('fails softly', ({ catalog, expect }) => {
  expect.soft(catalog.namespaceExists('shop')).toBe(false)
})
test('closed and removed its catalog', ({ catalog, expect }) => {
  catalog.close()
  rmSync(catalog.path)
  expect(1).toBe(2)
})
test('fails without a catalog', ({ expect }) => {
  expect(1).toBe(2)
})
`

const files = {
  'vitest.config.ts': config(),
  'shop.deltacat.yaml': 'namespaces: { shop: {} }\n',
  'sub/failing.test.ts': failing.replace('./shop', '../shop'),
}

const retried = `
import { test } from 'vitest-deltacat/test'
test.override({ source: '../shop.deltacat.yaml' })
let attempt = 0
test('passes at the second attempt', { retry: 1 }, ({ catalog, expect }) => {
  attempt += 1
  expect(attempt + Number(catalog.namespaceExists('none'))).toBe(2)
})
`

const kept = [
  'fails-at-every-attempt-1',
  'fails-at-every-attempt-2',
  'fails-at-one-of-its-repeats-2',
  'fails-softly-1',
  'the-shop-fails-quotes-ünïcode-tags-1',
]

describe.for(majors)('Vitest %i', (major) => {
  it('keeps the catalogs of failed tests, and those alone, and says where', async () => {
    const project = makeProject(major, files)
    const run = await project.run()
    const folder = join(project.folder, '.vitest/deltacat/sub/failing.test.ts')
    expect(keptIn(folder, '.db')).toEqual(kept)
    expect(keptIn(folder, '.failure.json')).toEqual(kept)

    const named = readdirSync(folder).find((name) => name.startsWith('the-shop') && name.endsWith('.db'))
    const catalog = openCatalog(join(folder, named!), { readonly: true })
    expect(catalog.listNamespaces().items.map(({ locator }) => locator.namespace)).toEqual([
      'shop',
      'written by the test',
    ])
    catalog.close()
    const failure = JSON.parse(readFileSync(join(folder, named!.replace('.db', '.failure.json')), 'utf8'))
    expect(failure).toMatchObject({
      test: 'the shop > fails: "quotes", Ünïcode & <tags>',
      file: 'sub/failing.test.ts',
      errors: [{ message: 'expected true to be false // Object.is equality', comparison: null }],
      index: { format: 1, entities: [{ kind: 'namespace', path: 'shop' }] },
    })

    expect(catalogsIn(run.output)).toEqual(
      kept.map((name) => `catalog: .vitest/deltacat/sub/failing.test.ts/${name}.db`).sort(),
    )
    expect(withoutPlaces(run.output)).toContain(`
 FAIL  sub/failing.test.ts > the shop > fails: "quotes", Ünïcode & <tags>
AssertionError: expected true to be false // Object.is equality

- Expected
+ Received

- false
+ true

 ❯ sub/failing.test.ts
      9|   test('fails: "quotes", Ünïcode & <tags>', ({ catalog, expect }) => {
     10|     catalog.createNamespace('written by the test')
     11|     expect(catalog.namespaceExists('shop')).toBe(false)
       |                                             ^
     12|   })
     13|   test('passes', ({ catalog, expect }) => {

 ❯ deltacat
   ↳ catalog: .vitest/deltacat/sub/failing.test.ts/${named}
`)
    expect(run.leftInTmp).toEqual([])
    // One page for all of them.
    expect(run.output).toContain('\n deltacat  report: .vitest/deltacat/report.html (4 failed tests with a catalog)\n')
    expect(project.read('.vitest/deltacat/report.html')).toMatch(/^<!doctype html>/i)
    // Only who shows files has them copied once more.
    expect(project.list('.vitest').filter((path) => !path.startsWith('deltacat/'))).toEqual([])
    expect(existsSync(join(project.folder, '.vitest-attachments'))).toBe(false)

    // A file that reruns begins with nothing kept; what belongs to others, and to no test file any more, is told apart.
    project.write({
      'sub/failing.test.ts': files['sub/failing.test.ts'].replace('toBe(false)', 'toBe(true)'),
      '.vitest/deltacat/gone.test.ts/a-00000000-1.db': '',
      '.vitest/deltacat/other.test.ts/a-00000000-1.db': '',
      'other.test.ts': '',
    })
    await project.run(['-t', 'the shop', 'failing'])
    expect(project.list('.vitest/deltacat')).toEqual(['other.test.ts/a-00000000-1.db'])
    project.remove('other.test.ts')
    await project.run(['-t', 'the shop', 'failing'])
    expect(project.exists('.vitest')).toBe(false)
  })

  it('reports what this run has kept, and no other', async () => {
    const project = makeProject(major, {
      ...files,
      'slow/a.test.ts': retried,
      'b.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test.for([1, 2])('fails %i', { retry: 1 }, (number, { catalog, expect }) => {
  expect(number + Number(catalog.namespaceExists('shop'))).toBe(0)
})
`,
    })
    const report = '.vitest/deltacat/report.html'
    const view = () => JSON.parse(/id="view">([^<]*)</.exec(project.read(report))![1]!) as ReportView
    const catalogs = () => view().catalogs.map(({ failure }) => failure?.test)
    const all = await project.run()
    expect(all.output).toContain(`\n deltacat  report: ${report} (6 failed tests with a catalog)\n`)
    expect(view().title).toBe('6 failed tests with a catalog')
    expect(catalogs()).toHaveLength(kept.length + 4)

    const some = await project.run(['b.test', 'slow'])
    expect(some.output).toContain(`\n deltacat  report: ${report} (2 failed tests with a catalog)\n`)
    expect(catalogs()).toEqual(['fails 1', 'fails 1', 'fails 2', 'fails 2'])

    // The test that passed at its second attempt has left nothing, not even a folder.
    const green = await project.run(['slow'])
    expect(green.code).toBe(0)
    expect(green.output).not.toContain(' deltacat  ')
    expect(project.exists(report)).toBe(false)
    expect(readdirSync(join(project.folder, '.vitest/deltacat')).sort()).toEqual(['b.test.ts', 'sub'])

    const without = await project.run(['failing', '-t', 'without a catalog'])
    expect(without.code).toBe(1)
    expect(without.output).not.toContain(' deltacat  ')
    expect(project.exists(report)).toBe(false)
    project.remove('b.test.ts')
    await project.run(['slow'])
    expect(project.exists('.vitest')).toBe(false)
  })

  it('shows them in the verbose output, in JUnit and in the HTML report', async () => {
    const project = makeProject(major, files)
    const run = await project.run([
      '--reporter=verbose',
      '--reporter=junit',
      '--outputFile.junit=junit.xml',
      '--reporter=html',
      '--outputFile.html=html/index.html',
    ])
    const folder = '.vitest/deltacat/sub/failing.test.ts'
    const path = project.list(folder).find((name) => name.startsWith('the-shop') && name.endsWith('.db'))
    expect(withoutPlaces(run.output)).toContain(`
 × sub/failing.test.ts > the shop > fails: "quotes", Ünïcode & <tags> <time>
   → expected true to be false // Object.is equality

   ❯ deltacat
     ↳ catalog: ${folder}/${path}

 ✓ sub/failing.test.ts > the shop > passes <time>
 ✓ sub/failing.test.ts > passes at the third attempt <time> (retry x2)
`)
    expect(project.read('junit.xml').replaceAll(/time="[^"]*"/g, 'time=""')).toContain(
      `<testcase classname="sub/failing.test.ts" name="the shop &gt; fails: &quot;quotes&quot;, Ünïcode &amp; &lt;tags&gt;" time="">
            <properties>
                <property name="deltacat" value="catalog: ${folder}/${path}">
                </property>
            </properties>
            <failure message="expected true to be false // Object.is equality" type="AssertionError">`,
    )
    const html = htmlReports[major]
    const page = gunzipSync(readFileSync(join(project.folder, html.data))).toString()
    expect(page).toContain(`catalog: ${folder}/${path}`)
    // The files themselves can be had from the report.
    expect(page).toContain('application/vnd.sqlite3')
    expect(project.list(html.attachments)).toHaveLength(kept.length)
  })
})

// Vitest 5 has one folder for its reports.
const htmlReports = {
  5: { data: '.vitest/ui/html.meta.json.gz', attachments: '.vitest/attachments' },
  4: { data: 'html/html.meta.json.gz', attachments: 'html/data' },
}

// Where a test and a failure stand: Vitest 5 names lines, Vitest 4 lines and columns.
function withoutPlaces(output: string): string {
  return output.replaceAll(/(\.test\.ts)(:\d+)+/g, '$1')
}

function keptIn(folder: string, ending: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending))
  return names.map((name) => withoutId(name.slice(0, -ending.length))).sort()
}

function catalogsIn(output: string): string[] {
  return Array.from(output.matchAll(/catalog: \S+/g), ([text]) => withoutId(text)).sort()
}

// A task's id differs between the majors.
function withoutId(name: string): string {
  return name.replace(/-[0-9a-f]{8}-(\d+)/, '-$1')
}
