import { inject } from 'vitest'
import type { Clock, Params, ResolvedSource } from './source.ts'

/** The name under which the plugin provides its settings to the workers. */
export const SETTINGS = 'vitest-deltacat'

/** What the plugin tells every worker. It is cloned on the way: plain data only. */
export interface Settings {
  /** The folder of this run: templates, and a folder for each worker. The plugin removes it. */
  readonly runFolder: string
  /** Vitest's root: of the workspace where several projects run. */
  readonly root: string
  /** The root of the test's project, where the path of `source` starts. */
  readonly projectRoot: string
  /** Where the catalogs of failed tests are kept. */
  readonly keptFolder: string
  /** Whether a reporter wants the kept files themselves beside their paths. */
  readonly attach: boolean
  readonly source: ResolvedSource
  readonly params: Params
  readonly clock: Clock
}

/** The plugin's settings; `undefined` in a project without the plugin. */
export function settings(): Settings | undefined {
  // ProvidedContext is left alone: a key added to it would show in every project's types.
  return inject(SETTINGS as never) as Settings | undefined
}
