import { CatalogError } from '../../catalog/errors.ts'
import { door } from '../../door/door.ts'
import type { MatcherContext } from './context.ts'
import type * as Whole from './whole.ts'

/** The matchers themselves: a test that has not used one yet shouldn't wait for them. */
export const wholeMatchers = door<typeof Whole>(import.meta.url, './whole', () => import('./whole.ts'))

type MatcherName = Exclude<keyof typeof Whole, 'catalogSerializer'>

/**
 * The matcher of this name. Its errors about how it was called begin, as its failures do, with the line of the test:
 * what the matcher did until then only hides it.
 */
export function lateMatcher<Name extends MatcherName>(name: Name): (typeof Whole)[Name] {
  const matcher = function (this: MatcherContext, ...args: unknown[]): unknown {
    try {
      return Reflect.apply(wholeMatchers()[name], this, args)
    } catch (error) {
      if (error instanceof CatalogError && error.code === 'invalid-argument') Error.captureStackTrace(error, matcher)
      throw error
    }
  }
  return matcher as (typeof Whole)[Name]
}
