import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A folder of its own, outside of this repository, that is removed in the end. */
export interface Folder {
  readonly path: string
  write(files: Readonly<Record<string, string>>): void
  run(command: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }>
  [Symbol.dispose](): void
}

export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'deltacat-consumer-'))
  return {
    path,
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true })
        writeFileSync(join(path, name), text)
      }
    },
    run: (command, args) => run(command, args, path),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** Packs the built package as npm publishes it. Returns the tarball's path. */
export async function pack(into: string): Promise<string> {
  const { code, output } = await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', into], root)
  if (code !== 0) throw new Error(output)
  return join(into, output.trim().split('\n').at(-1)!)
}

/** Runs a command to its end. Vitest and the package managers find a plain environment, without this run's marks. */
export function run(command: string, args: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  const env = {
    ...Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|NODE_ENV$|TEST$)/.test(name)),
    ),
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    NO_COLOR: '1',
    CI: '',
    GITHUB_ACTIONS: '',
  }
  return new Promise((resolve) => {
    execFile(command, [...args], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` })
    })
  })
}
