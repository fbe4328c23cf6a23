import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Folder, makeFolder, pack, run } from './consumer.ts'

const root = join(import.meta.dirname, '../..')
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const folders: Folder[] = []
let tarball = ''

beforeAll(async () => {
  const folder = makeFolder()
  folders.push(folder)
  tarball = await pack(folder.path)
})

afterAll(() => {
  for (const folder of folders) folder[Symbol.dispose]()
})

const files = {
  'vitest.config.ts': `import { defineConfig } from 'vitest/config'
import { deltacat } from 'vitest-deltacat/plugin'

export default defineConfig({ plugins: [deltacat()], test: { testTimeout: 600_000 } })
`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2023',
      lib: ['es2024', 'esnext.disposable'],
      module: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: ['node', 'vitest-deltacat/yaml'],
    },
    include: ['*.ts'],
  }),
  'shop.deltacat.yaml': `schemas: { orders: { id: int64!, total: 'decimal(12,2)' } }
namespaces:
  shop:
    tables:
      orders:
        schema: orders
        primaryKeys: [id]
        deltas:
          - { label: seed, rows: [{ id: 1, total: 10.50 }, { id: 2, total: 1.00 }] }
`,
  'shop.test.ts': `import { test } from 'vitest-deltacat/test'
import shop from './shop.deltacat.yaml'

test.override({ source: shop })

test('an upsert', ({ catalog, fixture, expect }) => {
  const partition = fixture.partition('shop.orders/-')
  const delta = catalog.commitDelta(catalog.stageDelta([{ id: 2, total: '99.90' }], partition))
  expect(delta).toBeCommitted()
  expect(partition).toHaveRecords([{ id: 1, total: '10.50' }, { id: 2, total: '99.90' }])
})
`,
}

const managers = {
  npm: ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
  pnpm: ['npm', 'exec', '--yes', '--package=pnpm@12.21.0', '--', 'pnpm', 'install', '--ignore-scripts'],
} as const

async function consumer(manager: keyof typeof managers, packages: Readonly<Record<string, string>>): Promise<Folder> {
  const folder = makeFolder()
  folders.push(folder)
  folder.write({
    ...files,
    'package.json': JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      devDependencies: { ...packages, 'vitest-deltacat': `file:${tarball}` },
    }),
  })
  const [command, ...args] = managers[manager]
  const { code, output } = await folder.run(command, args)
  expect(code, output).toBe(0)
  return folder
}

describe.for(Object.keys(managers) as (keyof typeof managers)[])('a project made with %s', (manager) => {
  it.for(['5.1.1', '4.1.12'])('tests with Vitest %s: config, fixture, types, failure, watch', async (version) => {
    const folder = await consumer(manager, {
      '@types/node': devDependencies['@types/node'],
      typescript: devDependencies.typescript,
      vitest: version,
    })
    const vitest = join(folder.path, 'node_modules/vitest/vitest.mjs')

    const passing = await folder.run(process.execPath, [vitest, 'run'])
    expect(passing.output).toContain('Tests  1 passed (1)')
    expect(passing.code).toBe(0)

    const commonJs = "const { openCatalog } = require('vitest-deltacat'); console.log(openCatalog(':memory:').path)"
    expect(await folder.run(process.execPath, ['-e', commonJs])).toEqual({ code: 0, output: ':memory:\n' })

    const types = await folder.run(process.execPath, [join(folder.path, 'node_modules/typescript/bin/tsc'), '-p', '.'])
    expect(types.output).toBe('')

    folder.write({ 'shop.test.ts': files['shop.test.ts'].replace("total: '99.90' }])\n}", "total: '99.91' }])\n}") })
    const failing = await folder.run(process.execPath, [vitest, 'run'])
    expect(failing.code).toBe(1)
    expect(failing.output).toContain('id=2: total: 99.91 → 99.90')
    const [kept] = readdirSync(join(folder.path, '.vitest/deltacat/shop.test.ts')).filter((name) =>
      name.endsWith('.db'),
    )
    expect(failing.output).toContain(`catalog: .vitest/deltacat/shop.test.ts/${kept}`)

    const watching = spawn(process.execPath, [vitest, '--watch'], {
      cwd: folder.path,
      env: { ...process.env, NO_COLOR: '1', CI: '' },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let output = ''
    watching.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk
    })
    try {
      await expect.poll(() => output, { timeout: 600_000 }).toContain('1 failed (1)')
      folder.write({ 'shop.deltacat.yaml': files['shop.deltacat.yaml'].replace('1.00', '1.01') })
      await expect.poll(() => output, { timeout: 600_000 }).toContain('RERUN  shop.deltacat.yaml')
      folder.write({ 'shop.test.ts': files['shop.test.ts'] })
      await expect.poll(() => output, { timeout: 600_000 }).toContain('1 passed (1)')
    } finally {
      watching.kill()
      await once(watching, 'close')
    }
  })
})

