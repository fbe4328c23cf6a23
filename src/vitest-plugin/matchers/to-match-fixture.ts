import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Catalog, openCatalog } from '../../catalog/catalog.ts'
import { CatalogError } from '../../catalog/errors.ts'
import { shown } from '../../catalog/records/invalid.ts'
import { fixtureOf } from '../../fixtures/accessor.ts'
import { fixtures } from '../../fixtures/lazy.ts'
import type { Fixture } from '../../fixtures/shape.ts'
import { urlOf } from '../../fixtures/source-url.ts'
import { notFound } from '../not-found.ts'
import type { MatcherContext, MatcherResult } from './context.ts'
import { isAsymmetricCall } from './context.ts'
import { failureMessage } from './message/failure-message.ts'
import type { Frame } from './message/layout.ts'
import { toldApart, visible } from './message/told-apart.ts'
import { checkFlag, checkNames } from './options.ts'
import { compareOutlines, type OutlineDifference } from './outline/compare-outlines.ts'
import { outlineCatalog } from './outline/outline.ts'
import { isCatalog } from './receiver.ts'
import type { MatchFixtureOptions } from './types.ts'

/** How many lines of details and places a failure shows. */
const DETAILS = 40
const FRAMES = 3

/** See {@link DeltacatMatchers.toMatchFixture}. */
export function toMatchFixture(
  this: MatcherContext,
  received: unknown,
  source: string | URL | Fixture,
  options: MatchFixtureOptions = {},
): MatcherResult {
  checkNames('toMatchFixture', options, ['ids', 'positions', 'params'])
  checkFlag('toMatchFixture', 'ids', options.ids)
  checkFlag('toMatchFixture', 'positions', options.positions)
  if (!isCatalog(received)) {
    const error = new CatalogError(
      'invalid-argument',
      `toMatchFixture needs a catalog, not ${shown(received)}; records are compared with toHaveRecords.`,
    )
    if (!isAsymmetricCall(this)) throw error
    return { pass: this.isNot, message: () => error.message }
  }
  const expected = build(source, this.testPath, options)
  try {
    const normalise = { ids: options.ids === true, positions: options.positions === true }
    const difference = compareOutlines(outlineCatalog(received, normalise), outlineCatalog(expected, normalise))
    const name = typeof source === 'string' ? source : (urlOf(source)?.pathname ?? 'the inline fixture')
    if (difference.details.length === 0) {
      return { pass: true, message: () => `the catalog equals ${name}, and should not` }
    }
    return failed(received, difference, name, expected)
  } finally {
    expected.close()
  }
}

function failed(received: Catalog, difference: OutlineDifference, name: string, expected: Catalog): MatcherResult {
  const fixture = fixtureOf(expected)
  const frames = difference.entities.flatMap((entity): Frame[] => {
    const place = fixture?.sourceOf(entity)
    return place === undefined ? [] : [{ name: place.path, ...place.at }]
  })
  const left = difference.details.length - DETAILS
  const details = [
    ...difference.details.slice(0, DETAILS).map(visible),
    ...(left > 0 ? [`… and ${left} more lines`] : []),
  ]
  const failure = { headline: `the catalog differs from ${name}`, details, differences: difference.differences }
  const message = failureMessage(received, failure, frames.slice(0, FRAMES), { moreDifferences: difference.left })
  const [actual, lines] = [difference.actual, difference.expected].map((side) => side.map(visible))
  const tell = toldApart([...actual!, ...lines!])
  const text = (side: readonly string[]) => side.map(tell).join('\n')
  return { pass: false, message, actual: text(actual!), expected: text(lines!) }
}

/**
 * Builds the fixture in memory.
 *
 * @throws FixtureError where there is no such file, or with every mistake of the fixture.
 */
function build(source: string | URL | Fixture, testPath: string | undefined, { params }: MatchFixtureOptions): Catalog {
  const folder = testPath === undefined ? process.cwd() : dirname(testPath)
  const url = urlOf(source)
  const path = url !== null ? fileURLToPath(url.href) : typeof source === 'string' ? resolve(folder, source) : null
  if (path !== null && !existsSync(path)) throw notFound(path, testPath ?? join(folder, 'test'))
  if (path?.endsWith('.db')) return openCatalog(path, { readonly: true })
  return fixtures()
    .loadFixture(path ?? (source as Fixture), { baseDir: folder, ...(params === undefined ? {} : { params }) })
    .build(':memory:')
}
