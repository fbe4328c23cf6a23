import type { CommitState, PartitionKey, PartitionSpec } from './common.ts'
import type { TableVersionLocator } from './table-version.ts'

export interface StreamLocator {
  readonly tableVersionLocator: TableVersionLocator
  readonly streamId: string
  /** `SQLITE3` in this catalog. */
  readonly storageType: string
}

/** A stream of deltas under a table version; one is committed, others are staged or deprecated. */
export interface Stream {
  readonly locator: StreamLocator
  readonly partitionKeys: readonly PartitionKey[] | null
  readonly partitionSpec: PartitionSpec | null
  readonly state: CommitState
  /** The canonical string of the stream that this one replaces. */
  readonly previousStreamDigest: string | null
}
