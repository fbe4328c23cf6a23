import { describe, expect, it } from 'vitest'
import { config, majors, makeProject } from './harness.ts'

const shop = `include: [./schemas.deltacat.yaml]
namespaces:
  shop:
    tables:
      orders:
        schema: orders
        deltas:
          - { file: orders.csv }
`

const schemas = `schemas:
  orders: { id: int64!, total: string }
`

const rows = (expected: string): string => `
  expect(fixture.rows('shop.orders')).toEqual(${expected})
`

const files = {
  'vitest.config.ts': config({ pool: 'threads', maxWorkers: 2 }),
  'shop.deltacat.yaml': shop,
  'schemas.deltacat.yaml': schemas,
  'orders.csv': 'id,total\n1,10.50\n',
  'other.deltacat.yaml': 'namespaces: { other: {} }\n',
  'by-path.test.ts': `
import { test, expect } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test('rows', ({ fixture }) => {${rows("[{ id: 1n, total: '10.50' }]")}})
`,
  'imported.test.ts': `
import { test, expect } from 'vitest-deltacat/test'
import shop from './shop.deltacat.yaml'
test.override({ source: shop })
test('rows', ({ fixture }) => {${rows("[{ id: 1n, total: '10.50' }]")}})
`,
  'outside.test.ts': `
import { test, expect } from 'vitest-deltacat/test'
test.override({ source: '../outside.deltacat.yaml' })
test('outside', ({ catalog }) => { expect(catalog.namespaceExists('outside')).toBe(true) })
`,
  'other.test.ts': `
import { test, expect } from 'vitest-deltacat/test'
test.override({ source: './other.deltacat.yaml' })
test('catalog', ({ catalog }) => { expect(catalog.namespaceExists('other')).toBe(true) })
`,
}

const users = ['by-path.test.ts', 'imported.test.ts']

describe.for(majors)('Vitest %i in watch mode', (major) => {
  it('ends at the first signal after a restart too, and leaves nothing behind', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': config(),
      'one.test.ts': `
import { test } from 'vitest-deltacat/test'
test('one', ({ catalog, expect }) => expect(catalog.path).toMatch(/db$/))
`,
    })
    const watching = project.watch()
    try {
      expect(await watching.next()).toContain('Tests  1 passed (1)')
      project.write({ 'vitest.config.ts': `${config()}// changed` })
      expect(await watching.next()).toContain('Tests  1 passed (1)')
    } finally {
      await watching.stop()
    }
    expect(project.leftInTmp()).toEqual([])
  })

  it('reruns exactly the tests of a fixture when one of its files changes, breaks, is mended, goes, comes', async () => {
    const project = makeProject(major, files)
    project.write({ '../outside.deltacat.yaml': 'namespaces: { outside: {} }\n' })
    const watching = project.watch()
    const rerun = async (): Promise<string> => {
      const output = await watching.next()
      expect(ranIn(output)).toEqual(users)
      return output
    }
    try {
      const first = await watching.next()
      expect(ranIn(first)).toEqual([...users, 'other.test.ts', 'outside.test.ts'])
      expect(first).toContain('Tests  4 passed (4)')

      project.write({ 'orders.csv': 'id,total\n1,10.60\n' })
      expect(await rerun()).toContain('10.60')

      project.write({ 'orders.csv': 'id,total\n1,10.50\n' })
      expect(await rerun()).toContain('Tests  2 passed (2)')

      project.remove('orders.csv')
      expect(await rerun()).toContain('Tests  2 failed (2)')

      project.write({ 'orders.csv': 'id,total\n1,10.50\n' })
      expect(await rerun()).toContain('Tests  2 passed (2)')

      project.write({ 'shop.deltacat.yaml': `${shop}  broken: [\n` })
      expect(await rerun()).toContain('Tests  2 failed (2)')

      // The mistake hides what the fixture includes; a change there still reruns its tests.
      project.write({ 'schemas.deltacat.yaml': `${schemas}# changed\n` })
      expect(await rerun()).toContain('Tests  2 failed (2)')

      project.write({ 'shop.deltacat.yaml': shop })
      expect(await rerun()).toContain('Tests  2 passed (2)')

      project.write({ 'schemas.deltacat.yaml': schemas.replace('total', 'sum') })
      expect(await rerun()).toContain('Tests  2 failed (2)')

      project.remove('schemas.deltacat.yaml')
      expect(await rerun()).toContain('Tests  2 failed (2)')

      project.write({ 'schemas.deltacat.yaml': schemas })
      expect(await rerun()).toContain('Tests  2 passed (2)')

      project.rename('shop.deltacat.yaml', 'store.deltacat.yaml')
      const gone = await rerun()
      expect(gone).toContain('There is no fixture <project>/shop.deltacat.yaml')
      expect(gone).toContain('  ./store.deltacat.yaml')

      project.rename('store.deltacat.yaml', 'shop.deltacat.yaml')
      expect(await rerun()).toContain('Tests  2 passed (2)')

      // A fixture may be outside of the folder that Vitest watches.
      project.write({ '../outside.deltacat.yaml': 'namespaces: { inside: {} }\n' })
      const outside = await watching.next()
      expect(ranIn(outside)).toEqual(['outside.test.ts'])
      expect(outside).toContain('Tests  1 failed (1)')
      project.write({ '../outside.deltacat.yaml': 'namespaces: { outside: {} }\n' })
      expect(await watching.next()).toContain('Tests  1 passed (1)')

      // Other files still go their usual way.
      project.write({ 'other.test.ts': files['other.test.ts'].replace("'catalog'", "'the catalog'") })
      expect(ranIn(await watching.next())).toEqual(['other.test.ts'])
    } finally {
      await watching.stop()
    }
  })
})

function ranIn(output: string): string[] {
  return [...new Set(Array.from(output.matchAll(/^ [✓❯] (\S+\.test\.ts) /gm), (match) => match[1] as string))].sort()
}
