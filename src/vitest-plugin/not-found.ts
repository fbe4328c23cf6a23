import { readdirSync } from 'node:fs'
import { basename, dirname, relative, sep } from 'node:path'
import { FixtureError } from '../fixtures/fixture-error.ts'
import { nearest } from '../fixtures/suggest.ts'
import { withoutFrames } from './frames.ts'

const MAX_LISTED = 8
const MAX_LOOKED_AT = 2000
const MAX_DEPTH = 4

/** The error for a source that isn't there: it names the path tried, and the fixtures near it or near the test. */
export function notFound(path: string, testFolder: string): FixtureError {
  const near = [...new Set([...fixturesUnder(dirname(path)), ...fixturesUnder(testFolder)])]
  const names = near.map((each) => display(each, testFolder))
  const meant = nearest(
    basename(path),
    near.map((each) => basename(each)),
  )
  const guess = near.find((each) => basename(each) === meant)
  const listed = names.slice(0, MAX_LISTED).map((each) => `\n  ${each}`)
  const more = names.length > MAX_LISTED ? `\n  and ${names.length - MAX_LISTED} more` : ''
  const message = [
    `There is no fixture ${path}`,
    guess === undefined ? '' : `; did you mean ${JSON.stringify(display(guess, testFolder))}?`,
    names.length === 0 ? '.' : '',
    `\nA source's path is relative to the test file. `,
    names.length === 0 ? 'No fixture is near.' : 'The fixtures nearby, as this test would name them:',
    ...listed,
    more,
  ].join('')
  return withoutFrames(new FixtureError(message, []))
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
