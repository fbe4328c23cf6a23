import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCatalog, type Partition, seededClock } from '../../src/catalog/index.ts'
import { loadFixture } from '../../src/fixtures/index.ts'
import { lines, root, run, testFolder } from './run.ts'

const folder = testFolder()
const orders = 'fixtures/orders.deltacat.yaml'

describe('inspect', () => {
  it('shows a catalog as an aligned tree', async () => {
    const { code, out, err } = await run(['inspect', 'fixtures/history.deltacat.yaml'])
    // How large a Parquet file is depends on what writes it.
    expect({ code, err, out: out.replaceAll(/ {2,}[\d.,]+ k?B/g, '    size') }).toEqual({
      code: 0,
      err: '',
      out: [
        '                               state       deltas  rows     size',
        'shop                                            7     9    size  1 table',
        '└─ orders                                       7     9    size',
        '   └─ version 1                unreleased       7     9    size  id int64!, country string, total decimal(12,2) · key id',
        '      └─ stream                committed        7     9    size  4 partitions',
        '         ├─ before compaction  deprecated       2     3    size  ["NO"]',
        '         │  ├─ #first          deprecated             2    size  append  2024-03-01 00:00:00.001',
        '         │  └─ #correction     deprecated             1    size  upsert  2024-03-01 00:00:00.002',
        '         ├─ norway             committed        3     4    size  ["NO"] · 1 staged',
        '         │  ├─ #compacted      committed              2    size  upsert  2024-03-01 00:00:00.004',
        '         │  ├─ #late           committed              1    size  upsert  2024-03-01 00:00:00.005',
        '         │  └─ #pending        staged                 1    size  upsert  2024-03-01 00:00:00.006',
        '         ├─ given up           deprecated       1     1    size  ["DK"]',
        '         │  └─ #0              deprecated             1    size  upsert  2024-03-01 00:00:00.008',
        '         └─ sweden             staged           1     1    size  ["SE"]',
        '            └─ #0              committed              1    size  upsert  2024-03-01 00:00:00.010',
        '',
      ].join('\n'),
    })
  })

  it('colours states on a terminal, and nothing else changes', async () => {
    const { out } = await run(['inspect', 'fixtures/history.deltacat.yaml'], { env: { FORCE_COLOR: '1' } })
    expect(out).toContain('\u001b[33mstaged    \u001b[39m')
    expect(out).toContain('\u001b[32mcommitted \u001b[39m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    const bare = out.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/ +$/gm, '')
    expect(bare).toBe((await run(['inspect', 'fixtures/history.deltacat.yaml'])).out)
  })

  it('cuts long names and values on a terminal only', async () => {
    const name = 'n'.repeat(70)
    const text = 'x'.repeat(50)
    writeFileSync(
      join(folder.path, 'long.deltacat.yaml'),
      `namespaces: { shop: { tables: { ${name}: { schema: { ${name}: string }, deltas: [[{ ${name}: ${text} }]] } } } }\n`,
    )
    const inspected = async (isTTY: boolean, ...options: string[]) =>
      (await run(['inspect', 'long.deltacat.yaml', ...options], { cwd: folder.path, isTTY, env: { NO_COLOR: '1' } }))
        .out
    const lineOf = async (isTTY: boolean) => (await inspected(isTTY)).split('\n')[2]?.replace(/ {2,}\d+ k?B/, '  size')
    expect(await lineOf(true)).toBe(`└─ ${'n'.repeat(52)}…                   1     1  size`)
    expect(await lineOf(false)).toBe(`└─ ${name}                   1     1  size`)
    const at = ['--delta', `shop.${name}/-#0`]
    expect((await inspected(true, ...at)).split('\n').slice(2, 5)).toEqual([
      `  ${'n'.repeat(39)}…`,
      '  string',
      `  ${'x'.repeat(39)}…`,
    ])
    expect((await inspected(false, ...at)).split('\n').slice(2, 5)).toEqual([`  ${name}`, '  string', `  ${text}`])
  })

  it('lists so many deltas as it is told', async () => {
    const { out } = await run(['inspect', 'test/conformance/peer-db/types.db', '--deltas', '1'])
    expect(out.split('\n').slice(-4)).toEqual(
      [
        '      └─ stream     committed       33    99    20 kB  1 partition',
        '         └─ -       committed       33    99    20 kB  unpartitioned',
        '            ├─ #0   committed              3    548 B  upsert  2023-11-14 22:13:22.000',
        '            └─ 32 more; --deltas all lists them',
      ]
        .concat('')
        .slice(-4),
    )
    expect((await run(['inspect', 'test/conformance/peer-db/types.db', '--deltas', 'all'])).out).toContain('└─ #32')
    expect((await run(['inspect', 'test/conformance/peer-db/types.db', '--deltas', '0'])).out).not.toContain('#0')
  })

  it('narrows down to a table', async () => {
    const { out } = await run(['inspect', 'fixtures/partitions.deltacat.yaml', '--table', 'shop.by_bucket'])
    expect(out.match(/─ (\S+)/g)).toEqual(['─ by_bucket', '─ version', '─ stream', '─ 1', '─ #0'])
    const none = await run(['inspect', orders, '--table', 'shop.odrers'])
    expect(none).toEqual({ code: 1, out: '', err: 'error There is no table shop.odrers; the namespace has orders.\n' })
    const nowhere = await run(['inspect', orders, '--table', 'stop'])
    expect(nowhere.err).toBe('error There is no namespace stop; there is shop.\n')
    expect(await run(['inspect', orders, '--table', 'orders'])).toEqual({
      code: 1,
      out: '',
      err: 'error There is no namespace orders; there is shop. Write --table shop.orders for the table of that name.\n',
    })
  })

  it('narrows down to a version of a table, and refuses one that is not there', async () => {
    writeFileSync(
      join(folder.path, 'versions.deltacat.yaml'),
      'namespaces: { shop: { tables: { "my orders": { versions: { "1": { deltas: [[{ id: 1 }]] }, "2": { deltas: [[{ id: 2 }], [{ id: 3 }]] } } } } } }\n',
    )
    const inspected = (...argv: string[]) => run(['inspect', 'versions.deltacat.yaml', ...argv], { cwd: folder.path })
    const paths = async (table: string) =>
      lines((await inspected('--table', table, '--json')).out).map(({ kind, path }) => `${kind} ${path ?? ''}`)
    expect(await paths('shop."my orders"@2')).toEqual([
      'namespace shop',
      'table shop."my orders"',
      'version shop."my orders"@2',
      'stream shop."my orders"',
      'partition shop."my orders"/-',
      'delta shop."my orders"/-#0',
      'delta shop."my orders"/-#1',
      'summary ',
    ])
    const { code, out } = await inspected('--table', 'shop."my orders"@1')
    expect({ code, tree: out.match(/─ .+?(?= {2})/g) }).toEqual({
      code: 0,
      tree: ['─ my orders', '─ version 1', '─ stream', '─ -', '─ #0'],
    })
    expect(await inspected('--table', 'shop."my orders"@7')).toEqual({
      code: 1,
      out: '',
      err: 'error There is no version 7 of shop."my orders"; there is 1, 2.\n',
    })
  })

  it('refuses to narrow the tree down to less than a version, and says what shows that', async () => {
    const refused = async (path: string) => {
      const { code, out, err } = await run(['inspect', orders, '--table', path])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      return err
    }
    expect(await refused('shop.orders/NOPE')).toBe(
      'error --table "shop.orders/NOPE" names a partition, and the tree shows whole tables or versions; add --view raw or --view merged for its records, or give --delta <path> for those of a delta.\n',
    )
    expect(await refused('shop.orders~next')).toBe(
      'error --table "shop.orders~next" names a stream, and the tree shows whole tables or versions; add --view raw or --view merged for its records, or give --delta <path> for those of a delta.\n',
    )
    expect(await refused('shop.orders/norway#seed')).toBe(
      'error --table "shop.orders/norway#seed" names a delta; give --delta shop.orders/norway#seed for its records.\n',
    )
  })

  it('shows the records of a delta', async () => {
    expect((await run(['inspect', orders, '--delta', 'shop.orders/norway#seed'])).out).toBe(
      [
        'shop.orders/norway#seed  append  committed  1709251200001',
        '',
        '      id  country          total  at                           tags                           big',
        '  int64!  string   decimal(12,2)  timestamp[us, UTC]           list<string>                uint64',
        '       1  NO               10.50  2024-02-29T23:59:59.123456Z  null          18446744073709551615',
        '       2  NO                null  null                         null                          null',
        '',
        '2 rows',
        '',
      ].join('\n'),
    )
  })

  it('shows what a delta changed, and what is left after it', async () => {
    const changes = await run([
      'inspect',
      'fixtures/deletes.deltacat.yaml',
      '--delta',
      'shop.orders/-#"by status"',
      '--view',
      'changes',
    ])
    expect(changes.out).toBe(
      [
        'shop.orders/-#"by status"  delete  committed  1704067200003',
        '',
        '      id  status             total',
        '  int64!  string     decimal(12,2)',
        '-      3  cancelled           5.00',
        '-      4  cancelled           6.00',
        '',
        '2 rows',
        '',
      ].join('\n'),
    )
    const json = await run(['inspect', orders, '--delta', 'shop.orders/norway#fix', '--view', 'changes', '--json'])
    expect(lines(json.out).slice(1)).toMatchObject([
      { kind: 'record', row: 0, change: '-', cells: { id: 2, total: null } },
      { kind: 'record', row: 1, change: '+', cells: { id: 2, total: '99.90' } },
    ])
    const merged = await run([
      'inspect',
      'fixtures/deletes.deltacat.yaml',
      '--delta',
      'shop.orders/-#"by key"',
      '--view',
      'merged',
    ])
    expect(merged.out.split('\n').slice(4, 7)).toEqual([
      '       2  open               99.90',
      '       3  cancelled           5.00',
      '       4  cancelled           6.00',
    ])
    const fix = await run(['inspect', orders, '--delta', 'shop.orders/norway#fix', '--view', 'changes'])
    expect(fix.out.split('\n').slice(4, 6)).toEqual([
      '-      2  NO                null  null                null            null',
      '+      2  NO               99.90  null                null            null',
    ])
  })

  it('aligns names and types with what is below them, however wide they are', async () => {
    const fields = 'weight: float64, height: float64, unit: string, at: string'
    writeFileSync(
      join(folder.path, 'wide.deltacat.yaml'),
      `namespaces: { shop: { tables: { t: { schema: { size: "struct<${fields}>", tags: "map<string, int64>", id: int64 }, deltas: [[{ id: 1, tags: { a: 1 } }]] } } } }\n`,
    )
    const rows = async (isTTY: boolean) =>
      (await run(['inspect', 'wide.deltacat.yaml', '--delta', 'shop.t/-#0'], { cwd: folder.path, isTTY })).out
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
        .replaceAll(/\u001b\[\d+m/g, '')
        .split('\n')
        .slice(2, 5)
    const type = `struct<${fields}>`
    expect(await rows(false)).toEqual([
      `  ${'size'.padEnd(type.length)}  tags                   id`,
      `  ${type}  map<string, int64>  int64`,
      `  ${'null'.padEnd(type.length)}  [["a", 1]]              1`,
    ])
    expect(await rows(true)).toEqual([
      `  ${'size'.padEnd(40)}  tags                   id`,
      `  ${type.slice(0, 39)}…  map<string, int64>  int64`,
      `  ${'null'.padEnd(40)}  [["a", 1]]              1`,
    ])
  })

  it('previews what a staged delta would change', async () => {
    const pending = ['--delta', 'shop.orders/norway#pending', '--view'] as const
    expect(await run(['inspect', 'fixtures/history.deltacat.yaml', ...pending, 'changes'])).toEqual({
      code: 0,
      err: '',
      out: [
        'shop.orders/norway#pending  upsert  staged  1709251200006',
        'a preview: what it would change if it were committed now',
        '',
        '      id  country          total',
        '  int64!  string   decimal(12,2)',
        '+      4  NO                1.00',
        '',
        '1 row',
        '',
      ].join('\n'),
    })
    const json = await run(['inspect', 'fixtures/history.deltacat.yaml', ...pending, 'changes', '--json'])
    expect(lines(json.out)[0]).toMatchObject({
      kind: 'records',
      preview: 'a preview: what it would change if it were committed now',
    })
    expect(await run(['inspect', 'fixtures/history.deltacat.yaml', ...pending, 'merged'])).toEqual({
      code: 1,
      out: '',
      err: 'error shop.orders/norway#pending is staged: it is in no merged records yet; --view changes shows what it would change if it were committed.\n',
    })
  })

  it('says of a preview what stands in the way', async () => {
    const db = join(folder.path, 'staged.db')
    const catalog = openCatalog(db, { clock: seededClock('2024-03-01T00:00:00Z') })
    catalog.createNamespace('shop')
    const stream = catalog.createTableVersion('shop', 'orders', { primaryKeyColumnNames: ['id'] })
    const partition = catalog.commitPartition(catalog.stagePartition(stream))
    catalog.stageDelta([{ id: 1, n: 'late' }], partition)
    catalog.commitDelta(catalog.stageDelta([{ id: 1, n: 'first' }], partition))
    catalog.stageDelta([{ id: 1 }], partition, { deltaType: 'delete' })
    catalog.stageDelta([{ id: 'x' }], partition)
    const changes = (name: string) => run(['inspect', db, '--delta', `shop.orders/-#${name}`, '--view', 'changes'])
    expect((await changes('0')).out.split('\n').slice(1, 7)).toEqual([
      'a preview: what it would change if it were committed now; its records would have to be staged again for that, as position 1709251200002 is committed already',
      '',
      '     id  n',
      '  int64  string',
      '-     1  first',
      '+     1  late',
    ])
    expect((await changes('2')).out.split('\n').slice(4, 6)).toEqual(['  int64  string', '-     1  first'])
    expect((await changes('3')).err).toBe(
      'error Column "id" is int64 in shop.orders@1/-#1709251200002 and string in shop.orders@1/-#1709251200004; stage one of them again as the other\'s type, in a partition that replaces this one. [invalid-argument]\n',
    )
    catalog.commitPartition(catalog.stagePartition(stream))
    catalog.close()
    expect(await changes('1709251200003')).toEqual({
      code: 1,
      out: '',
      err: 'error shop.orders/-#1709251200003 is staged, and its partition was replaced: it can’t be committed any more, so it changes nothing.\n',
    })
  })

  it('shows the records of a table, so many rows as it is told', async () => {
    const { out } = await run(['inspect', orders, '--table', 'shop.orders', '--view', 'merged', '--rows', '2'])
    expect(out.split('\n')).toEqual([
      'shop.orders  merged records of 2 partitions',
      '',
      '      id  country          total  at                           tags                           big',
      '  int64!  string   decimal(12,2)  timestamp[us, UTC]           list<string>                uint64',
      '       1  NO               10.50  2024-02-29T23:59:59.123456Z  null          18446744073709551615',
      '       2  NO               99.90  null                         null                          null',
      '',
      '1,004 rows, 1,002 not shown; --rows all shows them',
      '',
    ])
    const raw = await run(['inspect', orders, '--table', 'shop.orders~next', '--view', 'raw'])
    expect(raw.out).toMatch(/^shop\.orders~next {2}raw records of 1 partition\n/)
  })

  it('takes the labels of a kept catalog from what the test left beside it', async () => {
    const db = join(folder.path, 'kept.db')
    expect((await run(['build', 'fixtures/history.deltacat.yaml', '-o', db])).code).toBe(0)
    const cwd = { cwd: folder.path }
    const inspected = (...options: string[]) => run(['inspect', 'kept.db', ...options], cwd)
    const late = ['--delta', 'shop.orders/norway#late'] as const
    expect((await inspected(...late)).err).toContain("there is no partition 'norway'")
    const { index } = loadFixture(join(root, 'fixtures/history.deltacat.yaml'))
    const failure = { test: 'orders > keeps', file: 'orders.test.ts', errors: [], index }
    writeFileSync(join(folder.path, 'kept.failure.json'), JSON.stringify(failure))
    const { code, out } = await inspected(...late)
    expect({ code, first: out.split('\n')[0] }).toEqual({
      code: 0,
      first: 'shop.orders/norway#late  upsert  committed  1709251200005',
    })
    expect((await inspected()).out).toBe((await run(['inspect', 'fixtures/history.deltacat.yaml'])).out)
    const other = join(root, 'fixtures/history.deltacat.yaml')
    expect(await run(['diff', 'kept.db', other], cwd)).toMatchObject({ code: 0, out: '' })
    writeFileSync(join(folder.path, 'kept.failure.json'), '{')
    expect((await inspected()).out).toContain('─ NO ')
  })

  it('names deltas that the partition’s path does not lead to by their positions, with the state that they have', async () => {
    const db = join(folder.path, 'replaced.db')
    const catalog = openCatalog(db, { clock: seededClock('2024-03-01T00:00:00Z') })
    catalog.createNamespace('shop')
    const stream = catalog.createTableVersion('shop', 'orders', { partitionKeys: ['country'] })
    const commit = (partition: Partition, id: number) => catalog.commitDelta(catalog.stageDelta([{ id }], partition))
    const before = catalog.commitPartition(catalog.stagePartition(stream, ['NO']))
    commit(before, 1)
    commit(before, 2)
    const after = catalog.stagePartition(stream, ['NO'])
    commit(after, 3)
    commit(before, 4)
    catalog.commitPartition(after, { previousPartition: before })
    for (const id of [5, 6]) commit(catalog.stagePartition(stream, ['SE']), id)
    catalog.close()
    const tree = (await run(['inspect', db])).out.split('\n').slice(5, -1)
    expect(tree.map((line) => line.replaceAll(/ {2,}[\d.,]+ k?B.*/g, ''))).toEqual([
      '         ├─ NO                 deprecated       3     3',
      '         │  ├─ #1709251200001  deprecated             1',
      '         │  ├─ #1709251200002  deprecated             1',
      '         │  └─ #1709251200005  deprecated             1',
      '         ├─ NO                 committed        2     2',
      '         │  ├─ #0              committed              1',
      '         │  └─ #1              committed              1',
      '         ├─ SE                 staged           1     1',
      '         │  └─ #1709251200007  committed              1',
      '         └─ SE                 staged           1     1',
      '            └─ #1709251200009  committed              1',
    ])
    const listed = lines((await run(['inspect', db, '--json'])).out).filter(({ kind }) => kind === 'delta')
    expect(listed.map(({ path }) => path)).toEqual([
      'shop.orders/NO#1709251200001',
      'shop.orders/NO#1709251200002',
      'shop.orders/NO#1709251200005',
      'shop.orders/NO#0',
      'shop.orders/NO#1',
      'shop.orders/SE#1709251200007',
      'shop.orders/SE#1709251200009',
    ])
    const read = listed.map(async ({ path, state }) => {
      const { out } = await run(['inspect', db, '--delta', String(path)])
      const [head, , , , row] = out.split('\n')
      return [head?.split('  ')[2] === state ? 'as listed' : head, Number(row)]
    })
    // The late delta was carried over: its path leads to where it counts.
    expect(await Promise.all(read)).toEqual([
      ['as listed', 1],
      ['as listed', 2],
      ['shop.orders/NO#1709251200005  upsert  committed  1709251200005', 4],
      ['as listed', 3],
      ['as listed', 4],
      ['as listed', 5],
      ['as listed', 6],
    ])
    expect((await run(['inspect', db, '--delta', 'shop.orders/NO#1709251200002', '--view', 'changes'])).code).toBe(0)
  })

  it('names what there is where a path leads nowhere', async () => {
    const { code, err } = await run(['inspect', orders, '--delta', 'shop.orders/norge#0'])
    expect(code).toBe(1)
    expect(err).toContain("'shop.orders/norge#0' leads nowhere: there is no partition 'norge'")
    expect((await run(['inspect', orders, '--delta', 'shop.orders'])).err).toBe(
      'error --delta "shop.orders" names a table; write namespace.table/partition#delta.\n',
    )
    expect(await run(['inspect', orders, '--delta', 'shop.orders/norway#late remove'])).toEqual({
      code: 2,
      out: '',
      err: `error "shop.orders/norway#late remove" is no path: ' remove' is too much; quote the name of the delta: #"late remove".\n`,
    })
    expect((await run(['inspect', orders, '--table', 'shop.my orders'])).err).toBe(
      `error --table "shop.my orders": ' orders' is too much; quote the name of the table: ."my orders".\n`,
    )
  })

  it('gives all of it as JSON, an object a line', async () => {
    const { code, out } = await run(['inspect', 'fixtures/history.deltacat.yaml', '--json'])
    expect(code).toBe(0)
    const objects = lines(out)
    expect(objects.map(({ kind, path }) => `${kind} ${path ?? ''}`)).toEqual([
      'namespace shop',
      'table shop.orders',
      'version shop.orders@1',
      'stream shop.orders',
      'partition shop.orders/"before compaction"',
      'delta shop.orders/"before compaction"#first',
      'delta shop.orders/"before compaction"#correction',
      'partition shop.orders/norway',
      'delta shop.orders/norway#compacted',
      'delta shop.orders/norway#late',
      'delta shop.orders/norway#pending',
      'partition shop.orders/"given up"',
      'delta shop.orders/"given up"#0',
      'partition shop.orders/sweden',
      'delta shop.orders/sweden#0',
      'summary ',
    ])
    expect(objects[2]).toMatchObject({
      kind: 'version',
      version: '1',
      lifecycleState: 'unreleased',
      columns: [
        { name: 'id', type: 'int64!' },
        { name: 'country', type: 'string' },
        { name: 'total', type: 'decimal(12,2)' },
      ],
      primaryKeys: ['id'],
      deltas: 7,
      staged: 1,
      records: 9,
    })
    expect(objects[10]).toEqual({
      kind: 'delta',
      path: 'shop.orders/norway#pending',
      position: 1709251200006,
      type: 'upsert',
      state: 'staged',
      records: 1,
      bytes: expect.any(Number),
      properties: null,
    })
    expect(objects.at(-1)).toEqual({ kind: 'summary', deltas: 7, staged: 1, records: 9, bytes: expect.any(Number) })
  })

  it('gives records as JSON, every value exact', async () => {
    const { out } = await run(['inspect', 'fixtures/types.deltacat.yaml', '--delta', 'shop.types/-#values', '--json'])
    const [head, first, second] = lines(out) as [
      Record<string, unknown>,
      { cells: Record<string, unknown> },
      { cells: Record<string, unknown> },
    ]
    expect(head).toMatchObject({ kind: 'records', path: 'shop.types/-#values', rows: 2 })
    expect(first.cells).toMatchObject({
      int8: -128,
      int64: { $int: '9223372036854775807' },
      uint64: { $int: '18446744073709551615' },
      float64: { $float: 'Infinity' },
      string: 'NO',
      binary: { $base64: 'aGVsbG8=' },
      decimal128: '1234567890.0123456789',
    })
    expect(new Set(Object.values(second.cells))).toEqual(new Set([null]))
  })

  it('shows a file that the reference wrote, an empty one, and says what is wrong with a damaged one', async () => {
    expect((await run(['inspect', 'test/conformance/compaction/cases.db', '--deltas', '0'])).out).toMatch(/^ +state/)
    writeFileSync(join(folder.path, 'empty.db'), '')
    expect(await run(['inspect', 'empty.db'], { cwd: folder.path })).toEqual({
      code: 0,
      out: '  state       deltas  rows     size\nan empty catalog: no namespace\n',
      err: '',
    })
    writeFileSync(join(folder.path, 'damaged.db'), 'SQLite format 3\0 and then nothing of the kind'.padEnd(4096, 'x'))
    const { code, out, err } = await run(['inspect', 'damaged.db'], { cwd: folder.path })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^error ".*damaged\.db" is .*\[corrupt\]\n$/)
  })

  it('shows a fixture’s mistakes', async () => {
    writeFileSync(
      join(folder.path, 'wrong.deltacat.yaml'),
      'namespaces:\n  shop:\n    tables:\n      orders: { delta: [] }\n',
    )
    const { code, out, err } = await run(['inspect', 'wrong.deltacat.yaml'], { cwd: folder.path })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^wrong\.deltacat\.yaml:4:17 /)
    expect(err).toMatch(/\n\n1 mistake\n$/)
  })

  it('takes parameters', async () => {
    const { out } = await run(['inspect', orders, '--param', 'bulk=7', '--json'])
    expect(lines(out).find(({ path }) => path === 'shop.orders/sweden#bulk')).toMatchObject({ records: 7 })
  })
})
