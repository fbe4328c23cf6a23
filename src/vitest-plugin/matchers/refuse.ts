import { isAsymmetricCall, type MatcherContext, type MatcherResult } from './context.ts'
import { type WrongReceiver, wrongReceiver } from './receiver.ts'

/**
 * Refuses a received value that the matcher can't look at: by an error that teaches, whether negated or not. In another
 * value a matcher only says whether the value fits: this one doesn't, negated or not.
 *
 * @throws CatalogError `invalid-argument` after `expect(…)`.
 */
export function refuse(context: MatcherContext, wrong: WrongReceiver): MatcherResult {
  const error = wrongReceiver(wrong)
  if (!isAsymmetricCall(context)) throw error
  return { pass: context.isNot, message: () => error.message }
}
