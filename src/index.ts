import type * as Fixtures from './fixtures/index.ts'
import { fixtures } from './fixtures/lazy.ts'

export * from './catalog/index.ts'
export { bindFixture, fixtureOf, openFixture } from './fixtures/accessor.ts'
export { FixtureError } from './fixtures/fixture-error.ts'
export { emptyIndex } from './fixtures/fixture-index.ts'
export { formatDiagnostic, formatDiagnostics } from './fixtures/format.ts'
export type * from './fixtures/index.ts'

// These need packages that are slow to import: a test file that only names an error or a helper of the catalog
// shouldn't wait for them.

/**
 * Reads a fixture.
 *
 * @throws FixtureError with every mistake.
 */
export const loadFixture: typeof Fixtures.loadFixture = (source, options) => fixtures().loadFixture(source, options)

/** Reads a fixture and returns all that is wrong with it, as data. */
export const checkFixture: typeof Fixtures.checkFixture = (source, options) => fixtures().checkFixture(source, options)

/**
 * Reads a fixture and builds it.
 *
 * @throws FixtureError with every mistake.
 */
export const buildFixture: typeof Fixtures.buildFixture = (source, path, options) =>
  fixtures().buildFixture(source, path, options)

/** A catalog as a fixture: building it gives an equal catalog. */
export const dumpCatalog: typeof Fixtures.dumpCatalog = (catalog, options) => fixtures().dumpCatalog(catalog, options)

/** The JSON Schema (draft-07) of a `.deltacat.yaml` file, with descriptions, examples and defaults, for editors. */
export const fixtureJsonSchema: typeof Fixtures.fixtureJsonSchema = () => fixtures().fixtureJsonSchema()
