import type { Context } from './context.ts'

// A table of our own, which the mock ignores: for each partition that is staged over another, the last position that
// was committed in that one. A delta staged before and committed after would otherwise be lost when it is replaced.
const CREATE =
  'CREATE TABLE IF NOT EXISTS vitest_deltacat_staged(partition_locator TEXT PRIMARY KEY, seen_position INTEGER)'
const EXISTS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'vitest_deltacat_staged'"
const INSERT = 'INSERT OR REPLACE INTO vitest_deltacat_staged VALUES (?, ?)'
const FIND = 'SELECT seen_position FROM vitest_deltacat_staged WHERE partition_locator = ?'
const DELETE = 'DELETE FROM vitest_deltacat_staged WHERE partition_locator = ?'

/** Notes what was committed in the partition that `partition` would replace; `null`: nothing. */
export function rememberSeen({ store }: Context, partition: string, position: number | null): void {
  store.run(CREATE)
  store.run(INSERT, partition, position)
}

/** What was noted; `undefined` if nothing was, as for a partition that Python has staged. */
export function seenPosition({ store }: Context, partition: string): number | null | undefined {
  if (store.row(EXISTS) === undefined) return undefined
  const row = store.row(FIND, partition)
  return row === undefined ? undefined : (row[0] as number | null)
}

/** Forgets what was noted, once the partition is committed or gone. */
export function forgetSeen({ store }: Context, partition: string): void {
  if (store.row(EXISTS) !== undefined) store.run(DELETE, partition)
}
