import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** How a child process ended, with what it had said until then. */
export interface Ending<T> {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** One for each whole line of its stdout, which is JSON. */
  readonly said: readonly T[]
  readonly complaints: string
}

export interface Child<T> {
  readonly process: ChildProcess
  readonly said: readonly T[]
  readonly ended: Promise<Ending<T>>
  /** Resolves when the child has said something for which `wanted` is true, or has ended. */
  until(wanted: (line: T) => boolean): Promise<void>
}

const strip = process.features.typescript ? [] : ['--experimental-strip-types']

/** Starts a script of `children/` in a Node process of its own. */
export function startChild<T>(script: string, ...args: readonly (string | number)[]): Child<T> {
  const path = join(import.meta.dirname, 'children', script)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...strip, path, ...args.map(String)])
  const said: T[] = []
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  let ending: Ending<T> | undefined
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    // The last line of a killed child may be cut off: what it did not finish saying, it did not say.
    if (!line.endsWith('}')) return
    said.push(JSON.parse(line) as T)
    tell()
  })
  const ended = new Promise<Ending<T>>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      ending = { code, signal, said, complaints }
      tell()
      resolve(ending)
    })
  })
  return {
    process: child,
    said,
    ended,
    until: (wanted) =>
      new Promise((resolve) => {
        let seen = 0
        const listener = (): void => {
          for (; seen < said.length; seen += 1) if (wanted(said[seen] as T)) break
          if (seen < said.length || ending !== undefined) done()
        }
        const done = (): void => {
          listeners.delete(listener)
          resolve()
        }
        listeners.add(listener)
        listener()
      }),
  }
}
