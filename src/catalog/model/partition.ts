import type { CommitState, ContentType, PartitionValues } from './common.ts'
import type { StreamLocator } from './stream.ts'

export interface PartitionLocator {
  readonly streamLocator: StreamLocator
  readonly partitionValues: PartitionValues | null
  readonly partitionId: string
}

/** A partition of a stream: the deltas of one list of partition values. */
export interface Partition {
  readonly locator: PartitionLocator
  /** As in its table version: see `TableVersion.schema`. */
  readonly schema: string | null
  readonly contentTypes: readonly ContentType[] | null
  readonly state: CommitState
  readonly previousStreamPosition: number | null
  readonly previousPartitionId: string | null
  readonly streamPosition: number | null
  readonly nextPartitionId: string | null
}
