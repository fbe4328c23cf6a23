import type { Catalog } from '../../catalog/catalog.ts'
import type { CommitState } from '../../catalog/model/common.ts'
import type { Partition, PartitionLocator } from '../../catalog/model/partition.ts'
import type { Stream, StreamLocator } from '../../catalog/model/stream.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { type EntityName, nameEntity } from './entity-name.ts'
import { failureMessage } from './message/failure-message.ts'
import { type CatalogEntity, type EntityKind, entityOf } from './receiver.ts'
import { refuse } from './refuse.ts'

const stateKinds = ['stream', 'partition', 'delta'] as const satisfies readonly EntityKind[]

type Stateful = Extract<CatalogEntity, { kind: (typeof stateKinds)[number] }>

/** An entity with the state that it has now; `null`: it is no longer there. */
interface Level extends EntityName {
  readonly owner: Stateful
  readonly state: CommitState | null
}

/** Compares the state that a stream, partition or delta has in the catalog now. */
export function matchState(
  context: MatcherContext,
  matcher: string,
  received: unknown,
  wanted: CommitState,
  options: { readonly visible?: boolean } = {},
): MatcherResult {
  const owner = entityOf(received, stateKinds)
  if (owner === undefined) return refuse(context, { matcher, wanted: stateKinds, tables: false, received })
  const level = levelOf(owner)
  const hidden = options.visible === true && level.state === wanted ? hiddenAbove(owner) : undefined
  const pass = level.state === wanted && hidden === undefined
  const shown = hidden ?? level
  const actual = stateText(shown)
  const shouldBe = `${context.isNot ? 'should not' : 'should'} be ${wanted}${options.visible === true ? ' and visible' : ''}`
  const headline =
    hidden === undefined
      ? `${level.path} is ${actual}, and ${shouldBe}`
      : `${level.path} is ${wanted}, but not visible: the ${hidden.owner.kind} ${hidden.path} is ${actual}`
  const details = hidden === undefined ? hint(level, wanted) : []
  const expected = `${context.isNot ? 'not ' : ''}${hidden === undefined ? wanted : 'committed'}`
  const failure = { headline, details, differences: [{ what: shown.path, expected, actual }] }
  const frames = [...level.frames, ...(hidden?.frames ?? [])]
  return { pass, message: failureMessage(owner.catalog, failure, frames) }
}

function levelOf(owner: Stateful): Level {
  return { owner, state: owner.catalog.stateOf(owner.entity), ...nameEntity(owner) }
}

/** The first level above that isn't committed. */
function hiddenAbove({ kind, entity, catalog }: Stateful): Level | undefined {
  const levels: Level[] = []
  if (kind === 'delta') levels.push(...partitionLevel(catalog, entity.locator.partitionLocator))
  if (kind !== 'stream') {
    const partition = kind === 'delta' ? entity.locator.partitionLocator : entity.locator
    levels.push(...streamLevel(catalog, partition.streamLocator))
  }
  return levels.find(({ state }) => state !== 'committed')
}

function partitionLevel(catalog: Catalog, { streamLocator, partitionId }: PartitionLocator): Level[] {
  const found = catalog
    .listAllPartitions(streamLocator)
    .allItems()
    .find((each: Partition) => each.locator.partitionId === partitionId)
  return found === undefined ? [] : [levelOf({ kind: 'partition', entity: found, catalog })]
}

function streamLevel(catalog: Catalog, { tableVersionLocator, streamId }: StreamLocator): Level[] {
  const { tableLocator, tableVersion } = tableVersionLocator
  const streams = catalog.listStreams(tableLocator.namespaceLocator.namespace, tableLocator.tableName, { tableVersion })
  const found = streams.allItems().find((each: Stream) => each.locator.streamId === streamId)
  return found === undefined ? [] : [levelOf({ kind: 'stream', entity: found, catalog })]
}

function stateText({ state, owner }: Level): string {
  if (state !== null) return state
  const uncommitted = owner.kind === 'delta' && owner.entity.locator.streamPosition === null
  return uncommitted ? 'merged, but not committed' : 'no longer in the catalog'
}

/** What a state can't be, and what was perhaps meant. */
function hint({ owner, state }: Level, wanted: CommitState): string[] {
  if (owner.kind === 'delta' && wanted === 'deprecated') {
    return ['a delta is staged or committed; it is its partition, or its stream, that a commit deprecates']
  }
  if (owner.kind === 'delta' && wanted === 'committed' && owner.entity.locator.streamPosition === null) {
    return ['expect the delta that catalog.commitDelta() returned']
  }
  return state === null && wanted === 'deprecated' ? ['what is deleted with its version leaves nothing behind'] : []
}
