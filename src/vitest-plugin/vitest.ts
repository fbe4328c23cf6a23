import { beforeAll, expect } from 'vitest'
import { canRequireModules, importFixtures } from '../fixtures/lazy.ts'
import { catalogSerializer, matchers } from './matchers/index.ts'
import type { DeltacatMatchers } from './matchers/types.ts'
import { collectUpdates } from './matchers/update.ts'
import { settings } from './settings.ts'

expect.extend(matchers)
expect.addSnapshotSerializer(catalogSerializer)
// The plugin's reporter writes what they find in place of a fixture's named sets.
if (settings() !== undefined) collectUpdates()
if (!canRequireModules()) beforeAll(importFixtures)

declare module 'vitest' {
  // Without type parameters these merge with both majors: 4 and 5 have different ones, which `Outcome` sees through.
  interface Matchers extends DeltacatMatchers {}
  // Vitest 4 asks for the asymmetric forms separately.
  interface AsymmetricMatchersContaining extends DeltacatMatchers {}
}
