import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeRunReport } from '../../src/inspector/index.ts'
import { readReport } from './report-file.ts'
import { root, run, testFolder } from './run.ts'

const folder = testFolder()
const at = (name: string): string => join(folder.path, name)

describe('report', () => {
  it('holds the hierarchy, the deltas, their records and what each changed', async () => {
    const { code, out, err } = await run(['report', 'fixtures/orders.deltacat.yaml', '-o', at('orders.html')])
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toBe(`✓ ${at('orders.html')}: 1 catalog\n  file://${at('orders.html')}\n`)
    const report = readReport(at('orders.html'))
    expect(report.view).toMatchObject({
      title: 'orders.deltacat.yaml',
      generator: expect.stringMatching(/^vitest-deltacat \d/),
    })
    expect(
      report.view.catalogs[0]?.nodes.map(({ depth, name, state, summary }) =>
        `${'  '.repeat(depth)}${name} ${state ?? ''} ${summary}`.trimEnd(),
      ),
    ).toEqual([
      'orders.deltacat.yaml',
      '  shop  1 table',
      '    orders  1 version',
      '      version 1 active 2 streams',
      '        stream committed 2 partitions',
      '          norway committed 3 deltas',
      '          sweden committed 3 deltas',
      '        next staged 1 partition',
      '          NO committed 1 delta',
    ])
    expect(report.node('shop.orders@1').schema?.cells).toEqual([
      ['id', 'country', 'total', 'at', 'tags', 'big'],
      ['int64!', 'string', 'decimal(12,2)', 'timestamp[us, UTC]', 'list<string>', 'uint64'],
      ['primary key', 'partition key', null, 'sort key, descending', null, null],
    ])
    const norway = report.node('shop.orders/norway')
    expect(norway.facts).toContainEqual(['Declared', expect.stringMatching(/^orders\.deltacat\.yaml:\d+:\d+$/)])
    const [seed, fix, pending] = report.deltas(norway)
    expect(seed).toMatchObject({
      name: 'seed',
      type: 'append',
      state: 'committed',
      records: 2,
      effect: { added: 2, changed: 0, removed: 0 },
    })
    expect(fix).toMatchObject({ name: 'fix', effect: { added: 0, changed: 1, removed: 0 } })
    expect(pending).toMatchObject({ name: 'pending', state: 'staged', effect: null })
    expect(report.rows(seed as never)).toEqual([
      ['1', 'NO', '10.50', '2024-02-29T23:59:59.123456Z', null, '18446744073709551615'],
      ['2', 'NO', null, null, null, null],
    ])
    expect(report.lineage(norway)).toEqual({ born: [0, 0, 1], row: [0, 1, 0], gone: [-1, 1, -1], before: [-1, -1, 1] })
    const bulk = report.deltas(report.node('shop.orders/sweden'))[2]
    expect(report.rows(bulk as never)).toHaveLength(1000)
    expect(bulk?.manifest?.cells[2]).toEqual(['1000'])
  })

  it('is one file under a strict policy whose script parses', async () => {
    await run(['report', 'fixtures/minimal.deltacat.yaml', '-o', at('minimal.html')])
    const { html } = readReport(at('minimal.html'))
    const script = /<script type="module">([\s\S]*)<\/script>/.exec(html)?.[1] ?? ''
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]).toBe(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    )
    expect(html.match(/<script/g)).toHaveLength(3)
    expect(html).not.toMatch(/\b(src|href)=|url\(|@import|\bon\w+="/)
    writeFileSync(at('script.mjs'), script)
    expect(execFileSync(process.execPath, ['--check', at('script.mjs')], { encoding: 'utf8' })).toBe('')
  })

  it('keeps hostile names and cells inside its data', async () => {
    writeFileSync(at('package.json'), '{}')
    writeFileSync(
      at('hostile.deltacat.yaml'),
      `namespaces:
  "</script><b>":
    tables:
      t:
        schema: { "<i>": string }
        deltas: [[{ "<i>": "</script><script>alert(1)</script>" }]]
`,
    )
    await run(['report', 'hostile.deltacat.yaml', '-o', 'hostile.html', '--title', '</title><script>'], {
      cwd: folder.path,
    })
    const report = readReport(at('hostile.html'))
    expect(report.html.match(/<\/?script/g)).toHaveLength(6)
    expect(report.html).toContain('<title>&lt;/title>&lt;script></title>')
    const node = report.view.catalogs[0]?.nodes.at(-1)
    expect(node?.path).toBe('"</script><b>".t/-')
    expect(report.rows(report.deltas(node as never)[0] as never)).toEqual([['</script><script>alert(1)</script>']])
  })

  it('lists deltas beyond --max-rows without their records, and says so', async () => {
    await run(['report', 'fixtures/orders.deltacat.yaml', '-o', at('few.html'), '--max-rows', '10'])
    const report = readReport(at('few.html'))
    const sweden = report.node('shop.orders/sweden')
    expect(report.deltas(sweden).map(({ pages, recordsNote }) => [pages.length, recordsNote])).toEqual([
      [1, null],
      [1, null],
      [0, 'Left out: this report holds 10 rows at most; --max-rows changes that.'],
    ])
    expect(sweden.deltas?.lineageNote).toBe(
      'Delta #bulk: Left out: this report holds 10 rows at most; --max-rows changes that.',
    )
  })

  it('shows what is opaque or can’t be read as such', async () => {
    const db = readFileSync(join(root, 'test/conformance/peer-db/types.db'))
    const first = db.indexOf('PAR1')
    db.fill(0x7f, first + 4, first + 300)
    writeFileSync(at('damaged.db'), db)
    expect(await run(['report', at('damaged.db'), '-o', at('damaged.html')])).toMatchObject({ code: 0 })
    const report = readReport(at('damaged.html'))
    const notes = report.deltas(report.node('types.every_type/-')).flatMap(({ recordsNote }) => recordsNote ?? [])
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/^Its records can’t be read: /)
  })

  it('holds an empty catalog, files of the reference, several at once', async () => {
    writeFileSync(at('empty.db'), '')
    const cases = join(root, 'test/conformance/compaction/cases.db')
    expect(await run(['report', 'empty.db', cases, '-o', 'several.html'], { cwd: folder.path })).toMatchObject({
      code: 0,
    })
    const { view } = readReport(at('several.html'))
    expect(view.title).toBe('empty.db, cases.db')
    expect(view.catalogs.map(({ nodes }) => nodes.length)).toEqual([1, 1 + 1 + 42 * 4])
  })

  it('overwrites a report, and nothing else without --force', async () => {
    writeFileSync(at('page.html'), '<!doctype html><p>mine</p>')
    const argv = ['report', 'fixtures/minimal.deltacat.yaml', '-o', at('page.html')]
    expect((await run(argv)).err).toBe(
      `error ${at('page.html')} exists, and this command did not make it; give another path, or --force to overwrite it.\n`,
    )
    expect(readFileSync(at('page.html'), 'utf8')).toBe('<!doctype html><p>mine</p>')
    expect((await run([...argv, '--force'])).code).toBe(0)
    expect((await run(argv)).code).toBe(0)
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('leaves the file as it was where a source can’t be read', async () => {
    writeFileSync(at('text.db'), 'no database')
    await run(['report', 'fixtures/minimal.deltacat.yaml', '-o', at('kept.html')])
    const before = readFileSync(at('kept.html'), 'utf8')
    expect(await run(['report', at('text.db'), '-o', at('kept.html')])).toMatchObject({ code: 1, out: '' })
    expect(readFileSync(at('kept.html'), 'utf8')).toBe(before)
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('the report of a run', () => {
  const kept = (): string => at('.vitest/deltacat')
  const comparison = {
    subject: 'shop.orders/norway',
    matcher: 'toHaveRecords',
    columns: [{ name: 'id', type: 'int64!', kind: 'number' }],
    key: ['id'],
    counts: { equal: 0, changed: 1, missing: 0, unexpected: 0 },
    rows: [{ kind: 'changed', actual: ['1'], expected: ['2'], different: [0], source: 'orders.deltacat.yaml:3:4' }],
  }

  it('shows each kept catalog with its test, what it expected, and the fixture’s labels', async () => {
    mkdirSync(join(kept(), 'a.test.ts'), { recursive: true })
    await run(['build', 'fixtures/orders.deltacat.yaml', '-o', join(kept(), 'a.test.ts/refund-1.db')])
    const { loadFixture } = await import('../../src/fixtures/index.ts')
    const { index } = loadFixture(join(root, 'fixtures/orders.deltacat.yaml'))
    const differences = [{ what: 'column "id"', expected: 'int64', actual: 'int64!' }]
    const errors = [{ message: 'expected …', comparison, differences, moreDifferences: 0 }]
    const failure = { test: 'orders > refund', file: 'a.test.ts', errors, index }
    writeFileSync(join(kept(), 'a.test.ts/refund-1.failure.json'), JSON.stringify(failure))
    writeFileSync(join(kept(), 'a.test.ts/torn-1.db'), 'SQLite format 3\0'.padEnd(200, 'x'))
    writeFileSync(join(kept(), 'a.test.ts/torn-1.failure.json'), '{ "test": "torn", "errors": 7, "index": [] ')
    writeFileSync(join(kept(), 'a.test.ts/of another run.db'), 'SQLite format 3\0'.padEnd(200, 'x'))
    const databases = ['a.test.ts/torn-1.db', 'a.test.ts/refund-1.db'].map((name) => join(kept(), name))
    const title = '1 failed test with a catalog'
    expect(writeRunReport({ folder: kept(), databases, tests: 1 }, at('run.html'))).toBe(title)
    const report = readReport(at('run.html'))
    expect(report.view.title).toBe(title)
    expect(report.view.catalogs).toHaveLength(2)
    const [refund, torn] = report.view.catalogs
    expect(refund?.failure).toEqual({ test: 'orders > refund', file: 'a.test.ts', errors })
    expect(refund?.nodes[0]).toMatchObject({ name: 'orders > refund', path: 'a.test.ts/refund-1.db' })
    expect(report.node('shop.orders/norway').name).toBe('norway')
    expect(torn?.nodes[0]?.facts).toEqual([['Can’t be read', expect.stringContaining('torn-1.db')]])
    expect(torn?.failure).toBeNull()
    expect((await run(['report', kept(), '-o', at('run2.html')])).err).toContain(': 3 catalogs\n')
    expect(readReport(at('run2.html')).view.title).toBe('deltacat')
  })

  it('leaves out of a failure what it doesn’t understand', async () => {
    mkdirSync(at('odd'))
    copyFileSync(join(root, 'test/conformance/peer-db/types.db'), at('odd/odd.db'))
    const errors = [
      null,
      { message: 1 },
      {
        message: 'x',
        comparison: { rows: [{}, { kind: 'missing', expected: [1, 'a'] }], columns: [{}], counts: { changed: -1 } },
        differences: [null, 'x', { what: 2, expected: [], actual: 'b' }],
        moreDifferences: -1,
      },
    ]
    writeFileSync(at('odd/odd.failure.json'), JSON.stringify({ errors, index: { format: 2 } }))
    await run(['report', at('odd'), '-o', at('odd.html')])
    expect(readReport(at('odd.html')).view.title).toBe('1 failed test')
    expect(readReport(at('odd.html')).view.catalogs[0]?.failure).toEqual({
      test: 'a test',
      file: '',
      errors: [
        { message: '', comparison: null, differences: [], moreDifferences: 0 },
        {
          message: 'x',
          comparison: {
            subject: '',
            matcher: 'toHaveRecords',
            columns: [{ name: '', type: '', kind: 'unknown' }],
            key: [],
            counts: { equal: 0, changed: 0, missing: 0, unexpected: 0 },
            rows: [{ kind: 'missing', actual: null, expected: [null, 'a'], different: [] }],
          },
          differences: [{ what: '', expected: null, actual: 'b' }],
          moreDifferences: 0,
        },
      ],
    })
  })
})
