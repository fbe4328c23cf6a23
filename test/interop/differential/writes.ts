import { type DeltaState, lastPosition, type Model, type Partition, type Version } from './model.ts'
import type { JsonTable } from './step.ts'

/** What chance gives a call to choose with. */
export interface Dice {
  readonly kind: number
  readonly picks: readonly [number, number, number, number]
  readonly parquet: JsonTable
  readonly text: JsonTable
}

/** Calls that fit the model as it is: makes the step and returns true, or returns false where none fits. */
export type Move = (model: Model, dice: Dice) => boolean

export function pick<T>(items: readonly T[], n: number): T | undefined {
  return items[n % items.length]
}

const names = ['shop', 'lab', 'ops']
const tableNames = ['events', 'Ærø', "it's"]
// Strings only, without commas and never one empty string: the mock joins values with commas to look them up.
const partitionValues = [null, null, [], ['NO'], ['SE', 'a b'], ["it's"], ['"quoted"\\'], ['æ\t\u0001']] as const

export const createNamespace: Move = (model, { picks }) => {
  const namespace = pick(names, picks[0]) as string
  if (model.steps.length > 5 && picks[1] % 3 > 0) return false
  const permissions = model.permissions.get(namespace) ?? { read: [`team-${picks[1] % 3}`], open: picks[2] % 2 === 0 }
  model.permissions.set(namespace, permissions)
  model.call('create_namespace', { namespace, permissions })
  return true
}

export const updateNamespace: Move = (model, { picks }) => {
  const namespace = pick([...model.permissions.keys()], picks[0])
  if (namespace === undefined) return false
  const permissions = { write: [picks[1]], 'nøkkel "1"': null }
  model.permissions.set(namespace, permissions)
  model.call('update_namespace', { namespace, permissions })
  return true
}

export const createTableVersion: Move = (model, { picks }) => {
  const namespace = pick([...model.permissions.keys()], picks[0])
  if (namespace === undefined || model.versions.length > 2) return false
  const name = pick(tableNames, picks[1]) as string
  const known = model.tables.find((table) => table.namespace === namespace && table.name === name)
  const table = known ?? { namespace, name, versions: [], properties: new Set(['made']) }
  if (known === undefined) model.tables.push(table)
  // Always given, as text: the mock counts versions in numbers.
  const version = String(1 + table.versions.reduce((last, v) => Math.max(last, Number(v.version)), 0))
  const stream = model.fresh('stream')
  const full = picks[2] % 2 === 0
  const args = {
    namespace,
    table_name: name,
    table_version: version,
    table_description: 'made by chance',
    table_properties: { made: 'yes' },
    ...(full && {
      schema: 'c2NoZW1h',
      partition_keys: [{ keyName: 'country', keyType: 'string' }],
      primary_key_column_names: ['id'],
      sort_keys: [['at', picks[3] % 2 === 0 ? 'ascending' : 'descending']],
      table_version_description: 'the first "draft"',
      table_version_properties: { owner: 'æ' },
      table_permissions: { read: true },
      supported_content_types: ['application/parquet', 'application/x-amzn-unescaped-tsv'],
    }),
  }
  model.call('create_table_version', args, { ids: 1, as: stream })
  const properties = new Set(full ? ['owner', 'stream_id'] : ['stream_id'])
  const schema = full ? 'c2NoZW1h' : null
  table.versions.push({
    namespace,
    table: name,
    version,
    stream,
    properties,
    schema,
    stagedStreams: [],
    partitions: [],
  })
  return true
}

export const updateTable: Move = (model, { picks }) => {
  // The last one only: the mock moves a table that it updates to the end of the list. Everything is given: it drops the rest.
  const table = model.tables.at(-1)
  if (table === undefined || picks[3] % 2 > 0) return false
  table.properties.add('changed')
  const properties = Object.fromEntries([...table.properties].map((key) => [key, `v${picks[0] % 10}`]))
  const args = { permissions: { read: picks[1] % 2 === 0 }, description: `n° ${picks[2] % 10}`, properties }
  model.call('update_table', { namespace: table.namespace, table_name: table.name, ...args })
  return true
}

export const updateTableVersion: Move = (model, { picks }) => {
  const version = pick(model.versions, picks[0])
  if (version === undefined) return false
  // A new property only: of an old one the mock keeps the old value. The schema again: else the mock drops it.
  const key = model.fresh('p')
  version.properties.add(key)
  model.call('update_table_version', {
    ...versionArgs(version),
    schema: version.schema,
    description: `version ${picks[1] % 10}`,
    properties: { [key]: 'x' },
  })
  return true
}

export function versionArgs(version: Version): Record<string, unknown> {
  return { namespace: version.namespace, table_name: version.table, table_version: version.version }
}

export const stageStream: Move = (model, { picks }) => {
  const version = pick(model.versions, picks[0])
  if (version === undefined || version.stagedStreams.length > 1) return false
  const stream = model.fresh('stream')
  version.stagedStreams.push(stream)
  model.call('stage_stream', versionArgs(version), { ids: 1, as: stream })
  return true
}

export const deleteStream: Move = (model, { picks }) => {
  // Without partitions: the mock leaves them, their deltas and records behind.
  const version = pick(
    model.versions.filter((v) => v.partitions.length === 0),
    picks[0],
  )
  if (version === undefined) return false
  const table = model.tables.find((t) => t.versions.includes(version))
  table?.versions.splice(table.versions.indexOf(version), 1)
  model.call('delete_stream', versionArgs(version))
  return true
}

