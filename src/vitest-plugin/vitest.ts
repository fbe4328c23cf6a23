import { beforeAll, expect } from 'vitest'
import { hasOwnModules, openDoors } from '../door/door.ts'
import { collectUpdates } from './matchers/collect-updates.ts'
import { catalogSerializer, matchers } from './matchers/late.ts'
import type { DeltacatMatchers } from './matchers/types.ts'
import { settings } from './settings.ts'

expect.extend(matchers)
expect.addSnapshotSerializer(catalogSerializer)
// The plugin's reporter writes what they find in place of a fixture's named sets.
if (settings() !== undefined) collectUpdates()
if (!hasOwnModules()) beforeAll(openDoors)

declare module 'vitest' {
  // Without type parameters these merge with both majors: 4 and 5 have different ones, which `Outcome` sees through.
  interface Matchers extends DeltacatMatchers {}
  // Vitest 4 asks for the asymmetric forms separately.
  interface AsymmetricMatchersContaining extends DeltacatMatchers {}
}
