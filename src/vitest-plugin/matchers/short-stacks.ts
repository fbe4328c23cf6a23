import { CatalogError } from '../../catalog/errors.ts'
import { FixtureError } from '../../fixtures/fixture-error.ts'
import { fromCaller } from '../frames.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { noteReason } from './reasons.ts'

/**
 * The same matchers, whose errors begin, as their failures do, with the line of the test: what the matcher did until
 * then only hides it. What they say in another value is noted.
 */
export function shortStacks<Matchers extends Readonly<Record<string, (...args: never[]) => unknown>>>(
  matchers: Matchers,
): Matchers {
  return Object.fromEntries(
    Object.entries(matchers).map(([name, matcher]) => [name, shortStack(name, matcher)]),
  ) as Matchers
}

function shortStack<Matcher extends (...args: never[]) => unknown>(name: string, matcher: Matcher): Matcher {
  const shortened = function (this: MatcherContext, ...args: never[]): unknown {
    try {
      const result = matcher.apply(this, args)
      noteReason(this, name, args[0], result as MatcherResult)
      return result
    } catch (error) {
      throw error instanceof CatalogError || error instanceof FixtureError ? fromCaller(error, shortened) : error
    }
  }
  return shortened as unknown as Matcher
}
