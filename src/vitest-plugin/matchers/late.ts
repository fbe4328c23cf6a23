import { catalogOf } from '../../catalog/catalog.ts'
import type { Entity } from '../../catalog/model/locators.ts'
import { door } from '../../door/door.ts'
import type { MatcherContext } from './context.ts'
import type * as Whole from './index.ts'
import { shortStacks } from './short-stacks.ts'

// The matchers themselves: a test that has not used one yet shouldn't wait for them.
const whole = door<typeof Whole>(import.meta.url, './index', () => import('./index.ts'))

type Name = keyof typeof Whole.matchers

const names: Readonly<Record<Name, true>> = {
  toHaveRecords: true,
  toContainRecords: true,
  toHaveRecordCount: true,
  toBeStaged: true,
  toBeCommitted: true,
  toBeDeprecated: true,
  toHaveSchema: true,
  toHavePartitions: true,
  toHaveDeltas: true,
  toMatchFixture: true,
}

/** Every matcher by its name, for `expect.extend`; each loads them all at its first use. */
export const matchers = shortStacks(
  Object.fromEntries(
    (Object.keys(names) as Name[]).map((name) => [
      name,
      function (this: MatcherContext, ...args: unknown[]): unknown {
        return Reflect.apply(whole().matchers[name], this, args)
      },
    ]),
  ) as typeof Whole.matchers,
)

/** The serializer, which loads itself when a snapshot holds something of a catalog. */
export const catalogSerializer: typeof Whole.catalogSerializer = {
  test: (value) => isOfCatalog(value) && whole().catalogSerializer.test(value),
  serialize: (...args) => whole().catalogSerializer.serialize(...args),
}

function isOfCatalog(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return catalogOf(value as Entity) !== undefined || Object.prototype.toString.call(value) === '[object Catalog]'
}
