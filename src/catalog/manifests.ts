import { randomUUID } from '../door/crypto.ts'
import {
  checkFields,
  checkJsonObject,
  checkOptions,
  invalid,
  type OptionNames,
  sameValues,
  shown,
} from './arguments.ts'
import { CatalogError } from './errors.ts'
import type { EntryType, Manifest, ManifestAuthor, ManifestEntry, ManifestMeta } from './model/manifest.ts'
import { decodeManifest, encodeManifest } from './model/manifest.ts'

/** What a new manifest has besides its entries. */
export interface ManifestOptions {
  /** Who wrote it. */
  readonly author?: ManifestAuthor | null
  /** Gives the manifest's id; a random UUID unless said. */
  readonly ids?: () => string
}

const OPTIONS: OptionNames<ManifestOptions> = { author: true, ids: true }

/**
 * One manifest of all the entries of several, in their order. Counts and lengths are added up; a content type or
 * encoding, and partition values, are the manifest's where all entries have the same.
 *
 * Throws `invalid-argument` for anything but a list of manifests.
 */
export function mergeManifests(manifests: readonly Manifest[], options: ManifestOptions = {}): Manifest {
  checkOptions('mergeManifests', options, OPTIONS)
  if (!Array.isArray(manifests)) throw invalid(`The manifests to merge are ${shown(manifests)}; give a list of them.`)
  const entries = (manifests as readonly Manifest[]).flatMap((manifest, index) => {
    if (Array.isArray(manifest?.entries)) return manifest.entries
    throw invalid(`Item ${index} of the manifests to merge is ${shown(manifest)}; give a manifest, which has entries.`)
  })
  checkAuthor(options.author)
  return manifestOf((options.ids ?? randomUUID)(), entries, options.author)
}

/** A manifest of these entries. */
export function manifestOf(
  id: string,
  entries: readonly ManifestEntry[],
  author?: ManifestAuthor | null,
  entryType?: EntryType,
): Manifest {
  return {
    id,
    meta: { ...metaOf(entries), ...(entryType !== undefined && { entryType }) },
    entries,
    ...(author && { author }),
    ...(entryType !== undefined && { entryType }),
  }
}

function metaOf(entries: readonly ManifestEntry[]): ManifestMeta {
  const metas = entries.map(({ meta }) => meta)
  const sum = (key: 'recordCount' | 'contentLength' | 'sourceContentLength') =>
    metas.reduce((total, meta) => total + (meta[key] ?? 0), 0)
  const [first] = metas
  const contentType = metas.every((meta) => meta.contentType === first?.contentType) ? first?.contentType : undefined
  const contentEncoding = metas.every((meta) => meta.contentEncoding === first?.contentEncoding)
    ? first?.contentEncoding
    : undefined
  const values = first?.partitionValues
  const sameForAll = metas.every(
    (meta) => meta.partitionValues !== undefined && sameValues(meta.partitionValues, values ?? null),
  )
  return {
    recordCount: sum('recordCount'),
    contentLength: sum('contentLength'),
    sourceContentLength: sum('sourceContentLength'),
    ...(contentType !== undefined && { contentType }),
    ...(contentEncoding !== undefined && { contentEncoding }),
    ...(values !== undefined && sameForAll && { partitionValues: values }),
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

const AUTHOR: OptionNames<ManifestAuthor> = { name: true, version: true }

/** Who wrote a manifest, or nobody. Throws `invalid-argument` for anything else. */
export function checkAuthor(author: unknown): void {
  if (author === undefined || author === null) return
  checkFields('author', author, AUTHOR)
  for (const [key, value] of Object.entries(author)) {
    if (value !== undefined && typeof value !== 'string')
      throw invalid(`author.${key} is ${shown(value)}; give a text.`)
  }
}

/** A manifest that can be written. Throws `invalid-argument` for one that can't. */
export function checkManifest(manifest: Manifest): Manifest {
  const entries: readonly ({ readonly uri?: unknown; readonly meta?: unknown } | null)[] = manifest.entries
  if (!Array.isArray(entries)) throw invalid('The manifest has no list of entries; make it with mergeManifests.')
  const index = entries.findIndex((entry) => typeof entry?.uri !== 'string' || !isObject(entry.meta))
  if (index >= 0) throw invalid(`Entry ${index} of the manifest lacks a uri or a meta; give each file both.`)
  if (!isObject(manifest.meta)) throw invalid('The manifest has no meta; make it with mergeManifests.')
  try {
    decodeManifest(checkJsonObject(encodeManifest(manifest), 'manifest'))
  } catch (cause) {
    if (cause instanceof CatalogError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw invalid(`The manifest cannot be written: ${reason}; correct it.`, cause)
  }
  return manifest
}

/**
 * A manifest that is given to be staged, each entry with the content type and encoding that Python asks for. Throws
 * `invalid-argument` where an entry has no content type.
 */
export function givenManifest(manifest: Manifest): Manifest {
  checkManifest(manifest)
  const entries = manifest.entries.map((entry, index) => {
    const { contentType, contentEncoding = 'identity' } = entry.meta
    if (contentType === undefined)
      throw invalid(`Entry ${index} of the manifest has no contentType; say what the file is.`)
    return entry.meta.contentEncoding === undefined ? { ...entry, meta: { ...entry.meta, contentEncoding } } : entry
  })
  return entries.every((entry, index) => entry === manifest.entries[index]) ? manifest : { ...manifest, entries }
}
