import { unlinkSync } from 'node:fs'
import { sep } from 'node:path'
import { type Catalog, discardCatalog, openDeferred, seededClock, seededIds } from '../catalog/catalog.ts'
import { discardFolder, makeRunFolder, makeWorkerFolder, sweepRunFolders } from './folders.ts'
import { settings } from './settings.ts'
import type { Clock } from './source.ts'
import type { Template } from './template.ts'

interface WorkerFolders {
  /** This worker's, or the plugin's for the whole run. */
  readonly run: string
  readonly worker: string
  readonly ownsRun: boolean
}

let folders: WorkerFolders | undefined
let copies = 0

/** The folder of the run that this worker belongs to. */
export function runFolder(): string {
  return workerFolders().run
}

/**
 * Opens a copy of `template`: in memory until somebody wants its file, which is then in this worker's folder, at a path
 * that has never been used before. ext4 flushes a file that is written over.
 */
export function openCopy({ bytes, index }: Template, clock: Clock): Catalog {
  const deferred = { bytes, place: nextPath }
  if (clock === 'system') return openDeferred(deferred)
  const { clock: reading, ids } = index
  // Few tests ask for an id, and the seed of a `.db` file takes its hash.
  let next: (() => string) | undefined
  return openDeferred(deferred, {
    clock: seededClock(reading.last + reading.step, reading.step),
    ids: () => {
      next ??= seededIds(ids.seed)
      return next()
    },
  })
}

function nextPath(): string {
  copies += 1
  return `${workerFolders().worker}${sep}${copies}.db`
}

/** Closes a copy and removes its file, if it has one. The test may have done either already. */
export function removeCopy(catalog: Catalog): void {
  const path = discardCatalog(catalog)
  try {
    if (path !== undefined) unlinkSync(path)
  } catch (error) {
    // Windows lets go of a closed file late; the worker's folder goes later, with all that is in it.
    if (process.platform !== 'win32' && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Removes this worker's folder, at its end. */
export function removeWorkerFolder(): void {
  if (folders === undefined) return
  discardFolder(folders.ownsRun ? folders.run : folders.worker)
  folders = undefined
}

function workerFolders(): WorkerFolders {
  if (folders === undefined) {
    const provided = settings()?.runFolder
    if (provided === undefined) sweepRunFolders()
    const run = provided ?? makeRunFolder()
    folders = { run, worker: makeWorkerFolder(run), ownsRun: provided === undefined }
  }
  return folders
}
