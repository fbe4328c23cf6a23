import type { Catalog } from '../catalog/index.ts'
import type { Delta } from '../catalog/model/delta.ts'
import type { Partition } from '../catalog/model/partition.ts'
import { formatName } from '../catalog/model/path-names.ts'
import type { Table } from '../catalog/model/table.ts'
import type { FixtureAccessor } from '../fixtures/index.ts'
import { formatTable, kindOfPath, type PathKind, parsePath } from '../fixtures/paths.ts'
import { changesOf } from '../inspector/changes.ts'
import type { HierarchyOptions } from '../inspector/hierarchy.ts'
import { deltaRecords, type RecordSet, recordSet } from '../inspector/records.ts'
import { deltaState } from '../inspector/states.ts'
import { counted } from '../inspector/texts.ts'
import { CliError } from './io.ts'

export type RecordView = 'raw' | 'merged' | 'changes'

/** What was asked for, and what it is called. */
export interface Found {
  readonly path: string
  /** A line about it. */
  readonly about: string
  /** Where none of this has happened yet: a line that says so. */
  readonly preview?: string
  readonly records: RecordSet
  /** Of `changes`: what each row is. */
  readonly marks?: readonly ('+' | '-')[]
}

/** The records at a path, as they were written, merged, or as a delta changed them. */
export function recordsAt(
  catalog: Catalog,
  fixture: FixtureAccessor,
  path: string,
  isDelta: boolean,
  view: RecordView,
): Found {
  const kind = pathKind(path)
  if (isDelta) {
    if (kind !== 'delta')
      throw new CliError(`--delta "${path}" names a ${kind}; write namespace.table/partition#delta.`, 2)
    const isDead = [fixture.stream(path), fixture.partition(path)].some(({ state }) => state === 'deprecated')
    return ofDelta(catalog, fixture.delta(path), path, view, isDead)
  }
  if (kind === 'delta' || kind === 'namespace')
    throw new CliError(`--table "${path}" names a ${kind}; write namespace.table.`, 2)
  const partitions = kind === 'partition' ? [fixture.partition(path)] : partitionsOf(catalog, fixture, path, kind)
  const tables = partitions.flatMap((partition) =>
    view === 'merged'
      ? [catalog.readPartition(partition)]
      : Array.from(catalog.listPartitionDeltas(partition, { ascendingOrder: true, includeManifest: true }), (delta) => [
          ...catalog.downloadDelta(delta),
        ]).flat(),
  )
  return { path, about: `${view} records of ${counted(partitions.length, 'partition')}`, records: recordSet(tables) }
}

function ofDelta(catalog: Catalog, delta: Delta, path: string, view: RecordView, isDead: boolean): Found {
  const isStaged = catalog.stateOf(delta) === 'staged'
  const about = [delta.type, deltaState(isStaged, isDead), delta.locator.streamPosition]
    .filter((part) => part !== null)
    .join('  ')
  if (view === 'raw') return { path, about, records: deltaRecords(catalog, delta) }
  const partition = delta.locator.partitionLocator
  if (isStaged) return { path, about, ...preview(catalog, delta, path, view, isDead) }
  if (view === 'changes') return { path, about, ...changesOf(catalog, delta) }
  const until = delta.locator.streamPosition
  return {
    path,
    about: `merged records after ${about}`,
    records: recordSet([catalog.readPartition(partition, { until })]),
  }
}

/** What a staged delta would change. */
function preview(
  catalog: Catalog,
  delta: Delta,
  path: string,
  view: RecordView,
  isDead: boolean,
): Pick<Found, 'preview' | 'records' | 'marks'> {
  if (view !== 'changes')
    throw new CliError(
      `${path} is staged: it is in no merged records yet; --view changes shows what it would change if it were committed.`,
    )
  if (isDead)
    throw new CliError(
      `${path} is staged, and its partition was replaced: it can’t be committed any more, so it changes nothing.`,
    )
  const last = catalog.listPartitionDeltas(delta.locator.partitionLocator, { pageSize: 1 }).items[0]?.locator
  const isLate = (delta.locator.streamPosition ?? 0) <= (last?.streamPosition ?? Number.NEGATIVE_INFINITY)
  const late = `; its records would have to be staged again for that, as position ${last?.streamPosition} is committed already`
  return {
    preview: `a preview: what it would change if it were committed now${isLate ? late : ''}`,
    ...changesOf(catalog, delta, true),
  }
}

function partitionsOf(
  catalog: Catalog,
  fixture: FixtureAccessor,
  path: string,
  kind: 'table' | 'version' | 'stream',
): Partition[] {
  if (kind === 'stream') return catalog.listStreamPartitions(fixture.stream(path)).allItems()
  // A table's path means its usual version, as everywhere.
  const { tableVersion, tableLocator } = fixture.version(path).locator
  return catalog
    .listPartitions(tableLocator.namespaceLocator.namespace, tableLocator.tableName, { tableVersion })
    .allItems()
}

/** What the tree is narrowed down to by the path that `--table` gives. Throws where there is no such table or version. */
export function wantedTable(catalog: Catalog, path: string): Pick<HierarchyOptions, 'wants' | 'wantsVersion'> {
  const parsed = parsePath(path)
  if (!parsed.ok) throw new CliError(`--table "${path}": ${parsed.message}; ${parsed.mend}.`, 2)
  const kind = kindOfPath(parsed.path)
  if (kind === 'delta') throw new CliError(`--table "${path}" names a delta; give --delta ${path} for its records.`, 2)
  if (kind === 'partition' || kind === 'stream')
    throw new CliError(
      `--table "${path}" names a ${kind}, and the tree shows whole tables or versions; add --view raw or --view merged for its records, or give --delta <path> for those of a delta.`,
      2,
    )
  const { namespace, table, version } = parsed.path
  const spaces = Array.from(catalog.listNamespaces(), ({ locator }) => locator.namespace)
  if (!spaces.includes(namespace)) {
    const meant = spaces.filter((name) => table === null && catalog.tableExists(name, namespace))
    const hint =
      meant.length > 0 ? ` Write --table ${formatTable(meant[0]!, namespace)} for the table of that name.` : ''
    throw new CliError(`There is no namespace ${namespace}; there is ${spaces.join(', ') || 'none'}.${hint}`)
  }
  if (table !== null && !catalog.tableExists(namespace, table)) {
    const there = Array.from(catalog.listTables(namespace), ({ locator }) => locator.tableName)
    throw new CliError(`There is no table ${namespace}.${table}; the namespace has ${there.join(', ') || 'none'}.`)
  }
  const wants = ({ locator }: Table): boolean =>
    locator.namespaceLocator.namespace === namespace && (table === null || locator.tableName === table)
  if (table === null || version === null) return { wants }
  const there = Array.from(catalog.listTableVersions(namespace, table), ({ locator }) => locator.tableVersion)
  if (!there.includes(version))
    throw new CliError(
      `There is no version ${formatName(version)} of ${formatTable(namespace, table)}; there is ${there.map(formatName).join(', ') || 'none'}.`,
    )
  return { wants, wantsVersion: ({ locator }) => locator.tableVersion === version }
}

function pathKind(path: string): PathKind {
  const parsed = parsePath(path)
  if (!parsed.ok) throw new CliError(`"${path}" is no path: ${parsed.message}; ${parsed.mend}.`, 2)
  return kindOfPath(parsed.path)
}
