import type { Schema, Table } from 'apache-arrow'
import { checkColumns, checkPartitionFilter, checkPartitionValues, invalid, sameValues, shown } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { corruptRow, fail } from './context.ts'
import { findDelta } from './deltas.ts'
import { checkDeltaLocator } from './entity-arguments.ts'
import { CatalogError } from './errors.ts'
import type { ContentType, PartitionFilter } from './model/common.ts'
import type { Delta, DeltaLocator } from './model/delta.ts'
import { canonicalString, placeOf } from './model/locators.ts'
import type { Manifest, ManifestEntry } from './model/manifest.ts'
import { requirePartition } from './partition-rows.ts'
import type { Cell } from './records/cells.ts'
import { decodeRecords, rowsFromTable, schemaFromText } from './records/late.ts'
import { findStored } from './rows.ts'
import { VERSION_CODEC } from './table-versions.ts'

/** What a file of records becomes: an Arrow table, rows with exact cells, or a Parquet file's bytes as stored. */
export type TableType = 'arrow' | 'rows' | 'parquet'

/** A file of records, by the `tableType` that was asked for. */
export interface Downloaded {
  /** With the types that the file has, or that the version's schema gives a text. */
  readonly arrow: Table
  /** Exact cells by column name, as `rowsFromTable` gives them. */
  readonly rows: Readonly<Record<string, Cell>>[]
  /** The bytes as they are stored, of a Parquet file only. */
  readonly parquet: Uint8Array
}

/** How one file of records is read. */
export interface EntryOptions<T extends TableType = TableType> {
  /** `arrow` unless said. */
  readonly tableType?: T
  /** The columns to read, in this order; all unless said. */
  readonly columns?: readonly string[] | null
}

/** How a delta is read. */
export interface DownloadOptions<T extends TableType = TableType> extends EntryOptions<T> {
  /** Only the files whose partition values are these. */
  readonly partitionFilter?: PartitionFilter | null
}

/** The calls that read a delta's records. */
export interface DownloadCalls {
  /**
   * The delta's records, one item for each file of its manifest, in order. From the manifest that the delta carries, or
   * the stored one. `storageType: 'distributed'` gives a lazy iterable, which reads a file when it is reached.
   *
   * Throws `not-found` if the delta or a file is missing, `corrupt` if a file can't be decoded, `unsupported` for ORC
   * and Ion, `invalid-argument` for a column that a file lacks, for rows of two columns of one name, and for `parquet`
   * with columns or of a file that is none.
   */
  downloadDelta<T extends TableType = 'arrow'>(
    delta: Delta | DeltaLocator,
    options: DownloadOptions<T> & { readonly storageType: 'distributed' },
  ): Iterable<Downloaded[T]>
  downloadDelta<T extends TableType = 'arrow'>(
    delta: Delta | DeltaLocator,
    options?: DownloadOptions<T> & { readonly storageType?: 'local' },
  ): Downloaded[T][]
  /** The records of one file of a delta's manifest. Throws as `downloadDelta`, and `invalid-argument` for a wrong index. */
  downloadDeltaManifestEntry<T extends TableType = 'arrow'>(
    delta: Delta | DeltaLocator,
    entryIndex: number,
    options?: EntryOptions<T>,
  ): Downloaded[T]
}

type Implemented = Omit<DownloadCalls, 'downloadDelta' | 'downloadDeltaManifestEntry'> & {
  downloadDelta(
    delta: Delta | DeltaLocator,
    options?: DownloadOptions & { readonly storageType?: 'local' | 'distributed' },
  ): Iterable<Downloaded[TableType]>
  downloadDeltaManifestEntry(
    delta: Delta | DeltaLocator,
    entryIndex: number,
    options?: EntryOptions,
  ): Downloaded[TableType]
}

export const downloadCalls: Implementation<Implemented> = {
  downloadDelta(context, delta, options = {}) {
    const { storageType = 'local', partitionFilter } = options
    checkEntryOptions(options)
    if (storageType !== 'local' && storageType !== 'distributed') {
      throw invalid(`storageType is ${shown(storageType)}; give "local" or "distributed".`)
    }
    const filter = checkPartitionValues(checkPartitionFilter(partitionFilter)?.partitionValues)
    const { manifest, schema } = manifestOf(context, delta)
    const entries = manifest.entries.filter(
      ({ meta }) => filter === null || (meta.partitionValues !== undefined && sameValues(meta.partitionValues, filter)),
    )
    if (storageType === 'local') return entries.map((entry) => readEntry(context, entry, schema, options))
    return {
      *[Symbol.iterator]() {
        for (const entry of entries) yield readEntry(context, entry, schema, options)
      },
    }
  },

  downloadDeltaManifestEntry(context, delta, entryIndex, options = {}) {
    checkEntryOptions(options)
    const { manifest, schema } = manifestOf(context, delta)
    const entry = manifest.entries[entryIndex]
    if (entry === undefined) {
      const count = manifest.entries.length
      const valid = count === 0 ? 'it has none' : `valid are 0 to ${count - 1}`
      throw invalid(`The manifest has no entry ${shown(entryIndex)}; ${valid}.`)
    }
    return readEntry(context, entry, schema, options)
  },
}

