import { expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'

it('takes options without partition values for the unpartitioned partition', () => {
  using catalog = openCatalog(':memory:')
  catalog.createNamespace('shop')
  const stream = catalog.createTableVersion('shop', 'orders')
  const staged = catalog.stagePartition(stream, {})
  expect(staged.locator.partitionValues).toBeNull()
  expect(catalog.getPartition(stream.locator, {})).toBeNull()
  const committed = catalog.commitPartition(staged)
  expect(catalog.getPartition(stream.locator, {})).toEqual(committed)
  expect(() => catalog.stagePartition(stream, { values: ['NO'] } as never)).toThrow(
    'stagePartition has no option "values"; it takes partitionValues.',
  )
})
