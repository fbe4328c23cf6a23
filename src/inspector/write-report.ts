import { closeSync, openSync, writeFileSync } from 'node:fs'
import { CatalogError } from '../catalog/index.ts'
import { writeAtomically } from './atomic.ts'
import type { CatalogView, ReportView } from './model.ts'
import { createPacker } from './pack.ts'
import { reportPieces } from './page.ts'
import { packageVersion } from './version.ts'
import { catalogNode, catalogView, type ReportSource, type ViewOptions } from './view.ts'

export interface ReportOptions {
  readonly title: string
  /** The most rows that the file holds; a million unless given. Deltas beyond it are listed without their records. */
  readonly maxRows?: number
  /** Called for each delta with the number of those done. */
  readonly onDelta?: (done: number) => void
}

const MOST_ROWS = 1_000_000

/**
 * Writes a report of catalogs as one HTML file, whole or not at all. Each source is asked for its catalog when it is its
 * turn, and closed after it.
 *
 * @returns the number of catalogs in it
 */
export function writeReport(file: string, sources: Iterable<ReportSource>, options: ReportOptions): number {
  const packer = createPacker()
  const all = options.maxRows ?? MOST_ROWS
  const budget = { left: all, all }
  const catalogs: CatalogView[] = []
  let done = 0
  const onDelta = (): void => {
    done += 1
    options.onDelta?.(done)
  }
  for (const source of sources) catalogs.push(readSource(source, { packer, budget, onDelta }))
  const view: ReportView = {
    title: options.title,
    generator: `vitest-deltacat ${packageVersion()}`,
    createdAt: new Date().toISOString(),
    catalogs,
  }
  writeAtomically(file, (temporary) => {
    const descriptor = openSync(temporary, 'w')
    try {
      for (const piece of reportPieces(view, packer.chunks)) writeFileSync(descriptor, piece)
    } finally {
      closeSync(descriptor)
    }
  })
  return catalogs.length
}

function readSource(source: ReportSource, options: ViewOptions): CatalogView {
  try {
    using catalog = source.open()
    return catalogView(catalog, source, options)
  } catch (error) {
    if (!(error instanceof CatalogError) || source.mayFail !== true) throw error
    const { path, failure } = source
    return { nodes: [catalogNode(path, failure, [['Can’t be read', error.message]], null)], failure }
  }
}
