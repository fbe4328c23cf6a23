import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { RunnerTestFile } from 'vitest'
import { CatalogError } from '../catalog/errors.ts'
import { exact } from '../fixtures/exact.ts'
import { noSource, notFound } from './not-found.ts'
import { runFolder } from './provision.ts'
import { settings } from './settings.ts'
import { rememberFiles } from './task-meta.ts'
import type { Template, TemplateRequest } from './template.ts'
import { databaseTemplate, emptyTemplate } from './template.ts'
import { storedTemplate, templateFolder } from './template-store.ts'

const SLOW_MS = 1000

// A fixture is looked at once in each test file: tests of one file see the same one, and a rerun sees a new one.
const known = new WeakMap<RunnerTestFile, Map<string, Promise<Template>>>()
const inlineIds = new WeakMap<object, number>()
let inlineCount = 0

/**
 * The template for a test in `file`, from memory where another test of that file has used it.
 *
 * @throws FixtureError where there is no such file, or with every mistake of the fixture.
 */
export function templateFor(file: RunnerTestFile, request: TemplateRequest): Promise<Template> {
  const templates = known.get(file) ?? new Map<string, Promise<Template>>()
  known.set(file, templates)
  const key = memoryKey(request)
  const template = templates.get(key) ?? find(file, request)
  templates.set(key, template)
  return template
}

async function find(file: RunnerTestFile, request: TemplateRequest): Promise<Template> {
  const { source } = request
  if (source.kind === 'empty') return emptyTemplate()
  if (source.kind !== 'inline') {
    rememberFiles(file, [{ path: source.path, hash: null }])
    if (!existsSync(source.path)) throw notFound(source.path, placeOfSource(source.path, file.filepath))
    if (source.kind === 'db') return databaseOf(source.path, file.filepath)
  }
  const start = performance.now()
  const { built, ...template } = await storedTemplate(templateFolder(runFolder()), request, (files) =>
    rememberFiles(file, files),
  )
  const took = performance.now() - start
  if (built && took > SLOW_MS && source.kind === 'yaml') warnOfSlow(source.path, took)
  return template
}

/** Where a source is named: in the options of the plugin, or in the test file. */
function placeOfSource(path: string, testFile: string): string | { readonly projectRoot: string } {
  const given = settings()
  const isOfPlugin = given !== undefined && 'path' in given.source && given.source.path === path
  return isOfPlugin ? given : testFile
}

function databaseOf(path: string, testFile: string): Template {
  try {
    return databaseTemplate(path)
  } catch (error) {
    // Another kind of file was never meant to be a database.
    const isOther = error instanceof CatalogError && error.code === 'corrupt' && !path.endsWith('.db')
    throw isOther ? noSource(path, testFile) : error
  }
}

function warnOfSlow(path: string, took: number): void {
  console.warn(
    `vitest-deltacat: building ${path} took ${(took / 1000).toFixed(1)} s of this test's time. ` +
      "deltacat({ prebuild: '**/*.deltacat.yaml' }) in the Vitest config builds fixtures before the tests start.",
  )
}

function memoryKey({ source, params }: TemplateRequest): string {
  const what = source.kind === 'empty' ? '' : source.kind === 'inline' ? inlineId(source.fixture) : source.path
  return `${source.kind}\0${what}\0${JSON.stringify(exact(params))}`
}

function inlineId(fixture: object): number {
  let id = inlineIds.get(fixture)
  if (id === undefined) {
    inlineCount += 1
    id = inlineCount
    inlineIds.set(fixture, id)
  }
  return id
}
