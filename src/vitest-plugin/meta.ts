import type { RunnerTestFile } from 'vitest'

/** What a test file's task carries from the worker to the plugin's reporter, as plain JSON. */
export interface DeltacatMeta {
  /** Every file that a fixture of its tests was read from, or looked for. Absolute. */
  files: string[]
}

const KEY = 'deltacat'

/** Notes that the tests of `file` depend on `paths`. */
export function rememberFiles(file: RunnerTestFile, paths: readonly string[]): void {
  const meta = metaOf(file.meta) ?? { files: [] }
  for (const path of paths) if (!meta.files.includes(path)) meta.files.push(path)
  // TaskMeta is left alone: a key added to it would show in every project's types.
  Object.assign(file.meta, { [KEY]: meta })
}

/** What a worker has noted in a task's `meta`. */
export function metaOf(meta: object): DeltacatMeta | undefined {
  return (meta as { [KEY]?: DeltacatMeta })[KEY]
}
