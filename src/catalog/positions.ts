import type { Context } from './context.ts'
import { corruptRow, fail } from './context.ts'
import { STAGED } from './model/delta.ts'
import { deltaPrefix, placeOf } from './model/locators.ts'
import type { Partition } from './model/partition.ts'
import type { Stored } from './rows.ts'
import type { SqlRow } from './store/database.ts'
import { DELTA_POSITION, DELTA_PREFIX, INDEX_FROM } from './store/ddl.ts'
import { PARAMETER } from './store/parameter.ts'

/** The rows of a partition's deltas, staged or committed, by the primary key. Takes the prefix twice. */
export const BY_PREFIX = "locator > ? AND locator < ? || '~'"
/** Those of an owner, by the index. Takes the owner (the partition, or `STAGED`) and the prefix. */
const BY_INDEX = `partition_locator = ${PARAMETER} AND ${DELTA_PREFIX} = ${PARAMETER}`

const LAST_INDEXED = `SELECT ${DELTA_POSITION} FROM deltas WHERE ${BY_INDEX} ORDER BY ${DELTA_POSITION} DESC LIMIT 1`
const LAST_SCANNED = `SELECT max(${DELTA_POSITION}) FROM deltas WHERE ${BY_PREFIX} AND partition_locator = ${PARAMETER}`
const ALL_SCANNED = `SELECT max(${DELTA_POSITION}), count(*) FROM deltas WHERE ${BY_PREFIX}`

const RANGE = `AND ${DELTA_POSITION} BETWEEN ? AND ? ORDER BY ${DELTA_POSITION}`
const RANGE_INDEXED = `SELECT locator, value FROM deltas WHERE ${BY_INDEX} ${RANGE}`
const RANGE_SCANNED = `SELECT locator, value FROM deltas WHERE ${BY_PREFIX} AND partition_locator = ${PARAMETER} ${RANGE}`
const LIMIT = `LIMIT ${PARAMETER}`
const ORDERED = {
  indexed: { ascending: `${RANGE_INDEXED} ${LIMIT}`, descending: `${RANGE_INDEXED} DESC ${LIMIT}` },
  scanned: { ascending: `${RANGE_SCANNED} ${LIMIT}`, descending: `${RANGE_SCANNED} DESC ${LIMIT}` },
} as const

/** Which rows of a partition's deltas, and in which order. */
export interface PositionRange {
  readonly first: number | bigint
  readonly last: number | bigint
  readonly order: 'ascending' | 'descending'
  /** `null`: all. */
  readonly limit: number | null
}

/** Rows `locator, value` of the deltas in a partition that belong to `owner`: the partition itself, or `STAGED`. */
export function deltaRows(context: Context, partition: string, owner: string, range: PositionRange): readonly SqlRow[] {
  const prefix = deltaPrefix(partition)
  const parameters = [range.first, range.last, range.limit ?? -1] as const
  if (context.store.hasIndexes('deltas')) {
    return context.store.rows(ORDERED.indexed[range.order], owner, prefix, ...parameters)
  }
  return context.store.rows(ORDERED.scanned[range.order], prefix, prefix, owner, ...parameters)
}

/** The highest position of the deltas that are committed in a partition; `null`: there is none. */
export function lastCommitted(context: Context, partition: string): number | null {
  const prefix = deltaPrefix(partition)
  const row = context.store.hasIndexes('deltas')
    ? context.store.row(LAST_INDEXED, partition, prefix)
    : context.store.row(LAST_SCANNED, prefix, prefix, partition)
  return positionOf(context, partition, row?.[0])
}

/** The highest position of the deltas that were staged or committed in a partition; `null`: there is none. */
function highestPosition(context: Context, partition: string): number | null {
  const { store } = context
  const prefix = deltaPrefix(partition)
  if (store.hasIndexes('deltas')) {
    const staged = positionOf(context, partition, store.row(LAST_INDEXED, STAGED, prefix)?.[0])
    const committed = lastCommitted(context, partition)
    return staged === null || committed === null ? (staged ?? committed) : Math.max(staged, committed)
  }
  const [highest, count] = store.row(ALL_SCANNED, prefix, prefix) ?? []
  // Positions are asked for where a write follows, so this is the place to notice that scans have become dear.
  if (Number(count) >= INDEX_FROM) store.createIndexes('deltas')
  return positionOf(context, partition, highest)
}

function positionOf({ store }: Context, partition: string, value: unknown): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw corruptRow(store.path, 'partitions', partition, 'a delta has a position that is no safe integer')
}

/** The position of the next delta: the clock's time, or one more than the highest where that is later. */
export function nextPosition(context: Context, partition: Stored<Partition>): number {
  const now = context.clock()
  const { streamPosition } = partition.entity
  const highest = highestPosition(context, partition.locator)
  return checkRoom(Math.max(now, streamPosition ?? now, highest === null ? now : highest + 1), partition)
}

/** Throws `unsupported` where no safe integer is left above the last position. */
function checkRoom(position: number, { entity }: Stored<Partition>): number {
  if (Number.isSafeInteger(position)) return position
  throw fail(
    'unsupported',
    `Partition ${JSON.stringify(entity.locator.partitionId)} of ${placeOf(entity)} has a delta at the last position there is; stage a delta in another partition.`,
  )
}
