import type { Table as ArrowTable, Schema } from 'apache-arrow'
import { type Catalog, CatalogError, type Entity, mergeDeltas } from '../../../src/catalog/index.ts'
import { decodeDelta, encodeDelta } from '../../../src/catalog/model/delta.ts'
import type { JsonObject } from '../../../src/catalog/model/json.ts'
import { encodeManifest } from '../../../src/catalog/model/manifest.ts'
import { encodeNamespace } from '../../../src/catalog/model/namespace.ts'
import { decodePartition, encodePartition } from '../../../src/catalog/model/partition.ts'
import { decodeStream, decodeStreamLocator, encodeStream } from '../../../src/catalog/model/stream.ts'
import { encodeTable } from '../../../src/catalog/model/table.ts'
import { encodeTableVersion } from '../../../src/catalog/model/table-version.ts'
import { tableFromJson, tableToJson } from '../cells.ts'
import type { Call, JsonTable, Outcome, Step } from './step.ts'

/** Arguments by position, by the reference's names; all others go into the options. */
const positional: Readonly<Record<string, readonly string[]>> = {
  create_namespace: ['namespace', 'permissions'],
  update_namespace: ['namespace'],
  get_namespace: ['namespace'],
  namespace_exists: ['namespace'],
  list_tables: ['namespace'],
  create_table_version: ['namespace', 'table_name'],
  update_table: ['namespace', 'table_name'],
  update_table_version: ['namespace', 'table_name', 'table_version'],
  get_table: ['namespace', 'table_name'],
  table_exists: ['namespace', 'table_name'],
  list_table_versions: ['namespace', 'table_name'],
  get_table_version: ['namespace', 'table_name', 'table_version'],
  table_version_exists: ['namespace', 'table_name', 'table_version'],
  get_latest_table_version: ['namespace', 'table_name'],
  get_table_version_schema: ['namespace', 'table_name'],
  stage_stream: ['namespace', 'table_name'],
  delete_stream: ['namespace', 'table_name'],
  get_stream: ['namespace', 'table_name'],
  stage_partition: ['stream'],
  commit_partition: ['partition'],
  delete_partition: ['namespace', 'table_name'],
  get_partition: ['stream_locator'],
  list_partitions: ['namespace', 'table_name'],
  list_stream_partitions: ['stream'],
  stage_delta: ['data', 'partition'],
  commit_delta: ['delta'],
  merge_deltas: ['deltas'],
  list_deltas: ['namespace', 'table_name'],
  list_partition_deltas: ['partition_like'],
  get_delta: ['namespace', 'table_name', 'stream_position'],
  get_latest_delta: ['namespace', 'table_name'],
  get_delta_manifest: ['delta_like'],
  download_delta: ['delta_like'],
}

/** Entities are passed on as the objects that our calls returned, or, of the other side's, as its documents decode. */
const decoders: Readonly<Record<string, (document: JsonObject) => unknown>> = {
  stream: decodeStream,
  partition: decodePartition,
  partition_like: decodePartition,
  delta: (document) => decodeDelta(document, true),
  delta_like: (document) => decodeDelta(document, true),
  deltas: (document) => decodeDelta(document, true),
  stream_locator: decodeStreamLocator,
  delete_parameters: ({ equality_column_names }) => ({ equalityColumnNames: equality_column_names }),
}

const camel = (name: string): string => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())

/** Earlier results by name: their document, and the entity where ours made it. */
export type Refs = Map<string, { readonly document: unknown; readonly entity?: unknown }>

function resolve(name: string, value: unknown, refs: Refs): unknown {
  if (Array.isArray(value) && name === 'deltas') return value.map((item) => resolve(name, item, refs))
  if (value === null || typeof value !== 'object') return value
  if ('$table' in value) return tableFromJson(value.$table as JsonTable)
  const decode = decoders[name]
  if (!('$ref' in value)) return decode === undefined ? value : decode(value as JsonObject)
  const ref = refs.get(value.$ref as string)
  return ref?.entity ?? decode?.(ref?.document as JsonObject)
}

const encoders: readonly (readonly [key: string, encode: (entity: never) => JsonObject])[] = [
  ['namespace', encodeNamespace],
  ['tableName', encodeTable],
  ['tableVersion', encodeTableVersion],
  ['streamId', encodeStream],
  ['partitionId', encodePartition],
  ['streamPosition', encodeDelta],
]

/** A result as the reference's JSON. */
function toJson(call: string, result: unknown): unknown {
  if (result === undefined || result === null || typeof result !== 'object') return result ?? null
  if (call === 'download_delta')
    return (result as readonly ArrowTable[]).map((table) => ({ $table: tableToJson(table) }))
  if (call === 'get_delta_manifest') return encodeManifest(result as never)
  if (call === 'get_table_version_schema') return { arrow: (result as Schema).names }
  if ('allItems' in result)
    return (result as { allItems(): readonly unknown[] }).allItems().map((item) => toJson(call, item))
  const { locator } = result as Entity
  const [, encode] = encoders.find(([key]) => key in locator) ?? []
  return encode?.(result as never)
}

function callOurs(catalog: Catalog, { call, args }: Call, refs: Refs, ids: () => string): unknown {
  const order = positional[call] ?? []
  const given = order.map((name) => resolve(name, args[name], refs))
  const options = Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) =>
      order.includes(name) ? [] : [[camel(name), resolve(name, value, refs)]],
    ),
  )
  if (call === 'merge_deltas') return mergeDeltas(given[0] as never, { ...options, ids })
  const method = catalog[camel(call) as keyof Catalog] as (...args: readonly unknown[]) => unknown
  return method.call(catalog, ...given, options)
}

/** Runs steps on a catalog of ours: each one's result or error, in the vectors' form. Merged deltas take their ids too. */
export function runOurs(catalog: Catalog, steps: readonly Step[], refs: Refs, ids: () => string): Outcome[] {
  return steps.map((step) => {
    if ('take' in step) {
      const [name = ''] = step.take.split('.')
      const document = refs.get(name)?.document as JsonObject
      const key = Object.keys(document).find((k) => k.endsWith('Locator')) ?? ''
      refs.set(step.as, { document: document[key] })
      return {}
    }
    try {
      const result = callOurs(catalog, step, refs, ids)
      const document = toJson(step.call, result)
      if (step.as !== undefined) refs.set(step.as, { document, entity: result })
      return { returns: document }
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error
      return { raises: { type: error.code, message: error.message } }
    }
  })
}
