/// <reference types="vitest-deltacat/yaml" />
// Imported fixtures: ambient types, and generated ones.
import { test as plain } from 'vitest'
import { buildFixture, type Catalog } from 'vitest-deltacat'
import { type FixtureModule, test, withCatalog } from 'vitest-deltacat/test'
import shop from './generated/shop.deltacat.yaml'
import anything from './plain.deltacat.yaml'

const url: URL = anything
const module: FixtureModule = anything
const catalog: Catalog = buildFixture(anything)
test.override({ source: anything })
test.override({ source: shop })
void [url, module, catalog]

test('paths are text', ({ fixture }) => {
  fixture.partition('any.thing/goes')
  const rows: readonly unknown[] = fixture.rows('any.thing')
  void rows
})

const typed = withCatalog(plain, shop)
typed('paths are known', ({ fixture, catalog }) => {
  fixture.partition('shop.orders/norway')
  fixture.delta('shop.orders/norway#seed')
  fixture.table('shop.orders')
  fixture.expected('norway now')
  const [row] = fixture.rows('shop.orders/norway')
  const id: bigint | undefined = row?.id
  const total: string | null | undefined = row?.total
  void [id, total, catalog.path, fixture.index]
  // @ts-expect-error no such partition
  fixture.partition('shop.orders/finland')
  // @ts-expect-error no such set
  fixture.expected('finland now')
  // @ts-expect-error no such column
  void row?.sum
})
const untyped = withCatalog(plain, anything)
untyped('all paths pass', ({ fixture }) => void fixture.partition('shop.orders/finland'))
