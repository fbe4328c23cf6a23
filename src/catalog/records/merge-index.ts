import type { DataType, Field, RecordBatch, Schema } from 'apache-arrow'
import { castData } from './cast.ts'
import { commonType, isSameType } from './common-type.ts'
import { invalid, shown } from './invalid.ts'
import { KeyCoder } from './merge-keys.ts'
import { columnPlaces } from './merge-schema.ts'
import { shapeOf } from './shape.ts'
import { formatType } from './type-format.ts'
import { field } from './types.ts'

const NONE = -1

/** The rows of all batches, numbered through, and which of them are still there. */
export interface Rows {
  readonly batches: readonly RecordBatch[]
  /** The number of each batch's first row, and of the row after the last. */
  readonly starts: readonly number[]
  readonly alive: Uint8Array
}

/** Finds rows by the values of some columns. It follows the rows as they come, and is made when it is first needed. */
export class RowIndex {
  readonly #rows: Rows
  readonly #schema: Schema
  readonly #places: readonly number[]
  readonly #coder: KeyCoder
  /** The newest row of each key, and of each row the one before it of the same key. */
  readonly #newest: number[] = []
  readonly #previous: Int32Array
  #batches = 0

  /** @param what what messages call the columns: those of a delete unless said */
  constructor(rows: Rows, schema: Schema, names: readonly string[], what = EQUALITY) {
    this.#rows = rows
    this.#schema = schema
    this.#places = columnPlaces(schema, names, what)
    this.#coder = new KeyCoder(names.length)
    this.#previous = new Int32Array(rows.alive.length)
  }

  /** Takes in all rows of the first so many batches. */
  follow(batches: number): void {
    for (; this.#batches < batches; this.#batches++) {
      const codes = this.codes(this.#batches)
      const start = this.#rows.starts[this.#batches]!
      codes.forEach((code, row) => {
        if (this.#rows.alive[start + row] === 1) this.push(code, start + row)
      })
    }
  }

  /** The key number of each row of a batch that is about to be taken in row by row. */
  codes(batch: number): Int32Array {
    const { data, numRows } = this.#rows.batches[batch]!
    return this.#coder.codes(
      this.#places.map((place) => data.children[place]!),
      numRows,
    )
  }

  /** The key number of each row of a delete's batch. Throws `invalid-argument` where its columns don't fit. */
  codesOf(batch: RecordBatch): Int32Array {
    const fields = this.#places.map((place) => this.#schema.fields[place]!)
    const chunks = deletePlaces(batch.schema, fields).map((place, index) => {
      const { name, type } = fields[index]!
      const data = batch.data.children[place]!
      return isComparable(data.type, type, name) ? data : castData(data, field(name, type))
    })
    return this.#coder.codes(chunks, batch.numRows)
  }

  /** Says that the rows of a batch have been pushed. */
  taken(): void {
    this.#batches++
  }

  push(code: number, row: number): void {
    this.#previous[row] = this.#newest[code] ?? NONE
    this.#newest[code] = row
  }

  /** Removes all rows of a key that are still there, and tells of each. */
  removeAll(code: number, gone: (row: number) => void): void {
    const { alive } = this.#rows
    for (let row = this.#newest[code] ?? NONE; row !== NONE; row = this.#previous[row]!) {
      if (alive[row] === 1) gone(row)
      alive[row] = 0
    }
    this.#newest[code] = NONE
  }

  /** Whether some row of a key that is still there meets a condition. */
  some(code: number, condition: (row: number) => boolean): boolean {
    for (let row = this.#newest[code] ?? NONE; row !== NONE; row = this.#previous[row]!) {
      if (this.#rows.alive[row] === 1 && condition(row)) return true
    }
    return false
  }
}

/** What the columns that a delete goes by are called in messages. */
const EQUALITY = 'The equality column'

/**
 * Whether the rows of a delete compare with the records as they are; `false`: their values must be cast, which some may
 * not bear. Throws `invalid-argument` for a column that either lacks, and for types that never compare.
 */
export function comparesAsIs(records: Schema, own: Schema, names: readonly string[]): boolean {
  const fields = columnPlaces(records, names, EQUALITY).map((place) => records.fields[place]!)
  return deletePlaces(own, fields)
    .map((place, index) => isComparable(own.fields[place]!.type, fields[index]!.type, fields[index]!.name))
    .every(Boolean)
}

function deletePlaces(own: Schema, fields: readonly Field[]): number[] {
  const names = fields.map(({ name }) => name)
  return columnPlaces(own, names, EQUALITY, "the delete's records")
}

/** Whether the values of a key column compare with another's as they are, or once they are cast to its type. */
function isComparable(own: DataType, type: DataType, name: string): boolean {
  if (isSameType(own, type) || own.typeId === 1) return true
  // Integers, texts and binaries of any width compare as they are.
  const [one, other] = [plainKind(own), plainKind(type)]
  if (one === other && ['int', 'float', 'utf8', 'binary'].includes(one)) return true
  if (commonType(own, type) !== null) return false
  const types = `${formatType(own)} in the delete and ${formatType(type)} in the records`
  throw invalid(`Column ${shown(name)} is ${types}; make them agree.`)
}

function plainKind(type: DataType): string {
  const shape = shapeOf(type)
  return shape.kind === 'dictionary' ? plainKind(shape.value) : shape.kind
}
