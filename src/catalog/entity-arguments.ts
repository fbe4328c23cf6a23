import { checkPartitionValues, checkPosition, invalid, shown } from './arguments.ts'
import type { DeltaLocator } from './model/delta.ts'
import type { PartitionLocator } from './model/partition.ts'
import type { StreamLocator } from './model/stream.ts'

/** What an argument has that may be an entity or a locator, or nothing of the kind. */
type Unchecked = { readonly [key: string]: unknown }

/** The locator of a stream, or one that was given as such. Throws `invalid-argument` for anything else. */
export function checkStreamLocator(stream: unknown): StreamLocator {
  const locator = locatorOf(stream)
  if (isStreamLocator(locator)) return locator
  throw invalid(
    `The stream is ${described(stream)}; give one that createTableVersion, stageStream or getStream returned.`,
  )
}

/** The locator of a partition, or one that was given as such. Throws `invalid-argument` for anything else. */
export function checkPartitionLocator(partition: unknown): PartitionLocator {
  const locator = locatorOf(partition)
  if (isPartitionLocator(locator)) return locator
  throw invalid(`The partition is ${described(partition)}; give one that stagePartition or getPartition returned.`)
}

/** The locator of a delta, or one that was given as such. Throws `invalid-argument` for anything else. */
export function checkDeltaLocator(delta: unknown): DeltaLocator {
  const locator = locatorOf(delta)
  if (isObject(locator) && isPartitionLocator(locator.partitionLocator)) {
    if (locator.streamPosition !== null) checkPosition(locator.streamPosition, "The delta's streamPosition")
    return locator as unknown as DeltaLocator
  }
  throw invalid(`The delta is ${described(delta)}; give one that stageDelta, mergeDeltas or getDelta returned.`)
}

/** What is needed of an entity besides its locator. */
const WHOLE = {
  stream: ['previousStreamDigest'],
  partition: ['previousPartitionId', 'previousStreamPosition'],
  delta: ['type', 'manifest'],
} as const

/** Throws `invalid-argument` for a locator where the whole entity is needed. */
export function checkWhole(entity: unknown, what: keyof typeof WHOLE): void {
  if (!isObject(entity) || !isObject(entity.locator)) {
    throw invalid(`The ${what} is given as a locator; give the ${what} itself.`)
  }
  const missing = WHOLE[what].find((key) => entity[key] === undefined)
  if (missing !== undefined) throw invalid(`The ${what} lacks ${missing}; give all that the catalog returned of it.`)
}

function locatorOf(value: unknown): unknown {
  return isObject(value) && 'locator' in value ? value.locator : value
}

function isPartitionLocator(value: unknown): value is PartitionLocator {
  if (!isObject(value) || typeof value.partitionId !== 'string' || !isStreamLocator(value.streamLocator)) return false
  // One that was read from a file may hold a float, which nobody may write.
  if (Array.isArray(value.partitionValues) && value.partitionValues.some((item) => typeof item === 'number'))
    return true
  checkPartitionValues(value.partitionValues)
  return true
}

function isStreamLocator(value: unknown): value is StreamLocator {
  if (!isObject(value) || !isObject(value.tableVersionLocator)) return false
  const { tableLocator, tableVersion } = value.tableVersionLocator
  if (!isObject(tableLocator) || !isObject(tableLocator.namespaceLocator)) return false
  const names = [
    value.streamId,
    value.storageType,
    tableVersion,
    tableLocator.tableName,
    tableLocator.namespaceLocator.namespace,
  ]
  return names.every((name) => typeof name === 'string')
}

function isObject(value: unknown): value is Unchecked {
  return typeof value === 'object' && value !== null
}

const KINDS = [
  ['partitionLocator', 'a delta'],
  ['streamLocator', 'a partition'],
  ['tableVersionLocator', 'a stream'],
  ['tableLocator', 'a table version'],
  ['namespaceLocator', 'a table'],
  ['namespace', 'a namespace'],
] as const

/** What kind of entity or locator a value is, by what its locator is below; `undefined` for anything else. */
export function kindOf(value: unknown): string | undefined {
  const locator = locatorOf(value)
  return isObject(locator) ? KINDS.find(([key]) => key in locator)?.[1] : undefined
}

function described(value: unknown): string {
  if (!isObject(value)) return shown(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  const kind = kindOf(value)
  if (kind !== undefined) return kind
  return `an object with ${Object.keys(value).slice(0, 5).join(', ') || 'no keys'}`
}
