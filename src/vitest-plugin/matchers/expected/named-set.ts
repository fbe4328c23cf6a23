import { CatalogError } from '../../../catalog/errors.ts'
import { didYouMean } from '../../../catalog/records/nearest.ts'
import { type ExpectedSet, type FixtureAccessor, fixtureOf } from '../../../fixtures/accessor.ts'
import type { CatalogEntity } from '../receiver.ts'

/** A set of the fixture's `expected`, or its absence. */
export type NamedSet =
  | { readonly found: true; readonly set: ExpectedSet }
  | { readonly found: false; readonly fixture: FixtureAccessor }

/**
 * Looks a set up by its name in the fixture of the catalog that returned the received entity.
 *
 * @throws CatalogError `invalid-argument` where there is no fixture to look in.
 */
export function namedSet(matcher: string, name: string, owner: CatalogEntity | null): NamedSet {
  if (name.trim() === '') {
    throw new CatalogError(
      'invalid-argument',
      `${matcher} was given an empty text; name an expected set of the fixture.`,
    )
  }
  if (owner === null) {
    throw new CatalogError(
      'invalid-argument',
      `${matcher}(${JSON.stringify(name)}) names a record set, but an Arrow table doesn't say of which fixture; pass ` +
        `fixture.expected(${JSON.stringify(name)}).rows.`,
    )
  }
  const fixture = fixtureOf(owner.catalog)
  if (fixture === undefined) {
    throw new CatalogError(
      'invalid-argument',
      `${matcher}(${JSON.stringify(name)}) names a record set, but the catalog wasn't built from a fixture; pass rows or an ` +
        'Arrow table.',
    )
  }
  const found = fixture.index.expected.some((set) => set.name === name)
  return found ? { found, set: fixture.expected(name) } : { found, fixture }
}

/** What is said of a set that isn't there. */
export function unknownSet(name: string, { index }: FixtureAccessor): string {
  const names = index.expected.map((set) => set.name)
  const known = names.length === 0 ? 'it has none' : `it has ${names.map((each) => JSON.stringify(each)).join(', ')}`
  return `the fixture has no expected set ${JSON.stringify(name)}; ${known}${didYouMean(name, names)}`
}
