import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { buildFixture, dumpCatalog } from '../../src/fixtures/index.ts'
import { type Compaction, compact, makeDestination, readOurs, sortedRows } from './compaction.ts'

const recorded = join(import.meta.dirname, '../conformance/compaction')
const folder = mkdtempSync(join(tmpdir(), 'deltacat-cases-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Case {
  readonly table: string
  readonly dropDuplicates: boolean
  readonly columns: readonly string[]
  readonly rows: readonly unknown[]
}
const { namespace, version, cases } = JSON.parse(readFileSync(join(recorded, 'cases.expected.json'), 'utf8')) as {
  namespace: string
  version: string
  cases: readonly Case[]
}

/** What each case is compacted with, and into. */
function prepare(path: string) {
  using catalog = openCatalog(path)
  return cases.map(({ table, dropDuplicates }) => {
    const { primaryKeys, sortKeys } = catalog.getTableVersion(namespace, table, version) ?? {}
    const [partition] = catalog.listPartitions(namespace, table, { tableVersion: version })
    const compaction: Compaction = {
      source: { namespace, tableName: table, tableVersion: version },
      primaryKeys: primaryKeys ?? [],
      sortKeys: sortKeys ?? [],
      partitionValues: partition?.locator.partitionValues ?? null,
      dropDuplicates,
    }
    return { compaction, destination: makeDestination(catalog, compaction) }
  })
}

/** By table the rows that DeltaCAT's compactor leaves, and those that our catalog reads before it and after. */
async function compactAll(
  path: string,
): Promise<Record<string, { before: string[]; compacted: string[]; after: string[] }>> {
  const results: Record<string, { before: string[]; compacted: string[]; after: string[] }> = {}
  for (const { compaction, destination } of prepare(path)) {
    const { source, partitionValues, dropDuplicates } = compaction
    const columns = cases.find(({ table }) => table === source.tableName)?.columns
    const before = sortedRows(readOurs(path, source, partitionValues, dropDuplicates), columns)
    const compacted = await compact(path, compaction, destination)
    const after = sortedRows(readOurs(path, destination, partitionValues, false), columns)
    results[source.tableName] = {
      before,
      compacted: compacted?.table ? sortedRows(compacted.table, columns) : [],
      after,
    }
  }
  return results
}

describe(`the ${cases.length} cases of DeltaCAT's compaction suites`, () => {
  let original: Awaited<ReturnType<typeof compactAll>>

  it('are compacted to what readPartition reads', async () => {
    const path = join(folder, 'cases.db')
    copyFileSync(join(recorded, 'cases.db'), path)
    original = await compactAll(path)
    for (const [table, { before, compacted, after }] of Object.entries(original)) {
      expect(compacted, table).toEqual(before)
      expect(after, table).toEqual(before)
    }
    const rows = Object.fromEntries(cases.map(({ table, rows: expected }) => [table, expected.length]))
    expect(Object.fromEntries(Object.entries(original).map(([table, { after }]) => [table, after.length]))).toEqual(
      rows,
    )
  })

  it('are compacted to the same after a dump and a build', async () => {
    using catalog = openCatalog(join(recorded, 'cases.db'), { readonly: true })
    const { yaml, files } = dumpCatalog(catalog)
    const source = join(folder, 'dumped', 'cases.deltacat.yaml')
    mkdirSync(dirname(source), { recursive: true })
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(dirname(source), name)), { recursive: true })
      writeFileSync(join(dirname(source), name), bytes)
    }
    writeFileSync(source, yaml)
    const rebuilt = join(folder, 'rebuilt.db')
    buildFixture(source, rebuilt).close()
    expect(await compactAll(rebuilt)).toEqual(original)
  })
})
