import { sharedMap } from './shared-map.ts'
import type { Params } from './source.ts'

/** What a test's catalog was made from. */
export interface Origin {
  /** The fixture's file, absolute; `null` where the source is no such file. */
  readonly file: string | null
  readonly params: Params
}

const origins = sharedMap<Origin>('origins')

/** Notes what the catalog of a test was made from. */
export function noteOrigin(catalog: object, origin: Origin): void {
  origins.set(catalog, origin)
}

/** What it was made from; `undefined` of a catalog that isn't the one of a test. */
export function originOf(catalog: object): Origin | undefined {
  return origins.get(catalog)
}
