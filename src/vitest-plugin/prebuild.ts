import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Params, ResolvedSource } from './source.ts'
import { storedTemplate, templateFolder } from './template-store.ts'

/** The fixtures that one project wants built before its tests start. */
export interface PrebuildRequest {
  readonly globs: readonly string[]
  /** Globs are relative to it. */
  readonly cwd: string
  /** The project's own source, and its parameters. */
  readonly source: ResolvedSource
  readonly params: Params
}

/**
 * Builds the templates of all fixtures that match. One with a mistake is left out: the tests that use it fail with the
 * whole message, and no other test does. Returns the globs that match nothing in any project that has them.
 */
export async function prebuild(
  runFolder: string,
  root: string,
  requests: readonly PrebuildRequest[],
): Promise<readonly string[]> {
  const matching = new Set<string>()
  for (const { globs, cwd, source: own, params } of requests) {
    const paths = globs.flatMap((glob) => {
      const found = globSync(glob, { cwd, exclude: (name) => name === 'node_modules' || name === '.git' })
      if (found.length > 0) matching.add(glob)
      return found
    })
    for (const path of [...new Set(paths)].sort()) {
      const source = { kind: 'yaml', path: resolve(cwd, path) } as const
      const request = { source, params: own.kind === 'yaml' && own.path === source.path ? params : {}, root }
      await storedTemplate(templateFolder(runFolder), request, () => {}).catch(() => undefined)
    }
  }
  return [...new Set(requests.flatMap(({ globs }) => globs))].filter((glob) => !matching.has(glob))
}
