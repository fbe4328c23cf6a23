import type { Vitest } from 'vitest/node'
import { discardFolder, makeRunFolder, sweepRunFolders } from './folders.ts'
import { keptFolder } from './kept.ts'
import type { PrebuildRequest } from './prebuild.ts'
import { deltacatReporter, type WriteReport } from './reporter.ts'
import { watchFixtures } from './watch.ts'

/** What lives as long as one Vitest: its folder, and what the plugins of its projects ask for. */
export interface Session {
  readonly runFolder: string
  readonly keptFolder: string
  /** Whether a reporter shows the files of artifacts, not only their paths. */
  readonly attach: boolean
  readonly prebuilds: PrebuildRequest[]
  /** The patterns of which it has been said that they match nothing. */
  readonly idleGlobs: Set<string>
}

const signals = ['SIGINT', 'SIGTERM'] as const

const sessions = new WeakMap<Vitest['config'], Session>()

/**
 * The session of `vitest`: the plugin of the first project starts it, those of others join. A restart, after a change
 * of the config file, has a new config and so a new session.
 */
export function sessionOf(vitest: Vitest, writeReport: WriteReport): Session {
  const session = sessions.get(vitest.config) ?? start(vitest, writeReport)
  sessions.set(vitest.config, session)
  return session
}

function start(vitest: Vitest, writeReport: WriteReport): Session {
  sweepRunFolders()
  const { config } = vitest
  const session: Session = {
    runFolder: makeRunFolder(),
    keptFolder: keptFolder(config.root),
    attach: config.ui === true || reporterNames(vitest).some((name) => name === 'html' || name === 'blob'),
    prebuilds: [],
    idleGlobs: new Set(),
  }
  const remove = () => discardFolder(session.runFolder)
  // Vitest exits on these signals without closing; a second one kills it, so the first has to be enough.
  const end = (signal: NodeJS.Signals): void => {
    remove()
    process.off(signal, end)
    // After a restart Vitest doesn't listen any more: then this is what kept the signal from ending the process.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  process.on('exit', remove)
  for (const signal of signals) process.on(signal, end)
  vitest.onClose(() => {
    process.off('exit', remove)
    for (const signal of signals) process.off(signal, end)
    remove()
  })
  const watched = watchFixtures(vitest)
  // The first one: what it adds to a test is there when the others report the test.
  config.reporters.unshift(
    deltacatReporter({
      vitest,
      keptFolder: session.keptFolder,
      learn: watched.learn,
      writeReport,
      prepare: () => prepare(session, vitest),
    }),
  )
  return session
}

// Only who prebuilds loads a catalog and the reader of YAML into the main process.
async function prepare({ runFolder, prebuilds, idleGlobs }: Session, { config, logger }: Vitest): Promise<void> {
  if (prebuilds.every(({ globs }) => globs.length === 0)) return
  const { prebuild } = await import('./prebuild.ts')
  for (const glob of await prebuild(runFolder, config.root, prebuilds)) {
    if (idleGlobs.has(glob)) continue
    idleGlobs.add(glob)
    logger.warn(
      `\n deltacat  prebuild: ${JSON.stringify(glob)} matches no file; a pattern is relative to the project's root, ` +
        "as '**/*.deltacat.yaml'.",
    )
  }
}

function reporterNames({ config }: Vitest): string[] {
  return config.reporters.flatMap((reporter) => (Array.isArray(reporter) ? [String(reporter[0])] : []))
}
