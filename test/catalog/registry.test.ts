import { expect, it } from 'vitest'
import { catalogOf } from '../../src/catalog/index.ts'
import { backends } from './backends.ts'
import { commitIds, committedPartition, shopIn, stageIds } from './shop.ts'

it.each(backends)('knows which $name returned an entity, though others hold equal ones', ({ open }) => {
  const catalogs = [open(), open()] as const
  const [first, second] = catalogs.map((catalog) => {
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream)
    commitIds(catalog, partition, 1)
    return [
      stream,
      partition,
      stageIds(catalog, partition, 2),
      catalog.getNamespace('shop')!,
      catalog.getTable('shop', 'orders')!,
      catalog.getLatestTableVersion('shop', 'orders')!,
      catalog.getStream('shop', 'orders')!,
      catalog.getLatestDelta('shop', 'orders')!,
      ...catalog.listNamespaces(),
      ...catalog.listPartitions('shop', 'orders'),
      ...catalog.listPartitionDeltas(partition, { pageSize: 1 }),
      ...catalog.listStagedDeltas(partition),
    ]
  })
  expect(first).toEqual(second)
  for (const entity of first!) expect(catalogOf(entity)).toBe(catalogs[0])
  for (const entity of second!) expect(catalogOf(entity)).toBe(catalogs[1])
})

it.each(backends)('does not know copies, locators and what is none: $name', ({ open }) => {
  const catalog = open()
  const stream = shopIn(catalog)
  expect(catalogOf({ ...stream })).toBeUndefined()
  expect(catalogOf(stream.locator as never)).toBeUndefined()
  for (const nothing of [undefined, null, 'shop', 7]) expect(catalogOf(nothing as never)).toBeUndefined()
})

it.each(backends)('meets another copy of the module on a global symbol: $name', async ({ open }) => {
  const copy = (await import(
    `${'../../src/catalog/registry.ts'}?copy`
  )) as typeof import('../../src/catalog/registry.ts')
  const stream = shopIn(open())
  expect(copy.ownerOf(stream)?.catalog).toBe(catalogOf(stream))
})
