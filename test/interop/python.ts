import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const cache = join(here, '../../.venv')

interface Python {
  readonly command: string
  readonly env: NodeJS.ProcessEnv
  readonly version: readonly [number, number]
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

function probe(command: string, extra: NodeJS.ProcessEnv = {}): Python | null {
  const env = { ...process.env, ...extra }
  try {
    const text = run(command, ['-c', 'import sys, venv; print(*sys.version_info[:2])'], env)
    const [major, minor] = text.trim().split(' ').map(Number)
    return { command, env, version: [major ?? 0, minor ?? 0] }
  } catch {
    return null
  }
}

/** Pythons that may be on this machine, the likeliest first. */
function* candidates(): Generator<Python> {
  const named = process.env.PYTHON
  const tries: readonly (readonly [string, NodeJS.ProcessEnv?])[] = [
    ...(named === undefined || named === '' ? [] : [[named] as const]),
    ['python3.10'],
    ['python3', { PYENV_VERSION: '3.10.13' }],
    ['python3'],
    ['python'],
  ]
  for (const [command, env] of tries) {
    const python = probe(command, env)
    if (python !== null) yield python
  }
}

function findReferencePython(): Python {
  const seen: string[] = []
  for (const python of candidates()) {
    if (python.version[0] === 3 && python.version[1] === 10) return python
    seen.push(`${python.command} is ${python.version.join('.')}`)
  }
  throw new Error(
    `The interop tests need Python 3.10 (DeltaCAT's pyarrow 12 has no wheel for a later one); ${seen.join(', ') || 'no Python found'}. ` +
      'Install it with `pyenv install 3.10.13`, `apt-get install python3.10 python3.10-venv` or `conda create -n py310 python=3.10`, ' +
      'or name one: `PYTHON=/path/to/python3.10 npm run test:interop`.',
  )
}

/** Any Python that the newest pyarrow supports, else the 3.10. */
function findNewerPython(): Python {
  for (const python of candidates()) if (python.version[0] === 3 && python.version[1] >= 11) return python
  return findReferencePython()
}

/** Makes a virtual environment unless the one there was made from the same requirements; its interpreter's path. */
function environment(name: string, find: () => Python, requirements: readonly (readonly string[])[]): string {
  const folder = join(cache, name)
  const interpreter = join(folder, 'bin', 'python')
  const stamp = join(folder, 'made-from')
  const texts = requirements.map(([file]) => readFileSync(join(here, file as string), 'utf8'))
  const hash = createHash('sha256')
    .update(JSON.stringify([requirements, texts]))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && probe(interpreter) !== null) return interpreter
  const python = find()
  process.stderr.write(`interop: making ${folder} with Python ${python.version.join('.')} (once)\n`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  run(python.command, ['-m', 'venv', folder], python.env)
  for (const [file, ...flags] of requirements) {
    run(interpreter, ['-m', 'pip', 'install', '--quiet', ...flags, '-r', join(here, file as string)], process.env)
  }
  writeFileSync(`${stamp}.new`, hash)
  renameSync(`${stamp}.new`, stamp)
  return interpreter
}

export interface Interpreters {
  /** Python 3.10 with DeltaCAT 1.1.42, Ray and pyarrow 12. */
  readonly reference: string
  /** Any Python with the newest pyarrow, and nothing else. */
  readonly newer: string
}

/** The two interpreters that the tests drive, made on the first run in `.venv/` of the project. */
export function interpreters(): Interpreters {
  return {
    reference: environment('reference', findReferencePython, [
      ['requirements.txt'],
      ['requirements-reference.txt', '--no-deps'],
    ]),
    newer: environment('newer', findNewerPython, [['requirements-newer.txt']]),
  }
}
