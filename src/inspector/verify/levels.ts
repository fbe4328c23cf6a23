import type { JsonObject } from '../../catalog/model/json.ts'
import { canonicalString } from '../../catalog/model/locators.ts'
import type { Partition } from '../../catalog/model/partition.ts'
import type { Stream, StreamLocator } from '../../catalog/model/stream.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { schemaFromText } from '../../catalog/records/schema.ts'
import { type Finding, finding } from './codes.ts'
import { type Checked, checkRow, readers } from './documents.ts'
import type { RawRows } from './rows.ts'

/** A row that was found in order, with its key. */
export interface Known<E> {
  readonly entity: E
  readonly locator: string
  readonly place: string
}

/** The levels above the deltas, by key. Damaged rows are in no map but in `seen`: what stands below them isn't orphaned. */
export interface Levels {
  readonly versions: ReadonlyMap<string, Known<TableVersion>>
  readonly streams: ReadonlyMap<string, Known<Stream>>
  readonly partitions: ReadonlyMap<string, Known<Partition>>
  /** Keys of all rows above the deltas, read or not. */
  readonly seen: ReadonlySet<string>
}

/** Reads namespaces down to partitions and checks each row by itself and against the one above. */
export function* checkLevels(rows: RawRows): Generator<Finding, Levels> {
  const seen = new Set<string>()
  const versions = new Map<string, Known<TableVersion>>()
  const streams = new Map<string, Known<Stream>>()
  const partitions = new Map<string, Known<Partition>>()

  for (const row of rows.table('namespaces')) {
    if (typeof row.locator === 'string') seen.add(row.locator)
    const checked = checkRow(readers.namespaces, { ...row, parent: '' })
    if ('findings' in checked) yield* checked.findings
    else if (checked.entity.locator.namespace !== checked.locator) {
      const message = `The key is ${checked.locator}; the document gives ${checked.entity.locator.namespace}.`
      yield finding('locator-mismatch', 'namespaces', checked.locator, checked.place, message)
    }
  }
  for (const row of rows.table('tables')) {
    if (typeof row.locator === 'string') seen.add(`tables ${row.locator}`)
    const checked = checkRow(readers.tables, row)
    if ('findings' in checked) yield* checked.findings
    else if (!seen.has(checked.parent)) yield orphan('no-namespace', 'tables', checked, 'namespace')
  }
  for (const row of rows.table('table_versions')) {
    if (typeof row.locator === 'string') seen.add(`versions ${row.locator}`)
    const checked = checkRow(readers.versions, row)
    if ('findings' in checked) yield* checked.findings
    else {
      versions.set(checked.locator, known(checked))
      if (!seen.has(`tables ${checked.parent}`)) yield orphan('no-table', 'table_versions', checked, 'table')
      yield* versionNotes(checked.entity, checked.json, checked.locator, checked.place)
    }
  }
  for (const row of rows.table('streams')) {
    if (typeof row.locator === 'string') seen.add(`streams ${row.locator}`)
    const checked = checkRow(readers.streams, row)
    if ('findings' in checked) yield* checked.findings
    else {
      streams.set(checked.locator, known(checked))
      if (!seen.has(`versions ${checked.parent}`)) yield orphan('no-version', 'streams', checked, 'table version')
    }
  }
  // A missing stream that the file still speaks of was lost; one that nothing knows of any more was deleted.
  const replaced = new Set(Array.from(streams.values(), ({ entity }) => entity.previousStreamDigest))
  const isExpected = ({ streamId, tableVersionLocator }: StreamLocator, key: string): boolean =>
    replaced.has(key) || versions.get(canonicalString(tableVersionLocator))?.entity.properties?.stream_id === streamId
  for (const row of rows.table('partitions')) {
    if (typeof row.locator === 'string') seen.add(`partitions ${row.locator}`)
    const checked = checkRow(readers.partitions, row)
    if ('findings' in checked) yield* checked.findings
    else {
      partitions.set(checked.locator, known(checked))
      if (!seen.has(`streams ${checked.parent}`)) {
        const code = isExpected(checked.entity.locator.streamLocator, checked.parent)
          ? 'no-stream'
          : 'mock-deleted-stream'
        yield orphan(code, 'partitions', checked, 'stream')
      }
    }
  }
  return { versions, streams, partitions, seen }
}

function known<E>({ entity, locator, place }: Known<E>): Known<E> {
  return { entity, locator, place }
}

function orphan(
  code: 'no-namespace' | 'no-table' | 'no-version' | 'no-stream' | 'mock-deleted-stream',
  table: string,
  row: Extract<Checked<never>, { locator: string }> | { locator: string; parent: string; place: string },
  above: string,
): Finding {
  return finding(code, table, row.locator, row.place, `Its ${above}, at ${row.parent}, is not in the file.`)
}

function* versionNotes(version: TableVersion, json: JsonObject, locator: string, place: string): Generator<Finding> {
  const raw = (json.tableVersionLocator as JsonObject | undefined)?.tableVersion
  if (typeof raw === 'number') {
    yield finding('mock-version-number', 'table_versions', locator, place, `The version is the number ${raw}.`)
  }
  if (version.schema !== null && schemaFromText(version.schema) === null) {
    const shown = version.schema.length > 40 ? `${version.schema.slice(0, 40)}…` : version.schema
    yield finding('opaque-schema', 'table_versions', locator, place, `The schema is ${JSON.stringify(shown)}.`)
  }
}
