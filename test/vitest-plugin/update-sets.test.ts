import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { buildFixture, type FixtureAccessor, fixtureOf, loadFixture } from '../../src/fixtures/index.ts'
import { hashOf } from '../../src/vitest-plugin/hash.ts'
import { collectUpdates } from '../../src/vitest-plugin/matchers/collect-updates.ts'
import type { MatcherContext } from '../../src/vitest-plugin/matchers/context.ts'
import { toHaveRecords } from '../../src/vitest-plugin/matchers/to-have-records.ts'
import type { RecordsOptions } from '../../src/vitest-plugin/matchers/types.ts'
import { type ExpectedUpdate, updatesOf } from '../../src/vitest-plugin/matchers/update.ts'
import { noteOrigin } from '../../src/vitest-plugin/origin.ts'
import { updateSets } from '../../src/vitest-plugin/update-sets.ts'

const root = mkdtempSync(join(tmpdir(), 'update-sets-'))
const file = join(root, 'shop.deltacat.yaml')
beforeAll(collectUpdates)
afterAll(() => rmSync(root, { recursive: true, force: true }))

const orders = `namespaces:
  shop:
    tables:
      orders:
        schema: { id: int64!, total: 'decimal(12,2)' }
        deltas: [[{ id: 1, total: 10.50 }, { id: 2 }]]
`

type Use = (have: (received: unknown, set: string, options?: RecordsOptions) => void, all: Made) => void
interface Made {
  readonly catalog: Catalog
  readonly fixture: FixtureAccessor
}

/** What a run with `-u` makes of a fixture's text, whose tests use its sets so. */
function updated(text: string, ...uses: readonly Use[]): { text: string; written: string[]; problems: string[] } {
  writeFileSync(file, text)
  const hashes = new Map([[file, hashOf(readFileSync(file))]])
  const updates = uses.flatMap((use, index): readonly ExpectedUpdate[] => {
    using catalog = buildFixture(file, ':memory:', { root })
    noteOrigin(catalog, { file, params: {} })
    const task = { id: String(index), name: `test ${index}`, meta: {} }
    const context: MatcherContext = { isNot: false, promise: '', snapshotState: { snapshotUpdateState: 'all' }, task }
    use(
      (received, set, options) => {
        const { pass, message } = toHaveRecords.call(context, received, set, options)
        expect(pass, message()).toBe(true)
      },
      { catalog, fixture: fixtureOf(catalog)! },
    )
    return updatesOf(task.meta)
  })
  const { written, problems } = updateSets(JSON.parse(JSON.stringify(updates)), { root, hashes })
  return {
    text: readFileSync(file, 'utf8'),
    written: [...(written.get(file) ?? [])],
    problems: problems.map((problem) => problem.replaceAll(file, 'shop.deltacat.yaml')),
  }
}

const ordersAre =
  (set: string, options?: RecordsOptions): Use =>
  (have, { fixture }) =>
    have(fixture.table('shop.orders'), set, options)

const rowsOf = (set: string) =>
  loadFixture(file, { root })
    .index.expected.find(({ name }) => name === set)
    ?.rows.map((row) => row.map((cell) => (typeof cell === 'object' && cell !== null ? Object.values(cell)[0] : cell)))

/** How many characters two texts begin and end with alike, each counted once. */
function commonEnds(a: string, b: string): [number, number] {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return [start, end]
}

const both = [
  ['1', '10.50'],
  ['2', null],
]

