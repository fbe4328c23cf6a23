// Opens damaged files and decodes damaged records, one case after the other, and says how each ended.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Table } from 'apache-arrow'
import Database from 'better-sqlite3'
import { type Catalog, CatalogError, deserializeCatalog, openCatalog } from '../../../src/catalog/index.ts'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { rowsFromTable } from '../../../src/catalog/records/rows.ts'
import { randomFrom } from '../../random.ts'
import { contentTypes, corpus } from './corpus.ts'
import { damage, damageBlobs, damageRows } from './mutations.ts'
import { say } from './say.ts'

const [folder = '', seed = '', from = '', to = ''] = process.argv.slice(2)

const intact = corpus()
const file = intact.serialize()

const asText = (table: Table): string =>
  JSON.stringify(rowsFromTable(table), (_, cell: unknown) => (typeof cell === 'bigint' ? `${cell}n` : cell))

function deltasOf(catalog: Catalog) {
  return catalog
    .listDeltas('shop', 'events', {
      tableVersion: '1',
      partitionValues: ['NO'],
      includeManifest: true,
      ascendingOrder: true,
    })
    .allItems()
}

const expected = deltasOf(intact).map((delta) => intact.downloadDelta(delta).map(asText))
const ours = contentTypes.map((contentType, i) => {
  const delta = deltasOf(intact)[i]
  if (delta === undefined) throw new Error('The corpus lacks a content type')
  const [table] = intact.downloadDelta(delta)
  if (table === undefined) throw new Error('The corpus lacks records')
  return {
    contentType,
    schema: table.schema,
    bytes: Buffer.from(encodeRecords(table, contentType).bytes),
    text: asText(table),
  }
})

/** Parquet that pyarrow wrote: every type, six codecs, both page versions, several encodings. */
const recorded = ['types', 'encodings'].flatMap((name) => {
  const path = join(import.meta.dirname, '../../conformance/peer-db', `${name}.db`)
  const database = new Database(path, { readonly: true })
  const stored = database.prepare('SELECT value FROM data').pluck().all() as Buffer[]
  database.close()
  return stored.map((bytes) => {
    const table = decodeRecords(bytes, 'application/parquet')
    return { contentType: 'application/parquet' as const, schema: table.schema, bytes, text: asText(table) }
  })
})
// Ours as often as theirs, of which there are many more.
const blobs = [...recorded, ...Array.from({ length: 6 }, () => ours).flat()]

const codes: Record<string, number> = {}

/** Runs one call: what it gives, or null where it failed as it should: with an error of ours that says something. */
function attempt<T>(call: () => T): T | null {
  try {
    const result = call()
    codes.data = (codes.data ?? 0) + 1
    return result
  } catch (error) {
    if (!(error instanceof CatalogError) || error.message.length < 10) throw error
    codes[error.code] = (codes[error.code] ?? 0) + 1
    return null
  }
}

/** Every list, getter and record of a catalog, each call on its own: one that fails hides none of the others. */
function walk(catalog: Catalog): void {
  const items = <T>(call: () => Iterable<T>): readonly T[] => attempt(() => [...call()]) ?? []
  for (const { locator } of items(() => catalog.listNamespaces())) {
    const { namespace } = locator
    for (const table of items(() => catalog.listTables(namespace))) {
      const { tableName } = table.locator
      attempt(() => catalog.getLatestActiveTableVersion(namespace, tableName))
      for (const version of items(() => catalog.listTableVersions(namespace, tableName))) {
        const { tableVersion } = version.locator
        attempt(() => catalog.getTableVersionSchema(namespace, tableName, { tableVersion }))
        for (const stream of items(() => catalog.listStreams(namespace, tableName, { tableVersion }))) {
          items(() => catalog.listStreamPartitions(stream))
          for (const partition of items(() => catalog.listAllPartitions(stream.locator))) {
            attempt(() => catalog.getPartition(stream.locator, { partitionValues: partition.locator.partitionValues }))
            items(() => catalog.listStagedDeltas(partition))
            for (const delta of items(() => catalog.listPartitionDeltas(partition, { includeManifest: true }))) {
              for (const records of attempt(() => catalog.downloadDelta(delta)) ?? []) attempt(() => asText(records))
            }
            attempt(() => catalog.readPartition(partition))
          }
        }
      }
    }
  }
  attempt(() => catalog.createNamespace('new'))
}

function openDamaged(bytes: Buffer, onDisk: boolean): void {
  const path = join(folder, 'damaged.db')
  if (onDisk) writeFileSync(path, bytes)
  const catalog = attempt(() => (onDisk ? openCatalog(path) : deserializeCatalog(bytes)))
  if (catalog === null) return
  try {
    walk(catalog)
  } finally {
    attempt(() => catalog.close())
  }
}

function decodeDamaged(random: ReturnType<typeof randomFrom>): void {
  const { contentType, schema, bytes } = random.pick(blobs)
  const table = attempt(() => decodeRecords(damage(bytes, random), contentType, random.int(2) === 0 ? { schema } : {}))
  if (table !== null) attempt(() => asText(table))
}

const kinds: readonly ((random: ReturnType<typeof randomFrom>) => void)[] = [
  (random) => openDamaged(damage(file, random), random.int(2) === 0),
  (random) => openDamaged(damageRows(file, random), false),
  (random) => openDamaged(damageBlobs(file, random), false),
  decodeDamaged,
  decodeDamaged,
]

for (let n = Number(from); n < Number(to); n += 1) {
  const random = randomFrom(Number(seed) + n)
  const before = process.cpuUsage()
  say({ begun: n })
  kinds[n % kinds.length]?.(random)
  const { user, system } = process.cpuUsage(before)
  say({ done: n, milliseconds: Math.round((user + system) / 1000) })
  // The next call is right: what an intact blob, and now and then the whole intact catalog, reads as.
  const { contentType, schema, bytes, text } = blobs[n % blobs.length] as (typeof blobs)[number]
  if (asText(decodeRecords(bytes, contentType, { schema })) !== text)
    throw new Error(`After case ${n}, ${contentType} reads differently`)
  if (n % 50 === 0) {
    const again = deserializeCatalog(file)
    const read = deltasOf(again).map((delta) => again.downloadDelta(delta).map(asText))
    if (JSON.stringify(read) !== JSON.stringify(expected))
      throw new Error(`After case ${n}, an intact catalog reads differently`)
    again.close()
  }
}
say({ codes })
