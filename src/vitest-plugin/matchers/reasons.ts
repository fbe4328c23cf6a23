import { catalogOf } from '../../catalog/catalog.ts'
import type { Entity } from '../../catalog/model/locators.ts'
import { sharedMap } from '../shared-map.ts'
import { isAsymmetricCall, type MatcherContext, type MatcherResult } from './context.ts'

/** Why a matcher didn't accept a value. */
interface Reason {
  readonly matcher: string
  readonly message: () => string
}

/** How many are kept of a catalog: a comparison may have to try many values until it has failed. */
const KEPT = 20

const reasons = sharedMap<Reason[]>('reasons')

/**
 * Notes why a matcher that stands in another value didn't accept an entity: of such a matcher Vitest asks whether, not
 * why, and prints but the matcher's name and the whole entity.
 */
export function noteReason(context: MatcherContext, matcher: string, received: unknown, result: MatcherResult): void {
  if (!isAsymmetricCall(context) || result.pass !== context.isNot) return
  const catalog = typeof received === 'object' && received !== null ? catalogOf(received as Entity) : undefined
  if (catalog === undefined) return
  const noted = reasons.get(catalog) ?? []
  reasons.set(catalog, [...noted, { matcher, message: result.message }].slice(-KEPT))
}

/** What was noted last of the entities of a catalog, by the matchers that `text` shows in another value. */
export function reasonsOf(catalog: object, text: string): string[] {
  const shown = (reasons.get(catalog) ?? []).filter(({ matcher }) => text.includes(`${matcher}<`))
  return [...new Set(shown.map(({ matcher, message }) => `${matcher}: ${message()}`))].slice(-3)
}
