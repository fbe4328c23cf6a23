import type { MatcherContext, MatcherResult } from './context.ts'
import { matchState } from './states.ts'

/** See {@link DeltacatMatchers.toBeDeprecated}. */
export function toBeDeprecated(this: MatcherContext, received: unknown): MatcherResult {
  return matchState(this, 'toBeDeprecated', received, 'deprecated')
}
