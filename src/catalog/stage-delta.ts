import type { Schema, Table } from 'apache-arrow'
import {
  checkFields,
  checkOptionalJson,
  checkPartitionValues,
  invalid,
  listed,
  type OptionNames,
  shown,
} from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { DELTA_CODEC } from './deltas.ts'
import { checkPartitionLocator, kindOf } from './entity-arguments.ts'
import { checkAuthor, givenManifest, manifestOf } from './manifests.ts'
import type { ContentType, DeltaType, PartitionSpec, PartitionValues, Properties } from './model/common.ts'
import { CONTENT_TYPES, DELTA_TYPES } from './model/common.ts'
import type { DeleteParameters, Delta } from './model/delta.ts'
import { STAGED } from './model/delta.ts'
import { deltaPrefix } from './model/locators.ts'
import type { Manifest, ManifestAuthor, ManifestEntry } from './model/manifest.ts'
import type { Partition, PartitionLocator } from './model/partition.ts'
import type { TableVersion } from './model/table-version.ts'
import { checkLive, requirePartition } from './partition-rows.ts'
import { checkPartitionSpec } from './partition-spec.ts'
import { nextPosition } from './positions.ts'
import { applyConsistency, encodeRecords, sharedSchemaFromText } from './records/late.ts'
import type { ColumnTypes } from './records/schema.ts'
import type { Records } from './records-input.ts'
import { isManifest, namesOf, narrowed, schemaOfRows, splitTable, tablesOf } from './records-input.ts'
import { insertEntity } from './rows.ts'
import { arrowSchema } from './schemas.ts'
import { requireVersion } from './table-versions.ts'
import type { Part } from './transforms.ts'
import { splitByValues } from './transforms.ts'

/** What a staged delta is besides its records. */
export interface StageDeltaOptions {
  /** `upsert` unless said. */
  readonly deltaType?: DeltaType
  /** Splits each table into files of at most this many rows. */
  readonly maxRecordsPerEntry?: number | null
  /** Who wrote it: goes into the manifest. */
  readonly author?: ManifestAuthor | null
  /** Free JSON by key. */
  readonly properties?: Properties | null
  /** Of the files; Parquet unless said. */
  readonly contentType?: ContentType
  /** Of a delete delta alone: the columns whose equality removes a row; the primary key unless said. */
  readonly deleteParameters?: DeleteParameters | null
  /** Splits the records into files by the values that its transforms give. */
  readonly partitionSpec?: PartitionSpec | null
  /** The values of every file, instead of those that `partitionSpec` would give. */
  readonly partitionValues?: PartitionValues | null
  /** Types rows, as a schema or by column (`{ id: 'int64!' }`); the table version's unless said. */
  readonly schema?: Schema | ColumnTypes | null
}

/** The call that writes records. */
export interface StageDeltaCalls {
  /**
   * Writes records as files of a delta that is not committed yet, and returns the delta. Takes an id for the manifest,
   * then one for each file where there are several, then reads the clock. As in DeltaCAT, the partition's values are
   * neither filled in nor compared: a row holds what it is given, in whichever partition.
   *
   * Throws `not-found` without the partition, `conflict` if it or its stream is deprecated, `invalid-argument` if the
   * records don't fit the version's schema consistency or the content type, or a delete's lack a column that it goes by,
   * `unsupported` for ORC and Ion.
   */
  stageDelta(records: Records, partition: Partition | PartitionLocator, options?: StageDeltaOptions): Delta
}

/** A manifest with the files that it names. */
interface Draft {
  readonly manifest: Manifest
  readonly files: readonly (readonly [uri: string, bytes: Uint8Array | null])[]
}

type DraftOptions = Omit<StageDeltaOptions, 'schema'> & { readonly schema: Schema | null }

const ADD_FILE = 'INSERT INTO data VALUES (?, ?)'

export const stageDeltaCalls: Implementation<StageDeltaCalls> = {
  stageDelta(context, records, partition, options = {}) {
    checkStageOptions(options)
    const kind = kindOf(records)
    if (kind !== undefined)
      throw invalid(`The records are ${kind}; stageDelta takes the records first, then the partition.`)
    const locator = checkPartitionLocator(partition)
    const version = versionOf(context, locator)
    const properties = checkOptionalJson(options.properties, 'properties') ?? null
    const schema = arrowSchema(options.schema ?? null, 'or null')
    const draft = draftOf(context, records, version, { ...options, schema })
    return context.store.write(() => {
      const target = requirePartition(context, locator)
      checkLive(context, target)
      for (const [uri, bytes] of draft.files) context.store.run(ADD_FILE, uri, bytes)
      const streamPosition = nextPosition(context, target)
      const delta: Delta = {
        locator: { partitionLocator: target.entity.locator, streamPosition },
        type: options.deltaType ?? 'upsert',
        // As in the mock: the meta of a delta without files is empty, but its manifest's is not.
        meta: draft.manifest.entries.length === 0 ? {} : draft.manifest.meta,
        properties,
        manifest: draft.manifest,
        previousStreamPosition: target.entity.streamPosition,
        deleteParameters: options.deleteParameters ?? null,
        partitionSpec: options.partitionSpec ?? null,
      }
      return insertEntity(context, DELTA_CODEC, deltaPrefix(target.locator) + streamPosition, STAGED, delta)
    })
  },
}

