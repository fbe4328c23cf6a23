import type { CommitState, ContentType, JsonValue, PartitionValues } from './common.ts'
import { COMMIT_STATES } from './common.ts'
import type { JsonObject } from './json.ts'
import { asObject, asOneOf, asPosition, asText, orNull } from './json.ts'
import { decodePartitionValues } from './partition-spec.ts'
import type { StreamLocator } from './stream.ts'
import { decodeStreamLocator, encodeStreamLocator } from './stream.ts'
import { decodeContentTypes, decodeSchemaText } from './table-version.ts'

/** Where a partition stands: its stream, values and id. */
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

export function decodePartitionLocator(json: JsonValue | undefined): PartitionLocator {
  const object = asObject(json, 'partitionLocator')
  return {
    streamLocator: decodeStreamLocator(object.streamLocator),
    partitionValues: decodePartitionValues(object.partitionValues),
    partitionId: asText(object.partitionId, 'partitionId'),
  }
}

export function encodePartitionLocator(locator: PartitionLocator): JsonObject {
  const { streamLocator, partitionValues, partitionId } = locator
  return { streamLocator: encodeStreamLocator(streamLocator), partitionValues, partitionId }
}

export function decodePartition(json: JsonObject): Partition {
  return {
    locator: decodePartitionLocator(json.partitionLocator),
    schema: decodeSchemaText(json.schema),
    contentTypes: decodeContentTypes(json.contentTypes),
    state: asOneOf(json.state, 'state', COMMIT_STATES),
    previousStreamPosition: orNull(json.previousStreamPosition, 'previousStreamPosition', asPosition),
    previousPartitionId: orNull(json.previousPartitionId, 'previousPartitionId', asText),
    streamPosition: orNull(json.streamPosition, 'streamPosition', asPosition),
    nextPartitionId: orNull(json.nextPartitionId, 'nextPartitionId', asText),
  }
}

export function encodePartition(partition: Partition): JsonObject {
  return {
    partitionLocator: encodePartitionLocator(partition.locator),
    schema: partition.schema,
    contentTypes: partition.contentTypes,
    state: partition.state,
    previousStreamPosition: partition.previousStreamPosition,
    previousPartitionId: partition.previousPartitionId,
    streamPosition: partition.streamPosition,
    nextPartitionId: partition.nextPartitionId,
  }
}
