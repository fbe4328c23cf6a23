import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildFixture } from '../../src/fixtures/index.ts'
import { both } from './both.ts'
import type { JsonTable } from './differential/step.ts'
import { reference } from './peer.ts'

const example = join(import.meta.dirname, '../../examples/weather')
const folder = mkdtempSync(join(tmpdir(), 'deltacat-weather-'))
const db = join(folder, 'weather.db')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(() => buildFixture(join(example, 'weather.deltacat.yaml'), db).close())

const namespace = 'climate'
const places = [
  { table_name: 'seattle_days', partition_values: null },
  { table_name: 'cities', partition_values: ['Seattle'] },
  { table_name: 'cities', partition_values: ['New York'] },
  { table_name: 'months', partition_values: null },
]

describe('the weather fixture in Python', () => {
  it('lists the same namespaces, tables, versions and partitions', async () => {
    const [namespaces, tables] = await both(db, [
      { call: 'list_namespaces', args: {} },
      { call: 'list_tables', args: { namespace } },
    ])
    expect(namespaces).toMatchObject([{ namespaceLocator: { namespace } }])
    const names = ['seattle_days', 'cities', 'months']
    expect(tables).toMatchObject(names.map((tableName) => ({ tableLocator: { tableName } })))
    await both(
      db,
      names.map((table_name) => ({ call: 'list_table_versions', args: { namespace, table_name } })),
    )
    const partitions = await both(
      db,
      names.map((table_name) => ({ call: 'list_partitions', args: { namespace, table_name, table_version: '1' } })),
    )
    expect(partitions).toMatchObject([
      [{ partitionLocator: { partitionValues: null }, state: 'committed' }],
      [{ partitionLocator: { partitionValues: ['Seattle'] } }, { partitionLocator: { partitionValues: ['New York'] } }],
      [{ partitionLocator: { partitionValues: null } }],
    ])
  })

  it('lists the same deltas, and every cell of each is equal in pyarrow', async () => {
    const args = { namespace, table_version: '1', ascending_order: true, include_manifest: true }
    const lists = await both(
      db,
      places.map((place) => ({ call: 'list_deltas', args: { ...args, ...place } })),
    )
    const deltas = lists.flat() as { type: string }[]
    expect(deltas.map(({ type }) => type)).toEqual(['append', 'upsert', 'delete', 'append', 'append', 'upsert'])
    const records = (await both(
      db,
      deltas.map((delta) => ({ call: 'download_delta', args: { delta_like: delta, storage_type: 'local' } })),
    )) as { $table: JsonTable }[][]
    expect(records.map((tables) => tables.map(({ $table }) => $table.rows.length))).toEqual([
      [1461],
      [2],
      [1],
      [1461],
      [1461],
      [1],
    ])
  })

  it('holds the cells of the data files as pyarrow itself reads them', async () => {
    const files = ['seattle-weather.csv', 'seattle.csv', 'new-york.csv']
    const args = { namespace, table_version: '1', ascending_order: true, include_manifest: true }
    const lists = await both(
      db,
      places.slice(0, 3).map((place) => ({ call: 'list_deltas', args: { ...args, ...place } })),
    )
    const first = lists.map((deltas) => (deltas as unknown[])[0])
    const stored = (await both(
      db,
      first.map((delta) => ({ call: 'download_delta', args: { delta_like: delta, storage_type: 'local' } })),
    )) as { $table: JsonTable }[][]
    const blobs = files.map((file, i) => ({
      bytes: readFileSync(join(example, 'data', file)).toString('base64'),
      contentType: 'text/csv',
      schema: stored[i]?.[0]?.$table.schema,
    }))
    const read = await reference().ask<{ table: JsonTable }[]>('read_blobs', { blobs })
    expect(stored.map(([table]) => table?.$table.rows)).toEqual(read.map(({ table }) => table.rows))
  })
})
