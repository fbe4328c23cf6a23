import { isInside } from '../fixtures/confine.ts'
import { workspaceRoot } from '../fixtures/load-root.ts'

/**
 * The folder that the files of a fixture in `folder` must be in: Vitest's root, or the fixture's own workspace where that
 * is higher or elsewhere. So a run in one package finds what a run of all packages finds.
 */
export function fixtureRoot(folder: string, vitestRoot: string): string {
  const own = workspaceRoot(folder)
  return isInside(vitestRoot, own) ? vitestRoot : own
}
