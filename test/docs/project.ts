import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dirSync } from 'tmp-promise'
import { withoutVitest } from '../environment.ts'

const root = join(import.meta.dirname, '../..')

/** A project as a reader of the docs would make it: the package installed, and the files that the page shows. */
export interface Project {
  readonly folder: string
  write(path: string, text: string): void
  /** Runs a command of the page's and returns what it printed, with the folder's path left out. */
  run(command: string, args: readonly string[]): { readonly status: number | null; readonly output: string }
  remove(): void
}

export function createProject(): Project {
  const temporary = dirSync({ prefix: 'deltacat-docs-', unsafeCleanup: true })
  const folder = temporary.name
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(root, join(folder, 'node_modules/vitest-deltacat'))
  for (const name of ['vitest', 'apache-arrow', 'vite']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'docs', private: true, type: 'module' }))
  return {
    folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
    run(command, args) {
      const env = {
        ...withoutVitest(process.env),
        NO_COLOR: '1',
        CI: '',
        PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
      }
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env })
      return { status, output: `${stdout}${stderr}`.replaceAll(folder, '.') }
    },
    remove: temporary.removeCallback,
  }
}
