import { createHash } from 'node:crypto'
import type { Table } from 'apache-arrow'
import Database from 'better-sqlite3'
import { openCatalog } from '../../src/catalog/index.ts'

/** What is wrong in a file; empty lists where every call was done whole. */
export interface Findings {
  readonly integrity: unknown
  readonly missingData: readonly string[]
  readonly orphanedData: readonly string[]
  readonly brokenGroups: readonly string[]
  readonly committedTwice: readonly string[]
  readonly brokenVersions: readonly string[]
  readonly brokenRecords: readonly string[]
}

export interface Survey {
  readonly findings: Findings
  /** Ids of the manifests of committed deltas. */
  readonly committed: ReadonlySet<string>
  /** Ids of deprecated partitions. */
  readonly deprecated: ReadonlySet<string>
  /** Ids of all streams. */
  readonly streams: ReadonlySet<string>
}

interface DeltaDocument {
  readonly properties: { readonly group?: string } | null
  readonly manifest: { readonly id: string; readonly entries: readonly { readonly uri: string }[] }
}

interface PartitionDocument {
  readonly state: string
  readonly partitionLocator: { readonly partitionId: string }
}

/** Opens a file as a user would and reads all there is, then looks at its rows with plain SQL. */
export function survey(path: string): Survey {
  const brokenRecords = readEverything(path)
  const database = new Database(path, { readonly: true })
  try {
    const all = <T>(sql: string): T[] => database.prepare(sql).raw().all() as T[]
    const deltas = all<[string, string]>('SELECT partition_locator, value FROM deltas').map(
      ([partition, value]) => [partition, JSON.parse(value) as DeltaDocument] as const,
    )
    const partitions = all<[string, string]>('SELECT stream_locator, value FROM partitions').map(
      ([stream, value]) => [stream, JSON.parse(value) as PartitionDocument] as const,
    )
    const stored = new Set(all<[string]>('SELECT uri FROM data').flat())
    const named = new Set(deltas.flatMap(([, delta]) => delta.manifest.entries.map((entry) => entry.uri)))
    const groups = Map.groupBy(
      deltas.filter(([partition, delta]) => partition !== 'staged_delta' && delta.properties?.group !== undefined),
      ([, delta]) => delta.properties?.group as string,
    )
    const committedOf = Map.groupBy(
      partitions.filter(([, partition]) => partition.state === 'committed'),
      ([stream]) => stream,
    )
    return {
      findings: {
        brokenRecords,
        integrity: database.pragma('integrity_check', { simple: true }),
        missingData: [...named].filter((uri) => !stored.has(uri)),
        orphanedData: [...stored].filter((uri) => !named.has(uri)),
        brokenGroups: [...groups].flatMap(([group, members]) =>
          new Set(members.map(([, d]) => d.manifest.id)).size === 3 ? [] : group,
        ),
        committedTwice: [...committedOf].flatMap(([stream, members]) => (members.length === 1 ? [] : stream)),
        brokenVersions: all<[string]>(
          `SELECT locator FROM table_versions v WHERE NOT EXISTS (SELECT 1 FROM streams WHERE table_version_locator = v.locator)
           UNION ALL SELECT locator FROM streams s WHERE NOT EXISTS (SELECT 1 FROM table_versions WHERE locator = s.table_version_locator)
           UNION ALL SELECT locator FROM partitions p WHERE NOT EXISTS (SELECT 1 FROM streams WHERE locator = p.stream_locator)`,
        ).flat(),
      },
      committed: new Set(deltas.flatMap(([partition, d]) => (partition === 'staged_delta' ? [] : d.manifest.id))),
      deprecated: new Set(
        partitions.flatMap(([, p]) => (p.state === 'deprecated' ? p.partitionLocator.partitionId : [])),
      ),
      streams: new Set(
        all<[string]>('SELECT locator FROM streams').flatMap(([locator]) => locator.split('|')[1] ?? []),
      ),
    }
  } finally {
    database.close()
  }
}

/** Reads every record of every committed delta; the deltas whose records aren't what their `sha1` column says. */
function readEverything(path: string): string[] {
  using catalog = openCatalog(path)
  const broken: string[] = []
  for (const { locator } of catalog.listNamespaces()) {
    for (const table of catalog.listTables(locator.namespace)) {
      const name = table.locator.tableName
      for (const version of catalog.listTableVersions(locator.namespace, name)) {
        const { tableVersion } = version.locator
        for (const partition of catalog.listPartitions(locator.namespace, name, { tableVersion })) {
          for (const delta of catalog.listPartitionDeltas(partition, { includeManifest: true })) {
            const tables = catalog.downloadDelta(delta) as Table[]
            if (!tables.every(matchesHashes)) broken.push(delta.manifest?.id ?? '')
          }
        }
      }
    }
  }
  return broken
}

function matchesHashes(table: Table): boolean {
  const [bytes, hashes] = [table.getChild('bytes'), table.getChild('sha1')]
  if (bytes === null || hashes === null) return true
  return [...bytes].every(
    (value: Uint8Array, row) => createHash('sha1').update(value).digest('hex') === hashes.get(row),
  )
}
