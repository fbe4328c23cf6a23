import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { FixtureError } from '../fixtures/fixture-error.ts'
import { nearest } from '../fixtures/suggest.ts'
import { withoutFrames, withPlace } from './frames.ts'
import { placeOf } from './place-of.ts'

const MAX_LISTED = 8
const MAX_LOOKED_AT = 2000
const MAX_DEPTH = 6

/**
 * The error for a source that isn't there: it names the path tried, the fixture of the same or nearly the same name,
 * and those of the package, the nearest first, as who named it would. Its stack leads to the line of the test file.
 *
 * @param named the test file that names it, or the project whose plugin does
 */
export function notFound(path: string, named: string | { readonly projectRoot: string }): FixtureError {
  const byTest = typeof named === 'string'
  const folder = byTest ? dirname(named) : named.projectRoot
  const fixtures = fixturesAround(path, folder)
  const meant = namedLike(path, fixtures)
  const guess = meant === undefined ? '.' : `; did you mean ${JSON.stringify(display(meant, folder))}?`
  const listed = fixtures.slice(0, MAX_LISTED).map((each) => `\n  ${display(each, folder)}`)
  if (fixtures.length > MAX_LISTED) listed.push(`\n  and ${fixtures.length - MAX_LISTED} more`)
  const rule = byTest
    ? "A source's path is relative to the test file."
    : "The path in deltacat({ source }) is relative to the project's root."
  const those = `The fixtures nearby, as ${byTest ? 'this test' : 'that'} would name them:`
  return error(
    `There is no fixture ${path}${guess}\n${rule} ${listed.length > 0 ? those : 'No fixture is near.'}${listed.join('')}`,
    byTest ? placeOf(basename(path), named) : undefined,
  )
}

/** The error for a source that is neither a fixture nor a catalog's file. */
export function noSource(path: string, testFile: string): FixtureError {
  return error(
    `${path} is no source: give the path of a .deltacat.yaml fixture, or of a catalog's .db file.`,
    placeOf(basename(path), testFile),
  )
}

function error(message: string, place: string | undefined): FixtureError {
  return withPlace(withoutFrames(new FixtureError(message, [])), 'source', place)
}

function namedLike(path: string, fixtures: readonly string[]): string | undefined {
  const name = stemOf(path)
  const meant = fixtures.some((each) => stemOf(each) === name) ? name : nearest(name, fixtures.map(stemOf))
  return fixtures.find((each) => stemOf(each) === meant)
}

// The extensions are the same everywhere, and would make any two names alike.
function stemOf(path: string): string {
  return basename(path).replace(/(\.deltacat)?\.\w+$/, '')
}

/** The fixtures near the path and in the test's package: those below the test's folder first, then by the way to go. */
function fixturesAround(path: string, testFolder: string): string[] {
  const found = new Set([...fixturesUnder(dirname(path))])
  for (const folder of foldersUp(testFolder)) for (const each of fixturesUnder(folder)) found.add(each)
  const way = (to: string) => relative(testFolder, to).split(sep)
  const ups = (to: string) => way(to).filter((step) => step === '..').length
  return [...found].sort(
    (a, b) =>
      ups(a) - ups(b) || way(a).length - way(b).length || (display(a, testFolder) < display(b, testFolder) ? -1 : 1),
  )
}

/** The folder and those above it, to the nearest with a package.json; the folder alone where there is none. */
function foldersUp(folder: string): string[] {
  const folders = [folder]
  for (let at = folder; !existsSync(join(at, 'package.json')); at = dirname(at)) {
    if (dirname(at) === at) return [folder]
    folders.push(dirname(at))
  }
  return folders
}

/** Looks at the folders near `folder` before those far below it. */
function fixturesUnder(folder: string): string[] {
  const found: string[] = []
  const folders = [{ at: folder, depth: 0 }]
  let budget = MAX_LOOKED_AT
  for (const { at, depth } of folders) {
    for (const entry of entriesOf(at)) {
      budget -= 1
      if (budget < 0) return found
      const path = join(at, entry.name)
      if (entry.isDirectory()) {
        const isLookedInto = depth < MAX_DEPTH && entry.name !== 'node_modules' && !entry.name.startsWith('.')
        if (isLookedInto) folders.push({ at: path, depth: depth + 1 })
      } else if (/\.deltacat\.ya?ml$|\.db$/.test(entry.name)) found.push(path)
    }
  }
  return found
}

function entriesOf(folder: string): readonly { readonly name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return [] // A folder that isn't there, or can't be read, has no fixtures.
  }
}

function display(path: string, from: string): string {
  const name = relative(from, path).replaceAll(sep, '/')
  return name.startsWith('.') ? name : `./${name}`
}
