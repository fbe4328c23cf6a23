import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { RunnerTestCase, RunnerTestFile } from 'vitest'
import { createHash } from '../door/crypto.ts'
import type { FixtureIndex } from '../fixtures/fixture-index.ts'
import { findingsOf, withoutColour } from './findings.ts'

const LONGEST_SLUG = 60
/** What file systems take of a name is counted in bytes: 255, of which the endings need some. */
const MOST_BYTES = 180

/** The folder for the kept catalogs of a run, under Vitest's root. */
export function keptFolder(root: string): string {
  return join(root, '.vitest', 'deltacat')
}

/** The folder in it for those of one test file. */
export function keptFolderOf(folder: string, root: string, testFile: string): string {
  // A test file outside the root must not lead outside of the folder. What is really called so gets one line more.
  const segments = relative(root, testFile).split(sep)
  return join(folder, ...segments.map((each) => (each === '..' ? '__' : each.replace(/^__+$/, '$&_'))))
}

/** The test file that {@link keptFolderOf} returned this folder for. */
export function testFileOf(folder: string, root: string, kept: string): string {
  const segments = relative(folder, kept).split(sep)
  return join(root, ...segments.map((each) => (each === '__' ? '..' : each.replace(/^(__+)_$/, '$1'))))
}

/** The path under which the catalog of a failed attempt is kept: the same in every run. */
export function keptPath(folder: string, root: string, task: RunnerTestCase, attempt: number): string {
  const id = createHash('sha256').update(task.id).digest('hex').slice(0, 8)
  const name = `${slugOf(nameOf(task))}-${id}-${attempt}.db`
  return join(keptFolderOf(folder, root, task.file.filepath), name)
}

/** What is known of a failed attempt. */
export interface Failure {
  readonly task: RunnerTestCase
  readonly index: FixtureIndex
  readonly errors: readonly { readonly message: string }[]
}

/** Copies a closed catalog to `path`, and writes what is known of the failure beside it. */
export function keep(catalog: { readonly path: string }, path: string, { task, index, errors }: Failure): void {
  copyInto(catalog.path, path)
  const failure = {
    test: nameOf(task),
    file: task.file.name,
    errors: errors.map(({ message }) => ({ message: withoutColour(message), ...findingsOf(catalog, message) })),
    index,
  }
  writeFileSync(failurePath(path), JSON.stringify(failure))
}

/** Copies a file into a folder, which is made, again where another run removes it as empty at that moment. */
function copyInto(from: string, to: string): void {
  for (let again = 3; ; again -= 1) {
    try {
      mkdirSync(dirname(to), { recursive: true })
      copyFileSync(from, to)
      return
    } catch (error) {
      if (again === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

/** Removes what {@link keep} has written. */
export function forget(path: string): void {
  rmSync(path, { force: true })
  rmSync(failurePath(path), { force: true })
}

/** The root that a worker without the plugin keeps below: the test file's path without its name. */
export function rootOf(file: RunnerTestFile): string {
  const name = file.name.replaceAll('/', sep)
  return file.filepath.endsWith(name) ? file.filepath.slice(0, -name.length - 1) : dirname(file.filepath)
}

function failurePath(path: string): string {
  return `${path.slice(0, -'.db'.length)}.failure.json`
}

function nameOf(task: RunnerTestCase): string {
  const names = [task.name]
  for (let suite = task.suite; suite !== undefined; suite = suite.suite) names.unshift(suite.name)
  return names.filter((name) => name !== '').join(' > ')
}

function slugOf(name: string): string {
  const characters = [...name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')].slice(0, LONGEST_SLUG)
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES) characters.pop()
  return characters.join('').replaceAll(/^-+|-+$/g, '') || 'test'
}
