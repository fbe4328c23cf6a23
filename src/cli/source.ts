import { existsSync, globSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Catalog, openCatalog } from '../catalog/index.ts'
import { type FixtureIndex, loadFixture } from '../fixtures/index.ts'
import { paramNames } from '../fixtures/param-names.ts'
import { readFailure } from '../inspector/failure.ts'
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

/** Whether a file is named as imported fixtures are. */
export function isFixtureName(path: string): boolean {
  return /\.deltacat\.ya?ml$/.test(path)
}

/** Refuses the options of fixtures where no source is one: nothing would come of them. */
export function refuseUnused(paths: readonly string[], { param, root }: SourceOptions): void {
  const name = param !== undefined ? '--param' : root !== undefined ? '--root' : null
  if (name === null || paths.some(isYaml)) return
  const none = paths.length === 1 ? `${paths[0]} is none` : `none of ${paths.join(', ')} is one`
  throw new CliError(`${name} is for fixtures, and ${none}; leave it out.`, 2)
}

/** A file that a command reads, as an absolute path. Throws where there is none. */
export function requireFile(io: Io, path: string): string {
  const file = resolve(io.cwd, path)
  if (!existsSync(file)) throw new CliError(`${path} does not exist; correct the path.`)
  if (statSync(file).isDirectory()) throw new CliError(`${path} is a folder; give the path of a file in it.`)
  return file
}

/**
 * The files that some paths and patterns name, each once. What is there is a path, whatever its name. Throws where a
 * pattern matches nothing.
 */
export function expandFiles(io: Io, patterns: readonly string[]): readonly string[] {
  const files = patterns.flatMap((pattern) => {
    if (!/[*?[\]{}]/.test(pattern) || existsSync(resolve(io.cwd, pattern))) return [pattern]
    const found = globSync(pattern, { cwd: io.cwd, exclude: (name) => name === 'node_modules' }).sort()
    if (found.length === 0) throw new CliError(`No file matches ${pattern}; correct the pattern.`)
    return found
  })
  return [...new Set(files)]
}

/**
 * Opens a `.db` for reading, or builds a YAML fixture in memory. What a failed test left beside a `.db` says what its
 * fixture calls things, as the test's messages do.
 */
export function openSource(io: Io, path: string, options: SourceOptions): Opened {
  const file = requireFile(io, path)
  if (!isYaml(path)) return { catalog: openCatalog(file, { readonly: true }), index: readFailure(file).index, path }
  const fixture = loadFixture(file, loadOptions(io, options))
  return { catalog: fixture.build(':memory:'), index: fixture.index, path }
}

/**
 * The options of each of several sources: a fixture gets the parameters that it declares. One that none of them declares
 * goes to all, so that each says what it has instead.
 */
export function optionsFor<Options extends SourceOptions>(
  io: Io,
  paths: readonly string[],
  options: Options,
): (path: string) => Options {
  const given = options.param ?? []
  const fixtures = paths.filter(isYaml)
  if (given.length === 0 || fixtures.length < 2) return () => options
  const declared = new Map(fixtures.map((path) => [path, paramNames(resolve(io.cwd, path))]))
  const known = new Set([...declared.values()].flatMap((names) => names ?? []))
  return (path) => {
    const own = declared.get(path)
    if (!own) return options
    const param = given.filter((text) => {
      const name = text.split('=', 1)[0] as string
      return own.includes(name) || !known.has(name)
    })
    return { ...options, param }
  }
}

/** What a fixture is read with. */
export function loadOptions(
  io: Io,
  { param = [], root }: SourceOptions,
): {
  readonly paramTexts: Readonly<Record<string, string>>
  readonly root?: string
} {
  const paramTexts = Object.fromEntries(param.map(parseParam))
  return root === undefined ? { paramTexts } : { paramTexts, root: resolve(io.cwd, root) }
}

/** `name=value`. The fixture reads the value from its text, as it reads a YAML scalar: no digit is lost. */
function parseParam(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at <= 0) throw new CliError(`--param "${text}" has no "=": write --param name=value.`, 2)
  return [text.slice(0, at), text.slice(at + 1)]
}
