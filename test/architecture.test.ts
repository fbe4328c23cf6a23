import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Every module that a file names: imports, re-exports, dynamic imports and types of `import('…')`. */
function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  const specifiers = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g)
  return Array.from(specifiers, (match) => match[2] as string)
}

interface SourceFile {
  readonly path: string
  readonly local: readonly string[]
  readonly external: readonly string[]
}

const files: readonly SourceFile[] = globSync('src/**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => {
    const all = importsOf(readFileSync(join(root, path), 'utf8'))
    const local = all
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => relative(root, join(root, dirname(path), specifier)).replaceAll('\\', '/'))
    return { path, local, external: all.filter((specifier) => !specifier.startsWith('.')) }
  })

/** The floor that a file stands on, from the ground up. */
const floors: readonly (readonly [name: string, pattern: RegExp, mayUse: readonly string[]])[] = [
  ['doors', /^src\/door\//, []],
  ['errors', /^src\/catalog\/errors\.ts$/, []],
  ['model', /^src\/catalog\/model\//, ['doors', 'errors']],
  ['store', /^src\/catalog\/store\//, ['errors', 'model']],
  ['records', /^src\/catalog\/records\//, ['doors', 'errors', 'model']],
  ['catalog', /^src\/catalog\/(catalog|index)\.ts$/, ['doors', 'errors', 'model', 'store', 'records', 'entities']],
  ['entities', /^src\/catalog\/[\w-]+\.ts$/, ['doors', 'errors', 'model', 'store', 'records']],
  ['fixtures', /^src\/fixtures\//, ['doors', 'errors', 'model', 'records', 'catalog']],
  ['package', /^src\/index\.ts$/, ['catalog', 'fixtures']],
  ['vitest-plugin', /^src\/vitest-plugin\//, ['doors', 'errors', 'model', 'records', 'catalog', 'fixtures']],
  ['inspector', /^src\/inspector\//, ['errors', 'model', 'records', 'catalog', 'fixtures']],
  ['cli', /^src\/cli\//, ['errors', 'model', 'records', 'catalog', 'fixtures', 'inspector']],
  ['types', /^src\/yaml\.d\.ts$/, ['fixtures']],
]

function floorOf(path: string): string {
  return floors.find(([, pattern]) => pattern.test(path))?.[0] ?? `(no floor for ${path})`
}

/** Arrows that the table above forbids, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  'src/vitest-plugin/plugin.ts -> src/inspector/index.ts': 'a failed run has a report, for which it is loaded then',
  'src/inspector/verify/rows.ts -> src/catalog/store/database.ts': 'verify reads the rows that a catalog refuses',
}

describe('the house', () => {
  it('holds no file outside its floors', () => {
    expect(files.filter((file) => floorOf(file.path).startsWith('('))).toEqual([])
  })

  it('has arrows in one direction only, type imports included', () => {
    const forbidden = files.flatMap((file) =>
      file.local
        .filter((target) => {
          const from = floorOf(file.path)
          const to = floorOf(target)
          const mayUse = floors.find(([name]) => name === from)?.[2] ?? []
          return from !== to && !mayUse.includes(to)
        })
        .map((target) => `${file.path} -> ${target}`),
    )
    expect(forbidden.filter((arrow) => !(arrow in exceptions))).toEqual([])
    expect(Object.keys(exceptions).filter((arrow) => !forbidden.includes(arrow))).toEqual([])
  })

  it('has no cycle', () => {
    const byPath = new Map(files.map((file) => [file.path, file]))
    const done = new Set<string>()
    const cycles: string[] = []
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
        return
      }
      if (done.has(path)) return
      for (const target of byPath.get(path)?.local ?? []) walk(target, [...trail, path])
      done.add(path)
    }
    for (const file of files) walk(file.path, [])
    expect(cycles).toEqual([])
  })

  it('names only files that exist', () => {
    const known = new Set(files.map((file) => file.path))
    const missing = files.flatMap((file) =>
      file.local.filter((target) => !known.has(target)).map((target) => `${file.path} -> ${target}`),
    )
    expect(missing).toEqual([])
  })

  it('lets only the loader of fixtures touch the file system', () => {
    const touching = files
      .filter((file) => file.path.startsWith('src/fixtures/'))
      .filter((file) => file.external.some((name) => /^(node:)?fs(\/promises)?$/.test(name)))
    expect(touching.map((file) => file.path)).toEqual(['src/fixtures/load-files.ts', 'src/fixtures/load-root.ts'])
  })

  it('lets only the ends of a fixture see a catalog: what builds, dumps, or finds in one', () => {
    const whole = new Set(['catalog', 'entities', 'store'])
    const seeing = files
      .filter((file) => file.path.startsWith('src/fixtures/'))
      .filter((file) => file.local.some((target) => whole.has(floorOf(target))))
      .map((file) => file.path)
    const ends = /^src\/fixtures\/(accessor|build|dump|load)(-\w+|\/[\w-]+)?\.ts$/
    expect(seeing.filter((path) => !ends.test(path))).toEqual([])
  })

  it('keeps heavy packages where they belong', () => {
    const homes: readonly (readonly [name: string, home: RegExp])[] = [
      ['better-sqlite3', /^src\/catalog\/store\//],
      ['apache-arrow', /^src\/(catalog|fixtures|vitest-plugin|inspector|cli)\//],
      ['parquet-wasm', /^src\/catalog\/records\//],
      ['csv-parse', /^src\/(catalog\/records|fixtures)\//],
      ['yaml', /^src\/(fixtures|vitest-plugin)\//],
      ['zod', /^src\/fixtures\//],
      ['commander', /^src\/cli\//],
      ['tmp-promise', /^src\/vitest-plugin\//],
    ]
    const strays = files.flatMap((file) =>
      file.external
        .filter((name) => homes.some(([start, home]) => name.split('/')[0] === start && !home.test(file.path)))
        .map((name) => `${file.path} -> ${name}`),
    )
    expect(strays).toEqual([])
  })

  it('has files of at most 300 lines', () => {
    const long = files
      .map((file) => [file.path, readFileSync(join(root, file.path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300)
    expect(long).toEqual([])
  })
})
