import type { MatcherContext, MatcherResult } from './context.ts'
import { matchState } from './states.ts'

/** See {@link DeltacatMatchers.toBeStaged}. */
export function toBeStaged(this: MatcherContext, received: unknown): MatcherResult {
  return matchState(this, 'toBeStaged', received, 'staged')
}
