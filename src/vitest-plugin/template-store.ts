import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from '../door/crypto.ts'
import { exact } from '../fixtures/exact.ts'
import type { HashedFile } from './task-meta.ts'
import type { BuiltTemplate, Template, TemplateRequest } from './template.ts'
import { buildTemplate, isCurrent } from './template.ts'
import { writeWhole } from './write-whole.ts'

// Raised with every change of what a sidecar holds: two versions of this package can meet in one run.
const FORMAT = 1
const PATIENCE_MS = 60_000

type Sidecar = Pick<BuiltTemplate, 'hash' | 'files' | 'index'>

/**
 * The template of a fixture, from `folder`, where all workers of a run share theirs: the first to ask builds it, the
 * others read its bytes and its sidecar. Writes are whole or not at all (a rename), so that nobody reads half of one.
 * `remember` gets the fixture's files, also where it has mistakes.
 *
 * @throws FixtureError with every mistake of the fixture.
 */
export async function storedTemplate(
  folder: string,
  request: TemplateRequest,
  remember: (files: readonly HashedFile[]) => void,
): Promise<Template & { readonly built: boolean }> {
  const key = keyOf(request)
  const found = read(folder, key)
  if (found !== undefined) return reused(found, remember)
  const unlock = await lock(join(folder, `${key}.lock`), () => read(folder, key) !== undefined)
  try {
    const foundMeanwhile = read(folder, key)
    if (foundMeanwhile !== undefined) return reused(foundMeanwhile, remember)
    const template = await buildTemplate(request, remember)
    write(folder, key, template)
    return { ...toTemplate(template, template.bytes), built: true }
  } finally {
    unlock()
  }
}

function reused(template: Template, remember: (files: readonly HashedFile[]) => void) {
  remember(template.files)
  return { ...template, built: false }
}

/** The folder of `runFolder` that {@link storedTemplate} uses. */
export function templateFolder(runFolder: string): string {
  const folder = join(runFolder, 'templates')
  try {
    mkdirSync(folder)
  } catch (error) {
    // Not `recursive`: a run folder that is gone was removed at the run's end, and nobody would remove a new one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return folder
}

function keyOf({ source, params, root }: TemplateRequest): string {
  const what = [FORMAT, source, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)), root]
  return createHash('sha256')
    .update(JSON.stringify(exact(what)))
    .digest('hex')
    .slice(0, 32)
}

function read(folder: string, key: string): Template | undefined {
  try {
    const sidecar = JSON.parse(readFileSync(join(folder, `${key}.json`), 'utf8')) as Sidecar
    if (!isCurrent(sidecar.files)) return undefined
    return toTemplate(sidecar, readFileSync(join(folder, `${sidecar.hash}.db`)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function write(folder: string, key: string, template: BuiltTemplate): void {
  const { bytes, ...sidecar } = template
  const database = join(folder, `${template.hash}.db`)
  if (!existsSync(database)) writeWhole(database, bytes)
  writeWhole(join(folder, `${key}.json`), JSON.stringify(sidecar))
}

function toTemplate({ files, index }: Sidecar, bytes: Buffer): Template {
  return { bytes, index, files }
}

/**
 * Waits for its turn to build. A folder is the lock, as making one succeeds for one worker alone. Who holds it may have
 * died: after {@link PATIENCE_MS} the others go on without it, since two that build the same write the same.
 */
async function lock(path: string, isDone: () => boolean): Promise<() => void> {
  const { setTimeout: sleep } = process.getBuiltinModule('node:timers/promises')
  for (let waited = 0; waited < PATIENCE_MS; waited += 10) {
    try {
      mkdirSync(path)
      return () => rmdirSync(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    await sleep(10)
    if (isDone()) break
    const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (since !== undefined && Date.now() - since > PATIENCE_MS) break
  }
  return () => {}
}
