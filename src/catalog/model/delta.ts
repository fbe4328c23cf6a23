import type { DeltaType, PartitionSpec, Properties } from './common.ts'
import type { Manifest, ManifestMeta } from './manifest.ts'
import type { PartitionLocator } from './partition.ts'

export interface DeltaLocator {
  readonly partitionLocator: PartitionLocator
  /** `null`: a merged delta that has not been committed. */
  readonly streamPosition: number | null
}

/** The columns whose equality decides which rows a delete delta removes. */
export interface DeleteParameters {
  readonly equalityColumnNames?: readonly string[]
}

/** A change of a partition: records to append, upsert or delete. */
export interface Delta {
  readonly locator: DeltaLocator
  readonly type: DeltaType | null
  readonly meta: ManifestMeta | null
  readonly properties: Properties | null
  /** `null` where it was not asked for (`includeManifest`). */
  readonly manifest: Manifest | null
  readonly previousStreamPosition: number | null
  readonly deleteParameters: DeleteParameters | null
  readonly partitionSpec: PartitionSpec | null
}
