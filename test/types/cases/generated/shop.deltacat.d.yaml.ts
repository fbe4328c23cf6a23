// What `vitest-deltacat types` writes beside a shop.deltacat.yaml.
import type { FixtureModule } from 'vitest-deltacat/test'

interface Types {
  readonly namespaces: 'shop'
  readonly tables: 'shop.orders'
  readonly versions: 'shop.orders' | 'shop.orders@1'
  readonly streams: 'shop.orders' | 'shop.orders@1'
  readonly partitions: 'shop.orders/norway' | 'shop.orders/NO'
  readonly deltas: 'shop.orders/norway#seed' | 'shop.orders/norway#0'
  readonly expected: 'norway now'
  readonly rows: { readonly 'shop.orders/norway': { readonly id: bigint; readonly total: string | null } }
}

declare const fixture: FixtureModule<Types>
export default fixture
