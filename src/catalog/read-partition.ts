import type { Table } from 'apache-arrow'
import { checkColumns, checkPosition, invalid } from './arguments.ts'
import type { Context, Implementation } from './context.ts'
import { committedDeltas } from './deltas.ts'
import { downloadCalls } from './downloads.ts'
import { checkPartitionLocator } from './entity-arguments.ts'
import type { Delta } from './model/delta.ts'
import { placeOf } from './model/locators.ts'
import type { Partition, PartitionLocator } from './model/partition.ts'
import { requirePartition } from './partition-rows.ts'
import { mergeRecords, schemaFromText } from './records/late.ts'
import type { MergeDelta } from './records/merge.ts'
import { requireVersion } from './table-versions.ts'

/** How a partition is read as a table. */
export interface ReadPartitionOptions {
  /** The last position that counts; all committed deltas unless said. */
  readonly until?: number | null
  /** The columns to read, in this order; all unless said. */
  readonly columns?: readonly string[] | null
  /** `false`: an upsert replaces nothing. `true` unless said. */
  readonly dropDuplicates?: boolean
}

/** The call that reads a partition as a table. */
export interface ReadPartitionCalls {
  /**
   * The records that DeltaCAT's compactor would leave of a partition's committed deltas: upserts replace the row of the
   * same primary key, deletes remove rows, appends add them.
   *
   * Throws `not-found` without the partition, `invalid-argument` for a column that it lacks, and where its deltas don't
   * go together: by their types, or because a column is missing that an upsert or delete goes by, or is there twice;
   * `unsupported` for a sort key whose type has no order. The message names the delta.
   */
  readPartition(partition: Partition | PartitionLocator, options?: ReadPartitionOptions): Table
}

export const readPartitionCalls: Implementation<ReadPartitionCalls> = {
  readPartition(context, partition, { until, columns, dropDuplicates = true } = {}) {
    if (until !== undefined && until !== null) checkPosition(until, 'until')
    const names = checkColumns(columns)
    const locator = checkPartitionLocator(partition)
    const { tableLocator, tableVersion } = locator.streamLocator.tableVersionLocator
    const { namespace } = tableLocator.namespaceLocator
    const { deltas, version } = context.store.read(() => {
      const stored = requirePartition(context, locator)
      const range = { ascendingOrder: true, includeManifest: true, lastStreamPosition: until ?? null }
      return {
        deltas: committedDeltas(context, stored.locator, range).map(({ item }) => item),
        version: requireVersion(context, namespace, tableLocator.tableName, tableVersion).entity,
      }
    })
    return mergeRecords(recordsOf(context, deltas), {
      primaryKeys: version.primaryKeys,
      sortKeys: version.sortKeys,
      dropDuplicates,
      schema: version.schema === null ? null : schemaFromText(version.schema),
      ...(names !== null && { columns: names }),
    })
  },
}

function* recordsOf(context: Context, deltas: readonly Delta[]): Generator<MergeDelta> {
  for (const delta of deltas) {
    if (delta.type === null) {
      throw invalid(
        `The delta at position ${delta.locator.streamPosition} has no type; only append, upsert and delete can be read.`,
      )
    }
    const equalityColumnNames = delta.deleteParameters?.equalityColumnNames
    yield {
      name: placeOf(delta),
      type: delta.type,
      tables: [...downloadCalls.downloadDelta(context, delta)] as Table[],
      ...(equalityColumnNames && { equalityColumnNames }),
    }
  }
}
