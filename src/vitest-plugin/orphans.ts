import { type Dirent, existsSync, readdirSync, rmdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { removeFolder } from './folders.ts'
import { testFileOf } from './kept.ts'

/** Removes what was kept for test files that have been renamed or removed since, and folders that are empty now. */
export function removeOrphans(folder: string, root: string): void {
  if (!existsSync(folder)) return
  const walk = (at: string): void => {
    for (const entry of entriesOf(at)) {
      const path = join(at, entry.name)
      if (!entry.isDirectory()) continue
      walk(path)
      const holdsCatalogs = entriesOf(path).some(({ name }) => name.endsWith('.db'))
      if (holdsCatalogs && !existsSync(testFileOf(folder, root, path))) removeFolder(path)
      else removeIfEmpty(path)
    }
  }
  walk(folder)
  removeEmpty(folder, folder)
}

/** Removes a folder in `top` that is empty, then those above it that are so then: `top` too, and the one that it is in. */
export function removeEmpty(folder: string, top: string): void {
  const last = dirname(top)
  for (let at = folder; ; at = dirname(at)) {
    if (!removeIfEmpty(at) || at === last) return
  }
}

// Another run may keep and remove catalogs here at the same time: one in the editor, or another shard.

/** Whether the folder is gone. */
function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return true
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
