/** A property of an entity, its value as text. */
export type Fact = readonly [name: string, value: string]

/** The properties that say something: not null, not empty. */
export function factsOf(values: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(values).flatMap(([name, value]): Fact[] => {
    if (value === null || value === undefined) return []
    if (typeof value === 'string') return [[name, value]]
    const text = JSON.stringify(sorted(value))
    return text === '{}' || text === '[]' ? [] : [[name, text]]
  })
}

/** A copy with the keys of objects in order: JSON documents that say the same are the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  )
}
