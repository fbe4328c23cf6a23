import type { Partition } from '../../catalog/model/partition.ts'
import { type Finding, finding } from './codes.ts'
import type { Known, Levels } from './levels.ts'

/** Partition values in the order of their stream, and which partition took the place of which. */
export interface Succession {
  /** By a partition's key: those that replaced it. */
  readonly successors: ReadonlyMap<string, readonly Known<Partition>[]>
}

/** Checks the states of streams and partitions against one another. */
export function* checkStates({ versions, streams, partitions, seen }: Levels): Generator<Finding, Succession> {
  const streamsOf = groupBy(streams.values(), ({ entity }) => JSON.stringify(entity.locator.tableVersionLocator))
  for (const { entity, locator, place } of versions.values()) {
    const own = streamsOf.get(JSON.stringify(entity.locator)) ?? []
    const id = entity.properties?.stream_id
    const current = own.find((stream) => stream.entity.locator.streamId === id)
    if (current?.entity.state !== 'committed') {
      const found = current ? `is ${current.entity.state}` : 'is no stream of this version'
      yield finding(
        'no-committed-stream',
        'table_versions',
        locator,
        place,
        `stream_id is ${JSON.stringify(id ?? null)}, which ${found}.`,
      )
    }
    for (const other of own) {
      if (other === current || other.entity.state !== 'committed') continue
      const message = `Stream ${other.entity.locator.streamId} is committed, while stream_id is ${JSON.stringify(id ?? null)}.`
      yield finding('mock-replaced-stream', 'streams', other.locator, other.place, message)
    }
  }
  for (const { entity, locator, place } of streams.values()) {
    const before = entity.previousStreamDigest
    if (before !== null && !seen.has(`streams ${before}`)) {
      yield finding(
        'stream-without-predecessor',
        'streams',
        locator,
        place,
        `It replaces ${before}, which is not in the file.`,
      )
    }
  }
  return yield* checkPartitions(partitions, seen)
}

function* checkPartitions(partitions: Levels['partitions'], seen: Levels['seen']): Generator<Finding, Succession> {
  // Ids of damaged rows too: they are there, whatever is wrong with them.
  const ids = new Set(Array.from(seen, (key) => key.slice(key.lastIndexOf('|') + 1)))
  const successors = new Map<string, Known<Partition>[]>()
  const inStream = groupBy(partitions.values(), ({ entity }) => JSON.stringify(entity.locator.streamLocator))
  for (const own of inStream.values()) {
    const byId = new Map(own.map((partition) => [partition.entity.locator.partitionId, partition]))
    for (const partition of own) {
      const { entity, locator, place } = partition
      const { previousPartitionId: before, previousStreamPosition, streamPosition } = entity
      if (before === entity.locator.partitionId) {
        yield finding(
          'mock-in-place',
          'partitions',
          locator,
          place,
          `Partition ${before} names itself as the one it replaced.`,
        )
      } else if (before !== null) {
        const predecessor = byId.get(before)
        if (!predecessor && !ids.has(before)) {
          yield finding(
            'partition-without-predecessor',
            'partitions',
            locator,
            place,
            `It replaces ${before}, which is not in its stream.`,
          )
        } else if (predecessor && entity.state !== 'staged') {
          const known = successors.get(predecessor.locator)
          if (known) known.push(partition)
          else successors.set(predecessor.locator, [partition])
        }
      }
      if (previousStreamPosition !== null && streamPosition !== null && previousStreamPosition > streamPosition) {
        const message = `Its position is ${streamPosition}, below that of the one before, ${previousStreamPosition}.`
        yield finding('positions-out-of-order', 'partitions', locator, place, message)
      }
      yield* valuesNotes(partition)
    }
    yield* committedTwice(own)
    yield* joinedEqual(own)
  }
  for (const rivals of successors.values()) {
    for (const rival of rivals.slice(1)) {
      const first = rivals[0]?.entity.locator.partitionId
      const message = `It replaced ${rival.entity.previousPartitionId}, as ${first} had done before.`
      yield finding('mock-stale-commit', 'partitions', rival.locator, rival.place, message)
    }
  }
  return { successors }
}

function valuesOf({ entity }: Known<Partition>): readonly unknown[] {
  return entity.locator.partitionValues ?? []
}

function* committedTwice(own: readonly Known<Partition>[]): Generator<Finding> {
  const committed = groupBy(
    own.filter(({ entity }) => entity.state === 'committed'),
    (partition) => JSON.stringify(valuesOf(partition)),
  )
  for (const [first, ...others] of committed.values()) {
    for (const { entity, locator, place } of others) {
      const message = `${entity.locator.partitionId} is committed beside ${first?.entity.locator.partitionId} of the same values.`
      yield finding('two-committed-partitions', 'partitions', locator, place, message)
    }
  }
}

function* joinedEqual(own: readonly Known<Partition>[]): Generator<Finding> {
  const seen = new Map<string, string>()
  for (const partition of own) {
    const joined = valuesOf(partition).map(String).join()
    const values = JSON.stringify(valuesOf(partition))
    const other = seen.get(joined)
    if (other === undefined) seen.set(joined, values)
    else if (other !== values) {
      yield finding(
        'values-join-equal',
        'partitions',
        partition.locator,
        partition.place,
        `${values} and ${other} are both "${joined}" once joined.`,
      )
    }
  }
}

function* valuesNotes(partition: Known<Partition>): Generator<Finding> {
  const other = valuesOf(partition).find((value) => typeof value !== 'string')
  if (other !== undefined) {
    yield finding(
      'values-not-strings',
      'partitions',
      partition.locator,
      partition.place,
      `${JSON.stringify(other)} is no string.`,
    )
  }
}

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
