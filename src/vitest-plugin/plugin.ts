import type { Plugin } from 'vitest/config'
import { checkClock } from './clock.ts'
import { fixtureModule, isFixturePath } from './fixture-module.ts'
import type { WriteReport } from './reporter.ts'
import { sessionOf } from './session.ts'
import { SETTINGS, type Settings } from './settings.ts'
import { type Clock, type Params, resolveSource, type Source } from './source.ts'

export type { Clock, Params, Source } from './source.ts'

/** The options of {@link deltacat}. Tests override `source`, `params` and `clock` for themselves. */
export interface DeltacatOptions {
  /** Where tests' catalogs come from. A path is relative to the project's root. */
  readonly source?: Source
  /** Overrides of that source's parameters. */
  readonly params?: Params
  /** What catalogs read as the time and take as ids: `deterministic` unless said. */
  readonly clock?: Clock
  /** Globs, relative to the project's root, of fixtures that are built before the tests start. */
  readonly prebuild?: string | readonly string[]
}

/**
 * The plugin for `vitest.config.ts`: workers share the templates of fixtures, the catalog of a failed test is shown by
 * the reporters, `*.deltacat.yaml` can be imported, a changed fixture reruns its tests in watch mode, and `-u` updates
 * `expected` sets.
 *
 * @example
 * export default defineConfig({ plugins: [deltacat({ prebuild: '**\/*.deltacat.yaml' })] })
 */
export function deltacat(options: DeltacatOptions = {}): Plugin {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`deltacat() has no option '${unknown}'; it takes ${OPTIONS.join(', ')}.`)
  }
  if (options.clock !== undefined) checkClock(options.clock)
  return {
    name: 'vitest-deltacat',
    enforce: 'pre',
    // Only these: a plugin for all YAML may stand beside this one.
    load: (id) => (isFixturePath(id) ? fixtureModule(id) : undefined),
    configureVitest({ vitest, project }) {
      const session = sessionOf(vitest, writeReport)
      const { params = {}, clock = 'deterministic' } = options
      const projectRoot = project.config.root
      const source = resolveSource(options.source, projectRoot)
      session.prebuilds.push({ globs: [options.prebuild ?? []].flat(), cwd: projectRoot, source, params })
      const { runFolder, keptFolder, attach } = session
      const { root } = vitest.config
      const settings: Settings = { runFolder, root, projectRoot, keptFolder, attach, source, params, clock }
      project.provide(SETTINGS as never, settings as never)
    },
  }
}

// Loaded only after a run in which a test failed.
const writeReport: WriteReport = async (kept, file) => {
  const { writeRunReport } = await import('../inspector/index.ts')
  return writeRunReport(kept, file)
}

const OPTIONS: readonly string[] = ['source', 'params', 'clock', 'prebuild'] satisfies (keyof DeltacatOptions)[]
