import type { CommitState, JsonValue, PartitionKey, PartitionSpec } from './common.ts'
import { COMMIT_STATES } from './common.ts'
import type { JsonObject } from './json.ts'
import { asObject, asOneOf, asText, orNull } from './json.ts'
import { decodePartitionKeys, decodePartitionSpec } from './partition-spec.ts'
import type { TableVersionLocator } from './table-version.ts'
import { decodeTableVersionLocator, encodeTableVersionLocator } from './table-version.ts'

/** Where a stream stands: its table version and id. */
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

/** The storage type of every stream that is written. */
export const STORAGE_TYPE = 'SQLITE3'

export function decodeStreamLocator(json: JsonValue | undefined): StreamLocator {
  const object = asObject(json, 'streamLocator')
  return {
    tableVersionLocator: decodeTableVersionLocator(object.tableVersionLocator),
    streamId: asText(object.streamId, 'streamId'),
    storageType: orNull(object.storageType, 'storageType', asText) ?? STORAGE_TYPE,
  }
}

export function encodeStreamLocator({ tableVersionLocator, streamId, storageType }: StreamLocator): JsonObject {
  return { tableVersionLocator: encodeTableVersionLocator(tableVersionLocator), streamId, storageType }
}

export function decodeStream(json: JsonObject): Stream {
  return {
    locator: decodeStreamLocator(json.streamLocator),
    partitionKeys: decodePartitionKeys(json.partitionKeys),
    partitionSpec: decodePartitionSpec(json.partitionSpec),
    state: asOneOf(json.state, 'state', COMMIT_STATES),
    previousStreamDigest: orNull(json.previousStreamDigest, 'previousStreamDigest', asText),
  }
}

export function encodeStream(stream: Stream): JsonObject {
  return {
    streamLocator: encodeStreamLocator(stream.locator),
    partitionKeys: stream.partitionKeys,
    state: stream.state,
    previousStreamDigest: stream.previousStreamDigest,
    partitionSpec: stream.partitionSpec as unknown as JsonObject | null,
  }
}
