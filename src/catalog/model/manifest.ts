import type { ContentEncoding, ContentType, JsonValue, PartitionValues } from './common.ts'
import type { JsonObject } from './json.ts'
import { asArray, asCopy, asObject, asText, copyOf, DocumentError, orNull } from './json.ts'
import { decodePartitionValues } from './partition-spec.ts'

/** What a manifest, or one of its entries, adds up to. A key that the document lacks is absent here too. */
export interface ManifestMeta {
  readonly recordCount?: number
  /** Bytes as stored. */
  readonly contentLength?: number
  /** Bytes of the Arrow table before it was encoded, as pyarrow's `Table.nbytes` counts them. */
  readonly sourceContentLength?: number
  readonly contentType?: ContentType
  readonly contentEncoding?: ContentEncoding
  readonly contentTypeParameters?: readonly JsonValue[]
  readonly credentials?: { readonly [key: string]: JsonValue }
  readonly entryType?: EntryType
  readonly partitionValues?: PartitionValues
}
/** What kind of rows a file holds. */
export type EntryType = 'data' | 'positional_delete' | 'equality_delete'

/** Who wrote a manifest. */
export interface ManifestAuthor {
  readonly name?: string
  readonly version?: string
}

/** One file of records. */
export interface ManifestEntry {
  readonly uri: string
  readonly url: string
  readonly meta: ManifestMeta
  readonly mandatory: boolean
  readonly id?: string
  readonly entryType?: EntryType
  readonly entryFileParams?: { readonly [key: string]: JsonValue }
}

/** The files of a delta. */
export interface Manifest {
  readonly id: string
  readonly meta: ManifestMeta
  readonly entries: readonly ManifestEntry[]
  readonly author?: ManifestAuthor
  readonly entryType?: EntryType
}

/** The keys of a manifest's meta: the entity's name, then the document's. */
const META_KEYS = {
  recordCount: 'record_count',
  contentLength: 'content_length',
  sourceContentLength: 'source_content_length',
  contentType: 'content_type',
  contentTypeParameters: 'content_type_parameters',
  contentEncoding: 'content_encoding',
  credentials: 'credentials',
  entryType: 'entry_type',
  partitionValues: 'partition_values',
} as const satisfies Record<keyof ManifestMeta, string>
const COUNTS: readonly string[] = ['record_count', 'content_length', 'source_content_length']
const META_FIELDS = Object.entries(META_KEYS).map(([key, stored]) => ({
  key,
  stored,
  isCount: COUNTS.includes(stored),
}))

export function decodeManifestMeta(json: JsonValue | undefined, name = 'meta'): ManifestMeta {
  const object = asObject(json ?? {}, name)
  const meta: { [key: string]: JsonValue } = {}
  for (const { key, stored, isCount } of META_FIELDS) {
    const value = object[stored]
    if (value === undefined || value === null) continue
    if (isCount && !Number.isSafeInteger(value)) throw new DocumentError(`${stored} is no safe integer`)
    if (stored === 'partition_values') decodePartitionValues(value)
    meta[key] = copyOf(value)
  }
  return meta as ManifestMeta
}

export function encodeManifestMeta(meta: ManifestMeta): JsonObject {
  const json: { [key: string]: JsonValue } = {}
  for (const { key, stored } of META_FIELDS) {
    const value = meta[key as keyof ManifestMeta]
    if (value !== undefined && value !== null) json[stored] = value as JsonValue
  }
  return json
}

/** Keys of stored entries that this package doesn't know: an entry that goes into another manifest takes them along. */
const unknownKeys = new WeakMap<ManifestEntry, JsonObject>()
const ENTRY_KEYS: readonly string[] = ['url', 'uri', 'meta', 'mandatory', 'id', 'entry_type', 'entry_file_params']

function decodeEntry(json: JsonValue): ManifestEntry {
  const object = asObject(json, 'a manifest entry')
  const uri = asText(object.uri ?? object.url, 'the uri of a manifest entry')
  const entry = {
    uri,
    url: orNull(object.url, 'url', asText) ?? uri,
    meta: decodeManifestMeta(object.meta, 'the meta of a manifest entry'),
    mandatory: object.mandatory !== false,
    ...textOf(object, 'id', 'id'),
    ...textOf(object, 'entry_type', 'entryType'),
    ...(object.entry_file_params && { entryFileParams: asCopy(object.entry_file_params, 'entry_file_params') }),
  } as ManifestEntry
  const others = Object.entries(object).filter(([key]) => !ENTRY_KEYS.includes(key))
  if (others.length > 0) unknownKeys.set(entry, Object.fromEntries(others))
  return entry
}

function encodeEntry(entry: ManifestEntry, isNew: boolean): JsonObject {
  return {
    url: entry.url,
    uri: entry.uri,
    meta: encodeManifestMeta(entry.meta),
    mandatory: entry.mandatory,
    ...(entry.id !== undefined && { id: entry.id }),
    ...(entry.entryType !== undefined && { entry_type: entry.entryType }),
    ...(entry.entryFileParams !== undefined && { entry_file_params: entry.entryFileParams }),
    ...(isNew && unknownKeys.get(entry)),
  }
}

export function decodeManifest(json: JsonValue): Manifest {
  const object = asObject(json, 'manifest')
  const author = orNull(object.author, 'author', asObject)
  return {
    id: asText(object.id, 'the id of the manifest'),
    meta: decodeManifestMeta(object.meta, 'the meta of the manifest'),
    entries: asArray(object.entries ?? [], 'the entries of the manifest').map(decodeEntry),
    ...(author && { author: { ...textOf(author, 'name', 'name'), ...textOf(author, 'version', 'version') } }),
    ...textOf(object, 'entry_type', 'entryType'),
  } as Manifest
}

/** The document of a manifest; of a new one with what its entries bring along from the documents that they stood in. */
export function encodeManifest(manifest: Manifest, isNew = false): JsonObject {
  const { author, entryType } = manifest
  return {
    id: manifest.id,
    meta: encodeManifestMeta(manifest.meta),
    entries: manifest.entries.map((entry) => encodeEntry(entry, isNew)),
    ...(author && {
      author: {
        ...(author.name !== undefined && { name: author.name }),
        ...(author.version !== undefined && { version: author.version }),
      },
    }),
    ...(entryType !== undefined && { entry_type: entryType }),
  }
}

/** `{ [name]: object[key] }`, or nothing where the key is missing or null. */
function textOf<K extends string>(object: JsonObject, key: string, name: K): { readonly [key in K]?: string } {
  const value = object[key]
  if (value === undefined || value === null) return {}
  return { [name]: asText(value, key) } as { readonly [key in K]: string }
}
