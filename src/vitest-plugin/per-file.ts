import { TestRunner } from 'vitest'

/**
 * A function object that stands for `make()`, made anew in each test file. Workers without isolation keep this module
 * for all their files: without it, an override at the top of one file would hold in the next.
 */
export function perFile<Api extends (...args: never[]) => unknown>(make: () => Api): Api {
  const made = new WeakMap<object, Api>()
  const current = (): Api => {
    const { file } = TestRunner.getCurrentSuite()
    let api = made.get(file)
    if (api === undefined) {
      api = make()
      made.set(file, api)
    }
    return api
  }
  return new Proxy(make as unknown as Api, {
    apply: (_, self, args) => Reflect.apply(current(), self, args),
    get: (_, key) => Reflect.get(current(), key),
    has: (_, key) => Reflect.has(current(), key),
  })
}