describe('a new set', () => {
  it.each([
    ['no section', orders],
    ['no line end', orders.trimEnd()],
    ['a byte order mark', `\uFEFF${orders}`],
    ['carriage returns', orders.replaceAll('\n', '\r\n')],
    ['an empty section', `expected: {}   # none yet\n${orders}`],
    ['a section in the middle', `expected:\n    old: { rows: [] }   # one\n\n# then\n${orders}`],
    ['a section in braces', `expected: { old: { rows: [] }, }\n${orders}`],
    ['an end of document', `---\n${orders}...\n`],
    ['comments at the end', `${orders}    # indented\n# not\n`],
    [
      'braces',
      '{ namespaces: { shop: { tables: { orders: { deltas: [[{ id: 1, total: "10.50" }, { id: 2 }]] } } } } }\n',
    ],
    [
      'JSON',
      '{"namespaces":{"shop":{"tables":{"orders":{"deltas":[[{"id":1,"total":"10.50"},{"id":2}]]}}}},"expected":{}}',
    ],
    [
      'braces with a comma',
      '{\n  namespaces: { shop: { tables: { orders: { deltas: [[{ id: 1, total: "10.50" }, { id: 2 }]] } } } },\n}\n',
    ],
  ])('is written into a fixture with %s', (_, text) => {
    const first = updated(text, ordersAre('fresh'), ordersAre('another'))
    expect(first).toMatchObject({ written: ['fresh', 'another'], problems: [] })
    expect([rowsOf('fresh'), rowsOf('another')]).toEqual([both, both])
    // All that was there is there still, but for the braces of an empty section.
    const [start, end] = commonEnds(text, first.text)
    expect(['', '\n', '{}', ' {}', ' {']).toContain(text.slice(start, text.length - end))
    expect(updated(first.text, ordersAre('fresh'), ordersAre('another'))).toEqual({ ...first, written: [] })
  })

  it.each(['true', 'no', '1', 'a: b', '#x', '-', 'ünï', ' padded ', 'it "is"', '"', "'", '{', '__proto__', '10.50'])(
    'may have the name %s',
    (name) => {
      expect(updated(orders, ordersAre(name))).toMatchObject({ written: [name], problems: [] })
      expect(rowsOf(name)).toEqual(both)
    },
  )

  it('has the types of its rows where the table at its path has others', () => {
    const { text } = updated(orders, (have, { catalog }) => {
      const stream = catalog.createTableVersion('shop', 'orders', { tableVersion: '2' })
      const partition = catalog.commitPartition(catalog.stagePartition(stream))
      catalog.commitDelta(catalog.stageDelta([{ id: '01', total: 2.5 }], partition))
      have(catalog.getTable('shop', 'orders'), 'of the second version')
    })
    expect(text).toBe(`${orders}expected:
  of the second version:
    schema: { id: string, total: float64 }
    rows:
      - { id: "01", total: 2.5 }
`)
  })

  it('comes after a set whose last row goes', () => {
    const sets = `expected:
  now:
    of: shop.orders
    rows:
      - { id: 1, total: 10.50 }
      - { id: 2 }
      - { id: 3 }
`
    expect(updated(orders + sets, ordersAre('now'), ordersAre('fresh')).text).toBe(`${orders}expected:
  now:
    of: shop.orders
    rows:
      - { id: 1, total: 10.50 }
      - { id: 2 }
  fresh:
    of: shop.orders
    rows:
      - { id: 1, total: 10.50 }
      - { id: 2 }
`)
  })
})

describe('a set that is there', () => {
  const whole = `${orders}expected:
  now:
    of: shop.orders
    rows:
      - { id: 1, total: 9.00 }
      - { id: 2 }
`
  it.each([
    ['no mark', whole],
    ['a byte order mark', `\uFEFF${whole}`],
    ['a byte order mark and carriage returns', `\uFEFF${whole.replaceAll('\n', '\r\n')}`],
    [
      'a byte order mark and braces',
      `\uFEFF${orders}expected: { now: { of: shop.orders, rows: [{ id: 1, total: 9.00 }] } }`,
    ],
  ])('is updated in a fixture with %s', (_, text) => {
    const first = updated(text, ordersAre('now'), ordersAre('fresh'))
    expect(first).toMatchObject({ written: ['now', 'fresh'], problems: [] })
    expect([rowsOf('now'), rowsOf('fresh')]).toEqual([both, both])
    const [start, end] = commonEnds(text, updated(text, ordersAre('now')).text)
    expect(text.slice(start, text.length - end).length).toBeLessThan(10)
    expect(updated(first.text, ordersAre('now'), ordersAre('fresh'))).toEqual({ ...first, written: [] })
  })
})