function checkEntryOptions({ tableType = 'arrow', columns }: EntryOptions): void {
  if (tableType !== 'arrow' && tableType !== 'rows' && tableType !== 'parquet') {
    throw invalid(`tableType is ${shown(tableType)}; give "arrow", "rows" or "parquet".`)
  }
  if (checkColumns(columns) === null || tableType !== 'parquet') return
  throw invalid('columns are given for files as they are stored; leave them out, or download "arrow" or "rows".')
}

interface Source {
  readonly manifest: Manifest
  /** The schema of the delta's table version, for texts without types. */
  readonly schema: () => Schema | null
}

/** The manifest that a delta carries, or else the stored one. Throws `not-found` if there is no such delta. */
function manifestOf(context: Context, delta: Delta | DeltaLocator): Source {
  const locator = checkDeltaLocator(delta)
  const carried = 'locator' in delta ? delta.manifest : null
  const manifest = carried ?? context.store.read(() => requireManifest(context, locator))
  let schema: Schema | null | undefined
  return {
    manifest,
    schema: () => {
      if (schema === undefined) schema = schemaOf(context, locator)
      return schema
    },
  }
}

function requireManifest(context: Context, locator: DeltaLocator): Manifest {
  const stored = findDelta(context, locator)
  if (stored !== null) {
    if (stored.entity.manifest !== null) return stored.entity.manifest
    throw corruptRow(context.store.path, 'deltas', stored.locator, 'the delta has no manifest')
  }
  requirePartition(context, locator.partitionLocator)
  throw fail(
    'not-found',
    `There is no delta at position ${locator.streamPosition} of ${placeOf(locator.partitionLocator)}; list the partition's deltas to see what is there.`,
  )
}

function schemaOf(context: Context, { partitionLocator }: DeltaLocator): Schema | null {
  const { tableVersionLocator } = partitionLocator.streamLocator
  const version = findStored(context, VERSION_CODEC, canonicalString(tableVersionLocator))
  return version?.entity.schema ? schemaFromText(version.entity.schema) : null
}

/** The content types whose files say what types they hold. */
const TYPED: readonly ContentType[] = ['application/parquet', 'application/feather']

const FIND_FILE = 'SELECT value FROM data WHERE uri = ?'

/** The bytes of a file of records. Throws `not-found` if the catalog has no such file. */
function readFile({ store }: Context, uri: string): Uint8Array {
  const row = store.row(FIND_FILE, uri)
  if (row === undefined) {
    throw fail(
      'not-found',
      `The catalog has no records at ${shown(uri)}; they are elsewhere, or their stream was deleted.`,
    )
  }
  const [value] = row
  if (value instanceof Uint8Array) return value
  throw corruptRow(store.path, 'data', uri, 'the records are no bytes')
}

function readEntry(
  context: Context,
  { uri, meta }: ManifestEntry,
  schema: Source['schema'],
  { tableType = 'arrow', columns }: EntryOptions,
): Downloaded[TableType] {
  const bytes = readFile(context, uri)
  const contentType = meta.contentType ?? 'application/parquet'
  if (tableType === 'parquet') {
    if (contentType === 'application/parquet') return new Uint8Array(bytes)
    throw invalid(`The records at ${shown(uri)} are ${contentType}, not Parquet; download them as "arrow" or "rows".`)
  }
  const isTyped = TYPED.includes(contentType)
  const table = decodeFile(context, uri, () =>
    decodeRecords(bytes, contentType, { schema: isTyped ? null : schema(), ...(columns && { columns }) }),
  )
  return tableType === 'arrow' ? table : rowsFromTable(table)
}

/** Adds the place to what is wrong with a file's bytes. */
function decodeFile<T>({ store }: Context, uri: string, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    if (!(cause instanceof CatalogError) || cause.code !== 'corrupt') throw cause
    const message = `${JSON.stringify(store.path)} is damaged: in table "data", at locator ${shown(uri)}, ${cause.message}`
    throw new CatalogError('corrupt', message, { cause })
  }
}
