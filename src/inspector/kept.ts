import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { openCatalog } from '../catalog/index.ts'
import { readFailure } from './failure.ts'
import { counted } from './texts.ts'
import type { ReportSource } from './view.ts'
import { writeReport } from './write-report.ts'

/** The catalogs that failed tests left in a folder (`.vitest/deltacat`), in the order of their paths. */
export function keptSources(folder: string): ReportSource[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return sourcesOf(
    folder,
    names.filter((name) => name.endsWith('.db')),
  )
}

function sourcesOf(folder: string, names: readonly string[]): ReportSource[] {
  return names.toSorted().map((name) => databaseSource(join(folder, name), name.replaceAll('\\', '/'), true))
}

/** A catalog's file, with what the Vitest plugin has said beside it. */
export function databaseSource(file: string, path: string, mayFail = false): ReportSource {
  const { failure, index } = readFailure(file)
  return { open: () => openCatalog(file, { readonly: true }), index, path, failure, mayFail }
}

/** What the failed tests of one run left behind. */
interface RunKept {
  readonly folder: string
  /** The paths of the catalogs in it that are this run's. */
  readonly databases: readonly string[]
  readonly tests: number
}

/** Writes one report of the catalogs that a run's failed tests left behind, and returns its title. */
export function writeRunReport({ folder, databases, tests }: RunKept, file: string): string {
  const title = `${counted(tests, 'failed test')} with a catalog`
  const names = databases.map((path) => relative(folder, path))
  writeReport(file, sourcesOf(folder, names), { title })
  return title
}
