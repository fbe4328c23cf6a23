import type { MatcherContext, MatcherResult } from './context.ts'
import { checkFlag, checkNames } from './options.ts'
import { matchState } from './states.ts'
import type { CommittedOptions } from './types.ts'

/** See {@link DeltacatMatchers.toBeCommitted}. */
export function toBeCommitted(this: MatcherContext, received: unknown, options: CommittedOptions = {}): MatcherResult {
  checkNames('toBeCommitted', options, ['visible'])
  checkFlag('toBeCommitted', 'visible', options.visible)
  return matchState(this, 'toBeCommitted', received, 'committed', options)
}
