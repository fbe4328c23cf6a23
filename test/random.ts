/** Numbers from a seed (mulberry32): the same in every run and process. */
export interface Random {
  /** An integer from 0 to `below` - 1. */
  int(below: number): number
  bytes(length: number): Buffer
  pick<T>(items: readonly T[]): T
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const int = (below: number): number => Math.floor((next() / 2 ** 32) * below)
  return {
    int,
    bytes: (length) => Buffer.from(Array.from({ length }, () => int(256))),
    pick: (items) => {
      if (items.length === 0) throw new Error('Nothing to pick from')
      return items[int(items.length)] as (typeof items)[number]
    },
  }
}
