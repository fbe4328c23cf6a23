import type { DeltaType, JsonValue, PartitionSpec, Properties } from './common.ts'
import { DELTA_TYPES } from './common.ts'
import type { JsonObject } from './json.ts'
import { asCopy, asObject, asOneOf, asPosition, asTexts, orNull } from './json.ts'
import type { Manifest, ManifestMeta } from './manifest.ts'
import { decodeManifest, decodeManifestMeta, encodeManifest, encodeManifestMeta } from './manifest.ts'
import type { PartitionLocator } from './partition.ts'
import { decodePartitionLocator, encodePartitionLocator } from './partition.ts'
import { decodePartitionSpec } from './partition-spec.ts'

/** Where a delta stands: its partition and position. */
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

/** What the row of a delta that is not committed has for the locator of its partition. */
export const STAGED = 'staged_delta'

function decodeDeltaLocator(json: JsonValue | undefined): DeltaLocator {
  const object = asObject(json, 'deltaLocator')
  return {
    partitionLocator: decodePartitionLocator(object.partitionLocator),
    streamPosition: orNull(object.streamPosition, 'streamPosition', asPosition),
  }
}

/** The delta of a document, with or without its manifest. */
export function decodeDelta(json: JsonObject, includeManifest: boolean): Delta {
  return {
    locator: decodeDeltaLocator(json.deltaLocator),
    type: orNull(json.type, 'type', (value, name) => asOneOf(value, name, DELTA_TYPES)),
    meta: orNull(json.meta, 'meta', (meta) => decodeManifestMeta(meta)),
    properties: orNull(json.properties, 'properties', asCopy),
    manifest: includeManifest ? orNull(json.manifest, 'manifest', decodeManifest) : null,
    previousStreamPosition: orNull(json.previousStreamPosition, 'previousStreamPosition', asPosition),
    deleteParameters: orNull(json.delete_parameters, 'delete_parameters', decodeDeleteParameters),
    partitionSpec: decodePartitionSpec(json.partitionSpec),
  }
}

/** A delta's document; of a new one with what its entries bring along from other documents. */
export function encodeDelta(delta: Delta, isNew = false): JsonObject {
  const { partitionLocator, streamPosition } = delta.locator
  return {
    deltaLocator: { partitionLocator: encodePartitionLocator(partitionLocator), streamPosition },
    type: delta.type,
    meta: delta.meta && encodeManifestMeta(delta.meta),
    properties: delta.properties,
    manifest: delta.manifest && encodeManifest(delta.manifest, isNew),
    previousStreamPosition: delta.previousStreamPosition,
    delete_parameters: delta.deleteParameters && encodeDeleteParameters(delta.deleteParameters),
    partitionSpec: delta.partitionSpec as unknown as JsonObject | null,
  }
}

function decodeDeleteParameters(json: JsonValue): DeleteParameters {
  // Where the mock merged a single delete delta, it left the object in a list.
  const value = Array.isArray(json) ? ((json as readonly JsonValue[])[0] ?? {}) : json
  const names = asObject(value, 'delete_parameters').equality_column_names
  return names === undefined || names === null ? {} : { equalityColumnNames: asTexts(names, 'equality_column_names') }
}

function encodeDeleteParameters({ equalityColumnNames }: DeleteParameters): JsonObject {
  return equalityColumnNames === undefined ? {} : { equality_column_names: equalityColumnNames }
}
