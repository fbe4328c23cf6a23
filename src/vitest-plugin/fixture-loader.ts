import { createRequire } from 'node:module'
import type * as Loader from '../fixtures/load.ts'

let loader: typeof Loader | undefined

/**
 * What reads fixtures, for a matcher: it can't await an import, and tests that don't need it needn't wait for it. So it
 * is loaded the first time that it is asked for.
 */
export function fixtureLoader(): typeof Loader {
  loader ??= createRequire(import.meta.url)(fileOf('../fixtures/load')) as typeof Loader
  return loader
}

/** Loads it ahead of time, where {@link canRequireModules} says that it has to be. */
export async function importFixtureLoader(): Promise<void> {
  loader ??= await import('../fixtures/load.ts')
}

/** Whether `require` takes ES modules, as Node's own does. In the VM pools of Vitest 4 it is another one. */
export function canRequireModules(): boolean {
  try {
    createRequire(import.meta.url)(fileOf('./hash'))
    return true
  } catch {
    return false
  }
}

// Built, or as TypeScript: whatever this file is.
function fileOf(path: string): string {
  return path + import.meta.url.slice(import.meta.url.lastIndexOf('.'))
}