describe('rows in brackets', () => {
  const many: Use = (have, { catalog, fixture }) => {
    const partition = catalog.commitPartition(catalog.stagePartition(fixture.stream('shop.orders')))
    catalog.commitDelta(
      catalog.stageDelta(
        [1, 2, 3, 4, 5].map((id) => ({ id, total: '10.50' })),
        partition,
      ),
    )
    have(fixture.table('shop.orders'), 'all')
  }
  const row = (id: number) => `{ id: ${id}, total: 10.50 }`
  it.each([
    [
      'in braces',
      '  all: { of: shop.orders, rows: [] }\n',
      (rows: string) => `  all: { of: shop.orders, rows: [${rows}] }\n`,
      4,
    ],
    [
      'under a key',
      '  all:\n    of: shop.orders\n    rows: []   # none\n',
      (rows: string) => `  all:\n    of: shop.orders\n    rows: [${rows}]   # none\n`,
      4,
    ],
    [
      'of which some are there',
      `  all: { of: shop.orders, rows: [${row(1)}, ${row(2)}, ] }\n`,
      (rows: string) =>
        `  all: { of: shop.orders, rows: [${rows.trimStart()}] }\n`.replace(/,\n +/, ', ').replace(/(?=\n *\])/, ','),
      4,
    ],
  ])('%s go one a line where they would make one too long', (_, set, wanted, indent) => {
    const lines = [1, 2, 3, 4, 5].map((id) => `\n${' '.repeat(indent + 2)}${row(id)}`).join(',')
    const first = updated(`${orders}expected:\n${set}`, many)
    expect(first).toEqual({
      text: `${orders}expected:\n${wanted(`${lines}\n${' '.repeat(indent)}`)}`,
      written: ['all'],
      problems: [],
    })
    expect(updated(first.text, many)).toEqual({ ...first, written: [] })
  })

  it('of a new set do so too', () => {
    const text = `${orders}expected: { old: { rows: [] } }\n`
    const first = updated(text, many)
    const lines = [1, 2, 3, 4, 5].map((id) => `\n    ${row(id)}`).join(',')
    expect(first).toEqual({
      text: text.replace('[] }', `[] }, "all": { of: shop.orders, rows: [${lines}\n  ] }`),
      written: ['all'],
      problems: [],
    })
  })
})

describe('comments in a row that changes', () => {
  const changed = (row: string, text = row): [string, string] => [
    `${orders}expected:\n  now:\n    of: shop.orders\n    rows:\n${row}      - { id: 2 }   # two\n`,
    `${orders}expected:\n  now:\n    of: shop.orders\n    rows:\n${text}      - { id: 2 }   # two\n`,
  ]
  it.each([
    [
      'its cells',
      ...changed(
        '      - id: 1   # one\n        total: 9.00   # why nine\n',
        '      - id: 1   # one\n        total: 10.50   # why nine\n',
      ),
    ],
    ['a new cell', ...changed('      - id: 1   # one\n', '      - id: 1   # one\n        total: 10.50\n')],
    [
      'a cell in braces',
      ...changed(
        '      - { id: 1, # one\n          total: 9.00, # nine\n        }\n',
        '      - { id: 1, # one\n          total: 10.50, # nine\n        }\n',
      ),
    ],
    [
      'a new cell in braces',
      ...changed('      - { # one\n          id: 1 }\n', '      - { # one\n          id: 1, total: 10.50 }\n'),
    ],
  ])('stay with %s', (_, text, wanted) => {
    expect(updated(text, ordersAre('now', { order: 'strict' }))).toEqual({
      text: wanted,
      written: ['now'],
      problems: [],
    })
    const windows = updated(text.replaceAll('\n', '\r\n'), ordersAre('now', { order: 'strict' }))
    expect(windows.text).toBe(wanted.replaceAll('\n', '\r\n'))
  })

  it('go with a cell of it that goes', () => {
    const [text, wanted] = changed('      - { id: 1, total: 10.50 }\n', '      - { id: 1, total: 10.50 }\n')
    const row = '      - id: 2   # two\n        total: 1.00   # one\n'
    const plain = '      - { id: 2 }   # two\n'
    expect(updated(text.replace(plain, row), ordersAre('now', { order: 'strict' })).text).toBe(
      wanted.replace(plain, '      - { id: 2 }\n'),
    )
  })
})

describe.skipIf(process.platform === 'win32')('a file that is written', () => {
  it('is another one in the place of the old one, of its mode, and a link to it stays a link', () => {
    const [home, elsewhere] = [join(root, 'kept'), join(root, 'kept/elsewhere.yaml')]
    mkdirSync(home)
    writeFileSync(elsewhere, orders)
    chmodSync(elsewhere, 0o606)
    linkSync(elsewhere, join(root, 'as-it-was.yaml'))
    rmSync(file, { force: true })
    symlinkSync(elsewhere, file)
    expect(updated(orders, ordersAre('fresh'))).toMatchObject({ written: ['fresh'], problems: [] })
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(statSync(elsewhere).mode & 0o777).toBe(0o606)
    expect(readFileSync(elsewhere, 'utf8')).toContain('  fresh:\n')
    // Never a moment in which half of it stands there.
    expect(readFileSync(join(root, 'as-it-was.yaml'), 'utf8')).toBe(orders)
    expect(readdirSync(home)).toEqual(['elsewhere.yaml'])
    renameSync(elsewhere, file)
  })
})

