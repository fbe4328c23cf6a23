import { CatalogError } from '../../catalog/errors.ts'
import type { Delta } from '../../catalog/model/delta.ts'
import { shown } from '../../catalog/records/invalid.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { nameEntity } from './entity-name.ts'
import { type ListComparison, matchLists } from './match-list.ts'
import { counted } from './message/layout.ts'
import { checkChoice, checkNames } from './options.ts'
import { type EntityKind, entityOf } from './receiver.ts'
import { refuse } from './refuse.ts'
import type { ExpectedDelta, ListOptions } from './types.ts'

const kinds = ['partition'] as const satisfies readonly EntityKind[]

type Wanted = Exclude<ExpectedDelta, string>

interface Found {
  readonly type: Delta['type']
  readonly state: 'staged' | 'committed'
  readonly streamPosition: number | null
  readonly recordCount: number
}

/** See {@link DeltacatMatchers.toHaveDeltas}. */
export function toHaveDeltas(
  this: MatcherContext,
  received: unknown,
  expected: readonly ExpectedDelta[],
  options: ListOptions = {},
): MatcherResult {
  checkNames('toHaveDeltas', options, ['order'])
  const { order = 'strict' } = options
  checkChoice('toHaveDeltas', 'order', order, ['strict', 'ignore'])
  const wanted = wantedDeltas(expected)
  const owner = entityOf(received, kinds)
  if (owner === undefined) return refuse(this, { matcher: 'toHaveDeltas', wanted: kinds, tables: false, received })
  const { entity, catalog } = owner
  const committed = catalog.listPartitionDeltas(entity, { ascendingOrder: true }).allItems()
  const staged = wanted.some(({ state }) => state === 'staged') ? catalog.listStagedDeltas(entity).allItems() : []
  const found = [...committed.map(foundAs('committed')), ...staged.map(foundAs('staged'))]
  const positions = wanted.some(({ streamPosition }) => streamPosition !== undefined)
  const lists: ListComparison<Found, Wanted> = {
    received: found,
    expected: wanted,
    order,
    fits,
    receivedText: (delta) => deltaText(positions ? delta : { ...delta, streamPosition: null }),
    expectedText: deltaText,
  }
  return matchLists(lists, { ...nameEntity(owner), noun: 'delta', catalog: owner.catalog })
}

function wantedDeltas(expected: readonly ExpectedDelta[]): Wanted[] {
  if (!Array.isArray(expected)) {
    throw new CatalogError('invalid-argument', `toHaveDeltas expects a list of deltas, not ${shown(expected)}.`)
  }
  return (expected as readonly ExpectedDelta[]).map((item) => {
    const wanted: Wanted = typeof item === 'string' ? { type: item } : item
    if (typeof wanted !== 'object' || wanted === null) {
      throw new CatalogError(
        'invalid-argument',
        `toHaveDeltas expects each delta as its type ('append') or as { type, state, streamPosition, recordCount }, not ${shown(item)}.`,
      )
    }
    checkNames('toHaveDeltas', wanted, ['type', 'state', 'streamPosition', 'recordCount'])
    if (wanted.type !== undefined) checkChoice('toHaveDeltas', 'type', wanted.type, ['append', 'upsert', 'delete'])
    if (wanted.state !== undefined) checkChoice('toHaveDeltas', 'state', wanted.state, ['staged', 'committed'])
    return { ...wanted, state: wanted.state ?? 'committed' }
  })
}

function foundAs(state: Found['state']): (delta: Delta) => Found {
  return ({ type, locator, meta }) => ({
    type,
    state,
    streamPosition: locator.streamPosition,
    recordCount: meta?.recordCount ?? 0,
  })
}

function fits(delta: Found, wanted: Wanted): boolean {
  return (Object.keys(wanted) as (keyof Wanted)[]).every(
    (key) => wanted[key] === undefined || wanted[key] === delta[key],
  )
}

function deltaText({ type, state, streamPosition, recordCount }: Wanted | Found): string {
  return [
    type ?? 'a delta',
    state,
    ...(recordCount === undefined ? [] : [counted(recordCount, 'row')]),
    ...(streamPosition === undefined || streamPosition === null ? [] : [`position ${streamPosition}`]),
  ].join(', ')
}
