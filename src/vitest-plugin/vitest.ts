import { expect } from 'vitest'
import { matchers } from './matchers/index.ts'
import type { DeltacatMatchers } from './matchers/types.ts'

expect.extend(matchers)

declare module 'vitest' {
  // Without type parameters these merge with both majors: 4 and 5 have different ones, which `Outcome` sees through.
  interface Matchers extends DeltacatMatchers {}
  // Vitest 4 asks for the asymmetric forms separately.
  interface AsymmetricMatchersContaining extends DeltacatMatchers {}
}
