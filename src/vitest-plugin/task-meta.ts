import type { RunnerTestFile } from 'vitest'

/** What a test file's task carries from the worker to the plugin's reporter, as plain JSON. */
export interface DeltacatMeta {
  /**
   * Every file that a fixture of its tests was read from, or looked for, by its absolute path: with the hash of its
   * bytes, or `null` where it could not be used.
   */
  files: Record<string, string | null>
}

/** A file that a fixture was read from. */
export interface HashedFile {
  readonly path: string
  readonly hash: string | null
}

const KEY = 'deltacat'

/** Notes that the tests of `file` depend on these files. */
export function rememberFiles(file: RunnerTestFile, files: readonly HashedFile[]): void {
  const meta = metaOf(file.meta) ?? { files: {} }
  for (const { path, hash } of files) meta.files[path] = hash
  // TaskMeta is left alone: a key added to it would show in every project's types.
  Object.assign(file.meta, { [KEY]: meta })
}

/** What a worker has noted in a task's `meta`. */
export function metaOf(meta: object): DeltacatMeta | undefined {
  return (meta as { [KEY]?: DeltacatMeta })[KEY]
}
