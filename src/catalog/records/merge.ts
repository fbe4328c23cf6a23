import type { Schema, Table } from 'apache-arrow'
import type { DeltaType, SortKey } from '../model/common.ts'
import { pending } from './pending.ts'

export interface MergeDelta {
  readonly type: DeltaType
  readonly tables: readonly Table[]
  /** Of a delete: the columns whose equality removes a row. */
  readonly equalityColumnNames?: readonly string[]
}

export interface MergeOptions {
  readonly primaryKeys?: readonly string[] | null
  readonly sortKeys?: readonly SortKey[] | null
  readonly dropDuplicates?: boolean
  readonly columns?: readonly string[]
  readonly schema?: Schema | null
}

export function mergeRecords(_deltas: Iterable<MergeDelta>, _options: MergeOptions): Table {
  return pending('mergeRecords')
}
