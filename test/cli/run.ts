import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { main } from '../../src/cli/main.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Whether its output goes to a terminal. */
  readonly isTTY?: boolean
}

export const root = join(import.meta.dirname, '../..')

/** Runs the command line in this process and keeps what it prints. */
export async function run(
  argv: readonly string[],
  { cwd = root, env = {}, isTTY = false }: RunOptions = {},
): Promise<Ran> {
  const printed = { out: '', err: '' }
  const stream = (name: 'out' | 'err') => ({
    isTTY,
    write(text: string): boolean {
      printed[name] += text
      return true
    },
    once: () => undefined,
  })
  const code = await main(argv, { stdout: stream('out'), stderr: stream('err'), cwd, env })
  return { code, ...printed }
}

/** The lines of `--json`. */
export function lines(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** A folder for the tests of one file. */
export function testFolder(): { readonly path: string } {
  const folder = { path: '' }
  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'deltacat-cli-'))
  })
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }))
  return folder
}
