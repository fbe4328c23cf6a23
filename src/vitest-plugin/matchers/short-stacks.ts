import { CatalogError } from '../../catalog/errors.ts'

/**
 * The same matchers, whose errors about how they were called begin, as their failures do, with the line of the test:
 * what the matcher did until then only hides it.
 */
export function shortStacks<Matchers extends Readonly<Record<string, (...args: never[]) => unknown>>>(
  matchers: Matchers,
): Matchers {
  return Object.fromEntries(Object.entries(matchers).map(([name, matcher]) => [name, shortStack(matcher)])) as Matchers
}

function shortStack<Matcher extends (...args: never[]) => unknown>(matcher: Matcher): Matcher {
  const shortened = function (this: unknown, ...args: never[]): unknown {
    try {
      return matcher.apply(this, args)
    } catch (error) {
      if (error instanceof CatalogError && error.code === 'invalid-argument') Error.captureStackTrace(error, shortened)
      throw error
    }
  }
  return shortened as Matcher
}
