import type { Table } from 'apache-arrow'
import type { ContentType } from '../../catalog/index.ts'
import { CONTENT_TYPES } from '../../catalog/model/common.ts'
import type { Delta } from '../../catalog/model/delta.ts'
import { sameJson } from '../../catalog/model/document.ts'
import type { JsonObject } from '../../catalog/model/json.ts'
import { canonicalString } from '../../catalog/model/locators.ts'
import type { ManifestEntry, ManifestMeta } from '../../catalog/model/manifest.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { decodeRecords } from '../../catalog/records/codec.ts'
import { sharedSchemaFromText } from '../../catalog/records/schema.ts'
import type { Finding, FindingCode } from './codes.ts'
import type { Levels } from './levels.ts'
import type { RecordShape } from './merging.ts'
import { strayRow } from './partition-values.ts'
import { type RawRows, reasonOf } from './rows.ts'

type Say = (code: FindingCode, message: string) => Finding

const UNREADABLE: readonly ContentType[] = ['application/orc', 'application/x-amzn-ion']
const READABLE = CONTENT_TYPES.filter((each) => !UNREADABLE.includes(each))
const ENCODINGS = ['identity', 'gzip', 'deflate', 'zstd', 'bzip2', 'snappy']

/** What checking a manifest needs beside it. */
export interface ManifestContext {
  readonly rows: RawRows
  readonly levels: Levels
  /** Takes the numbers of the data rows that the manifest names. */
  readonly named: Set<string>
  /** Whether records are decoded. */
  readonly decode: boolean
  /** Whether the delta counts in its partition: what keeps that from being merged is found there. */
  readonly isMerged: boolean
}

/**
 * Checks what a delta's manifest says against itself and against the records in the file. Returns the shapes of its
 * entries; `null` where not all of them were decoded.
 */
export function* checkManifest(
  context: ManifestContext,
  delta: Delta,
  json: JsonObject,
  say: Say,
): Generator<Finding, readonly RecordShape[] | null> {
  const { manifest } = delta
  if (manifest === null) {
    yield say('wrong-shape', 'It has no manifest.')
    return null
  }
  if (manifest.entries.length === 0) {
    // A delta staged without data: an empty row is named after its manifest, and its own meta is empty.
    nameRow(context, `cloudpickle://${manifest.id}`)
    return []
  }
  const [own, whole] = [json.meta ?? {}, (json.manifest as JsonObject).meta ?? {}]
  if (!sameJson(own, whole)) {
    yield say('delta-meta', `Its meta is ${JSON.stringify(own)}, its manifest’s ${JSON.stringify(whole)}.`)
  }
  for (const [key, name] of SUMS) {
    const said = manifest.meta[key]
    const sum = manifest.entries.reduce((total, { meta }) => total + (meta[key] ?? 0), 0)
    if (said !== undefined && said !== sum) {
      yield say('manifest-totals', `Its manifest says ${name} ${said}; the entries add up to ${sum}.`)
    }
  }
  const shapes: RecordShape[] = []
  for (const entry of manifest.entries) {
    const shape = yield* checkEntry(context, delta, entry, say)
    if (shape !== null) shapes.push(shape)
  }
  return shapes.length === manifest.entries.length ? shapes : null
}

/** Notes that a data row is named, and returns its type, length and, where they are decoded, its bytes. */
function nameRow(
  { rows, named, decode }: ManifestContext,
  uri: string,
): { readonly type: string; readonly length: number; readonly bytes: unknown } | null {
  const row = rows.one(
    `SELECT CAST(rowid AS TEXT), typeof(value), length(value), ${decode ? 'value' : 'NULL'} FROM data WHERE uri = ?`,
    uri,
  )
  if (!row) return null
  const [number, type, length, bytes] = row
  named.add(String(number))
  return { type: String(type), length: Number(length), bytes }
}

