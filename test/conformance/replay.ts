import type { Catalog, Delta, JsonValue, MergeDeltasOptions } from '../../src/catalog/index.ts'
import { mergeDeltas, openCatalog } from '../../src/catalog/index.ts'
import { arrow } from '../../src/catalog/records/arrow.ts'
import { tableFromRows } from '../../src/catalog/records/rows.ts'
import { parseType } from '../../src/catalog/records/schema.ts'
import type { CallStep, Transcript } from './transcript.ts'

type Arguments = { readonly [name: string]: unknown }
type Call = (catalog: Catalog, given: Arguments) => unknown

/** A transcript's ids and times for `openCatalog`, in its order; asking for one too many is an error. */
export function openFor(transcript: Transcript, path: string): { catalog: Catalog; left: () => number } {
  const ids = [...transcript.ids]
  const times = [...transcript.times]
  const take = <T>(queue: T[], what: string): T => {
    const next = queue.shift()
    if (next === undefined) throw new RangeError(`one ${what} too many`)
    return next
  }
  const catalog = openCatalog(path, { ids: () => take(ids, 'id'), clock: () => take(times, 'reading of the clock') })
  return { catalog, left: () => ids.length + times.length }
}

/** Replays one call of the reference on ours. */
export function replayCall(catalog: Catalog, step: CallStep, bound: ReadonlyMap<string, unknown>): unknown {
  const call = CALLS[step.call]
  if (call === undefined) throw new TypeError(`no call ${step.call}`)
  const given = Object.entries(step.args).map(([name, value]) => [name, argumentOf(name, value, bound)])
  return call(catalog, Object.fromEntries(given))
}

function argumentOf(name: string, value: JsonValue, bound: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => argumentOf('', item, bound))
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value) return bound.get(value.$ref as string)
  if ('$table' in value) return tableOf(value.$table as unknown as TableJson)
  if (name === 'delete_parameters' && 'equality_column_names' in value) {
    return { equalityColumnNames: value.equality_column_names }
  }
  return value
}

interface TableJson {
  readonly schema: readonly (readonly [name: string, type: string, nullable: boolean])[]
  readonly rows: readonly (readonly JsonValue[])[]
}

function tableOf({ schema, rows }: TableJson) {
  const { Field, Schema } = arrow()
  const fields = schema.map(([name, type, nullable]) => new Field(name, parseType(type), nullable))
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, index) => [schema[index]?.[0], cell])))
  return tableFromRows(objects, new Schema(fields))
}

/** Snake case to camel case, and those left out that are positional in ours. */
function options(given: Arguments, ...positional: readonly string[]): never {
  const others = Object.entries(given).filter(([name]) => !positional.includes(name))
  return Object.fromEntries(
    others.map(([name, value]) => [name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]),
  ) as never
}

const TABLE = ['namespace', 'table_name'] as const
const VERSION = [...TABLE, 'table_version'] as const
const a = (value: unknown) => value as never

const CALLS: Readonly<Record<string, Call>> = {
  list_namespaces: (c) => c.listNamespaces(),
  list_tables: (c, g) => c.listTables(a(g.namespace)),
  list_table_versions: (c, g) => c.listTableVersions(a(g.namespace), a(g.table_name)),
  list_partitions: (c, g) => c.listPartitions(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  list_stream_partitions: (c, g) => c.listStreamPartitions(a(g.stream)),
  list_deltas: (c, g) => c.listDeltas(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  list_partition_deltas: (c, g) => c.listPartitionDeltas(a(g.partition_like), options(g, 'partition_like')),
  get_delta: (c, g) =>
    c.getDelta(a(g.namespace), a(g.table_name), a(g.stream_position), options(g, ...TABLE, 'stream_position')),
  get_latest_delta: (c, g) => c.getLatestDelta(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  download_delta: (c, g) => c.downloadDelta(a(g.delta_like), options(g, 'delta_like')),
  download_delta_manifest_entry: (c, g) =>
    c.downloadDeltaManifestEntry(a(g.delta_like), a(g.entry_index), options(g, 'delta_like', 'entry_index')),
  get_delta_manifest: (c, g) => c.getDeltaManifest(a(g.delta_like)),
  create_namespace: (c, g) => c.createNamespace(a(g.namespace), a(g.permissions)),
  update_namespace: (c, g) => c.updateNamespace(a(g.namespace), options(g, 'namespace')),
  create_table_version: (c, g) => c.createTableVersion(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  update_table: (c, g) => c.updateTable(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  update_table_version: (c, g) =>
    c.updateTableVersion(a(g.namespace), a(g.table_name), a(g.table_version), options(g, ...VERSION)),
  stage_stream: (c, g) => c.stageStream(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  commit_stream: (c, g) => c.commitStream(a(g.stream)),
  delete_stream: (c, g) => c.deleteStream(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  get_stream: (c, g) => c.getStream(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  stage_partition: (c, g) => c.stagePartition(a(g.stream), options(g, 'stream')),
  commit_partition: (c, g) => c.commitPartition(a(g.partition), options(g, 'partition')),
  delete_partition: (c, g) => c.deletePartition(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  get_partition: (c, g) => c.getPartition(a(g.stream_locator), options(g, 'stream_locator')),
  stage_delta: (c, g) => c.stageDelta(a(g.data), a(g.partition), options(g, 'data', 'partition')),
  commit_delta: (c, g) => c.commitDelta(a(g.delta)),
  get_namespace: (c, g) => c.getNamespace(a(g.namespace)),
  namespace_exists: (c, g) => c.namespaceExists(a(g.namespace)),
  get_table: (c, g) => c.getTable(a(g.namespace), a(g.table_name)),
  table_exists: (c, g) => c.tableExists(a(g.namespace), a(g.table_name)),
  get_table_version: (c, g) => c.getTableVersion(a(g.namespace), a(g.table_name), a(g.table_version)),
  get_latest_table_version: (c, g) => c.getLatestTableVersion(a(g.namespace), a(g.table_name)),
  get_latest_active_table_version: (c, g) => c.getLatestActiveTableVersion(a(g.namespace), a(g.table_name)),
  get_table_version_schema: (c, g) => c.getTableVersionSchema(a(g.namespace), a(g.table_name), options(g, ...TABLE)),
  table_version_exists: (c, g) => c.tableVersionExists(a(g.namespace), a(g.table_name), a(g.table_version)),
  merge_deltas: (_c, g) =>
    mergeDeltas(g.deltas as readonly Delta[], options(g, 'deltas') as unknown as MergeDeltasOptions),
}
