import { expect, it } from 'vitest'
import { CatalogError, openCatalog } from '../../src/catalog/index.ts'
import { openFixture } from '../../src/fixtures/index.ts'

/** The first frame of the stack that the work's error has. */
function firstFrame(work: () => unknown): string | undefined {
  try {
    work()
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    expect(error.cause).toBeUndefined()
    expect(Object.keys(error)).not.toContain('existing')
    return error.stack?.split('\n').find((line) => line.startsWith('    at '))
  }
  return undefined
}

it("begins an error's stack where the catalog was called", () => {
  using catalog = openCatalog(':memory:')
  catalog.createNamespace('shop')
  const stream = catalog.createTableVersion('shop', 'orders')
  const partition = catalog.stagePartition(stream)
  expect(firstFrame(() => catalog.listPartitions('shop', 'ordes'))).toContain('stack.test.ts')
  expect(firstFrame(() => catalog.stageDelta([{ id: 1 }, { id: 'x' }], partition))).toContain('stack.test.ts')
  expect(firstFrame(() => openFixture(catalog).partition('shop.ordes/-'))).toContain('stack.test.ts')
})

it('says of an empty catalog that the source is missing', () => {
  using catalog = openCatalog(':memory:')
  expect(() => openFixture(catalog).partition('shop.orders/-')).toThrow(
    "'shop.orders/-' leads nowhere: there is no namespace 'shop'; the catalog is empty: give the test a source, " +
      "test.override({ source: './orders.deltacat.yaml' }).",
  )
})
