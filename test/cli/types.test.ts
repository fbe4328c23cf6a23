import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { buildFixture, type Dump, dumpCatalog, fixtureOf } from '../../src/fixtures/index.ts'
import { makeLarge } from './large.ts'
import { root, run, testFolder } from './run.ts'

const folder = testFolder()
const here = () => ({ cwd: folder.path })
const declaration = (): string => join(folder.path, 'deletes.deltacat.d.yaml.ts')

beforeAll(() => {
  writeFileSync(join(folder.path, 'package.json'), '{ "type": "module" }')
  copyFileSync(join(root, 'fixtures/deletes.deltacat.yaml'), join(folder.path, 'deletes.deltacat.yaml'))
})

function opened(name: string) {
  const catalog = buildFixture(join(folder.path, name))
  return { catalog, fixture: fixtureOf(catalog)! }
}

/** A dump of a partition whose second delta is left to `stored`: its document has no manifest. */
function dumpWithStray(path: string): Dump {
  makeLarge(path, 3)
  const database = new Database(path)
  database.exec(`
    UPDATE deltas SET value = json_remove(value, '$.manifest')
    WHERE locator = (SELECT locator FROM deltas ORDER BY locator LIMIT 1 OFFSET 1)
  `)
  database.close()
  using catalog = openCatalog(path, { readonly: true })
  return dumpCatalog(catalog)
}

