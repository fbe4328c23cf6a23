import { existsSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { TestAnnotation } from 'vitest'
import type { Reporter, TestCase, Vitest } from 'vitest/node'
import { ARTIFACT, type CatalogArtifact } from './artifact.ts'
import { removeFolder } from './folders.ts'
import { keptFolderOf } from './kept.ts'
import { type ExpectedUpdate, updatesOf } from './matchers/update.ts'
import { removeEmpty, removeOrphans } from './orphans.ts'
import { metaOf } from './task-meta.ts'

/** What a run has kept. */
export interface Kept {
  readonly folder: string
  /** The catalogs in it that are this run's. */
  readonly databases: readonly string[]
  /** How many failed tests they are of: each attempt of a test has its own. */
  readonly tests: number
}

/** Writes a report of these catalogs to a file, and returns its title. */
export type WriteReport = (kept: Kept, file: string) => Promise<string>

interface ReporterOptions {
  readonly vitest: Vitest
  readonly keptFolder: string
  /** Runs before the tests of each run. */
  readonly prepare: () => Promise<void>
  /** Takes the files that a test file's fixtures were read from. */
  readonly learn: (testFile: string, files: readonly string[], isWhole: boolean) => void
  readonly writeReport: WriteReport
}

/** Shows the kept catalogs of failed tests as annotations, and keeps the rest of the plugin informed. */
export function deltacatReporter(options: ReporterOptions): Reporter {
  const { vitest, keptFolder, prepare, learn, writeReport } = options
  const { root } = vitest.config
  const report = join(keptFolder, 'report.html')
  // Of the fixtures' files, as the tests of this run have read them.
  const hashes = new Map<string, string>()
  // By test: those of other runs stay in the folder until their files run again, but are no news.
  const kept = new Map<string, string[]>()
  return {
    async onTestRunStart(specifications) {
      hashes.clear()
      kept.clear()
      if (vitest.config.mergeReports) return // Nothing runs: the files belong to the runs that are merged.
      for (const { moduleId } of specifications) removeFolder(keptFolderOf(keptFolder, root, moduleId))
      rmSync(report, { force: true })
      removeOrphans(keptFolder, root)
      await prepare()
    },
    onTestCaseArtifactRecord(testCase, artifact) {
      if ((artifact.type as string) !== ARTIFACT) return
      const { path, attachments } = artifact as unknown as CatalogArtifact
      kept.set(testCase.id, [...(kept.get(testCase.id) ?? []), path])
      const [attachment] = attachments
      const message = `catalog: ${nameIn(root, path)}`
      annotationsOf(testCase).push({ message, type: TYPE, ...(attachment === undefined ? {} : { attachment }) })
    },
    onTestCaseResult(testCase) {
      if (testCase.result().state === 'failed') return
      // Failed attempts of a test that passed in the end: their catalogs are gone.
      kept.delete(testCase.id)
      const annotations = annotationsOf(testCase)
      for (const { type, attachment } of annotations) {
        if (type === TYPE && attachment?.path !== undefined) rmSync(attachment.path, { force: true })
      }
      annotations.splice(0, annotations.length, ...annotations.filter(({ type }) => type !== TYPE))
    },
    onTestModuleEnd(testModule) {
      const meta = metaOf(testModule.meta())
      if (meta === undefined) return
      learn(testModule.moduleId, Object.keys(meta.files), testModule.ok())
      for (const [path, hash] of Object.entries(meta.files)) if (hash !== null) hashes.set(path, hash)
    },
    async onTestRunEnd(testModules) {
      if (vitest.config.mergeReports) return
      const updates = testModules.flatMap((testModule) =>
        [...testModule.children.allTests()].flatMap((testCase) => updatesOf(testCase.meta())),
      )
      if (updates.length > 0) await writeUpdates(vitest, updates, hashes)
      for (const { moduleId } of testModules) removeEmpty(keptFolderOf(keptFolder, root, moduleId), keptFolder)
      const databases = [...kept.values()].flat().filter((path) => existsSync(path))
      if (databases.length === 0) return
      try {
        const title = await writeReport({ folder: keptFolder, databases, tests: kept.size }, report)
        say(vitest, `report: ${nameIn(root, report)} (${title})`)
      } catch (error) {
        // The tests have their results; a page about them must not take those away.
        vitest.logger.error(`\n deltacat  no report: ${(error as Error).message}`)
      }
    },
  }
}

const TYPE = 'deltacat'

function say({ logger }: Vitest, text: string): void {
  logger.log(`\n deltacat  ${text}`)
}

function nameIn(root: string, path: string): string {
  return relative(root, path).replaceAll(sep, '/')
}

async function writeUpdates(
  vitest: Vitest,
  updates: readonly ExpectedUpdate[],
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  const { updateSets } = await import('./update-sets.ts')
  const { written, problems } = updateSets(updates, { root: vitest.config.root, hashes })
  for (const [file, sets] of written) {
    say(vitest, `${nameIn(vitest.config.root, file)}: wrote ${sets.map((set) => JSON.stringify(set)).join(', ')}`)
  }
  for (const problem of problems) vitest.logger.error(`\n deltacat  ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}

// The list itself: `annotations()` gives a copy.
function annotationsOf(testCase: TestCase): TestAnnotation[] {
  return (testCase as unknown as { task: { annotations: TestAnnotation[] } }).task.annotations
}
