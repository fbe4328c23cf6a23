import type { RecordBatch, Schema, Table } from 'apache-arrow'
import type { DeltaType, SortKey } from '../model/common.ts'
import { invalid, shown } from './invalid.ts'
import { atDelta, atTypes } from './merge-errors.ts'
import { RowIndex, type Rows } from './merge-index.ts'
import { type Order, orderOf, type Place } from './merge-order.ts'
import { conform, mergedSchema } from './merge-schema.ts'
import { batchOf, nameTwice, selectColumns, tableOf } from './table.ts'
import { take } from './take.ts'

/** A delta's records, one table for each entry of its manifest. */
export interface MergeDelta {
  /** What errors call it: its place. */
  readonly name?: string
  readonly type: DeltaType
  readonly tables: readonly Table[]
  /** Of a delete: the columns whose equality removes a row. */
  readonly equalityColumnNames?: readonly string[]
}

export interface MergeOptions {
  readonly primaryKeys?: readonly string[] | null
  readonly sortKeys?: readonly SortKey[] | null
  /** `false`: upserts replace nothing, as if there were no primary keys. Default: `true`. */
  readonly dropDuplicates?: boolean
  /** The columns of the result; all of them unless given. */
  readonly columns?: readonly string[]
  /** The table version's: its columns come first, also where no delta has them. */
  readonly schema?: Schema | null
  /**
   * Told of each row that goes: its number among the rows of all appends and upserts, the delta (its place in `deltas`)
   * that it goes with, and the row that takes its place, or -1 where a delete removes it or an older row stays instead.
   */
  readonly onGone?: (row: number, delta: number, by: number) => void
}

/**
 * The records that DeltaCAT's compactor would leave of a partition's deltas, given in ascending position. An upsert row
 * replaces the rows with the same primary key (null equals null), unless the sort keys order one of them after it; of
 * two that they order alike the newer stays. A delete removes every row so far that equals one of its rows on its
 * equality columns; an append adds. The rows left keep their order.
 *
 * Throws `invalid-argument` for a key or column that isn't there, two columns of one name and types that don't go
 * together, `unsupported` for a sort key whose type has no order.
 */
export function mergeRecords(deltas: Iterable<MergeDelta>, options: MergeOptions): Table {
  const steps = [...deltas]
  for (const { name, tables } of steps) atDelta(name, () => tables.forEach(requireOwnNames))
  const added = steps.flatMap(({ type, tables, name }) =>
    type === 'delete' ? [] : tables.map((table) => ({ table, name })),
  )
  const isNamed = added.some(({ name }) => name !== undefined)
  const schema = atTypes(isNamed, () =>
    mergedSchema(
      added.map(({ table }) => table),
      options.schema ?? null,
      (table) => added[table]?.name,
    ),
  )
  const rows = rowsOf(added.flatMap(({ table, name }) => atDelta(name, () => conform(table, schema).batches)))
  const merger = new Merger(rows, schema, options)
  for (const [delta, step] of steps.entries()) {
    atDelta(step.name, () => {
      if (step.type === 'delete') merger.remove(step, delta)
      else
        merger.add(
          step.tables.reduce((batches, table) => batches + table.batches.length, 0),
          step.type === 'upsert',
          delta,
        )
    })
  }
  const merged = tableOf(schema, left(rows, schema))
  return options.columns === undefined || schema.fields.length === 0 ? merged : selectColumns(merged, options.columns)
}

/** Throws `invalid-argument` for a table that has two columns of one name. */
export function requireOwnNames({ schema }: Table): void {
  const twice = nameTwice(schema)
  if (twice !== undefined) throw invalid(`Two columns are named ${shown(twice)}, and only one of them would be read.`)
}

class Merger {
  readonly #rows: Rows
  readonly #schema: Schema
  readonly #options: MergeOptions
  readonly #indices = new Map<string, RowIndex>()
  #order: Order | null | undefined
  #batches = 0

  constructor(rows: Rows, schema: Schema, options: MergeOptions) {
    this.#rows = rows
    this.#schema = schema
    this.#options = options
  }

