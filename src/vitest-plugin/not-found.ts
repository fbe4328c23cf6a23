import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { FixtureError } from '../fixtures/fixture-error.ts'
import { nearest } from '../fixtures/suggest.ts'
import { withoutFrames } from './frames.ts'

const MAX_LISTED = 8
const MAX_LOOKED_AT = 2000
const MAX_DEPTH = 6

/**
 * The error for a source that isn't there: it names the path tried, and the fixture of the same or nearly the same name
 * in the test's package, or else those near the path or near the test.
 */
export function notFound(path: string, testFolder: string): FixtureError {
  const near = [...new Set([...fixturesUnder(dirname(path)), ...fixturesUnder(testFolder)])]
  const meant = namedLike(path, [...near, ...fixturesUnder(packageOf(testFolder))])
  const guess = meant === undefined ? '.' : `; did you mean ${JSON.stringify(display(meant, testFolder))}?`
  const listed = near.slice(0, MAX_LISTED).map((each) => `\n  ${display(each, testFolder)}`)
  if (near.length > MAX_LISTED) listed.push(`\n  and ${near.length - MAX_LISTED} more`)
  if (listed.length > 0) listed.unshift(' The fixtures nearby, as this test would name them:')
  const none = near.length === 0 && meant === undefined ? ' No fixture is near.' : ''
  return error(
    `There is no fixture ${path}${guess}\nA source's path is relative to the test file.${none}${listed.join('')}`,
  )
}

/** The error for a source that is neither a fixture nor a catalog's file. */
export function noSource(path: string): FixtureError {
  return error(`${path} is no source: give the path of a .deltacat.yaml fixture, or of a catalog's .db file.`)
}

function error(message: string): FixtureError {
  return withoutFrames(new FixtureError(message, []))
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

function packageOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at
    if (dirname(at) === at) return folder
  }
}

function fixturesUnder(folder: string): string[] {
  const found: string[] = []
  let budget = MAX_LOOKED_AT
  const walk = (at: string, depth: number): void => {
    let entries: { name: string; isDirectory(): boolean }[] = []
    try {
      entries = readdirSync(at, { withFileTypes: true })
    } catch {
      return // A folder that isn't there, or can't be read, has no fixtures.
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      budget -= 1
      if (budget < 0) return
      const path = `${at}${sep}${entry.name}`
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH && entry.name !== 'node_modules' && !entry.name.startsWith('.')) walk(path, depth + 1)
      } else if (/\.deltacat\.ya?ml$|\.db$/.test(entry.name)) found.push(path)
    }
  }
  walk(folder, 0)
  return found
}

function display(path: string, from: string): string {
  const name = relative(from, path).replaceAll(sep, '/')
  return name.startsWith('.') ? name : `./${name}`
}
