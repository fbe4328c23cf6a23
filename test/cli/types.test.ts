import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root, run, testFolder } from './run.ts'

const folder = testFolder()
const here = () => ({ cwd: folder.path })
const declaration = (): string => join(folder.path, 'deletes.deltacat.d.yaml.ts')

beforeAll(() => {
  writeFileSync(join(folder.path, 'package.json'), '{ "type": "module" }')
  copyFileSync(join(root, 'fixtures/deletes.deltacat.yaml'), join(folder.path, 'deletes.deltacat.yaml'))
})

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
    expect((await run(['types', '*.deltacat.yaml', '--force'], here())).code).toBe(0)
    writeFileSync(
      join(folder.path, 'use.ts'),
      `import orders from './orders.deltacat.yaml'
import types from './types.deltacat.yaml'
import streams from './streams.deltacat.yaml'
import history from './history.deltacat.yaml'
import type { FixtureModule, TypedFixture } from 'vitest-deltacat/test'

type TypesOf<Module> = Module extends FixtureModule<infer Types> ? Types : never
declare const fixture: TypedFixture<TypesOf<typeof orders>>
declare const every: TypedFixture<TypesOf<typeof types>>
declare const many: TypedFixture<TypesOf<typeof streams>>
declare const past: TypedFixture<TypesOf<typeof history>>
fixture.partition('shop.orders/norway')
fixture.delta('shop.orders/norway#fix')
// @ts-expect-error there is no such partition
fixture.partition('shop.orders/norge')
const id: bigint | undefined = fixture.rows('shop.orders/norway')[0]?.id
// @ts-expect-error a total may be null
const total: string | undefined = fixture.rows('shop.orders')[0]?.total
many.stream('shop.orders~first')
past.partition('shop.orders/"given up"')
export const all: unknown = [id, total, every.rows('shop.types')]
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
