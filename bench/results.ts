import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './contest.ts'

/** What `bench/results/<name>.json` holds. */
export interface Result {
  readonly contest: string
  /** The script that runs it. */
  readonly script: 'bench' | 'bench:peer'
  readonly date: string
  readonly commit: string
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
  readonly outcomes: readonly Outcome[]
}

interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGB: number
  readonly system: string
  /** How many processes wanted a core, on average over the last minute: above `cores`, the times are noise. */
  readonly load: number
}

const folder = join(import.meta.dirname, 'results')
const require = createRequire(import.meta.url)

const PACKAGES = ['apache-arrow', 'better-sqlite3', 'parquet-wasm', 'vitest', 'yaml']

/** The result of a run that ends now. */
export function resultOf(
  contest: string,
  script: Result['script'],
  load: number,
  versions: Readonly<Record<string, string>>,
  outcomes: readonly Outcome[],
): Result {
  const [core] = cpus()
  return {
    contest,
    script,
    date: new Date().toISOString(),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: {
      cpu: core?.model ?? 'unknown',
      cores: cpus().length,
      memoryGB: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`,
      load,
    },
    versions: { node: process.versions.node, ...packageVersions(), ...versions },
    outcomes,
  }
}

export function writeResult(result: Result): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${result.contest}.json`), `${JSON.stringify(result, undefined, 2)}\n`)
}

/** All results that were written, by name. */
export function readResults(): readonly Result[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.toSorted().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Result)
}

function packageVersions(): Record<string, string> {
  return Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)]))
}

// By the file: not every package exports its package.json.
function versionOf(name: string): string {
  const path = require.resolve
    .paths(name)
    ?.map((each) => join(each, name, 'package.json'))
    .find(existsSync)
  if (path === undefined) return 'missing'
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
