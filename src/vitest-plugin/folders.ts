import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Tmp from 'tmp-promise'

const PREFIX = 'vitest-deltacat'
const HOUR = 3_600_000
// Each one too many means that something else went meanwhile; a process at its end must not wait for ever.
const ROUNDS = 100

/**
 * Makes the folder of a run in the system's temporary folder. Its name carries this host and process, so that
 * {@link sweepRunFolders} can tell whether anybody still uses it.
 */
export function makeRunFolder(parent: string = tmpdir()): string {
  return makeFolder({ tmpdir: parent, template: `${PREFIX}-${host()}-${process.pid}-XXXXXX` })
}

/** Makes a folder of this worker's own in `runFolder`. */
export function makeWorkerFolder(runFolder: string): string {
  return makeFolder({ tmpdir: runFolder, template: `worker-${process.pid}-XXXXXX` })
}

// Loaded here: most tests never need a folder.
function makeFolder(options: Parameters<typeof Tmp.dirSync>[0]): string {
  const { dirSync } = createRequire(import.meta.url)('tmp-promise') as typeof Tmp
  return dirSync(options).name
}

/**
 * Removes a folder with all that is in it. Windows lets go of a closed file late, hence the retries. Others may remove
 * parts of it at the same moment, as workers do at their end: Node 24 then stops without an error, hence the rounds.
 */
export function removeFolder(folder: string): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    if (!existsSync(folder)) return
  }
}

/** {@link removeFolder} for one that nobody needs any more. Where it can't be removed it stays, for a later sweep. */
export function discardFolder(folder: string): void {
  try {
    removeFolder(folder)
  } catch {
    // Somebody still uses a file in it: no reason to fail the tests, which are over.
  }
}

/**
 * Removes the run folders that a killed run left behind: those of this host whose process is dead and that are older
 * than an hour. A folder that can't be removed stays.
 */
export function sweepRunFolders(parent: string = tmpdir(), now: number = Date.now()): void {
  const pattern = new RegExp(`^${PREFIX}-${host()}-(\\d+)-[A-Za-z0-9]+$`)
  for (const name of readdirSync(parent)) {
    const pid = pattern.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const folder = join(parent, name)
    try {
      if (now - statSync(folder).mtimeMs > HOUR) removeFolder(folder)
    } catch {
      // Another run sweeps it at this moment, or it belongs to another user.
    }
  }
}

// Only what can stand in a file name and in a regular expression.
function host(): string {
  return hostname().replaceAll(/[^A-Za-z0-9_]/g, '_')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
