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
  if (readdirSync(folder).length === 0) {
    rmdirSync(folder)
    if (readdirSync(dirname(folder)).length === 0) rmdirSync(dirname(folder))
  }
}
