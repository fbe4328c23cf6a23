/**
 * A map by object, such as a catalog, that all copies of this package in a worker share: two can meet there, and each
 * would have a variable of its own.
 */
export function sharedMap<Value>(name: string): WeakMap<object, Value> {
  const key = Symbol.for(`vitest-deltacat.${name}`)
  const registry = globalThis as { [key: symbol]: WeakMap<object, Value> | undefined }
  registry[key] ??= new WeakMap()
  return registry[key]
}
