import { settle } from './hash.ts'

/** Rows filed under their hashes: an open table of chains in two arrays, so that a million rows cost no objects. */
export interface RowIndex {
  /** Removes and returns the first row filed under `hash` that `accepts`, or -1. */
  take(hash: number, accepts: (row: number) => boolean): number
}

/** Files `rows` under `hashes`; rows of one hash are found in their order. */
export function indexRows(rows: Int32Array, hashes: Int32Array): RowIndex {
  const bits = Math.max(1, 32 - Math.clz32(rows.length))
  const mask = (1 << bits) - 1
  const heads = new Int32Array(mask + 1).fill(-1)
  const next = new Int32Array(rows.length)
  for (let k = rows.length - 1; k >= 0; k--) {
    const slot = settle(hashes[k]!) & mask
    next[k] = heads[slot]!
    heads[slot] = k
  }
  return {
    take(hash, accepts) {
      const slot = settle(hash) & mask
      for (let k = heads[slot]!, before = -1; k !== -1; before = k, k = next[k]!) {
        if (hashes[k] !== hash || !accepts(rows[k]!)) continue
        if (before === -1) heads[slot] = next[k]!
        else next[before] = next[k]!
        return rows[k]!
      }
      return -1
    },
  }
}
