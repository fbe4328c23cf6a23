import './records/eager.ts'

export type { Catalog, CatalogOptions } from './catalog.ts'
export { catalogOf, deserializeCatalog, openCatalog, seededClock, seededIds } from './catalog.ts'
export type { CommitDeltaOptions } from './commit-delta.ts'
export type { CommitPartitionOptions } from './commit-partition.ts'
export type { NewTableVersion, TableVersionChange } from './create-table-version.ts'
export type { DeltaRange, ManifestOption, PartitionOption } from './deltas.ts'
export type { Downloaded, DownloadOptions, EntryOptions, TableType } from './downloads.ts'
export type { CatalogErrorCode } from './errors.ts'
export { CatalogError, errorCodes } from './errors.ts'
export type { FaultOptions, Faults } from './faults.ts'
export type { ManifestOptions } from './manifests.ts'
export { mergeManifests } from './manifests.ts'
export type { MergeDeltasOptions } from './merge-deltas.ts'
export { mergeDeltas } from './merge-deltas.ts'
export type {
  BucketTransform,
  CommitState,
  ContentEncoding,
  ContentType,
  DeltaType,
  IdentityTransform,
  JsonValue,
  LifecycleState,
  PartitionFilter,
  PartitionKey,
  PartitionSpec,
  PartitionValue,
  PartitionValues,
  Permissions,
  Properties,
  SchemaConsistency,
  SortKey,
  SortOrder,
  Transform,
} from './model/common.ts'
export type { DeleteParameters, Delta, DeltaLocator } from './model/delta.ts'
export type { ListResult } from './model/list-result.ts'
export type { Entity, Locator } from './model/locators.ts'
export { canonicalString, hexDigest } from './model/locators.ts'
export type { EntryType, Manifest, ManifestAuthor, ManifestEntry, ManifestMeta } from './model/manifest.ts'
export type { Namespace, NamespaceLocator } from './model/namespace.ts'
export type { Partition, PartitionLocator } from './model/partition.ts'
export type { Stream, StreamLocator } from './model/stream.ts'
export type { Table, TableLocator } from './model/table.ts'
export type { TableVersion, TableVersionLocator } from './model/table-version.ts'
export type { NamespaceChange } from './namespaces.ts'
export type { PageOptions } from './paging.ts'
export type { ValuesOption } from './partitions.ts'
export type { ReadPartitionOptions } from './read-partition.ts'
export type { Cell } from './records/cells.ts'
export { rowsFromTable, tableFromRows } from './records/late.ts'
export type { Row } from './records/rows.ts'
export type { ColumnTypes } from './records/schema.ts'
export type { Records } from './records-input.ts'
export type { StageDeltaOptions } from './stage-delta.ts'
export type { VersionOption } from './table-versions.ts'
export type { TableChange } from './tables.ts'
