import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { DeltaType, SortKey } from '../../../src/catalog/model/common.ts'
import type { Cell } from '../../../src/catalog/records/cells.ts'
import { decodeRecords } from '../../../src/catalog/records/codec.ts'
import { mergeRecords } from '../../../src/catalog/records/merge.ts'
import { rowsFromTable } from '../../../src/catalog/records/rows.ts'

/** Cases of DeltaCAT's own suites of its compactor: the deltas, and the rows that it must leave. */
const folder = join(import.meta.dirname, '../../conformance/compaction')
const db = new Database(join(folder, 'cases.db'), { readonly: true })
const { cases } = JSON.parse(readFileSync(join(folder, 'cases.expected.json'), 'utf8')) as { cases: Case[] }

interface Case {
  readonly table: string
  readonly deltas: readonly DeltaType[]
  readonly dropDuplicates: boolean
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}
interface Version {
  readonly tableVersionLocator: { readonly tableLocator: { readonly tableName: string } }
  readonly primaryKeys: readonly string[] | null
  readonly sortKeys: readonly SortKey[] | null
}
interface StoredDelta {
  readonly deltaLocator: {
    readonly partitionLocator: { readonly streamLocator: Version }
    readonly streamPosition: number
  }
  readonly type: DeltaType
  readonly manifest: { readonly entries: readonly { readonly uri: string }[] }
  readonly delete_parameters: { readonly equality_column_names: readonly string[] } | null
}

const documents = <T>(table: string) =>
  db
    .prepare<[], { value: string }>(`SELECT value FROM ${table}`)
    .all()
    .map(({ value }) => JSON.parse(value) as T)
const versions = documents<Version>('table_versions')
const deltas = documents<StoredDelta>('deltas')
const blob = db.prepare<[string], { value: Uint8Array }>('SELECT value FROM data WHERE uri = ?')

test.each(cases)('$table', ({ table, deltas: types, dropDuplicates, columns, rows }) => {
  const version = versions.find((each) => each.tableVersionLocator.tableLocator.tableName === table)!
  const ofTable = deltas
    .filter(
      ({ deltaLocator }) =>
        deltaLocator.partitionLocator.streamLocator.tableVersionLocator.tableLocator.tableName === table,
    )
    .toSorted((a, b) => a.deltaLocator.streamPosition - b.deltaLocator.streamPosition)
  // The last delta of the cases with an empty one is not in the file.
  expect(ofTable.map((delta) => delta.type)).toEqual(types.slice(0, ofTable.length))
  const merged = mergeRecords(
    ofTable.map((delta) => ({
      type: delta.type,
      tables: delta.manifest.entries.map(({ uri }) => decodeRecords(blob.get(uri)!.value, 'application/parquet')),
      ...(delta.delete_parameters && { equalityColumnNames: delta.delete_parameters.equality_column_names }),
    })),
    { primaryKeys: version.primaryKeys, sortKeys: version.sortKeys, dropDuplicates, columns },
  )
  expect(merged.schema.names).toEqual(columns)
  // The compactor's own order is that of its hash buckets.
  expect(sorted(rowsFromTable(merged).map((row) => Object.values(row).map(plain)))).toEqual(sorted(rows))
})

function sorted(rows: readonly (readonly unknown[])[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}

function plain(cell: Cell): Cell {
  if (typeof cell === 'bigint') return Number(cell)
  return typeof cell === 'string' ? cell.replace(/^(\d{4}-\d\d-\d\dT[\d:]+)(\.0+)?Z?$/, '$1Z') : cell
}