function checkStageOptions(options: StageDeltaOptions): void {
  const { deltaType, contentType, maxRecordsPerEntry, partitionValues, deleteParameters, author } = options
  if (deltaType !== undefined && !DELTA_TYPES.includes(deltaType)) {
    throw invalid(`deltaType is ${shown(deltaType)}; give one of ${DELTA_TYPES.join(', ')}.`)
  }
  if (contentType !== undefined && !CONTENT_TYPES.includes(contentType)) {
    throw invalid(`contentType is ${shown(contentType)}; DeltaCAT's are ${CONTENT_TYPES.join(', ')}.`)
  }
  const most = maxRecordsPerEntry ?? 1
  if (!Number.isSafeInteger(most) || most < 1) {
    throw invalid(`maxRecordsPerEntry is ${shown(maxRecordsPerEntry)}; give a positive integer.`)
  }
  checkPartitionValues(partitionValues)
  checkDeleteParameters(deltaType, deleteParameters)
  checkAuthor(author)
}

const DELETE_PARAMETERS: OptionNames<DeleteParameters> = { equalityColumnNames: true }

function checkDeleteParameters(deltaType: DeltaType | undefined, parameters: unknown): void {
  if (parameters === undefined || parameters === null) return
  checkFields('deleteParameters', parameters, DELETE_PARAMETERS)
  if (deltaType !== 'delete') {
    throw invalid(
      `deleteParameters are given for a delta of type ${deltaType ?? 'upsert'}; leave them out, or stage a delete.`,
    )
  }
  const names: unknown = (parameters as DeleteParameters).equalityColumnNames
  if (names === undefined) return
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw invalid(`equalityColumnNames is ${shown(names)}; give a list of columns' names.`)
  }
  if (names.length > 0) return
  throw invalid('equalityColumnNames is []; name a column, or leave deleteParameters out to delete by the primary key.')
}

/** A delete that lacks what its rows are found by could be committed, but never read. */
function requireEquality(table: Table, names: readonly string[]): void {
  if (names.length === 0) return
  const there = namesOf(table)
  const missing = names.find((name) => !there.has(name))
  if (missing === undefined) return
  throw invalid(
    `equalityColumnNames names ${shown(missing)}, which the records lack (they have ${listed([...there])}); give them that column, or name another.`,
  )
}

/** The version that the partition belongs to; what is missing above it is said. */
function versionOf(context: Context, locator: PartitionLocator): TableVersion {
  return context.store.read(() => {
    const { tableLocator, tableVersion } = locator.streamLocator.tableVersionLocator
    const { namespace } = tableLocator.namespaceLocator
    const version = requireVersion(context, namespace, tableLocator.tableName, tableVersion)
    checkLive(context, requirePartition(context, locator))
    return version.entity
  })
}

/** The manifest of the records and its files' bytes, made before the transaction begins. */
function draftOf(context: Context, records: Records, version: TableVersion, options: DraftOptions): Draft {
  const { author = null } = options
  if (isManifest(records)) {
    const manifest = givenManifest(records)
    return { manifest: author === null ? manifest : { ...manifest, author }, files: [] }
  }
  const id = context.ids()
  if (records === null) return { manifest: manifestOf(id, [], author), files: [[uriOf(id), null]] }
  const schema = version.schema === null ? null : sharedSchemaFromText(version.schema)
  const contentType = options.contentType ?? 'application/parquet'
  // A delete needs no more of a row than what it is found by.
  const isDelete = options.deltaType === 'delete'
  const typed = options.schema ?? (isDelete ? schemaOfRows(records, schema) : schema)
  const equality = options.deleteParameters?.equalityColumnNames ?? []
  const pieces = tablesOf(records, typed)
    .map((table) => {
      requireEquality(table, equality)
      const held = isDelete ? narrowed(schema, namesOf(table)) : schema
      return held === null ? table : applyConsistency(table, held, version.schemaConsistency)
    })
    .flatMap((table) => partsOf(table, options, id))
    .flatMap(({ table, values }) =>
      splitTable(table, options.maxRecordsPerEntry ?? null).map((piece) => ({ piece, values })),
    )
  const encoded = pieces.map(({ piece, values }) => ({ values, ...encodeRecords(piece, contentType) }))
  const entries: ManifestEntry[] = []
  const files: [string, Uint8Array][] = []
  for (const { bytes, recordCount, sourceContentLength, values } of encoded) {
    const entryId = encoded.length === 1 ? id : context.ids()
    const uri = uriOf(entryId)
    files.push([uri, bytes])
    entries.push({
      uri,
      url: uri,
      meta: {
        recordCount,
        contentLength: bytes.byteLength,
        sourceContentLength,
        contentType,
        contentEncoding: 'identity',
        ...(values !== null && { partitionValues: values }),
      },
      mandatory: true,
      id: entryId,
    })
  }
  return { manifest: manifestOf(id, entries, author), files }
}

/** A table by the values of its rows' transforms, or whole with the values that are given. */
function partsOf(table: Table, { partitionSpec, partitionValues }: StageDeltaOptions, seed: string): readonly Part[] {
  const given = checkPartitionValues(partitionValues)
  const transforms = partitionSpec ? checkPartitionSpec(partitionSpec) : []
  return given !== null || transforms.length === 0 ? [{ table, values: given }] : splitByValues(table, transforms, seed)
}

function uriOf(id: string): string {
  return `cloudpickle://${id}`
}
