import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { lines, root, run, testFolder } from './run.ts'

const folder = testFolder()
const orders = `namespaces:
  shop:
    tables:
      orders:
        description: one row an order
        schema: { id: int64!, country: string, total: "decimal(12,2)" }
        primaryKeys: [id]
        partitions:
          - values: [NO]
            label: norway
            deltas:
              - { label: seed, rows: [{ id: 1, country: NO, total: 10.50 }, { id: 2, country: NO }] }
              - { label: fix, rows: [{ id: 2, country: NO, total: 99.90 }] }
`

/** Compares the fixture with itself after some of its text was replaced. */
async function diff(replacements: readonly (readonly [string, string])[], ...options: readonly string[]) {
  let text = orders
  for (const [before, after] of replacements) {
    expect(text).toContain(before)
    text = text.replace(before, after)
  }
  writeFileSync(join(folder.path, 'b.deltacat.yaml'), text)
  return run(['diff', 'a.deltacat.yaml', 'b.deltacat.yaml', ...options], { cwd: folder.path })
}

beforeAll(() => {
  writeFileSync(join(folder.path, 'a.deltacat.yaml'), orders)
  writeFileSync(join(folder.path, 'package.json'), '{}')
})

describe('diff', () => {
  it('finds two equal catalogs equal', async () => {
    expect(await diff([])).toEqual({ code: 0, out: '', err: '✓ a.deltacat.yaml and b.deltacat.yaml are equal\n' })
    expect(await diff([], '--ids', '--json')).toEqual({
      code: 0,
      out: '{"kind":"summary","a":"a.deltacat.yaml","b":"b.deltacat.yaml","differences":0}\n',
      err: '',
    })
  })

  it('shows long values whole where no terminal cuts them', async () => {
    const long = 'x'.repeat(150)
    const { out } = await diff([['one row an order', long]])
    expect(out).toBe(`shop.orders\n  description: "one row an order" → "${long}"\n`)
  })

  it('names path, key, column and both values of a cell', async () => {
    expect(await diff([['10.50', '10.51']])).toEqual({
      code: 1,
      out: 'shop.orders/norway#seed\n  id=1  total: 10.50 → 10.51\n',
      err: '✗ a.deltacat.yaml and b.deltacat.yaml: 1 difference\n',
    })
    expect(lines((await diff([['10.50', '10.51']], '--json')).out)).toEqual([
      { kind: 'cell', path: 'shop.orders/norway#seed', key: { id: 1 }, column: 'total', a: '10.50', b: '10.51' },
      { kind: 'summary', a: 'a.deltacat.yaml', b: 'b.deltacat.yaml', differences: 1 },
    ])
  })

  it('names rows that one of them lacks', async () => {
    const { out } = await diff([['{ id: 2, country: NO }]', '{ id: 3, country: NO }]']])
    expect(out).toBe('shop.orders/norway#seed\n  - id=2 country=NO total=null\n  + id=3 country=NO total=null\n')
  })

  it('compares entities, fields, schemas', async () => {
    const { out } = await diff([
      ['one row an order', 'orders'],
      ['total: "decimal(12,2)"', 'total: "decimal(14,2)", note: string'],
      [
        '{ label: fix, rows: [{ id: 2, country: NO, total: 99.90 }] }',
        '{ label: fix, type: append, state: staged, rows: [{ id: 2, country: NO, total: 99.90 }] }',
      ],
    ])
    expect(out).toBe(
      [
        'shop.orders',
        '  description: "one row an order" → "orders"',
        'shop.orders@1',
        '  column total: decimal(12,2) → decimal(14,2)',
        '  column note: missing → string',
        'shop.orders/norway#seed',
        '  column total: decimal(12,2) → decimal(14,2)',
        '  column note: missing → string',
        'shop.orders/norway#fix',
        '  type: "upsert" → "append"',
        '  state: "committed" → "staged"',
        '  column total: decimal(12,2) → decimal(14,2)',
        '  column note: missing → string',
        '',
      ].join('\n'),
    )
  })

  it('names deltas, partitions and tables that one of them lacks', async () => {
    const more = await diff([
      [
        '              - { label: fix,',
        '              - { label: more, rows: [{ id: 7, country: NO }] }\n              - { label: fix,',
      ],
    ])
    expect(more.out).toBe('shop.orders/norway#more\n  + only in b.deltacat.yaml (delta)\n')
    const partition = await diff([['values: [NO]', 'values: [SE]']])
    expect(partition.out).toBe(
      'shop.orders/norway\n  - only in a.deltacat.yaml (partition)\n'.concat(
        '  + only in b.deltacat.yaml (partition)\n',
      ),
    )
    const table = await diff([['      orders:', '      invoices:']])
    expect(table.out).toBe(
      'shop.orders\n  - only in a.deltacat.yaml (table)\nshop.invoices\n  + only in b.deltacat.yaml (table)\n',
    )
  })

  it('shows so many rows of a delta as it is told, and counts the others; as JSON all of them', async () => {
    const text = (rows: (id: number) => string) =>
      orders
        .replace('{ id: 2, country: NO }]', `${Array.from({ length: 60 }, (_, at) => rows(at + 2)).join(', ')}]`)
        .replace('{ id: 2, country: NO, total: 99.90 }', rows(2))
    const cwd = { cwd: folder.path }
    writeFileSync(
      join(folder.path, 'ours.deltacat.yaml'),
      text((id) => `{ id: ${id}, country: NO, total: 1.00 }`),
    )
    // Of 60 rows two cells each; two more of the first delta are in one of them alone.
    writeFileSync(
      join(folder.path, 'theirs.deltacat.yaml'),
      text((id) => `{ id: ${id > 59 ? id + 10 : id}, country: SE, total: 2.00 }`),
    )
    const compared = ['diff', 'ours.deltacat.yaml', 'theirs.deltacat.yaml']
    const shown = async (...options: string[]) => {
      const { code, out, err } = await run([...compared, ...options], cwd)
      expect({ code, err }).toEqual({
        code: 1,
        err: '✗ ours.deltacat.yaml and theirs.deltacat.yaml: 122 differences\n',
      })
      return out.split('\n')
    }
    const cells = (id: number) => [`  id=${id}  country: NO → SE`, `  id=${id}  total: 1.00 → 2.00`]
    const rows = (count: number) => Array.from({ length: count }, (_, at) => cells(at + 2)).flat()
    const fix = ['shop.orders/norway#fix', ...cells(2), '']
    const all = [
      'shop.orders/norway#seed',
      ...rows(58),
      ...[60, 61].map((id) => `  - id=${id} country=NO total=1.00`),
      ...[70, 71].map((id) => `  + id=${id} country=SE total=2.00`),
      ...fix,
    ]
    expect(await shown('--rows', 'all')).toEqual(all)
    expect(await shown()).toEqual([
      'shop.orders/norway#seed',
      ...rows(50),
      '  … and 12 more rows; --rows all shows them',
      ...fix,
    ])
    expect(await shown('--rows', '61')).toEqual([
      ...all.slice(0, 120),
      '  … and 1 more row; --rows all shows them',
      ...fix,
    ])
    expect(await shown('--rows', '0')).toEqual([
      'shop.orders/norway#seed',
      '  … and 62 more rows; --rows all shows them',
      'shop.orders/norway#fix',
      '  … and 1 more row; --rows all shows them',
      '',
    ])
    expect(lines((await run([...compared, '--json'], cwd)).out)).toHaveLength(123)
    expect(await run([...compared, '--json', '--rows', '3'], cwd)).toEqual({
      code: 2,
      out: '',
      err: 'error --rows is for text, and --json gives every row; leave one of them out.\n',
    })
  })

  it('sees past the deltas with --view merged', async () => {
    const squashed: readonly (readonly [string, string])[] = [
      ['{ id: 2, country: NO }]', '{ id: 2, country: NO, total: 99.90 }]'],
      ['              - { label: fix, rows: [{ id: 2, country: NO, total: 99.90 }] }\n', ''],
    ]
    expect((await diff(squashed)).code).toBe(1)
    expect(await diff(squashed, '--view', 'merged')).toMatchObject({ code: 0, out: '' })
    const { out } = await diff([['99.90', '99.91']], '--view', 'merged')
    expect(out).toBe('shop.orders/norway\n  id=2  total: 99.90 → 99.91\n')
  })

  it('compares whole rows where there is no key', async () => {
    const { out } = await diff([['        primaryKeys: [id]\n', '']])
    expect(out).toBe('shop.orders@1\n  primaryKeys: ["id"] → null\n')
    writeFileSync(join(folder.path, 'a2.deltacat.yaml'), orders.replace('        primaryKeys: [id]\n', ''))
    writeFileSync(
      join(folder.path, 'b2.deltacat.yaml'),
      orders.replace('        primaryKeys: [id]\n', '').replace('10.50', '1.00'),
    )
    const whole = await run(['diff', 'a2.deltacat.yaml', 'b2.deltacat.yaml', '--json'], { cwd: folder.path })
    expect(lines(whole.out).slice(0, 2)).toEqual([
      {
        kind: 'row',
        path: 'shop.orders/norway#seed',
        in: 'a',
        key: {},
        cells: { id: 1, country: 'NO', total: '10.50' },
      },
      {
        kind: 'row',
        path: 'shop.orders/norway#seed',
        in: 'b',
        key: {},
        cells: { id: 1, country: 'NO', total: '1.00' },
      },
    ])
  })

  it('counts ids and positions only where it is told to', async () => {
    const moved = [['label: norway', 'label: norge']] as const
    expect(await diff(moved)).toMatchObject({ code: 0 })
    const { code, out } = await diff(moved, '--ids')
    expect(code).toBe(1)
    expect(out).toMatch(/^shop\.orders\/norway\n {2}id: "/)
  })

  it('compares a fixture with the file that it builds, and files of the reference', async () => {
    const db = join(folder.path, 'orders.db')
    await run(['build', 'fixtures/orders.deltacat.yaml', '-o', db])
    expect(await run(['diff', 'fixtures/orders.deltacat.yaml', db, '--ids'])).toMatchObject({ code: 0, out: '' })
    const types = 'test/conformance/peer-db/types.db'
    expect(await run(['diff', types, types, '--ids'])).toMatchObject({ code: 0, out: '' })
    const { code, out } = await run(['diff', types, 'test/conformance/peer-db/encodings.db'])
    expect(code).toBe(1)
    expect(out).toMatch(/types\.every_type\/-#32\n {2}- only in test\/conformance\/peer-db\/types\.db \(delta\)\n$/)
  })

  it('gives each fixture the parameters that it declares; one that none declares is a mistake', async () => {
    const many = orders.replace('{ id: 2, country: NO }]', '{ id: { $param: last }, country: NO }]')
    writeFileSync(join(folder.path, 'p.deltacat.yaml'), `params: { last: 7 }\n${many}`)
    const cwd = { cwd: folder.path }
    const equal = (a: string, b: string) => ({ code: 0, out: '', err: `✓ ${a} and ${b} are equal\n` })
    for (const [a, b] of [
      ['a.deltacat.yaml', 'p.deltacat.yaml'],
      ['p.deltacat.yaml', 'a.deltacat.yaml'],
      ['p.deltacat.yaml', 'p.deltacat.yaml'],
    ] as const)
      expect(await run(['diff', a, b, '--param', 'last=2'], cwd)).toEqual(equal(a, b))
    const { code, err } = await run(['diff', 'a.deltacat.yaml', 'p.deltacat.yaml', '--param', 'lst=2'], cwd)
    expect(code).toBe(1)
    expect(err).toContain("gives the parameter 'lst', which this fixture doesn't declare")
    const two = ['a.deltacat.yaml', 'p.deltacat.yaml', '--param', 'last=2']
    expect(await run(['check', ...two], cwd)).toMatchObject({ code: 0 })
    expect(await run(['types', ...two], cwd)).toMatchObject({ code: 0 })
    expect(await run(['report', ...two, '-o', 'two.html'], cwd)).toMatchObject({ code: 0 })
  })

  it('says which side can’t be read', async () => {
    const db = readFileSync(join(root, 'test/conformance/peer-db/types.db'))
    const at = db.indexOf('PAR1')
    db.fill(0x7f, at + 4, at + 300)
    writeFileSync(join(folder.path, 'damaged.db'), db)
    const { code, out } = await run([
      'diff',
      'test/conformance/peer-db/types.db',
      join(folder.path, 'damaged.db'),
      '--json',
    ])
    expect(code).toBe(1)
    expect(lines(out)[0]).toMatchObject({ kind: 'unreadable', in: 'b', reason: expect.any(String) })
    writeFileSync(join(folder.path, 'empty.db'), '')
    expect(await run(['diff', 'empty.db', 'empty.db'], { cwd: folder.path })).toMatchObject({ code: 0 })
    expect((await run(['diff', 'empty.db', 'a.deltacat.yaml'], { cwd: folder.path })).out).toBe(
      'shop\n  + only in a.deltacat.yaml (namespace)\n',
    )
  })
})
