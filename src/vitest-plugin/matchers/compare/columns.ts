import type { DataType, Table } from 'apache-arrow'
import { type Cell, cellReader } from '../../../catalog/records/cells.ts'
import { type Chunk, type TableView, viewTable } from './chunks.ts'
import { type CellEqual, cellEqual, type FloatTolerance, floatWindow } from './equal.ts'
import { type CellHash, cellHash } from './hash.ts'
import { TypeId } from './type-ids.ts'
import { hasFloat, valueType } from './types.ts'

/** What an asymmetric matcher in an expected cell accepts. Two cells that ask for the same share one object. */
export interface CellPattern {
  /** As a failure prints it. */
  readonly text: string
  /** The number that it asks for something near to, if any: a time counts in milliseconds. */
  readonly near?: number | undefined
  matches(cell: Cell): boolean
}

/** The expected rows: a table, and the patterns that stand in for some of its cells (which are null in it). */
export interface Expected {
  readonly table: Table
  /** Column, then row. */
  readonly patterns: ReadonlyMap<string, ReadonlyMap<number, CellPattern>>
  /** The columns that no expected row names: their cells count as null. */
  readonly leftOut?: readonly string[]
}

/** A column of the received table and the expected one of its name, ready to be compared cell by cell. */
export interface ColumnPair {
  readonly name: string
  readonly type: DataType
  readonly patterns: ReadonlyMap<number, CellPattern>
  /** Whether a tolerance makes cells equal that aren't the same: such a column can't be looked up by its hash alone. */
  readonly tolerant: boolean
  /** Of a tolerant column of floats: the lowest and highest that expected row `j` accepts; NaN where it isn't finite. */
  readonly window: ((j: number) => readonly [low: number, high: number]) | null
  readonly received: Side
  readonly expected: Side
  /** Whether received cell `i` is what expected cell `j` asks for. */
  equal(i: number, j: number): boolean
  /** Whether expected cells `j` and `k` ask for the same: then they accept the same received cells. */
  alike(j: number, k: number): boolean
  /** As `equal`, for expected cells that are no patterns, over chunks; for loops over whole columns. */
  readonly same: CellEqual
}

/** One table's part of a column pair. */
export interface Side {
  readonly view: TableView
  readonly chunks: readonly Chunk[]
  readonly hash: CellHash
  /** The cell in canonical form. */
  cell(row: number): Cell
}

const NO_PATTERNS: ReadonlyMap<number, CellPattern> = new Map()

/** Pairs the columns `names`, which both tables have with values of the same kind. */
export function pairColumns(
  received: Table,
  expected: Expected,
  names: readonly string[],
  tolerance: FloatTolerance | null,
): ColumnPair[] {
  const [left, right] = [viewTable(received), viewTable(expected.table)]
  return names.map((name) => pairColumn(name, side(received, left, name), side(expected.table, right, name)))

  function pairColumn(column: string, a: Side & { type: DataType }, b: Side & { type: DataType }): ColumnPair {
    const patterns = expected.patterns.get(column) ?? NO_PATTERNS
    const same = cellEqual(a.type, b.type, tolerance)
    const identical = cellEqual(b.type, b.type, null)
    return {
      name: column,
      type: a.type,
      patterns,
      tolerant: tolerance !== null && hasFloat(a.type),
      window:
        tolerance === null || valueType(a.type).typeId !== TypeId.Float
          ? null
          : (j) => floatWindow((b.cell(j) as number | null) ?? Number.NaN, tolerance),
      received: a,
      expected: b,
      same,
      equal: (i, j) => {
        const pattern = patterns.get(j)
        if (pattern !== undefined) return pattern.matches(a.cell(i))
        const [p, q] = [chunkAt(a.view, i), chunkAt(b.view, j)]
        return same(a.chunks[p]!, i - a.view.starts[p]!, b.chunks[q]!, j - b.view.starts[q]!)
      },
      alike: (j, k) => {
        if (patterns.get(j) !== patterns.get(k)) return false
        const [p, q] = [chunkAt(b.view, j), chunkAt(b.view, k)]
        return patterns.has(j) || identical(b.chunks[p]!, j - b.view.starts[p]!, b.chunks[q]!, k - b.view.starts[q]!)
      },
    }
  }

  function side(table: Table, view: TableView, column: string): Side & { type: DataType } {
    const index = table.schema.fields.findIndex((field) => field.name === column)
    const type: DataType = table.schema.fields[index]!.type
    let read: ((row: number) => Cell) | undefined
    return {
      type,
      view,
      chunks: view.columns.get(column) ?? [],
      hash: cellHash(type, tolerance !== null),
      cell: (row) => {
        read ??= cellReader(table.getChildAt(index)!)
        return read(row)
      },
    }
  }
}

/** Whether received row `i` is what expected row `j` asks for. */
export function rowsEqual(columns: readonly ColumnPair[], i: number, j: number): boolean {
  for (const column of columns) if (!column.equal(i, j)) return false
  return true
}

/** A 32-bit hash of each of `rows`, over the columns of one side. */
export function hashRows(columns: readonly ColumnPair[], of: 'received' | 'expected', rows: Int32Array): Int32Array {
  const hashes = new Int32Array(rows.length).fill(0x2545f491)
  for (const column of columns) {
    const { chunks, view, hash } = column[of]
    for (let k = 0; k < rows.length; k++) {
      const chunk = chunkAt(view, rows[k]!)
      hashes[k] = hash(hashes[k]!, chunks[chunk]!, rows[k]! - view.starts[chunk]!)
    }
  }
  return hashes
}

function chunkAt({ chunkOf }: TableView, row: number): number {
  return chunkOf === null ? 0 : chunkOf[row]!
}
