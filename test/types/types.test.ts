import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const modules = join(root, 'node_modules')

const compilers = {
  7: join(modules, 'typescript'),
  5.9: join(import.meta.dirname, 'typescript5/node_modules/typescript'),
}
const majors = { 5: [modules], 4: [modules, join(root, 'test/vitest-plugin/vitest4/node_modules')] }

// Packages whose declarations Vitest or Vite would load if they are there, and that have mistakes of their own.
const leftOut = ['vitest-deltacat', 'happy-dom', 'vitest4-for-the-suite', 'typescript5-for-the-suite']

const homes = Object.fromEntries(Object.entries(majors).map(([major, folders]) => [major, makeHome(major, folders)]))

afterAll(() => {
  for (const home of Object.values(homes)) rmSync(home, { recursive: true })
})

describe.for(Object.keys(majors))('the types beside Vitest %s', (major) => {
  it.for([
    [7, 'nodenext'],
    [7, 'bundler'],
    [5.9, 'nodenext'],
  ] as const)('compile with TypeScript %s as %s, libraries checked', ([compiler, resolution]) => {
    expect(compile(homes[major]!, compilers[compiler], resolution)).toBe('')
  })
})

function compile(home: string, compiler: string, resolution: string): string {
  const project = join(home, 'project')
  const module = resolution === 'bundler' ? 'esnext' : 'nodenext'
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2024', 'dom', 'esnext.disposable'],
    module,
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    allowArbitraryExtensions: true,
    skipLibCheck: false,
    noEmit: true,
    preserveSymlinks: true,
    types: ['node'],
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['cases'] }))
  try {
    execFileSync(process.execPath, [join(compiler, 'bin/tsc'), '-p', project, '--pretty', 'false'], {
      encoding: 'utf8',
    })
    return ''
  } catch (error) {
    return (error as { stdout: string }).stdout.replaceAll(home, '')
  }
}

// A folder whose node_modules has the built package, and the packages of `folders`, the later before the earlier.
function makeHome(major: string, folders: readonly string[]): string {
  const home = mkdtempSync(join(tmpdir(), `deltacat-types-${major}-`))
  for (const folder of folders) {
    for (const name of packagesIn(folder)) {
      const path = join(home, 'node_modules', name)
      mkdirSync(join(path, '..'), { recursive: true })
      rmSync(path, { recursive: true, force: true })
      symlinkSync(join(folder, name), path, 'junction')
    }
  }
  for (const part of ['package.json', 'dist']) {
    cpSync(join(root, part), join(home, 'node_modules/vitest-deltacat', part), { recursive: true })
  }
  mkdirSync(join(home, 'project'))
  writeFileSync(join(home, 'project/package.json'), '{ "type": "module" }')
  cpSync(join(import.meta.dirname, 'cases'), join(home, 'project/cases'), { recursive: true })
  return home
}

function packagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && !leftOut.includes(name))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((part) => `${name}/${part}`) : [name],
    )
}
