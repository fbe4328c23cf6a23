import type { Data, RecordBatch, Schema } from 'apache-arrow'
import type { SortKey } from '../model/common.ts'
import { plainOf } from './dictionary.ts'
import { shown, unsupported } from './invalid.ts'
import type { Stored } from './leaf.ts'
import { leafOf } from './leaf.ts'
import { columnPlaces } from './merge-schema.ts'
import { shapeOf } from './shape.ts'
import { storedReader, validity } from './stored.ts'
import { formatType } from './type-format.ts'

/** A row of a batch. */
export interface Place {
  readonly batch: number
  readonly row: number
}

/** Compares two rows by the sort keys: negative where the first comes first, 0 where they are alike. */
export type Order = (one: Place, other: Place) => number

/**
 * The order that sort keys give to the rows of some batches, as pyarrow sorts: NaN after every number and null after
 * every value, in both directions. Throws `invalid-argument` for a missing column, `unsupported` for one that has no
 * order.
 */
export function orderOf(schema: Schema, batches: readonly RecordBatch[], sortKeys: readonly SortKey[]): Order {
  const places = columnPlaces(
    schema,
    sortKeys.map(([name]) => name),
    'The sort key',
  )
  const orders = places.map((place, index) => {
    const { name, type } = schema.fields[place]!
    const shape = shapeOf(type)
    const isSortable =
      leafOf(shape.kind === 'dictionary' ? shapeOf(shape.value) : shape) !== null || shape.kind === 'null'
    if (!isSortable)
      throw unsupported(`Values of type ${formatType(type)} have no order; sort by another column than ${shown(name)}.`)
    return columnOrder(
      batches.map((batch) => batch.data.children[place]!),
      sortKeys[index]![1] === 'descending',
    )
  })
  return (one, other) => {
    for (const order of orders) {
      const difference = order(one, other)
      if (difference !== 0) return difference
    }
    return 0
  }
}

function columnOrder(chunks: readonly Data[], isDescending: boolean): Order {
  const readers = chunks.map(lazyReader)
  return (one, other) => {
    const [a, b] = [readers[one.batch]!(one.row), readers[other.batch]!(other.row)]
    const ranks = rank(a) - rank(b)
    if (ranks !== 0 || a === null || b === null) return ranks
    return isDescending ? compare(b, a) : compare(a, b)
  }
}

/** Prepares a chunk when a row of it is first compared. */
function lazyReader(data: Data): (row: number) => Stored | null {
  let read: ((row: number) => Stored | null) | undefined
  return (row) => {
    if (read === undefined) read = reader(shapeOf(data.type).kind === 'dictionary' ? plainOf(data) : data)
    return read(row)
  }
}

function reader(data: Data): (row: number) => Stored | null {
  if (data.typeId === 1) return () => null
  const isValid = validity(data)
  const read = storedReader(data)
  return (row) => (isValid(row) ? read(row) : null)
}

/** Values, then NaN, then null. */
function rank(value: Stored | null): number {
  return value === null ? 2 : Number.isNaN(value) ? 1 : 0
}

function compare(a: Stored, b: Stored): number {
  if (typeof a === 'string') return compareText(a, b as string)
  if (a instanceof Uint8Array) return Buffer.compare(a, b as Uint8Array)
  return a < b ? -1 : a > b ? 1 : 0
}

/** By code points, as UTF-8's bytes compare: JavaScript's own order puts surrogates before U+E000. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (one !== other) return rotated(one) - rotated(other)
  }
  return a.length - b.length
}

function rotated(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
