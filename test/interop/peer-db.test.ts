import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Table } from 'apache-arrow'
import { afterAll, describe, expect, it } from 'vitest'
import { type Delta, openCatalog } from '../../src/catalog/index.ts'
import { tableToJson } from './cells.ts'
import type { JsonTable, Outcome } from './differential/step.ts'
import { newer, reference } from './peer.ts'
import { withoutInnerNames } from './types.ts'

const recorded = join(import.meta.dirname, '../conformance/peer-db')
const folder = mkdtempSync(join(tmpdir(), 'deltacat-peer-db-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const place = { namespace: 'types', table_name: 'every_type', table_version: '1' }

interface Stored {
  readonly deltas: readonly { readonly delta: Delta; readonly tables: readonly Table[] }[]
}

function readAll(path: string): Stored {
  using catalog = openCatalog(path, { readonly: true })
  const deltas = catalog.listDeltas(place.namespace, place.table_name, {
    tableVersion: place.table_version,
    ascendingOrder: true,
    includeManifest: true,
  })
  return { deltas: [...deltas].map((delta) => ({ delta, tables: catalog.downloadDelta(delta) as Table[] })) }
}

/** The same tables in a file that our catalog writes. */
function rewrite(path: string, { deltas }: Stored): void {
  using catalog = openCatalog(path)
  catalog.createNamespace(place.namespace)
  const stream = catalog.createTableVersion(place.namespace, place.table_name)
  const partition = catalog.commitPartition(catalog.stagePartition(stream))
  for (const { tables } of deltas) catalog.commitDelta(catalog.stageDelta(tables, partition, { deltaType: 'append' }))
}

/** What the mock's own `download_delta` gives for each delta of a file. */
async function downloadInPython(db: string): Promise<JsonTable[]> {
  const args = { ...place, ascending_order: true, include_manifest: true }
  const [listed] = await reference().ask<Outcome[]>('run', { db, steps: [{ call: 'list_deltas', args }] })
  const steps = ((listed?.returns ?? []) as unknown[]).map((delta_like) => ({
    call: 'download_delta',
    args: { delta_like, storage_type: 'local' },
  }))
  const outcomes = await reference().ask<Outcome[]>('run', { db, steps })
  return outcomes.flatMap(({ returns }) => (returns as { $table: JsonTable }[]).map(({ $table }) => $table))
}

/** The blobs of a file as a pyarrow without DeltaCAT reads them, by a plain SELECT. */
async function blobsInPython(peer: ReturnType<typeof newer>, path: string): Promise<JsonTable[]> {
  const { rows } = await peer.ask<{ rows: { data: [string, { parquet: JsonTable }][] } }>('rows', { path })
  return rows.data.map(([, { parquet }]) => parquet)
}

describe.each([
  ['types', 33],
  ['encodings', 11],
] as const)('tables that Python wrote to %s.db (%i)', (name, count) => {
  const original = join(recorded, `${name}.db`)
  const ours = join(folder, `${name}.db`)

  it('are the same cells and types here and in pyarrow 12', async () => {
    const { deltas } = readAll(original)
    expect(deltas).toHaveLength(count)
    const read = deltas.flatMap(({ tables }) => tables.map((table) => withoutInnerNames(tableToJson(table))))
    expect(read).toEqual((await downloadInPython(original)).map(withoutInnerNames))
  })

  it("are the same when we write them, in the mock's download_delta, in pyarrow 12 and in the newest", async () => {
    rewrite(ours, readAll(original))
    const expected = (await downloadInPython(original)).map(withoutInnerNames)
    expect((await downloadInPython(ours)).map(withoutInnerNames)).toEqual(expected)
    expect((await blobsInPython(reference(), ours)).map(withoutInnerNames)).toEqual(expected)
    expect((await blobsInPython(newer(), ours)).map(withoutInnerNames)).toEqual(expected)
  })
})
