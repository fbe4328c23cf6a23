/** Something of one catalog and its counterpart in the other; one of them may be missing. */
export interface Pair<T> {
  readonly a: T | null
  readonly b: T | null
}

/**
 * Finds counterparts: first by the key that is surest, then, among those left over, by the next one. Of several with
 * one key the first goes with the first. The order is that of `a`, then what only `b` has.
 */
export function pairUp<T>(a: readonly T[], b: readonly T[], keys: readonly ((item: T) => string)[]): Pair<T>[] {
  const partner = new Map<T, T>()
  const taken = new Set<T>()
  for (const keyOf of keys) {
    const waiting = new Map<string, T[]>()
    for (const item of b) {
      if (taken.has(item)) continue
      const key = keyOf(item)
      const list = waiting.get(key)
      if (list) list.push(item)
      else waiting.set(key, [item])
    }
    for (const list of waiting.values()) list.reverse()
    for (const item of a) {
      const other = partner.has(item) ? undefined : waiting.get(keyOf(item))?.pop()
      if (other === undefined) continue
      partner.set(item, other)
      taken.add(other)
    }
  }
  return [
    ...a.map((item) => ({ a: item, b: partner.get(item) ?? null })),
    ...b.filter((item) => !taken.has(item)).map((item) => ({ a: null, b: item })),
  ]
}
