import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Table } from 'apache-arrow'
import { afterAll, describe, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { writeSmallParquet } from '../../src/catalog/records/parquet-small.ts'
import { fc, seed } from '../chance.ts'
import { scaled } from '../scale.ts'
import { tableFromJson, tableToJson } from './cells.ts'
import type { JsonTable, Outcome } from './differential/step.ts'
import { newer, reference } from './peer.ts'
import { plainTypes, type TypeCase, tablesOf } from './types.ts'

const folder = mkdtempSync(join(tmpdir(), 'deltacat-small-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Parquet keeps decimals of up to 9 digits in 32 bits, of up to 18 in 64. */
const narrowDecimals = [5, 9, 18, 19].map((precision): TypeCase => {
  const most = 10n ** BigInt(precision) - 1n
  const cells = fc.bigInt({ min: -most, max: most }).map((digits) => ({ $decimal: String(digits) }))
  return { type: `decimal128(${precision}, 0)`, cells }
})
const refused = /^(null|halffloat|large_.*|decimal256.*|duration.*|.*Oslo\]|.*tz=\+.*)$/
const taken = [
  ...plainTypes.filter(({ type, inParquet }) => inParquet === undefined && !refused.test(type)),
  ...narrowDecimals,
]

/** Every other column that has no nulls is declared so. */
function withRequired({ schema, rows }: JsonTable): JsonTable {
  return {
    rows,
    schema: schema.map(([name, type], i) => [name, type, i % 2 === 1 || rows.some((row) => row[i] === null)]),
  }
}

/** Each type alone, from a fixed seed, then tables that mix them from a new one, then all of them in 999 rows. */
function samples(): Table[] {
  const alone = taken.flatMap((type, i) => fc.sample(tablesOf([type]), { numRuns: 4, seed: i }))
  const mixed = fc.sample(tablesOf(taken), { numRuns: scaled(60, 400), seed })
  const tables = [...alone, ...mixed].map(({ table }) => tableFromJson(withRequired(table)))
  return [...tables, allTypes(0, 7), allTypes(3, 7), allTypes(999, 7), allTypes(999, 1), allTypes(500, 1000)]
}

/** Rows of a few columns at a time would be too many bytes together: one of each kind of page. */
function allTypes(rows: number, nullEvery: number): Table {
  const names = ['bool', 'int8', 'int64', 'string', 'binary', 'decimal128(38, 38)']
  const types = rows < 10 ? taken : names.map((name) => taken.find(({ type }) => type === name) as TypeCase)
  const columns = types.map(({ cells }, i) => fc.sample(cells, { numRuns: rows, seed: i }))
  return tableFromJson({
    schema: types.map(({ type }, i) => [`c${i}`, type, true]),
    rows: Array.from({ length: rows }, (_, row) =>
      columns.map((cells, i) => ((row + i) % nullEvery === nullEvery - 1 ? null : cells[row])),
    ),
  })
}

describe(`small Parquet files that parquet-wasm has no part in (seed ${seed})`, () => {
  const tables = samples()
  // A slice begins inside a byte of its bitmaps.
  const all = [...tables, ...tables.filter(({ numRows }) => numRows > 3).map((table) => table.slice(3))]
  const expected = all.map(tableToJson)

  it('takes these types', () => {
    expect(taken.map(({ type }) => type)).toMatchInlineSnapshot(`
      [
        "bool",
        "int8",
        "uint8",
        "int16",
        "uint16",
        "int32",
        "uint32",
        "int64",
        "uint64",
        "float",
        "double",
        "string",
        "binary",
        "fixed_size_binary[4]",
        "decimal128(12, 2)",
        "decimal128(38, 0)",
        "decimal128(38, 38)",
        "date32[day]",
        "time32[ms]",
        "time64[us]",
        "time64[ns]",
        "timestamp[ms]",
        "timestamp[ms, tz=UTC]",
        "timestamp[us]",
        "timestamp[us, tz=UTC]",
        "timestamp[ns]",
        "timestamp[ns, tz=UTC]",
        "decimal128(5, 0)",
        "decimal128(9, 0)",
        "decimal128(18, 0)",
        "decimal128(19, 0)",
      ]
    `)
  })

  it.each([
    ['pyarrow 12', reference],
    ['the newest pyarrow', newer],
  ])('are the same cells and types in %s', async (_, peer) => {
    const blobs = all.map((table) => {
      const bytes = writeSmallParquet(table) ?? expect.fail(`not written as a small file: ${table.schema}`)
      return { bytes: Buffer.from(bytes).toString('base64'), contentType: 'application/parquet' }
    })
    const read = await peer().ask<{ table?: JsonTable; error?: string }[]>('read_blobs', { blobs })
    expect(read.map(({ table, error }) => error ?? table)).toEqual(expected)
  })

  it("are the same in DeltaCAT's download_delta, and here", async () => {
    const db = join(folder, 'small.db')
    using catalog = openCatalog(db)
    catalog.createNamespace('small')
    const partition = catalog.commitPartition(catalog.stagePartition(catalog.createTableVersion('small', 'tables')))
    // No records, no entries: such a delta has nothing to download.
    const staged = all.filter(({ numRows }) => numRows > 0)
    for (const table of staged) catalog.commitDelta(catalog.stageDelta(table, partition))
    const place = { namespace: 'small', table_name: 'tables', table_version: '1' }
    const args = { ...place, ascending_order: true, include_manifest: true }
    const [listed] = await reference().ask<Outcome[]>('run', { db, steps: [{ call: 'list_deltas', args }] })
    const steps = (listed!.returns as unknown[]).map((delta_like) => ({
      call: 'download_delta',
      args: { delta_like, storage_type: 'local' },
    }))
    const outcomes = await reference().ask<Outcome[]>('run', { db, steps })
    const theirs = outcomes.map(({ returns }) => (returns as { $table: JsonTable }[]).map(({ $table }) => $table))
    expect(theirs).toEqual(staged.map((table) => [tableToJson(table)]))
    const deltas = [...catalog.listDeltas('small', 'tables', { ascendingOrder: true, includeManifest: true })]
    const ours = deltas.map((delta) => (catalog.downloadDelta(delta) as Table[]).map(tableToJson))
    expect(ours).toEqual(theirs)
  })
})
