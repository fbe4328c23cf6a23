import type { Context } from './context.ts'
import { corruptRow } from './context.ts'
import { deltaPrefix } from './model/locators.ts'
import type { Partition } from './model/partition.ts'
import type { Stored } from './rows.ts'

/** What `partition_locator` holds in the row of a delta that is not committed. */
export const STAGED = 'staged_delta'

const POSITION = 'CAST(substr(locator, 42) AS INTEGER)'
/** The locators of a partition's deltas, staged or committed: its digest, a bar, the position. */
export const IN_PARTITION = "locator > ? AND locator < ? || '~'"

const HIGHEST = `SELECT max(${POSITION}) FROM deltas WHERE ${IN_PARTITION}`
const LAST_COMMITTED = `SELECT max(${POSITION}) FROM deltas WHERE ${IN_PARTITION} AND partition_locator = ?`

/** The highest position of the deltas that were staged or committed in a partition; `null`: there is none. */
export function highestPosition(context: Context, partition: string): number | null {
  const prefix = deltaPrefix(partition)
  return positionOf(context, partition, context.store.row(HIGHEST, prefix, prefix)?.[0])
}

/** The highest position of the deltas that are committed in a partition; `null`: there is none. */
export function lastCommitted(context: Context, partition: string): number | null {
  const prefix = deltaPrefix(partition)
  return positionOf(context, partition, context.store.row(LAST_COMMITTED, prefix, prefix, partition)?.[0])
}

function positionOf({ store }: Context, partition: string, value: unknown): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw corruptRow(store.path, 'partitions', partition, 'a delta has a position that is no safe integer')
}

/** The position of the next delta: the clock's time, or one more than the highest where that is later. */
export function nextPosition(context: Context, partition: Stored<Partition>): number {
  const floor = (partition.entity.streamPosition ?? 0) - 1
  return Math.max(context.clock(), 1 + Math.max(highestPosition(context, partition.locator) ?? floor, floor))
}
