import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { JsonValue } from '../catalog/index.ts'
import { type Catalog, openCatalog } from '../catalog/index.ts'
import { emptyIndex, type FixtureIndex, loadFixture } from '../fixtures/index.ts'
import { CliError, type Io } from './io.ts'

/** Options of commands that read a YAML fixture. */
export interface SourceOptions {
  readonly param?: readonly string[]
  readonly root?: string
}

/** A catalog to look at, and what its fixture calls things. */
export interface Opened {
  readonly catalog: Catalog
  readonly index: FixtureIndex
  /** As the user wrote it. */
  readonly path: string
}

/** Whether a path names a YAML file. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path)
}

/** A file that a command reads, as an absolute path. Throws where there is none. */
export function requireFile(io: Io, path: string): string {
  const file = resolve(io.cwd, path)
  if (!existsSync(file)) throw new CliError(`${path} does not exist; correct the path.`)
  if (statSync(file).isDirectory()) throw new CliError(`${path} is a folder; give the path of a file in it.`)
  return file
}

/** Opens a `.db` for reading, or builds a YAML fixture in memory. */
export function openSource(io: Io, path: string, options: SourceOptions): Opened {
  const file = requireFile(io, path)
  if (!isYaml(path)) return { catalog: openCatalog(file, { readonly: true }), index: emptyIndex, path }
  const fixture = loadFixture(file, loadOptions(io, options))
  return { catalog: fixture.build(':memory:'), index: fixture.index, path }
}

/** What a fixture is read with. */
export function loadOptions(
  io: Io,
  { param = [], root }: SourceOptions,
): {
  readonly params: Readonly<Record<string, JsonValue>>
  readonly root?: string
} {
  const params = Object.fromEntries(param.map(parseParam))
  return root === undefined ? { params } : { params, root: resolve(io.cwd, root) }
}

/** `name=value`, the value as JSON where it is JSON, else as text. */
function parseParam(text: string): readonly [string, JsonValue] {
  const at = text.indexOf('=')
  if (at <= 0) throw new CliError(`--param "${text}" has no "=": write --param name=value.`, 2)
  const value = text.slice(at + 1)
  try {
    return [text.slice(0, at), JSON.parse(value) as JsonValue]
  } catch {
    return [text.slice(0, at), value]
  }
}
