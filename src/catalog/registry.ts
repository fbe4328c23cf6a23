/** What is kept of each catalog for functions that are no calls on it. */
interface Registered {
  readonly catalog: object
  readonly ids: () => string
}

/** Is what it is given, so that a class that extends it puts its private fields on any object. */
class Given {
  constructor(entity: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is how a private field comes to an object of no class.
    return entity
  }
}

/**
 * An entity's owner in a private field of the entity: nobody sees it, and copies don't have it. A WeakMap does the same,
 * but took a third of the time of a long list, most of it the garbage collector's.
 */
class Entity extends Given {
  #owner: Registered

  constructor(entity: object, owner: Registered) {
    super(entity)
    this.#owner = owner
  }

  static remember(entity: object, owner: Registered): void {
    if (#owner in entity) entity.#owner = owner
    else new Entity(entity, owner)
  }

  static ownerOf(entity: unknown): Registered | undefined {
    return typeof entity === 'object' && entity !== null && #owner in entity ? entity.#owner : undefined
  }
}

// On a global symbol: where two copies of this module meet, each knows the entities of the other.
const KEY = Symbol.for('vitest-deltacat.owner-of-entity')
const shared = globalThis as { [KEY]?: Pick<typeof Entity, 'remember' | 'ownerOf'> }
shared[KEY] ??= Entity
const owners = shared[KEY]

/** Remembers which catalog an entity came from, and returns the entity. */
export function remember<T extends object>(entity: T, owner: Registered): T {
  owners.remember(entity, owner)
  return entity
}

/** The catalog that returned this very entity. */
export function ownerOf(entity: object): Registered | undefined {
  return owners.ownerOf(entity)
}