describe('types', () => {
  it('asks for it where it is missing, writes it, and is content', async () => {
    expect(await run(['types', 'deletes.deltacat.yaml', '--check'], here())).toEqual({
      code: 1,
      out: '',
      err: 'deletes.deltacat.d.yaml.ts is missing; run vitest-deltacat types deletes.deltacat.yaml\n',
    })
    expect(await run(['types', '*.deltacat.yaml'], here())).toEqual({
      code: 0,
      out: '',
      err: '✓ deletes.deltacat.d.yaml.ts\n',
    })
    expect(await run(['types', '*.deltacat.yaml', '--check'], here())).toEqual({
      code: 0,
      out: '',
      err: '✓ 1 file up to date\n',
    })
  })

  it('names every path and the row of each', async () => {
    await run(['types', 'deletes.deltacat.yaml'], here())
    expect(
      readFileSync(declaration(), 'utf8'),
    ).toBe(`// Made by vitest-deltacat types from deletes.deltacat.yaml: run it again when that changes.
import type { FixtureModule } from 'vitest-deltacat/test'

interface OrdersRow {
  readonly id: bigint
  readonly status: string | null
  readonly total: string | null
}

declare const fixture: FixtureModule<{
  namespaces:
    | 'shop'
  tables:
    | 'shop.orders'
  versions:
    | 'shop.orders'
    | 'shop.orders@1'
  streams:
    | 'shop.orders'
  partitions:
    | 'shop.orders/-'
  deltas:
    | 'shop.orders/-#opened'
    | 'shop.orders/-#"by key"'
    | 'shop.orders/-#"by status"'
    | 'shop.orders/-#"by both"'
    | 'shop.orders/-#reopened'
  expected:
    | 'what is left'
  rows: {
    'shop.orders@1': OrdersRow
    'shop.orders': OrdersRow
    'shop.orders/-': OrdersRow
    'shop.orders/-#opened': OrdersRow
    'shop.orders/-#"by key"': Partial<OrdersRow>
    'shop.orders/-#"by status"': Partial<OrdersRow>
    'shop.orders/-#"by both"': Partial<OrdersRow>
    'shop.orders/-#reopened': OrdersRow
  }
}>
export default fixture
`)
  })

  it('names partitions that have labels by their values too, where these lead to them', async () => {
    copyFileSync(join(root, 'fixtures/history.deltacat.yaml'), join(folder.path, 'history.deltacat.yaml'))
    expect(await run(['types', 'history.deltacat.yaml', '--force'], here())).toMatchObject({ code: 0 })
    const text = readFileSync(join(folder.path, 'history.deltacat.d.yaml.ts'), 'utf8')
    expect(text.slice(text.indexOf('  partitions:'), text.indexOf('  expected:'))).toBe(`  partitions:
    | 'shop.orders/"before compaction"'
    | 'shop.orders/norway'
    | 'shop.orders/NO'
    | 'shop.orders/"given up"'
    | 'shop.orders/DK'
    | 'shop.orders/sweden'
    | 'shop.orders/SE'
  deltas:
    | 'shop.orders/"before compaction"#first'
    | 'shop.orders/"before compaction"#correction'
    | 'shop.orders/norway#compacted'
    | 'shop.orders/norway#late'
    | 'shop.orders/norway#pending'
    | 'shop.orders/NO#compacted'
    | 'shop.orders/NO#late'
    | 'shop.orders/NO#pending'
    | 'shop.orders/"given up"#0'
    | 'shop.orders/DK#0'
    | 'shop.orders/sweden#0'
    | 'shop.orders/SE#0'
`)
    const { fixture, catalog } = opened('history.deltacat.yaml')
    using _ = catalog
    for (const [label, values] of [
      ['norway', 'NO'],
      ['"given up"', 'DK'],
      ['sweden', 'SE'],
    ]) {
      expect(fixture.partition(`shop.orders/${values}`)).toEqual(fixture.partition(`shop.orders/${label}`))
      expect(fixture.delta(`shop.orders/${values}#0`)).toEqual(fixture.delta(`shop.orders/${label}#0`))
    }
    expect(fixture.delta('shop.orders/NO#late')).toEqual(fixture.delta('shop.orders/norway#late'))
  })

  it('names no partition by values that lead to none, or to another', async () => {
    writeFileSync(
      join(folder.path, 'same.deltacat.yaml'),
      `namespaces:
  shop:
    tables:
      orders:
        schema: { id: int64!, country: string, year: string }
        partitionKeys: [country, year]
        partitions:
          - { values: [NO, "2024"], label: one, state: staged }
          - { values: [NO, "2024"], label: other, state: staged }
          - { values: [it's, "-"], label: third }
      log:
        schema: { id: int64! }
        partitions: [{ label: all, deltas: [[{ id: 1 }]] }]
`,
    )
    expect(await run(['types', 'same.deltacat.yaml'], here())).toMatchObject({ code: 0 })
    const text = readFileSync(join(folder.path, 'same.deltacat.d.yaml.ts'), 'utf8')
    expect(text.slice(text.indexOf('  partitions:'), text.indexOf('  expected:'))).toBe(`  partitions:
    | 'shop.orders/one'
    | 'shop.orders/other'
    | 'shop.orders/third'
    | 'shop.orders/"it\\'s",-'
    | 'shop.log/all'
    | 'shop.log/-'
  deltas:
    | 'shop.log/all#0'
    | 'shop.log/-#0'
`)
    const { fixture, catalog } = opened('same.deltacat.yaml')
    using _ = catalog
    expect(fixture.partition('shop.orders/"it\'s",-')).toEqual(fixture.partition('shop.orders/third'))
    expect(fixture.rows('shop.log/-#0')).toEqual([{ id: 1n }])
    expect(() => fixture.partition('shop.orders/NO,2024')).toThrow('could be 2 partitions')
  })

  it('gives large partitions a pattern in place of their numbers, and lists the labels and the small ones', async () => {
    const many = (count: number): string => '              - - { id: 1 }\n'.repeat(count)
    writeFileSync(
      join(folder.path, 'many.deltacat.yaml'),
      `namespaces:
  log:
    tables:
      "ev\`\${ents":
        schema: { id: int64!, day: int64 }
        partitionKeys: [day]
        partitions:
          - values: [1]
            deltas:
              - - { id: 1 }
              - - { id: 2 }
          - values: [2]
            deltas:
${many(600)}              - { label: boom, rows: [{ id: 1 }] }
              - { type: delete, equalityColumns: [id], rows: [{ id: 1 }] }
          - values: [3]
            deltas:
${many(500)}
`,
    )
    expect(await run(['types', 'many.deltacat.yaml'], here())).toMatchObject({ code: 0 })
    const text = readFileSync(join(folder.path, 'many.deltacat.d.yaml.ts'), 'utf8')
    const path = 'log."ev`${ents"'
    const escaped = 'log."ev\\`\\${ents"'
    const listed = Array.from({ length: 500 }, (_, number) => number)
    expect(text.slice(text.indexOf('  deltas:'))).toBe(`  deltas:
    | '${path}/1#0'
    | '${path}/1#1'
    | '${path}/2#boom'
    | \`${escaped}/2#\${number}\`
${listed.map((number) => `    | '${path}/3#${number}'\n`).join('')}  expected: never
  rows: {
    '${path}@1': EvEntsRow
    '${path}': EvEntsRow
    '${path}/1': EvEntsRow
    '${path}/1#0': EvEntsRow
    '${path}/1#1': EvEntsRow
    '${path}/2': EvEntsRow
    '${path}/2#boom': EvEntsRow
    [delta: \`${escaped}/2#\${number}\`]: Partial<EvEntsRow>
    '${path}/3': EvEntsRow
${listed.map((number) => `    '${path}/3#${number}': EvEntsRow\n`).join('')}  }
}>
export default fixture
`)
  })

  it('numbers what `stored` adds to a partition among its deltas', async () => {
    const { yaml, files } = dumpWithStray(join(folder.path, 'stray.db'))
    for (const [name, bytes] of files) writeFileSync(join(folder.path, name), bytes)
    writeFileSync(join(folder.path, 'stray.deltacat.yaml'), yaml)
    expect(yaml).toContain('\nstored:\n')
    expect(await run(['types', 'stray.deltacat.yaml'], here())).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder.path, 'stray.deltacat.d.yaml.ts'), 'utf8')).toContain(`  deltas:
    | 'big.log/-#0'
    | 'big.log/-#1'
    | 'big.log/-#2'
`)
  })

  it('says that it is out of date, and writes over what it made alone', async () => {
    await run(['types', 'deletes.deltacat.yaml'], here())
    const text = readFileSync(declaration(), 'utf8')
    writeFileSync(declaration(), `${text}\n`)
    expect((await run(['types', 'deletes.deltacat.yaml', '--check'], here())).err).toMatch(/ is out of date; run /)
    expect((await run(['types', 'deletes.deltacat.yaml'], here())).code).toBe(0)
    expect(readFileSync(declaration(), 'utf8')).toBe(text)
    writeFileSync(declaration(), 'export default 1\n')
    expect((await run(['types', 'deletes.deltacat.yaml'], here())).err).toMatch(
      /^error deletes\.deltacat\.d\.yaml\.ts exists, and this command did not make it/,
    )
    expect((await run(['types', 'deletes.deltacat.yaml', '--force'], here())).code).toBe(0)
  })

  it('refuses a file that can’t be imported by its name', async () => {
    writeFileSync(join(folder.path, 'plain.yaml'), 'namespaces: {}\n')
    expect(await run(['types', 'plain.yaml'], here())).toEqual({
      code: 1,
      out: '',
      err: 'error plain.yaml is not named *.deltacat.yaml, so it can’t be imported; rename it.\n',
    })
  })

  it('compiles, completes right paths and refuses wrong ones', async () => {
    for (const name of ['types', 'orders', 'streams', 'history']) {
      for (const file of [`${name}.deltacat.yaml`, 'orders-sweden.csv', 'orders-next.parquet']) {
        copyFileSync(join(root, 'fixtures', file), join(folder.path, file))
      }
    }
    writeFileSync(
      join(folder.path, 'events.deltacat.yaml'),
      `namespaces: { log: { tables: { events: { schema: { id: int64! }, deltas: [${'[{ id: 1 }], '.repeat(1001)}] } } } }\n`,
    )
    expect((await run(['types', '*.deltacat.yaml', '--force'], here())).code).toBe(0)
    writeFileSync(
      join(folder.path, 'use.ts'),
      `import orders from './orders.deltacat.yaml'
import types from './types.deltacat.yaml'
import streams from './streams.deltacat.yaml'
import history from './history.deltacat.yaml'
import events from './events.deltacat.yaml'
import type { FixtureModule, TypedFixture } from 'vitest-deltacat/test'

type TypesOf<Module> = Module extends FixtureModule<infer Types> ? Types : never
declare const fixture: TypedFixture<TypesOf<typeof orders>>
declare const every: TypedFixture<TypesOf<typeof types>>
declare const many: TypedFixture<TypesOf<typeof streams>>
declare const bulk: TypedFixture<TypesOf<typeof events>>
declare const past: TypedFixture<TypesOf<typeof history>>
fixture.partition('shop.orders/norway')
fixture.delta('shop.orders/norway#fix')
fixture.partition('shop.orders/NO')
fixture.delta('shop.orders/NO#fix')
const amount: string | null | undefined = fixture.rows('shop.orders/NO#fix')[0]?.total
// @ts-expect-error there is no such partition
fixture.partition('shop.orders/norge')
// @ts-expect-error nor is there one of such a value
fixture.partition('shop.orders/FI')
const id: bigint | undefined = fixture.rows('shop.orders/norway')[0]?.id
// @ts-expect-error a total may be null
const total: string | undefined = fixture.rows('shop.orders')[0]?.total
many.stream('shop.orders~first')
past.partition('shop.orders/"given up"')
for (let number = 0; number < 3; number += 1) bulk.delta(\`log.events/-#\${number}\`)
const last: bigint | undefined = bulk.rows('log.events/-#1000')[0]?.id
// @ts-expect-error a number is missing
bulk.delta('log.events/-#last')
// @ts-expect-error there is no such partition
bulk.rows('log.event/-#1')
export const all: unknown = [id, total, amount, last, every.rows('shop.types')]
`,
    )
    writeFileSync(
      join(folder.path, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: {
          allowArbitraryExtensions: true,
          lib: ['ES2024', 'DOM', 'ESNext.Iterator', 'ESNext.Collection', 'ESNext.Disposable'],
          noUnusedLocals: false,
          paths: { 'vitest-deltacat/test': [join(root, 'src/vitest-plugin/test.ts')] },
          typeRoots: [join(root, 'node_modules/@types')],
        },
        include: ['use.ts'],
      }),
    )
    const compile = (): string => {
      try {
        return execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.json'], {
          cwd: folder.path,
          encoding: 'utf8',
        })
      } catch (error) {
        return (error as { stdout: string }).stdout
      }
    }
    expect(compile()).toBe('')
  })
})