const SUMS = [
  ['recordCount', 'record_count'],
  ['contentLength', 'content_length'],
  ['sourceContentLength', 'source_content_length'],
] as const satisfies readonly (readonly [keyof ManifestMeta, string])[]

function* checkEntry(
  context: ManifestContext,
  delta: Delta,
  entry: ManifestEntry,
  say: Say,
): Generator<Finding, RecordShape | null> {
  const row = nameRow(context, entry.uri)
  if (!row) {
    yield say('missing-data', `Its entry ${entry.uri} is not in the file.`)
    return null
  }
  const { contentType, contentEncoding = 'identity', contentLength, recordCount } = entry.meta
  if (row.type === 'null') {
    yield say('empty-data', `Its entry ${entry.uri} holds nothing.`)
    return null
  }
  if (row.type !== 'blob') {
    yield say('undecodable', `Its entry ${entry.uri} is of type ${row.type} where bytes belong.`)
    return null
  }
  if (contentLength !== undefined && contentLength !== row.length) {
    yield say('content-length', `Its entry ${entry.uri} has ${row.length} bytes; the manifest says ${contentLength}.`)
  }
  if (contentType !== undefined && UNREADABLE.includes(contentType)) {
    yield say('unreadable-here', `Its entry ${entry.uri} is ${contentType}.`)
    return null
  }
  if (contentType === undefined || !READABLE.includes(contentType) || !ENCODINGS.includes(contentEncoding)) {
    yield say('unknown-content-type', `Its entry ${entry.uri} is ${String(contentType)}, encoded ${contentEncoding}.`)
    return null
  }
  if (!context.decode || contentEncoding !== 'identity' || !(row.bytes instanceof Uint8Array)) return null
  return yield* checkRecords(context, delta, entry, row.bytes, contentType, recordCount, say)
}

/** The records of an entry, as the catalog reads them. */
export function decodeEntry(bytes: Uint8Array, contentType: ContentType, version: TableVersion | undefined): Table {
  const text = version?.schema ?? null
  return decodeRecords(bytes, contentType, { schema: text === null ? null : sharedSchemaFromText(text) })
}

function* checkRecords(
  { levels, isMerged }: ManifestContext,
  delta: Delta,
  entry: ManifestEntry,
  bytes: Uint8Array,
  contentType: ContentType,
  recordCount: number | undefined,
  say: Say,
): Generator<Finding, RecordShape | null> {
  const version = levels.versions.get(canonicalString(delta.locator.partitionLocator.streamLocator.tableVersionLocator))
  let table: Table
  try {
    table = decodeEntry(bytes, contentType, version?.entity)
  } catch (error) {
    yield say('undecodable', `Its entry ${entry.uri} can’t be decoded: ${reasonOf(error)}`)
    return null
  }
  if (recordCount !== undefined && recordCount !== table.numRows) {
    yield say('record-count', `Its entry ${entry.uri} has ${table.numRows} records; the manifest says ${recordCount}.`)
  }
  const columns = new Set(table.schema.fields.map(({ name }) => name))
  const missing = keysOf(delta, version?.entity, isMerged).filter((name) => !columns.has(name))
  if (missing.length > 0) yield say('key-not-in-records', `Its entry ${entry.uri} lacks ${missing.join(', ')}.`)
  const stray = strayRow(table, delta, version?.entity)
  if (stray !== null) yield say('row-outside-partition', `Its entry ${entry.uri} has ${stray}.`)
  return { schema: table.schema, rows: table.numRows }
}

/** The columns that a delta goes by; none of a delete that counts: either it does no harm, or its partition is a wound. */
function keysOf(
  { type, deleteParameters }: Delta,
  version: TableVersion | undefined,
  isMerged: boolean,
): readonly string[] {
  if (type === 'append' || (type === 'delete' && isMerged)) return []
  return deleteParameters?.equalityColumnNames ?? version?.primaryKeys ?? []
}