describe('uses of one set', () => {
  const sets = `expected:
  now: { of: shop.orders, rows: [{ id: 2 }, { id: 1, total: 10.50 }] }
  then: { of: shop.orders, rows: [] }
`
  it('agree where one of them asks for the order, which is written', () => {
    const ordered = sets.replace('{ id: 2 }, { id: 1, total: 10.50 }', '{ id: 1, total: 10.50 }, { id: 2 }')
    for (const uses of [
      [ordersAre('now'), ordersAre('now', { order: 'strict' })],
      [ordersAre('now', { order: 'strict' }), ordersAre('now')],
    ]) {
      expect(updated(orders + sets, ...uses)).toEqual({ text: orders + ordered, written: ['now'], problems: [] })
    }
  })

  it('disagree on an order', () => {
    const turned: Use = (have, { catalog, fixture }) => {
      const partition = catalog.commitPartition(catalog.stagePartition(fixture.stream('shop.orders')))
      catalog.commitDelta(catalog.stageDelta([{ id: 2 }, { id: 1, total: '10.50' }], partition))
      have(partition, 'now', { order: 'strict' })
    }
    expect(updated(orders + sets, ordersAre('now', { order: 'strict' }), turned, ordersAre('then'))).toEqual({
      text: orders + sets.replace('[] }', '[{ id: 1, total: 10.50 }, { id: 2 }] }'),
      written: ['then'],
      problems: [
        '"now" of shop.deltacat.yaml is not written: two tests disagree on its rows, “test 0” and “test 1”. Give each a set of its own.',
      ],
    })
  })

  it('that read it by other types each get their rows, or it is not written', () => {
    const made =
      (schema: string | number, more: object = {}): Use =>
      (have, { catalog }) => {
        const partition = catalog.commitPartition(catalog.stagePartition(catalog.createTableVersion('shop', 'made')))
        catalog.commitDelta(catalog.stageDelta([{ id: schema, ...more }], partition))
        have(partition, 'made')
      }
    expect(updated(orders, made(1), made(1)).problems).toEqual([])
    const odd = updated(orders, made('a'), made('a', { b: true }))
    expect(odd).toMatchObject({ text: orders, written: [] })
    expect(odd.problems[0]).toContain('two tests disagree')
  })
})

describe('nothing is written', () => {
  it('that the fixture could not be read with; the rest is', () => {
    const sets = `expected:
  whole: { schema: { id: int64! }, rows: [{ id: 1 }] }
  fine: { of: shop.orders, rows: [] }
`
    const narrow: Use = (have, { catalog, fixture }) => {
      have(fixture.table('shop.orders'), 'fine')
      const partition = catalog.commitPartition(catalog.stagePartition(catalog.createTableVersion('shop', 'wide')))
      catalog.commitDelta(catalog.stageDelta([{ id: 1, more: 'x' }], partition))
      have(partition, 'whole')
    }
    expect(updated(orders + sets, narrow)).toEqual({
      text: orders + sets.replace('rows: [] }', 'rows: [{ id: 1, total: 10.50 }, { id: 2 }] }'),
      written: ['fine'],
      problems: [
        expect.stringContaining(
          '"whole" of shop.deltacat.yaml is not written: the fixture could not be read any more: ',
        ),
      ],
    })
  })

  it('into a file that is another one now', () => {
    writeFileSync(file, orders)
    using catalog = buildFixture(file, ':memory:', { root })
    noteOrigin(catalog, { file, params: {} })
    const task = { id: '', name: 'a test', meta: {} }
    const context: MatcherContext = { isNot: false, promise: '', snapshotState: { snapshotUpdateState: 'new' }, task }
    toHaveRecords.call(context, catalog.getTable('shop', 'orders'), 'fresh')
    writeFileSync(file, `${orders}# meanwhile\n`)
    expect(updateSets(updatesOf(task.meta), { root, hashes: new Map([[file, hashOf(Buffer.from(orders))]]) })).toEqual({
      written: new Map(),
      problems: [`${file} has changed while the tests ran; nothing is written to it. Run them again.`],
    })
    expect(readFileSync(file, 'utf8')).toBe(`${orders}# meanwhile\n`)
  })
})
