import type { Model } from './model.ts'
import { type Move, pick, versionArgs } from './writes.ts'

function read(model: Model, call: string, args: Record<string, unknown>): true {
  model.call(call, args)
  return true
}

const namespaceReads = ['get_namespace', 'namespace_exists', 'list_namespaces', 'list_tables'] as const

export const readNamespace: Move = (model, { picks }) => {
  const call = pick(namespaceReads, picks[0]) as string
  if (call === 'list_namespaces') return read(model, call, {})
  const namespace = pick([...model.permissions.keys()], picks[1])
  // Of a missing one, the two that say so in the same way.
  if (picks[2] % 4 === 0 && call !== 'list_tables') return read(model, call, { namespace: 'absent' })
  return namespace !== undefined && read(model, call, { namespace })
}

const versionReads = [
  'get_table_version',
  'table_version_exists',
  'get_stream',
  'list_partitions',
  'get_table_version_schema',
] as const
const tableReads = ['get_table', 'table_exists', 'list_table_versions', 'get_latest_table_version'] as const

export const readTable: Move = (model, { picks }) => {
  const version = pick(model.versions, picks[0])
  if (version === undefined) return false
  const { namespace, table_name } = versionArgs(version)
  if (picks[1] % 2 === 0) return read(model, pick(tableReads, picks[2]) as string, { namespace, table_name })
  return read(model, pick(versionReads, picks[2]) as string, versionArgs(version))
}

export const readPartition: Move = (model, { picks }) => {
  const partition = pick(model.partitions, picks[0])
  if (partition === undefined) return false
  const { version, stream, values } = partition
  if (picks[1] % 3 === 0 && stream === version.stream) {
    return read(model, 'list_stream_partitions', { stream: { $ref: stream } })
  }
  if (picks[1] % 3 === 1) {
    const first = pick(partition.committed, picks[2])?.position ?? null
    const last = pick(partition.committed, picks[3])?.position ?? null
    return read(model, 'list_partition_deltas', {
      partition_like: { $ref: partition.ref },
      ...(picks[2] % 2 === 0 && { first_stream_position: first }),
      ...(picks[3] % 2 === 0 && { last_stream_position: last }),
      ascending_order: picks[2] % 3 === 0,
      include_manifest: picks[3] % 3 === 0,
    })
  }
  const name = model.fresh('locator')
  model.take(`${stream}.locator`, name)
  return read(model, 'get_partition', { stream_locator: { $ref: name }, partition_values: values })
}

export const readDeltas: Move = (model, { picks }) => {
  const partition = pick(
    model.partitions.filter((p) => p.state === 'committed' && p.stream === p.version.stream),
    picks[0],
  )
  if (partition === undefined) return false
  const values = partition.values
  const where = picks[3] % 3 === 0 ? { partition_filter: { partitionValues: values } } : { partition_values: values }
  const args = { ...versionArgs(partition.version), ...where, include_manifest: picks[1] % 2 === 0 }
  const positions = model.deltas.filter((d) => d.partition === partition && d.position !== null).map((d) => d.position)
  const position = pick(positions, picks[2])
  switch (picks[1] % 3) {
    case 0:
      return read(model, 'get_latest_delta', args)
    case 1:
      return position !== undefined && read(model, 'get_delta', { ...args, stream_position: position })
    default:
      // No first position here: the mock leaves out the delta at it.
      return read(model, 'list_deltas', {
        ...args,
        ...(picks[2] % 2 === 0 && { ascending_order: picks[2] % 4 === 0 }),
        ...(position !== undefined && picks[3] % 2 === 0 && { last_stream_position: position }),
      })
  }
}

export const readRecords: Move = (model, { picks }) => {
  // TSV has no types: with a schema ours gives the schema's, the mock what it guesses.
  const readable = model.deltas.filter(
    (d) => d.state !== 'merged' && (d.contentType !== 'tsv' || d.partition.version.schema === null),
  )
  const delta = pick(readable, picks[0])
  if (delta === undefined) return false
  const current = delta.partition.state === 'committed' && delta.partition.stream === delta.partition.version.stream
  if (picks[1] % 3 === 0 && current) return read(model, 'get_delta_manifest', { delta_like: { $ref: delta.ref } })
  return read(model, 'download_delta', { delta_like: { $ref: delta.ref }, storage_type: 'local' })
}
