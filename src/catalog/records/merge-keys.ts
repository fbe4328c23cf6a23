import type { Data } from 'apache-arrow'
import { cellKey } from './cell.ts'
import { chunkReader } from './cell-reader.ts'
import { plainOf } from './dictionary.ts'
import { leafOf } from './leaf.ts'
import { type Shape, shapeOf } from './shape.ts'
import { storedReader, validity } from './stored.ts'

type KeyPart = string | number | bigint | boolean | null

const MOST_CODES = 2 ** 26

/**
 * Numbers the distinct values of some columns, 0 upwards, over any number of batches: rows have the same number
 * exactly where they are equal in all of the columns. Null equals null, NaN equals NaN; 0 and -0 differ, as they do to
 * DeltaCAT, which hashes their text.
 */
export class KeyCoder {
  readonly #columns: Map<KeyPart, number>[]
  readonly #pairs: Map<number, number>[] = []

  constructor(columns: number) {
    this.#columns = Array.from({ length: columns }, () => new Map())
    for (let column = 1; column < columns; column++) this.#pairs.push(new Map())
  }

  /** The number of each row of a batch, given the chunks of its key columns in order. */
  codes(chunks: readonly Data[], length: number): Int32Array {
    const codes = new Int32Array(length)
    chunks.forEach((chunk, column) => {
      const read = partReader(chunk)
      const known = this.#columns[column]!
      const pairs = this.#pairs[column - 1]
      for (let row = 0; row < length; row++) {
        const code = numberOf(known, read(row))
        codes[row] = pairs === undefined ? code : numberOf(pairs, codes[row]! * MOST_CODES + code)
      }
    })
    return codes
  }
}

function numberOf<T>(known: Map<T, number>, key: T): number {
  const code = known.get(key)
  if (code !== undefined) return code
  const next = known.size
  if (next === MOST_CODES) throw new RangeError(`more than ${MOST_CODES} distinct keys`)
  known.set(key, next)
  return next
}

/** Reads a column's values as something that a `Map` compares as they should be. */
function partReader(data: Data): (row: number) => KeyPart {
  const shape = shapeOf(data.type)
  if (shape.kind === 'dictionary') return partReader(plainOf(data))
  const isValid = validity(data)
  const read = valueReader(data, shape)
  return (row) => (isValid(row) ? read(row) : null)
}

function valueReader(data: Data, shape: Shape): (row: number) => KeyPart {
  if (data.values instanceof BigInt64Array || data.values instanceof BigUint64Array) return wideReader(data.values)
  if (leafOf(shape) === null) return keyReader(data)
  const read = storedReader(data, shape)
  switch (shape.kind) {
    case 'float':
      return (row) => (Object.is(read(row), -0) ? '-0' : (read(row) as number))
    case 'binary':
    case 'fixedBinary': {
      return (row) => {
        const bytes = read(row) as Uint8Array
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
      }
    }
  }
  return read as (row: number) => KeyPart
}

/** 64-bit integers as numbers where those are exact: a `Map` finds them several times faster than bigints. */
function wideReader(values: BigInt64Array | BigUint64Array): (row: number) => KeyPart {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  const least = values instanceof BigInt64Array ? -0x10_0000 : 0
  return (row) => {
    const high = least === 0 ? words[row * 2 + 1]! : words[row * 2 + 1]! | 0
    if (high >= least && high < 0x10_0000) return high * 0x1_0000_0000 + words[row * 2]!
    return values[row]!
  }
}

function keyReader(data: Data): (row: number) => KeyPart {
  const read = chunkReader(data)
  return (row) => cellKey(read(row))
}
