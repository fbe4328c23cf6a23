import { expect, it } from 'vitest'
import { shown } from '../../src/catalog/arguments.ts'
import { CatalogError, openCatalog } from '../../src/catalog/index.ts'
import { CONTENT_TYPES } from '../../src/catalog/model/common.ts'

const cyclic: unknown[] = ['NO']
cyclic.push(cyclic)

it.each<[unknown, string]>([
  [
    'a "quoted" text that is as long as an id or a locator of some records may well be',
    '"a \\"quoted\\" text that is as long as an id or a locator of some records may well be"',
  ],
  [[1, 'NO', null, 2n ** 64n, true], '[1, "NO", null, 18446744073709551616n, true]'],
  [[], '[]'],
  [[['NO'], []], '[a list of 1, a list of 0]'],
  [cyclic, '["NO", a list of 2]'],
  [-0, '-0'],
  [{ id: 1, name: 'x' }, 'an object (id, name)'],
  [new Date(0), 'Date 1970-01-01T00:00:00.000Z'],
  [() => 1, 'a function'],
  [Symbol('x'), 'Symbol(x)'],
  [undefined, 'undefined'],
])('%o is shown in a message on one line', (value, text) => {
  expect(shown(value)).toBe(text)
})

it.each([
  ['itself', cyclic, '["NO", a list of 2]'],
  ['very deep lists', Array.from({ length: 20_000 }).reduce<unknown[]>((inner) => [inner], []), '[a list of 1]'],
])('a list that holds %s is refused as any other value', (_, list, text) => {
  using catalog = openCatalog(':memory:')
  catalog.createNamespace('shop')
  const stream = catalog.createTableVersion('shop', 'orders')
  const partition = catalog.stagePartition(stream)
  expect(() => catalog.stageDelta(null, partition, { contentType: list as never })).toThrow(
    new CatalogError('invalid-argument', `contentType is ${text}; DeltaCAT's are ${CONTENT_TYPES.join(', ')}.`),
  )
})
