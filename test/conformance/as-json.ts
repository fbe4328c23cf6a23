import type { Table } from 'apache-arrow'
import type { Delta, Entity, JsonValue, Manifest } from '../../src/catalog/index.ts'
import { encodeDelta } from '../../src/catalog/model/delta.ts'
import { encodeManifest } from '../../src/catalog/model/manifest.ts'
import { encodeNamespace } from '../../src/catalog/model/namespace.ts'
import { encodePartition } from '../../src/catalog/model/partition.ts'
import { encodeStream } from '../../src/catalog/model/stream.ts'
import { encodeTable } from '../../src/catalog/model/table.ts'
import { encodeTableVersion } from '../../src/catalog/model/table-version.ts'
import { isTable } from '../../src/catalog/records/arrow.ts'
import type { Cell } from '../../src/catalog/records/cells.ts'
import { rowsFromTable } from '../../src/catalog/records/rows.ts'
import { formatType } from '../../src/catalog/records/schema.ts'

/** What a call returned, as the transcripts write it. */
export function resultAsJson(result: unknown): JsonValue {
  if (result === undefined) return null
  if (result === null || typeof result === 'boolean') return result
  if (isTable(result)) return tableAsJson(result)
  if (Array.isArray(result)) return result.map(resultAsJson)
  if (typeof result === 'object' && 'allItems' in result)
    return (result as { allItems(): unknown[] }).allItems().map(resultAsJson)
  if (typeof result === 'object' && 'entries' in result) return encodeManifest(result as Manifest)
  if (typeof result === 'object' && 'locator' in result) return entityAsJson(result as Entity)
  throw new TypeError(`no JSON for ${String(result)}`)
}

function entityAsJson(entity: Entity): JsonValue {
  const { locator } = entity
  if ('streamPosition' in locator) return encodeDelta(entity as Delta)
  if ('partitionId' in locator) return encodePartition(entity as Parameters<typeof encodePartition>[0])
  if ('streamId' in locator) return encodeStream(entity as Parameters<typeof encodeStream>[0])
  if ('tableVersion' in locator) return encodeTableVersion(entity as Parameters<typeof encodeTableVersion>[0])
  if ('tableName' in locator) return encodeTable(entity as Parameters<typeof encodeTable>[0])
  return encodeNamespace(entity as Parameters<typeof encodeNamespace>[0])
}

export function tableAsJson(table: Table): JsonValue {
  const schema = table.schema.fields.map(({ name, type, nullable }) => [name, pyarrowName(formatType(type)), nullable])
  const rows = rowsFromTable(table).map((row) => table.schema.fields.map(({ name }) => cellAsJson(row[name])))
  return { $table: { schema, rows } }
}

function pyarrowName(type: string): string {
  return type === 'float64' ? 'double' : type
}

/** The transcripts hold int64, double and string cells only. */
function cellAsJson(cell: Cell | undefined): JsonValue {
  if (typeof cell === 'bigint') return Number(cell)
  if (cell === null || typeof cell === 'number' || typeof cell === 'string') return cell
  throw new TypeError(`no JSON for a cell of ${typeof cell}`)
}

/** Without `content_length`, which depends on who writes the Parquet file. */
export function comparable(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'content_length')
  return Object.fromEntries(entries.map(([key, item]) => [key, comparable(item)]))
}
