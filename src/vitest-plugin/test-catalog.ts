import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type RunnerTestCase, recordArtifact, type TestArtifact } from 'vitest'
import type { Catalog } from '../catalog/catalog.ts'
import { bindFixture } from '../fixtures/accessor.ts'
import type { FixtureIndex } from '../fixtures/fixture-index.ts'
import { ARTIFACT, type CatalogArtifact } from './artifact.ts'
import { checkClock } from './clock.ts'
import { forget, keep, keptFolder, keptPath, rootOf } from './kept.ts'
import { noteOrigin } from './origin.ts'
import { openCopy, removeCopy } from './provision.ts'
import { settings } from './settings.ts'
import { type Clock, type Params, resolveSource, type Source } from './source.ts'
import type { TemplateRequest } from './template.ts'
import { templateFor } from './template-cache.ts'
import { tidyError } from './tidy-error.ts'

/** The options of a test, as `test.override` and the plugin set them. */
export interface TestOptions {
  readonly source: Source | undefined
  readonly params: Params
  readonly clock: Clock
}

interface Attempts {
  count: number
  /** The catalogs of failed attempts, with the repeat that each belongs to. */
  kept: { readonly path: string; readonly repeat: number }[]
}

interface Opened {
  readonly index: FixtureIndex
  /** How many errors the test had then: those of attempts before this one. */
  readonly errors: number
}

const opened = new WeakMap<Catalog, Opened>()
const attempts = new WeakMap<RunnerTestCase, Attempts>()

/** Opens the catalog of one attempt of a test. */
export async function openTestCatalog(task: RunnerTestCase, options: TestOptions): Promise<Catalog> {
  checkClock(options.clock, task.file.filepath)
  const folder = dirname(task.file.filepath)
  const provided = settings()
  const request = { ...requested(options, folder), root: provided?.root }
  const { source, params } = request
  const template = await templateFor(task.file, request)
  const catalog = openCopy(template, options.clock)
  bindFixture(catalog, template.index)
  noteOrigin(catalog, { file: source.kind === 'yaml' ? source.path : null, params })
  opened.set(catalog, { index: template.index, errors: task.result?.errors?.length ?? 0 })
  return catalog
}

// The parameters of the config are those of the config's source: other fixtures have none of their names.
function requested({ source, params }: TestOptions, folder: string): Pick<TemplateRequest, 'source' | 'params'> {
  if (source !== undefined) return { source: resolveSource(source, folder), params }
  const provided = settings()
  return { source: provided?.source ?? { kind: 'empty' }, params: { ...provided?.params, ...params } }
}

/** Closes it, keeps it if this attempt of the test has failed, and removes it. */
export async function closeTestCatalog(task: RunnerTestCase, catalog: Catalog): Promise<void> {
  const tried = attempts.get(task) ?? { count: 0, kept: [] }
  attempts.set(task, tried)
  tried.count += 1
  const repeat = task.result?.repeatCount ?? 0
  try {
    if (hasFailed(task, catalog)) {
      catalog.close()
      // A test may remove its own catalog.
      if (existsSync(catalog.path)) tried.kept.push({ path: await keepAndShow(task, catalog, tried.count), repeat })
      for (const error of errorsOf(task, catalog)) tidyError(error, catalog)
    }
    // A retry that passes undoes the failures before it; a repeat that passes does not.
    for (const each of tried.kept) if (task.result?.state === 'pass' && each.repeat === repeat) forget(each.path)
  } finally {
    removeCopy(catalog)
  }
}

// At this point `test.fails` has not turned the result round yet.
function hasFailed({ result, fails }: RunnerTestCase, catalog: Catalog): boolean {
  if (fails === true) return result?.state === 'pass'
  // In Vitest 4 a repeat after one that failed begins as failed.
  return result?.state === 'fail' && (result.errors?.length ?? 0) > opened.get(catalog)!.errors
}

/** The errors of this attempt. */
function errorsOf({ result }: RunnerTestCase, catalog: Catalog) {
  return (result?.errors ?? []).slice(opened.get(catalog)!.errors)
}

async function keepAndShow(task: RunnerTestCase, catalog: Catalog, attempt: number): Promise<string> {
  const provided = settings()
  const root = provided?.root ?? rootOf(task.file)
  const path = keptPath(provided?.keptFolder ?? keptFolder(root), root, task, attempt)
  keep(catalog, path, { task, index: opened.get(catalog)!.index, errors: errorsOf(task, catalog) })
  const attachments = provided?.attach ? [{ path, contentType: 'application/vnd.sqlite3' }] : []
  const artifact: CatalogArtifact = { type: ARTIFACT, path, attachments }
  // TestArtifactRegistry is left alone, as TaskMeta is.
  await recordArtifact(task, artifact as unknown as TestArtifact)
  return path
}
