// What `vitest-deltacat/test` gives to a test, and what it refuses.
import { readFileSync } from 'node:fs'
import { describe, test as plain } from 'vitest'
import type { Catalog, Delta, Fixture, FixtureAccessor, Partition } from 'vitest-deltacat'
import { type Clock, type Params, type Source, test, withCatalog } from 'vitest-deltacat/test'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(..._: Same<A, B> extends true ? [] : [never]): void => {}

test('the context', ({ catalog, fixture, source, params, clock, task, expect }) => {
  same<typeof catalog, Catalog>()
  same<typeof fixture, FixtureAccessor>()
  same<typeof source, Source | undefined>()
  same<typeof params, Params>()
  same<typeof clock, Clock>()
  const name: string = task.name
  const partition: Partition = fixture.partition('shop.orders/norway')
  const delta: Delta = catalog.stageDelta([{ id: 1 }], partition)
  expect(delta).toBeStaged()
  expect(name).toBe('the context')
})

// Every kind of source, at every level.
test.override({ source: './orders.deltacat.yaml' })
test.override({ source: new URL('./orders.deltacat.yaml', import.meta.url), params: { bulk: 10 }, clock: 'system' })
test.override('source', './orders.deltacat.yaml')
describe('a suite', () => {
  test.override({ source: { namespaces: { shop: { tables: {} } } } })
  test('in it', ({ catalog }) => void catalog.path)
})
test.extend('source', './orders.deltacat.yaml')('one test', ({ fixture }) => void fixture.rows('shop.orders'))
const inline: Fixture = { namespaces: {} }
test.extend('source', inline)('an object', ({ catalog }) => void catalog.serialize())

// The chains of Vitest's own test.
test.concurrent('concurrent', async ({ catalog }) => void catalog.path)
test.for([1, 2])('%i', (number, { catalog, expect }) => expect(catalog.path).toContain(`${number}`))
test.skipIf(true)('skipped', ({ catalog }) => void catalog)
test.beforeEach(({ catalog }) => void catalog.createNamespace('shop'))
test.describe('its describe', () => {})

// @ts-expect-error a number is no source
test.override({ source: 1 })
// @ts-expect-error there is no such clock
test.override({ clock: 'slow' })
// @ts-expect-error a parameter is JSON
test.override({ params: { bulk: () => 1 } })
// @ts-expect-error the context has no database
test('no such thing', ({ database }) => void database)
test('readonly', ({ fixture }) => {
  // @ts-expect-error the accessor only reads
  fixture.index = undefined
})

// Somebody's own test joins in.
const withServer = plain.extend<{ port: number }>({ port: 80 })
const both = withCatalog(withServer)
both('both contexts', ({ port, catalog, fixture }) => {
  const number: number = port
  same<typeof catalog, Catalog>()
  same<typeof fixture, FixtureAccessor>()
  void number
})
both.override({ port: 81, source: './orders.deltacat.yaml' })
// @ts-expect-error the base's types are still there
both.override({ port: '81' })

// And ours extends further.
const further = test.extend<{ orders: Partition; text: string }>({
  orders: async ({ fixture }, use) => use(fixture.partition('shop.orders/norway')),
  text: async ({ catalog }, use) => use(readFileSync(catalog.path, 'utf8')),
})
further('its own', ({ orders, text, catalog }) => {
  same<typeof orders, Partition>()
  same<typeof text, string>()
  void catalog
})
const built = test.extend('orders', ({ fixture }) => fixture.partition('shop.orders/norway'))
built('built', ({ orders, catalog }) => {
  same<typeof orders, Partition>()
  void catalog
})
