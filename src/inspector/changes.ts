import type { Table } from 'apache-arrow'
import type { Catalog, Cell } from '../catalog/index.ts'
import type { Delta } from '../catalog/model/delta.ts'
import { placeOf } from '../catalog/model/locators.ts'
import { type LineageDelta, lineageOf } from './lineage.ts'
import { type RecordSet, recordSet } from './records.ts'
import { rowChanges } from './row-changes.ts'

/** What a delta changed: each changed row before and after, then the rows added, then those removed. */
export interface Changes {
  readonly records: RecordSet
  /** Of each row: `-` before or removed, `+` after or added. */
  readonly marks: readonly ('+' | '-')[]
}

/**
 * What a committed delta did to the merged rows of its partition; what a staged one would do if it were committed now.
 *
 * Throws what reading the partition throws.
 */
export function changesOf(catalog: Catalog, delta: Delta, isStaged = false): Changes {
  const { partitionLocator, streamPosition } = delta.locator
  const { tableLocator, tableVersion } = partitionLocator.streamLocator.tableVersionLocator
  const version = catalog.getTableVersion(tableLocator.namespaceLocator.namespace, tableLocator.tableName, tableVersion)
  const range = { ascendingOrder: true, includeManifest: true, lastStreamPosition: isStaged ? null : streamPosition }
  const committed = catalog.listPartitionDeltas(partitionLocator, range).allItems()
  const deltas = [...committed, ...(isStaged ? [delta] : [])].map((each, number) => lineageDelta(catalog, each, number))
  const at = deltas.length - 1
  const { primaryKeys = null, sortKeys = null, schema = null } = version ?? {}
  const { rows } = lineageOf(deltas, { primaryKeys, sortKeys, schema })
  const { changed, added, removed } = rowChanges(rows, at)
  const order = [...changed.flatMap(({ before, after }) => [before, after]), ...added, ...removed]
  const marks = [
    ...changed.flatMap(() => ['-', '+'] as const),
    ...added.map(() => '+' as const),
    ...removed.map(() => '-' as const),
  ]
  return { records: picked(deltas, rows.born, rows.row, order), marks }
}

/** A delta with its records, as {@link lineageOf} takes it. */
export function lineageDelta(catalog: Catalog, delta: Delta, number: number, tables?: readonly Table[]): LineageDelta {
  const equalityColumnNames = delta.deleteParameters?.equalityColumnNames
  return {
    name: placeOf(delta),
    number,
    type: delta.type ?? 'upsert',
    tables: tables ?? [...catalog.downloadDelta(delta)],
    ...(equalityColumnNames && { equalityColumnNames }),
  }
}

/** Some rows of the deltas that bring rows, in an order of their own. */
function picked(
  deltas: readonly LineageDelta[],
  born: readonly number[],
  row: readonly number[],
  order: readonly number[],
): RecordSet {
  const bringing = deltas.filter(({ type }) => type !== 'delete')
  const all = recordSet(bringing.flatMap(({ tables }) => tables))
  const starts = new Map<number, number>()
  let start = 0
  for (const { number, tables } of bringing) {
    starts.set(number, start)
    start += tables.reduce((sum, table) => sum + table.numRows, 0)
  }
  return {
    columns: all.columns,
    count: order.length,
    *rows(first = 0, end = order.length): Generator<readonly Cell[]> {
      for (const index of order.slice(first, end)) {
        const at = (starts.get(born[index] as number) ?? 0) + (row[index] as number)
        yield* all.rows(at, at + 1)
      }
    },
  }
}
