import { unlinkSync, writeFileSync } from 'node:fs'
import { sep } from 'node:path'
import { type Catalog, openCatalog, seededClock, seededIds } from '../catalog/catalog.ts'
import { makeRunFolder, makeWorkerFolder, removeFolder, sweepRunFolders } from './folders.ts'
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

/** Opens a copy of `template` in a file of its own: its path has never been used before. */
export function openCopy(template: Template, clock: Clock): Catalog {
  copies += 1
  const path = `${workerFolders().worker}${sep}${copies}.db`
  // A new file for each: ext4 flushes one that is written over.
  writeFileSync(path, template.bytes, { flag: 'wx' })
  const { clock: reading, ids } = template.index
  return clock === 'system'
    ? openCatalog(path)
    : openCatalog(path, { clock: seededClock(reading.last + reading.step, reading.step), ids: seededIds(ids.seed) })
}

/** Removes a copy, which must be closed. The test may have removed it already. */
export function removeCopy(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    // Windows lets go of a closed file late; the worker's folder goes later, with all that is in it.
    if (process.platform !== 'win32' && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Removes this worker's folder, at its end. */
export function removeWorkerFolder(): void {
  if (folders === undefined) return
  removeFolder(folders.ownsRun ? folders.run : folders.worker)
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
