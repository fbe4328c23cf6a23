import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { TestAnnotation } from 'vitest'
import type { Reporter, TestCase, Vitest } from 'vitest/node'
import { ARTIFACT, type CatalogArtifact } from './artifact.ts'
import { removeFolder } from './folders.ts'
import { keptFolderOf } from './kept.ts'
import { type ExpectedUpdate, updatesOf } from './matchers/update.ts'
import { metaOf } from './meta.ts'

interface ReporterOptions {
  readonly vitest: Vitest
  readonly keptFolder: string
  /** Runs before the tests of each run. */
  readonly prepare: () => Promise<void>
  /** Takes the files that a test file's fixtures were read from. */
  readonly learn: (testFile: string, files: readonly string[], isWhole: boolean) => void
}

/** Shows the kept catalogs of failed tests as annotations, and keeps the rest of the plugin informed. */
export function deltacatReporter({ vitest, keptFolder, prepare, learn }: ReporterOptions): Reporter {
  const { root } = vitest.config
  // Of the fixtures' files, as the tests of this run have read them.
  const hashes = new Map<string, string>()
  return {
    async onTestRunStart(specifications) {
      hashes.clear()
      if (vitest.config.mergeReports) return // Nothing runs: the files belong to the runs that are merged.
      for (const { moduleId } of specifications) removeFolder(keptFolderOf(keptFolder, root, moduleId))
      removeOrphans(keptFolder, root)
      await prepare()
    },
    onTestCaseArtifactRecord(testCase, artifact) {
      if ((artifact.type as string) !== ARTIFACT) return
      const { path, attachments } = artifact as unknown as CatalogArtifact
      const [attachment] = attachments
      const message = `catalog: ${relative(root, path).replaceAll(sep, '/')}`
      annotationsOf(testCase).push({ message, type: TYPE, ...(attachment === undefined ? {} : { attachment }) })
    },
    onTestCaseResult(testCase) {
      if (testCase.result().state === 'failed') return
      // Failed attempts of a test that passed in the end: their catalogs are gone.
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
    },
  }
}

const TYPE = 'deltacat'

async function writeUpdates(
  vitest: Vitest,
  updates: readonly ExpectedUpdate[],
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  const { updateSets } = await import('./update-sets.ts')
  const { written, problems } = updateSets(updates, hashes)
  for (const [file, sets] of written) {
    const name = relative(vitest.config.root, file).replaceAll(sep, '/')
    vitest.logger.log(`\n deltacat  ${name}: wrote ${sets.map((set) => JSON.stringify(set)).join(', ')}`)
  }
  for (const problem of problems) vitest.logger.error(`\n deltacat  ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}

// The list itself: `annotations()` gives a copy.
function annotationsOf(testCase: TestCase): TestAnnotation[] {
  return (testCase as unknown as { task: { annotations: TestAnnotation[] } }).task.annotations
}

// What was kept for test files that have been renamed or removed since, and folders that are empty now.
function removeOrphans(folder: string, root: string): void {
  if (!existsSync(folder)) return
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (!entry.isDirectory()) continue
      walk(path)
      const holdsCatalogs = readdirSync(path).some((name) => name.endsWith('.db'))
      if (holdsCatalogs && !existsSync(testFileOf(path))) removeFolder(path)
      else if (readdirSync(path).length === 0) rmdirSync(path)
    }
  }
  const testFileOf = (kept: string): string =>
    join(
      root,
      ...relative(folder, kept)
        .split(sep)
        .map((name) => (name === '__' ? '..' : name)),
    )
  walk(folder)
  if (readdirSync(folder).length === 0) {
    rmdirSync(folder)
    if (readdirSync(dirname(folder)).length === 0) rmdirSync(dirname(folder))
  }
}
