import { checkOptions, isPlainObject, type OptionNames } from './arguments.ts'
import type { CommitDeltaOptions } from './commit-delta.ts'
import type { CommitPartitionOptions } from './commit-partition.ts'
import type { NewTableVersion, TableVersionChange } from './create-table-version.ts'
import type { DeltaRange, ManifestOption, PartitionOption } from './deltas.ts'
import type { DownloadOptions, EntryOptions } from './downloads.ts'
import type { NamespaceChange } from './namespaces.ts'
import type { PageOptions } from './paging.ts'
import type { ValuesOption } from './partitions.ts'
import type { ReadPartitionOptions } from './read-partition.ts'
import type { StageDeltaOptions } from './stage-delta.ts'
import type { VersionOption } from './table-versions.ts'
import type { TableChange } from './tables.ts'

const page: OptionNames<PageOptions> = { pageSize: true, pageToken: true }
const version: OptionNames<VersionOption> = { tableVersion: true }
const values: OptionNames<ValuesOption> = { partitionValues: true }
const manifest: OptionNames<ManifestOption> = { includeManifest: true }
const partition: OptionNames<PartitionOption> = { ...version, ...values, partitionFilter: true }
const range: OptionNames<DeltaRange> = {
  ...manifest,
  ...page,
  firstStreamPosition: true,
  lastStreamPosition: true,
  ascendingOrder: true,
}
const namespaceChange: OptionNames<NamespaceChange> = { permissions: true, newNamespace: true }
const tableChange: OptionNames<TableChange> = {
  permissions: true,
  description: true,
  properties: true,
  newTableName: true,
}
const newTableVersion: OptionNames<NewTableVersion> = {
  tableVersion: true,
  schema: true,
  schemaConsistency: true,
  partitionKeys: true,
  partitionSpec: true,
  primaryKeyColumnNames: true,
  sortKeys: true,
  tableVersionDescription: true,
  tableVersionProperties: true,
  tablePermissions: true,
  tableDescription: true,
  tableProperties: true,
  supportedContentTypes: true,
}
const tableVersionChange: OptionNames<TableVersionChange> = {
  lifecycleState: true,
  schema: true,
  schemaConsistency: true,
  description: true,
  properties: true,
}
const commitPartition: OptionNames<CommitPartitionOptions> = { previousPartition: true }
const stageDelta: OptionNames<StageDeltaOptions> = {
  deltaType: true,
  maxRecordsPerEntry: true,
  author: true,
  properties: true,
  contentType: true,
  deleteParameters: true,
  partitionSpec: true,
  partitionValues: true,
  schema: true,
}
const commitDelta: OptionNames<CommitDeltaOptions> = { previousStreamPosition: true }
const entry: OptionNames<EntryOptions> = { tableType: true, columns: true }
const download: OptionNames<DownloadOptions & { storageType: unknown }> = {
  ...entry,
  partitionFilter: true,
  storageType: true,
}
const readPartition: OptionNames<ReadPartitionOptions> = { until: true, columns: true, dropDuplicates: true }

/** The calls that have options: which of their arguments those are, and their names. */
const optionsOf: Readonly<Record<string, readonly [at: number, names: Readonly<Record<string, true>>]>> = {
  listNamespaces: [0, page],
  updateNamespace: [1, namespaceChange],
  listTables: [1, page],
  updateTable: [2, tableChange],
  listTableVersions: [2, page],
  getTableVersionColumnNames: [2, version],
  getTableVersionSchema: [2, version],
  createTableVersion: [2, newTableVersion],
  updateTableVersion: [3, tableVersionChange],
  stageStream: [2, version],
  getStream: [2, version],
  listStreams: [2, { ...version, ...page }],
  deleteStream: [2, version],
  listPartitions: [2, { ...version, ...page }],
  listStreamPartitions: [1, page],
  listAllPartitions: [1, page],
  deletePartition: [2, { ...version, ...values }],
  stagePartition: [1, values],
  getPartition: [1, values],
  commitPartition: [1, commitPartition],
  listDeltas: [2, { ...partition, ...range }],
  listPartitionDeltas: [1, range],
  listStagedDeltas: [1, { ...manifest, ...page }],
  getDelta: [3, { ...partition, ...manifest }],
  getLatestDelta: [2, { ...partition, ...manifest }],
  stageDelta: [2, stageDelta],
  commitDelta: [1, commitDelta],
  downloadDelta: [1, download],
  downloadDeltaManifestEntry: [2, entry],
  readPartition: [1, readPartition],
}

/** Refuses options that the call doesn't have: one that is misspelt must not be left out in silence. */
export function checkCallOptions(call: string, parameters: readonly unknown[]): void {
  const expected = optionsOf[call]
  if (expected === undefined) return
  const [at, names] = expected
  const given = parameters[at]
  if (given === undefined) return
  // These two take the values themselves, too, and check those.
  if (names === values && !isPlainObject(given)) return
  checkOptions(call, given, names)
}
