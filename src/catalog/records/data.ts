import type { Data, DataType, Vector } from 'apache-arrow'
import { arrow } from './arrow.ts'

/** Where each value of a variable-length column starts, and the last one ends. */
export type Offsets = Int32Array | BigInt64Array

/** Which slots of a column hold a value; no bitmap where all do. */
export interface Validity {
  readonly nullCount: number
  readonly nullBitmap: Uint8Array | null
}

/** The buffers of a chunk, by Arrow's names; each type has some of them. */
export interface DataParts extends Partial<Validity> {
  readonly type: DataType
  readonly length: number
  readonly values?: ArrayBufferView
  readonly valueOffsets?: Offsets
  readonly children?: readonly Data[]
  readonly dictionary?: Vector
  readonly variadicBuffers?: readonly Uint8Array[]
}

const NONE = new Uint8Array(0)

/** A chunk of a column over the given buffers, uncopied: what apache-arrow's `makeData` does, for all types alike. */
export function dataOf(parts: DataParts): Data {
  const nullCount = parts.type.typeId === 1 ? parts.length : (parts.nullCount ?? 0)
  const buffers = [parts.valueOffsets, parts.values, parts.nullBitmap ?? NONE]
  return new (arrow().Data)(
    parts.type,
    0,
    parts.length,
    nullCount,
    buffers as never,
    (parts.children ?? []) as Data[],
    parts.dictionary,
    parts.variadicBuffers ?? [],
  )
}

/** Which values are null, as Arrow's bitmap. */
export function validityOf(values: readonly unknown[]): Validity {
  let nullCount = 0
  for (const value of values) if (isNull(value)) nullCount++
  if (nullCount === 0) return { nullCount, nullBitmap: null }
  const nullBitmap = new Uint8Array((values.length + 7) >> 3)
  for (let index = 0; index < values.length; index++) {
    if (!isNull(values[index])) nullBitmap[index >> 3]! |= 1 << (index & 7)
  }
  return { nullCount, nullBitmap }
}

/** Null as users write it. */
export function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
