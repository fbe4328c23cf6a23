import { isAbsolute, relative } from 'node:path'
import type { Vitest } from 'vitest/node'

/** Which test files use which fixture files, as far as the runs so far have shown. */
export interface WatchedFixtures {
  /** Notes the files that the fixtures of a test file were read from. `isWhole` says whether these are all. */
  learn(testFile: string, files: readonly string[], isWhole: boolean): void
}

/** Makes watch mode rerun the tests that use a file of a fixture when it changes, comes or goes. */
export function watchFixtures(vitest: Vitest): WatchedFixtures {
  const filesOf = new Map<string, Set<string>>()
  const users = (file: string): string[] =>
    [...filesOf].filter(([, files]) => files.has(file)).map(([testFile]) => testFile)

  vitest.config.watchTriggerPatterns = [
    ...(vitest.config.watchTriggerPatterns ?? []),
    {
      pattern: /^/,
      // An answer takes the place of Vitest's own, the tests that import the file; no answer leaves that alone.
      testsToRun: (file) => {
        const using = users(slash(file))
        return using.length === 0 ? undefined : [...new Set([...using, ...importers(vitest, slash(file))])]
      },
    },
  ]
  let listens = false
  const listen = (): void => {
    if (listens || !vitest.config.watch) return
    listens = true
    // Vitest reruns nothing for a file that goes. For a fixture that is a change like any other.
    vitest.vite.watcher.on('unlink', (file) => {
      if (users(slash(file)).length > 0) vitest.watcher.onFileChange(file)
    })
  }

  return {
    learn(testFile, paths, isWhole) {
      listen()
      const files = new Set(paths.map(slash))
      // A fixture that could not be read names only the files up to its mistake.
      if (!isWhole) for (const file of filesOf.get(testFile) ?? []) files.add(file)
      filesOf.set(testFile, files)
      if (!vitest.config.watch) return
      const outside = paths.filter((path) => isOutside(vitest.config.root, path))
      if (outside.length > 0) vitest.vite.watcher.add(outside)
    },
  }
}

// The test files that import `file`, by whatever way.
function importers(vitest: Vitest, file: string): string[] {
  const tests = new Set(vitest.state.getFilepaths())
  const seen = new Set<string>()
  const walk = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const project of vitest.projects) {
      for (const { moduleGraph } of Object.values(project.vite.environments)) {
        for (const module of moduleGraph.getModulesByFile(path) ?? []) {
          for (const importer of module.importers) if (importer.file !== null) walk(importer.file)
        }
      }
    }
  }
  walk(file)
  return [...seen].filter((path) => tests.has(path))
}

function isOutside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way.startsWith('..') || isAbsolute(way)
}

function slash(path: string): string {
  return path.replaceAll('\\', '/')
}
