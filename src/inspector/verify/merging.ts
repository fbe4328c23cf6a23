import type { Schema, Table } from 'apache-arrow'
import type { DeltaType } from '../../catalog/model/common.ts'
import type { Delta } from '../../catalog/model/delta.ts'
import { canonicalString } from '../../catalog/model/locators.ts'
import type { Partition } from '../../catalog/model/partition.ts'
import { formatField } from '../../catalog/records/schema.ts'
import { schemaOf, tableOf } from '../../catalog/records/table.ts'
import type { Known, Levels } from './levels.ts'

/** What decides whether a file of records can be merged with others. */
export interface RecordShape {
  readonly schema: Schema
  readonly rows: number
}

/** Deltas of a partition that merge alike: of one type and schema, and by the same columns. */
export interface Kind {
  readonly type: DeltaType
  /** Of a delete: what it goes by, where it says so. */
  readonly equality: readonly string[] | undefined
  readonly hasRows: boolean
  /** A table of the schema, without rows. */
  readonly table: Table
  /** The positions of the first and the last of them. */
  readonly first: number
  readonly last: number
}

/** A partition by the kinds of its deltas. */
export interface MergedPartition {
  readonly partition: Known<Partition>
  readonly kinds: readonly Kind[]
  /** The position of the first delta that brings rows; a delete before it finds nothing to remove. */
  readonly firstRow: number
}

/** Collects what deltas merge as. Grows with the partitions and the kinds of their deltas, not with the deltas. */
export interface Merging {
  /** Whether the deltas of a partition are, or may come to be, merged: it and its stream are not replaced. */
  isLive(partition: Known<Partition>): boolean
  /** Takes in a committed delta by the shapes of its entries; `null`: not all of them can be read. */
  add(partition: Known<Partition>, delta: Delta, position: number, shapes: readonly RecordShape[] | null): void
  /** Leaves out the partition of a key: something in it can't be read, which has been said already. */
  leaveOut(partition: string): void
  /** What has been collected, partition by partition. */
  partitions(): Generator<MergedPartition>
}

interface Draft {
  readonly partition: Known<Partition>
  readonly kinds: Map<string, Kind>
  firstRow: number
}

/** An empty collection. */
export function collectMerging({ versions, streams }: Levels): Merging {
  const drafts = new Map<string, Draft>()
  const leftOut = new Set<string>()
  const tables = new Map<string, Table>()
  const tableFor = (key: string, { fields }: Schema): Table => {
    const table = tables.get(key) ?? tableOf(schemaOf(fields), [])
    tables.set(key, table)
    return table
  }
  return {
    isLive({ entity }) {
      const { streamLocator } = entity.locator
      const stream = streams.get(canonicalString(streamLocator))?.entity
      if (entity.state === 'deprecated' || stream === undefined || stream.state === 'deprecated') return false
      const version = versions.get(canonicalString(streamLocator.tableVersionLocator))?.entity
      return stream.state === 'staged' || version?.properties?.stream_id === streamLocator.streamId
    },
    add(partition, { type, deleteParameters }, position, shapes) {
      const key = partition.locator
      if (shapes === null || type === null) leftOut.add(key)
      if (leftOut.has(key) || shapes === null || type === null) return
      const draft = drafts.get(key) ?? { partition, kinds: new Map(), firstRow: Number.POSITIVE_INFINITY }
      drafts.set(key, draft)
      const equality = type === 'delete' ? deleteParameters?.equalityColumnNames : undefined
      for (const { schema, rows } of shapes) {
        const hasRows = rows > 0
        if (hasRows && type !== 'delete') draft.firstRow = Math.min(draft.firstRow, position)
        const columns = JSON.stringify(schema.fields.map((field) => [field.name, formatField(field)]))
        const kind = JSON.stringify([type, hasRows, equality ?? null, columns])
        const before = draft.kinds.get(kind)
        const [first, last] = [
          Math.min(position, before?.first ?? position),
          Math.max(position, before?.last ?? position),
        ]
        draft.kinds.set(kind, { type, equality, hasRows, table: tableFor(columns, schema), first, last })
      }
    },
    leaveOut: (partition) => void leftOut.add(partition),
    *partitions() {
      for (const [key, { partition, kinds, firstRow }] of drafts) {
        if (leftOut.has(key)) continue
        yield { partition, kinds: [...kinds.values()].sort((a, b) => a.first - b.first), firstRow }
      }
    },
  }
}
