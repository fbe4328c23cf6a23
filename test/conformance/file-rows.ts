import Database from 'better-sqlite3'
import type { Catalog, ContentType, JsonValue } from '../../src/catalog/index.ts'
import { decodeRecords } from '../../src/catalog/records/codec.ts'
import { tableAsJson } from './as-json.ts'

const TABLES = ['namespaces', 'tables', 'table_versions', 'streams', 'partitions', 'deltas', 'data'] as const

/** Every row of every table of a catalog, as the transcripts write them: documents parsed, blobs decoded. */
export function fileRows(catalog: Catalog): { readonly [table: string]: readonly (readonly JsonValue[])[] } {
  const database = new Database(catalog.serialize())
  const types = contentTypes(database)
  const read = (table: string) => database.prepare(`SELECT * FROM ${table} ORDER BY rowid`).raw().all() as unknown[][]
  const rows = TABLES.map((table) => {
    const all = read(table).map((row) => {
      const value = row.at(-1)
      const cell =
        table === 'data' ? blobAsJson(value, types.get(row[0] as string)) : (JSON.parse(value as string) as JsonValue)
      return [...(row.slice(0, -1) as JsonValue[]), cell]
    })
    return [table, all] as const
  })
  database.close()
  return Object.fromEntries(rows)
}

function blobAsJson(value: unknown, contentType: ContentType | undefined): JsonValue {
  if (value === null) return null
  const bytes = value as Uint8Array
  if (contentType !== 'application/parquet') return { text: Buffer.from(bytes).toString('utf8') }
  const { $table } = tableAsJson(decodeRecords(bytes, contentType)) as { readonly $table: JsonValue }
  return { parquet: $table }
}

function contentTypes(database: Database.Database): ReadonlyMap<string, ContentType> {
  const documents = database.prepare('SELECT value FROM deltas').pluck().all() as string[]
  const entries = documents.flatMap(
    (text) =>
      (JSON.parse(text) as { manifest: { entries: { uri: string; meta: { content_type: ContentType } }[] } }).manifest
        .entries,
  )
  return new Map(entries.map(({ uri, meta }) => [uri, meta.content_type]))
}
