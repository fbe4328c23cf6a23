import type { Catalog } from '../../catalog/index.ts'
import type { FixtureIndex } from '../../fixtures/index.ts'
import type { Hierarchy } from '../hierarchy.ts'

/** One of the two catalogs. */
export interface DiffSide {
  readonly catalog: Catalog
  readonly index: FixtureIndex
}

/** What two catalogs share, down to what is compared. */
export interface Compared {
  readonly a: DiffSide & { readonly hierarchy: Hierarchy }
  readonly b: DiffSide & { readonly hierarchy: Hierarchy }
  readonly ids: boolean
  readonly step: () => void
}