  /** Adds the next batches. */
  add(batches: number, replaces: boolean, delta: number): void {
    const end = this.#batches + batches
    const { primaryKeys, dropDuplicates = true } = this.#options
    const areAdded = !replaces || !dropDuplicates || !primaryKeys?.length
    for (; this.#batches < end; this.#batches++) {
      const start = this.#rows.starts[this.#batches]!
      this.#rows.alive.fill(1, start, this.#rows.starts[this.#batches + 1])
      if (!areAdded && this.#rows.batches[this.#batches]!.numRows > 0) this.#upsert(primaryKeys!, delta)
    }
  }

  /** Removes the rows so far that a delete names. */
  remove({ tables, equalityColumnNames }: MergeDelta, delta: number): void {
    const batches = tables.flatMap((table) => table.batches).filter((batch) => batch.numRows > 0)
    if (batches.length === 0 || this.#rows.starts[this.#batches] === 0) return
    const names = equalityColumnNames ?? this.#options.primaryKeys ?? []
    if (names.length === 0) {
      throw invalid(
        'A delete has no equality columns, and its table no primary key; give deleteParameters.equalityColumnNames.',
      )
    }
    const index = this.#index(names)
    index.follow(this.#batches)
    const gone = (row: number) => this.#options.onGone?.(row, delta, -1)
    for (const batch of batches) {
      for (const code of index.codesOf(batch)) index.removeAll(code, gone)
    }
  }

  #upsert(primaryKeys: readonly string[], delta: number): void {
    const { alive, starts } = this.#rows
    const index = this.#index(primaryKeys, 'The primary key')
    index.follow(this.#batches)
    const order = this.#sortOrder()
    const start = starts[this.#batches]!
    const codes = index.codes(this.#batches)
    let newer = start
    const gone = (older: number) => this.#options.onGone?.(older, delta, newer)
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row]!
      newer = start + row
      if (order !== null && index.some(code, (older) => order(this.#place(older), this.#place(newer)) > 0)) {
        alive[newer] = 0
        this.#options.onGone?.(newer, delta, -1)
      } else {
        index.removeAll(code, gone)
        index.push(code, newer)
      }
    }
    index.taken()
  }

  #index(names: readonly string[], what?: string): RowIndex {
    const key = JSON.stringify(names)
    const index = this.#indices.get(key) ?? new RowIndex(this.#rows, this.#schema, names, what)
    this.#indices.set(key, index)
    return index
  }

  #sortOrder(): Order | null {
    const { sortKeys } = this.#options
    if (this.#order === undefined) {
      this.#order = sortKeys?.length ? orderOf(this.#schema, this.#rows.batches, sortKeys) : null
    }
    return this.#order
  }

  #place(row: number): Place {
    const { starts } = this.#rows
    let [first, last] = [0, starts.length - 2]
    while (first < last) {
      const middle = (first + last + 1) >> 1
      if (starts[middle]! <= row) first = middle
      else last = middle - 1
    }
    return { batch: first, row: row - starts[first]! }
  }
}

function rowsOf(batches: readonly RecordBatch[]): Rows {
  const starts = [0]
  for (const batch of batches) starts.push(starts.at(-1)! + batch.numRows)
  return { batches, starts, alive: new Uint8Array(starts.at(-1)!) }
}

/** The batches with the rows that are left; one that lost none as it is. */
function left({ batches, starts, alive }: Rows, schema: Schema): RecordBatch[] {
  return batches.flatMap((batch, index) => {
    const start = starts[index]!
    const kept = new Int32Array(batch.numRows)
    let count = 0
    for (let row = 0; row < batch.numRows; row++) if (alive[start + row] === 1) kept[count++] = row
    if (count === 0) return []
    const slots = kept.subarray(0, count)
    const columns = batch.data.children
    const taken = count === batch.numRows ? columns : columns.map((column) => take(column, slots))
    return [batchOf(schema, taken, count)]
  })
}
