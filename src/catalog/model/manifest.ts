import type { ContentEncoding, ContentType, JsonValue, PartitionValues } from './common.ts'

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
export type EntryType = 'data' | 'positional_delete' | 'equality_delete'

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
