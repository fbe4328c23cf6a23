import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openCatalog } from '../catalog/index.ts'
import { readFailure } from './failure.ts'
import { counted } from './texts.ts'
import type { ReportSource } from './view.ts'
import { writeReport } from './write-report.ts'

/** The catalogs that failed tests left in a folder (`.vitest/deltacat`), in the order of their paths. */
export function keptSources(folder: string): ReportSource[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.db'))
    .sort()
    .map((name) => databaseSource(join(folder, name), name.replaceAll('\\', '/'), true))
}

/** A catalog's file, with what the Vitest plugin has said beside it. */
export function databaseSource(file: string, path: string, mayFail = false): ReportSource {
  const { failure, index } = readFailure(file)
  return { open: () => openCatalog(file, { readonly: true }), index, path, failure, mayFail }
}

/**
 * Writes one report of all catalogs that a run's failed tests left in a folder; where there is none it writes nothing.
 *
 * @returns the number of catalogs
 */
export function writeRunReport(folder: string, file: string): number {
  const sources = existsSync(folder) ? keptSources(folder) : []
  if (sources.length === 0) return 0
  return writeReport(file, sources, { title: counted(sources.length, 'failed test') })
}
