import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { openCatalog } from '../catalog/catalog.ts'
import { fixtureError } from '../fixtures/fixture-error.ts'
import { emptyIndex, type FixtureIndex } from '../fixtures/fixture-index.ts'
import { fixtureRoot } from './fixture-root.ts'
import { withoutFrames } from './frames.ts'
import { hashOf } from './hash.ts'
import type { Params, ResolvedSource } from './source.ts'
import type { HashedFile } from './task-meta.ts'

/** A catalog as it is before a test: the bytes of its `.db`, and what the fixture says of them. */
export interface Template {
  readonly bytes: Buffer
  readonly index: FixtureIndex
  /** Every file it was made from, absolute, the source first. */
  readonly files: readonly HashedFile[]
}

/** What a template is made from, and how. */
export interface TemplateRequest {
  readonly source: ResolvedSource
  readonly params: Params
  /** Vitest's root, which {@link fixtureRoot} starts from; `undefined` without the plugin. */
  readonly root: string | undefined
}

/** A template with the hashes of its files, as its sidecar keeps them. */
export interface BuiltTemplate {
  /** The hash of all that the bytes depend on. */
  readonly hash: string
  readonly files: readonly { readonly path: string; readonly hash: string }[]
  readonly index: FixtureIndex
  readonly bytes: Buffer
}

/** The template of a test without a source: an empty catalog. */
export function emptyTemplate(): Template {
  const catalog = openCatalog(':memory:')
  try {
    return { bytes: catalog.serialize(), index: emptyIndex, files: [] }
  } finally {
    catalog.close()
  }
}

/** The template of a `.db` file, as it is now. */
export function databaseTemplate(path: string): Template {
  // SQLite reads it: the file may have a journal, and reading its bytes here would drop the locks of whoever has it open.
  const catalog = openCatalog(path, { readonly: true })
  try {
    const bytes = catalog.serialize()
    // Files of earlier tests hold ids from the same generator: this one must not begin where they did.
    let seed: string | undefined
    const ids = {
      get seed() {
        seed ??= hashOf(bytes)
        return seed
      },
    }
    return { bytes, index: { ...emptyIndex, ids }, files: [{ path, hash: null }] }
  } finally {
    catalog.close()
  }
}

/**
 * Builds the template of a fixture. The reader of YAML is loaded here and nowhere else in a worker. `remember` gets the
 * fixture's files, as far as they are known, also where it has mistakes.
 *
 * @throws FixtureError with every mistake of the fixture.
 */
export async function buildTemplate(
  { source, params, root }: TemplateRequest,
  remember: (files: readonly HashedFile[]) => void,
): Promise<BuiltTemplate> {
  const { checkFixture } = await import('../fixtures/load.ts')
  const inline = source.kind === 'inline'
  const { path } = source as { path: string }
  const folder = inline ? source.baseDir : dirname(path)
  const options = { params, root: root === undefined ? root : fixtureRoot(folder, root), baseDir: folder }
  const { loaded, files, diagnostics } = checkFixture(inline ? source.fixture : path, options)
  remember(files)
  if (loaded === undefined) {
    throw withoutFrames(
      fixtureError(inline ? 'the inline fixture' : files[0]!.path, diagnostics, root ?? process.cwd()),
    )
  }
  const catalog = loaded.build()
  try {
    return { hash: loaded.hash, files, index: loaded.index, bytes: catalog.serialize() }
  } finally {
    catalog.close()
  }
}

/** Whether none of `files` has changed since it was hashed. */
export function isCurrent(files: BuiltTemplate['files']): boolean {
  return files.every(({ path, hash }) => {
    try {
      return hashOf(readFileSync(path)) === hash
    } catch {
      return false
    }
  })
}
