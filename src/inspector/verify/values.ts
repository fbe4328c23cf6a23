import type { Schema } from 'apache-arrow'
import type { Delta } from '../../catalog/model/delta.ts'
import type { Partition } from '../../catalog/model/partition.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { RowIndex } from '../../catalog/records/merge-index.ts'
import { conform } from '../../catalog/records/merge-schema.ts'
import { type Finding, finding } from './codes.ts'
import { checkRow, readers } from './documents.ts'
import type { Known } from './levels.ts'
import { decodeEntry } from './manifests.ts'
import { type RawRows, refusalOf } from './rows.ts'

/** A partition whose types have one in common, which may not hold every value. */
export interface Doubt {
  readonly partition: Known<Partition>
  readonly version: TableVersion
  /** What its deltas are merged as. */
  readonly schema: Schema
  /** The position of the first delta that brings rows. */
  readonly firstRow: number
}

/** Reads the records of some partitions again, one file at a time, to find values that can't be merged. */
export function* checkValues(rows: RawRows, doubts: ReadonlyMap<string, Doubt>): Generator<Finding> {
  for (const row of rows.table('deltas')) {
    const doubt = doubts.get(String(row.parent))
    const checked = doubt && checkRow(readers.deltas, row)
    if (!checked || 'findings' in checked) continue
    const error = refusalOf(() => castRecords(rows, checked.entity, doubt))
    if (error) yield finding('unreadable-partition', 'deltas', checked.locator, checked.place, error.message)
  }
}

const noRows = { batches: [], starts: [0], alive: new Uint8Array() }

/** Throws what reading the partition would throw of this delta's values. */
function castRecords(rows: RawRows, delta: Delta, { version, schema, firstRow }: Doubt): void {
  const isDelete = delta.type === 'delete'
  if (isDelete && (delta.locator.streamPosition ?? firstRow) <= firstRow) return
  for (const entry of delta.manifest?.entries ?? []) {
    const [bytes] = rows.one('SELECT value FROM data WHERE uri = ?', entry.uri) ?? []
    if (!(bytes instanceof Uint8Array)) continue
    const table = decodeEntry(bytes, entry.meta.contentType ?? 'application/parquet', version)
    if (!isDelete) conform(table, schema)
    else if (table.numRows > 0) {
      const names = delta.deleteParameters?.equalityColumnNames ?? version.primaryKeys ?? []
      const index = new RowIndex(noRows, schema, names)
      for (const batch of table.batches) index.codesOf(batch)
    }
  }
}
