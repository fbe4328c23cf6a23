/** What is kept of each catalog for functions that are no calls on it. */
interface Registered {
  readonly catalog: object
  readonly ids: () => string
}

// On a global symbol: where two copies of this module meet, each knows the entities of the other.
const KEY = Symbol.for('vitest-deltacat.catalog-of-entity')
const shared = globalThis as { [KEY]?: WeakMap<object, Registered> }
shared[KEY] ??= new WeakMap()
const owners: WeakMap<object, Registered> = shared[KEY]

/** Remembers which catalog an entity came from, and returns the entity. */
export function remember<T extends object>(entity: T, owner: Registered): T {
  owners.set(entity, owner)
  return entity
}

/** The catalog that returned this very entity. */
export function ownerOf(entity: object): Registered | undefined {
  return owners.get(entity)
}
