import { expect } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { runOurs } from './differential/ours.ts'
import type { Call, JsonTable, Outcome } from './differential/step.ts'
import { newer, reference } from './peer.ts'
import { withoutInnerNames } from './types.ts'

function sameTables(outcome: Outcome): Outcome {
  const { returns } = outcome
  if (!Array.isArray(returns)) return outcome
  const tables = returns.map((item: { $table?: JsonTable } | null) =>
    item !== null && typeof item === 'object' && '$table' in item ? { $table: withoutInnerNames(item.$table) } : item,
  )
  return { ...outcome, returns: tables }
}

/** The same reading calls on a file here and in Python, whose answers must be equal; what they are. */
export async function both(db: string, steps: readonly Call[]): Promise<unknown[]> {
  using catalog = openCatalog(db, { readonly: true })
  const ours = runOurs(catalog, steps, new Map(), () => 'no id')
  const python = await reference().ask<Outcome[]>('run', { db, steps })
  expect(ours.map(sameTables)).toEqual(python.map(sameTables))
  return python.map(({ returns }) => returns)
}

interface Walked {
  readonly namespaces: number
  readonly deltas: number
}

interface Manifested {
  readonly manifest: {
    readonly entries: readonly { readonly uri: string; readonly meta: { readonly content_type: string } }[]
  }
}

/**
 * Walks all that the committed streams of a file hold, in both; how many namespaces and deltas there were. Records are
 * read by the mock, or by the newest pyarrow where the mock's pyarrow 12 can't.
 */
export async function walkBoth(db: string, reader: 'mock' | 'newest' = 'mock'): Promise<Walked> {
  const flat = async <T>(steps: readonly Call[]): Promise<T[]> => (await both(db, steps)).flat() as T[]
  const namespaces = await flat<{ namespaceLocator: { namespace: string } }>([{ call: 'list_namespaces', args: {} }])
  const tables = await flat<{ tableLocator: { tableName: string; namespaceLocator: { namespace: string } } }>(
    namespaces.map(({ namespaceLocator }) => ({ call: 'list_tables', args: { ...namespaceLocator } })),
  )
  const versions = await flat<{
    tableVersionLocator: { tableVersion: string; tableLocator: (typeof tables)[0]['tableLocator'] }
  }>(
    tables.map(({ tableLocator: { tableName, namespaceLocator } }) => ({
      call: 'list_table_versions',
      args: { ...namespaceLocator, table_name: tableName },
    })),
  )
  const places = versions.map(({ tableVersionLocator: { tableVersion, tableLocator } }) => ({
    ...tableLocator.namespaceLocator,
    table_name: tableLocator.tableName,
    table_version: tableVersion,
  }))
  await both(
    db,
    places.map((args) => ({ call: 'get_stream', args })),
  )
  const partitions = await flat<object>(places.map((args) => ({ call: 'list_partitions', args })))
  const deltas = await flat<Manifested>(
    partitions.map((partition_like) => ({
      call: 'list_partition_deltas',
      args: { partition_like, include_manifest: true, ascending_order: true },
    })),
  )
  // Python reads no other content type, and gives text types by guess.
  const parquet = deltas.filter(({ manifest }) =>
    manifest.entries.every(({ meta }) => meta.content_type === 'application/parquet'),
  )
  if (reader === 'newest') await sameBlobs(db, parquet)
  else {
    const steps = parquet.map((delta_like) => ({ call: 'download_delta', args: { delta_like, storage_type: 'local' } }))
    await both(db, steps)
  }
  return { namespaces: namespaces.length, deltas: deltas.length }
}

async function sameBlobs(db: string, deltas: readonly Manifested[]): Promise<void> {
  using catalog = openCatalog(db, { readonly: true })
  const steps = deltas.map((delta_like) => ({ call: 'download_delta', args: { delta_like } }))
  const ours = runOurs(catalog, steps, new Map(), () => 'no id').flatMap((outcome) => sameTables(outcome).returns)
  const { rows } = await newer().ask<{ rows: { data: readonly [string, { parquet: JsonTable }][] } }>('rows', {
    path: db,
  })
  const blobs = new Map(rows.data)
  const uris = deltas.flatMap(({ manifest }) => manifest.entries.map(({ uri }) => uri))
  expect(ours).toEqual(uris.map((uri) => ({ $table: withoutInnerNames(blobs.get(uri)?.parquet) })))
}