export const stagePartition: Move = (model, { picks }) => {
  const version = pick(model.versions, picks[0])
  if (version === undefined) return false
  const stream = picks[2] % 8 === 0 ? (version.stagedStreams[0] ?? version.stream) : version.stream
  const values = pick(partitionValues, picks[1]) ?? null
  const ref = model.fresh('partition')
  const previous = model.committedPartition(stream, values)
  const seen = previous?.committed.length ?? 0
  const args = { stream: { $ref: stream }, ...(values !== null && { partition_values: values }) }
  model.call('stage_partition', args, { ids: 1, time: true, as: ref })
  const partition: Partition = { ref, version, stream, values, previous, seen, state: 'staged', committed: [] }
  version.partitions.push(partition)
  model.partitions.push(partition)
  return true
}

export const commitPartition: Move = (model, { picks }) => {
  // Not where it is stale: the mock lets that pass and loses what was committed in between.
  const fresh = model.partitions.filter((partition) => {
    const current = model.committedPartition(partition.stream, partition.values)
    const late = current !== null && current.committed.length > partition.seen
    return partition.state === 'staged' && current === partition.previous && !late
  })
  const partition = pick(fresh, picks[0])
  if (partition === undefined) return false
  if (partition.previous !== null) partition.previous.state = 'deprecated'
  partition.state = 'committed'
  const ref = model.fresh('partition')
  model.call('commit_partition', { partition: { $ref: partition.ref } }, { as: ref })
  partition.ref = ref
  return true
}

export const deletePartition: Move = (model, { picks }) => {
  const current = model.partitions.filter((p) => p.state === 'committed' && p.stream === p.version.stream)
  const partition = pick(current, picks[0])
  if (partition === undefined) return false
  partition.state = 'deprecated'
  model.call('delete_partition', { ...versionArgs(partition.version), partition_values: partition.values })
  return true
}

const open = (model: Model): Partition[] => model.partitions.filter((partition) => partition.state !== 'deprecated')

export const stageDelta: Move = (model, { picks, parquet, text }) => {
  const partition = pick(open(model), picks[0])
  if (partition === undefined) return false
  const ref = model.fresh('delta')
  const empty = picks[1] % 10 === 0
  const tsv = !empty && picks[1] % 4 === 1
  const table = tsv ? text : parquet
  const type = (pick(['append', 'upsert', 'delete'] as const, picks[2]) ?? 'append') as DeltaState['type']
  const deletes = type === 'delete' && !empty
  const equality = deletes ? [table.schema[0]?.[0] as string] : null
  const args = {
    data: empty ? null : { $table: table },
    partition: { $ref: partition.ref },
    delta_type: deletes || type !== 'delete' ? type : 'upsert',
    ...(tsv && { content_type: 'application/x-amzn-unescaped-tsv' }),
    ...(equality !== null && { delete_parameters: { equality_column_names: equality } }),
    ...(picks[3] % 3 === 0 && { author: { name: 'loader', version: '1.0' } }),
    ...(picks[3] % 4 === 0 && { properties: { run: String(picks[3] % 100), nøkkel: 'æ"' } }),
  }
  const position = model.call('stage_delta', args, { ids: 1, time: true, as: ref })
  const contentType = empty ? null : tsv ? 'tsv' : 'parquet'
  const kind = args.delta_type as DeltaState['type']
  model.deltas.push({ ref, partition, type: kind, contentType, equality: String(equality), position, state: 'staged' })
  return true
}

export const commitDelta: Move = (model, { picks }) => {
  // In rising order, once, and not into what has been replaced: all that the mock acknowledges and then loses.
  const ready = model.deltas.filter(({ partition, position, state }) => {
    const rises = position === null || position > lastPosition(partition)
    return state !== 'committed' && partition.state !== 'deprecated' && rises
  })
  const delta = pick(ready, picks[0])
  if (delta === undefined) return false
  const merged = delta.position === null
  const position = model.call('commit_delta', { delta: { $ref: delta.ref } }, { time: merged, as: `${delta.ref}c` })
  if (merged) delta.position = position
  delta.state = 'committed'
  delta.partition.committed.push(delta)
  return true
}

export const mergeDeltas: Move = (model, { picks }) => {
  const first = pick(model.deltas, picks[0])
  if (first === undefined) return false
  const alike = model.deltas.filter(
    (delta) =>
      delta.partition === first.partition &&
      delta.type === first.type &&
      delta.equality === first.equality &&
      delta.contentType === first.contentType &&
      delta.state !== 'merged',
  )
  // One delete delta alone leaves the mock with a list for its parameters.
  if (alike.length < (first.type === 'delete' ? 2 : 1)) return false
  const deltas = alike.slice(0, 2 + (picks[1] % 2)).map(({ ref }) => ({ $ref: ref }))
  const ref = model.fresh('delta')
  const args = { deltas, ...(picks[2] % 2 === 0 && { properties: { merged: 'yes' } }) }
  model.call('merge_deltas', args, { ids: 1, as: ref })
  model.deltas.push({ ...first, ref, position: null, state: 'merged' })
  return true
}
