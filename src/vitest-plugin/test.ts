import { test as base, type TestAPI, type TestContext } from 'vitest'
import type { Catalog } from '../catalog/catalog.ts'
import { bindFixture, type FixtureAccessor, fixtureOf } from '../fixtures/accessor.ts'
import type { FixtureModule, FixtureTypes, TypedFixture } from './fixture-types.ts'
import { perFile } from './per-file.ts'
import { removeWorkerFolder } from './provision.ts'
import { settings } from './settings.ts'
import type { Clock, Params, Source } from './source.ts'
import { closeTestCatalog, openTestCatalog } from './test-catalog.ts'
import './vitest.ts'

export { expect } from 'vitest'
export type { FixtureModule, FixtureTypes, TypedFixture } from './fixture-types.ts'
export type { Clock, Params, Source } from './source.ts'

/** What a test gets beside Vitest's own context. Each is made when a test asks for it, and only then. */
export interface CatalogContext<Accessor = FixtureAccessor> {
  /** Where the catalog comes from: an option, for `test.override`. Without one, the catalog is empty. */
  source: Source | undefined
  /** Overrides of the fixture's parameters: an option. */
  params: Params
  /** What the catalog reads as the time and takes as ids: an option. */
  clock: Clock
  /** This test's own catalog, in a `.db` file of its own that is gone after the test, unless the test failed. */
  catalog: Catalog
  /** Finds what the fixture declares, in this test's catalog. */
  fixture: Accessor
}

/**
 * Vitest's `test`, with a catalog for each test that asks for one.
 *
 * @example
 * test.override({ source: './orders.deltacat.yaml' })
 *
 * test('a refund deletes the order', ({ catalog, fixture, expect }) => {
 *   expect(refund(catalog, fixture.partition('shop.orders/norway'), 1)).toBeCommitted()
 * })
 */
export const test: TestAPI<CatalogContext> = withCatalog(base)

/**
 * Extends a `test` that has been extended already: `source`, `params`, `clock`, `catalog` and `fixture` join its own
 * context. With an imported fixture as the second argument it is the source, and its paths are known to TypeScript.
 *
 * @example
 * export const test = withCatalog(testWithServer, shop)
 */
export function withCatalog<Context, Types extends FixtureTypes>(
  base: TestAPI<Context>,
  source: FixtureModule<Types>,
): TestAPI<Context & CatalogContext<FixtureTypes extends Types ? FixtureAccessor : TypedFixture<Types>>>
export function withCatalog<Context>(base: TestAPI<Context>, source?: Source): TestAPI<Context & CatalogContext>
export function withCatalog(base: TestAPI, source?: Source): TestAPI<CatalogContext> {
  // The folder of the worker goes with the worker. This is done here, once, because a test file may use `test` first
  // inside a describe, where Vitest refuses fixtures of the worker's scope.
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it that nothing has to be made first
  const rooted: unknown = base.extend('deltacatWorker', { scope: 'worker' }, ({}, { onCleanup }) => {
    onCleanup(removeWorkerFolder)
  })
  return perFile(() => extend(rooted as TestAPI, source))
}

/** @alias Of {@link test}, for those who write `it`. */
export const it: TestAPI<CatalogContext> = test

type Use<Value> = (value: Value) => Promise<void>
type Made = TestContext & CatalogContext & { readonly deltacatWorker: undefined }

function extend(base: TestAPI, source: Source | undefined): TestAPI<CatalogContext> {
  const fixtures = {
    source,
    params: {},
    clock: settings()?.clock ?? 'deterministic',
    // Vitest reads from the names what has to be made first.
    catalog: async ({ source, params, clock, task, deltacatWorker: _ }: Made, use: Use<Catalog>) => {
      const catalog = await openTestCatalog(task, { source, params, clock })
      await use(catalog)
      await closeTestCatalog(task, catalog)
      // Vitest keeps the context of each test until its file ends: what was made for the test need not stay with it.
      Object.assign(task.context, { catalog: undefined, fixture: undefined })
    },
    fixture: async ({ catalog }: Made, use: Use<FixtureAccessor>) => {
      await use(fixtureOf(catalog) ?? bindFixture(catalog))
    },
  }
  return base.extend(fixtures as object) as unknown as TestAPI<CatalogContext>
}
