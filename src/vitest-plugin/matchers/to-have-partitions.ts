import { CatalogError } from '../../catalog/errors.ts'
import type { CommitState, PartitionValues } from '../../catalog/model/common.ts'
import type { Partition } from '../../catalog/model/partition.ts'
import { shown } from '../../catalog/records/invalid.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { nameEntity } from './entity-name.ts'
import { type ListComparison, matchLists } from './match-list.ts'
import { checkChoice, checkNames } from './options.ts'
import { type CatalogEntity, type EntityKind, entityOf } from './receiver.ts'
import { refuse } from './refuse.ts'
import type { ExpectedPartition, ListOptions } from './types.ts'

const kinds = ['stream', 'version'] as const satisfies readonly EntityKind[]

interface Wanted {
  readonly values: PartitionValues
  readonly state: CommitState
}

/** See {@link DeltacatMatchers.toHavePartitions}. */
export function toHavePartitions(
  this: MatcherContext,
  received: unknown,
  expected: readonly ExpectedPartition[],
  options: ListOptions = {},
): MatcherResult {
  checkNames('toHavePartitions', options, ['order'])
  const { order = 'strict' } = options
  checkChoice('toHavePartitions', 'order', order, ['strict', 'ignore'])
  const wanted = wantedPartitions(expected)
  const owner = entityOf(received, kinds)
  if (owner === undefined) return refuse(this, { matcher: 'toHavePartitions', wanted: kinds, tables: false, received })
  const states = new Set<CommitState>(['committed', ...wanted.map(({ state }) => state)])
  const found = partitionsOf(owner).filter(({ state }) => states.has(state))
  const lists: ListComparison<Partition, Wanted> = {
    received: found,
    expected: wanted,
    order,
    fits: (partition, { values, state }) =>
      state === partition.state && sameValues(partition.locator.partitionValues, values),
    receivedText: ({ locator, state }) => partitionText(locator.partitionValues ?? [], state),
    expectedText: ({ values, state }) => partitionText(values, state),
  }
  return matchLists(lists, { ...nameEntity(owner), noun: 'partition', catalog: owner.catalog })
}

function partitionsOf(owner: Extract<CatalogEntity, { kind: 'stream' | 'version' }>): Partition[] {
  const { catalog } = owner
  if (owner.kind === 'stream') return catalog.listAllPartitions(owner.entity).allItems()
  const { tableLocator, tableVersion } = owner.entity.locator
  const { namespaceLocator, tableName } = tableLocator
  const stream = catalog.getStream(namespaceLocator.namespace, tableName, { tableVersion })
  return stream === null ? [] : catalog.listAllPartitions(stream).allItems()
}

function wantedPartitions(expected: readonly ExpectedPartition[]): Wanted[] {
  if (!Array.isArray(expected)) {
    throw new CatalogError('invalid-argument', `toHavePartitions expects a list of partitions, not ${shown(expected)}.`)
  }
  return (expected as readonly ExpectedPartition[]).map((item) => {
    if (isValues(item)) return { values: item ?? [], state: 'committed' }
    if (typeof item !== 'object' || !('values' in item)) {
      throw new CatalogError(
        'invalid-argument',
        `toHavePartitions expects each partition as its values (['NO']) or as { values, state }, not ${shown(item)}.`,
      )
    }
    checkNames('toHavePartitions', item, ['values', 'state'])
    const { values, state = 'committed' } = item
    checkChoice('toHavePartitions', 'state', state, ['staged', 'committed', 'deprecated'])
    return { values: values ?? [], state }
  })
}

function isValues(item: ExpectedPartition): item is PartitionValues | null {
  return item === null || Array.isArray(item)
}

function sameValues(a: PartitionValues | null, b: PartitionValues): boolean {
  const own = a ?? []
  return own.length === b.length && own.every((value, k) => Object.is(value, b[k]))
}

function partitionText(values: PartitionValues, state: CommitState): string {
  const texts = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)))
  return `${values.length === 0 ? 'unpartitioned' : `[${texts.join(', ')}]`}, ${state}`
}
