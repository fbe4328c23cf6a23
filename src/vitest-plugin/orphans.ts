import { existsSync, readdirSync, rmdirSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { removeFolder } from './folders.ts'

/** Removes what was kept for test files that have been renamed or removed since, and folders that are empty now. */
export function removeOrphans(folder: string, root: string): void {
  if (!existsSync(folder)) return
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (!entry.isDirectory()) continue
      walk(path)
      const holdsCatalogs = readdirSync(path).some((name) => name.endsWith('.db'))
      if (holdsCatalogs && !existsSync(testFileOf(path))) removeFolder(path)
      else if (readdirSync(path).length === 0) rmdirSync(path)
    }
  }
  const testFileOf = (kept: string): string =>
    join(
      root,
      ...relative(folder, kept)
        .split(sep)
        .map((name) => (name === '__' ? '..' : name)),
    )
  walk(folder)
  removeEmpty(folder, folder)
}

/** Removes a folder in `top` that is empty, then those above it that are so then: `top` too, and the one that it is in. */
export function removeEmpty(folder: string, top: string): void {
  const last = dirname(top)
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at)) {
      if (readdirSync(at).length > 0) return
      rmdirSync(at)
    }
    if (at === last) return
  }
}