it('the oldest Node that is promised tests, reports what failed, and runs the commands', async () => {
  const name = `node-${process.platform.replace('win32', 'win')}-${process.arch}`
  const folder = await consumer('npm', { vitest: '5.1.1', [name]: '22.14.0' })
  const node = join(folder.path, 'node_modules', name, 'bin/node')
  const there = (path: string): string => join(folder.path, 'node_modules', path)
  expect((await folder.run(node, ['--version'])).output).toBe('v22.14.0\n')

  folder.write({ 'shop.test.ts': files['shop.test.ts'].replace("total: '99.90' }])\n}", "total: '99.91' }])\n}") })
  const failing = await folder.run(node, [there('vitest/vitest.mjs'), 'run'])
  expect(failing.output).toContain('id=2: total: 99.91 → 99.90')
  expect(existsSync(join(folder.path, '.vitest/deltacat/report.html')), failing.output).toBe(true)
  folder.write({ 'shop.test.ts': files['shop.test.ts'] })
  expect(await folder.run(node, [there('vitest/vitest.mjs'), 'run'])).toMatchObject({ code: 0 })

  const command = there('vitest-deltacat/dist/cli/bin.js')
  for (const [args, output] of [
    ['check shop.deltacat.yaml', '✓ shop.deltacat.yaml\n'],
    ['types shop.deltacat.yaml', '✓ shop.deltacat.d.yaml.ts\n'],
    ['build shop.deltacat.yaml -o shop.db', '✓ shop.db from shop.deltacat.yaml: 1 delta\n'],
    ['verify shop.db', '✓ shop.db is sound\n'],
    ['diff shop.db shop.deltacat.yaml', '✓ shop.db and shop.deltacat.yaml are equal\n'],
    ['dump shop.db -o dumped.deltacat.yaml', '✓ dumped.deltacat.yaml from shop.db\n'],
  ] as const) {
    expect(await folder.run(node, [command, ...args.split(' ')])).toEqual({ code: 0, output })
  }
})

describe('the tarball', () => {
  it('is clean by publint', async () => {
    const { output } = await run(join(root, 'node_modules/.bin/publint'), ['run', tarball, '--strict'], root)
    expect(output).toContain('All good!')
  })

  it('has types that every ESM consumer resolves', async () => {
    const attw = await run(
      join(root, 'node_modules/.bin/attw'),
      [tarball, '--profile', 'esm-only', '--format', 'ascii'],
      root,
    )
    expect(attw.code, attw.output).toBe(0)
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(attw.output.match(/node16 \(from ESM\): 🟢/g)).toHaveLength(Object.keys(exports).length)
    expect(attw.output.match(/bundler: 🟢/g)).toHaveLength(Object.keys(exports).length)
  })

  it('holds what a consumer needs, and nothing else', async () => {
    const { output } = await run('tar', ['-tzf', tarball], root)
    const tops = new Set(
      output
        .trim()
        .split('\n')
        .map((path) =>
          path
            .split('/')
            .slice(1, path.includes('/dist/') ? 2 : 3)
            .join('/'),
        ),
    )
    expect(
      [...tops].filter(
        (path) => !/^(dist|fixtures\/.*|docs\/[\w-]+\.md|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/.test(path),
      ),
    ).toEqual([])
    expect(Object.keys(dependencies)).not.toContain('vitest')
  })
})
