import type { CatalogView } from '../model.ts'
import { counted } from '../texts.ts'
import type { Chunks } from './chunks.ts'
import { type Hit, MOST_HITS, MOST_HITS_OF_ONE, searchCatalog } from './search.ts'

/** The line above a catalog's hits: itself a hit, of the catalog. */
interface HitGroup {
  readonly catalog: number
  count: number
  /** It holds more than are listed. */
  more: boolean
}

/** A line of the list of hits. */
export type HitLine = Hit | HitGroup

/** What a search has found up to now; it grows as the search goes on. */
export interface Found {
  readonly lines: readonly HitLine[]
  /** Hits among the lines. */
  readonly count: number
  /** There is more than was looked for. */
  readonly isCut: boolean
}

/**
 * Searches one catalog after the other; of several, the hits of each stand under its name.
 *
 * @param signal ends the search before its time: nothing is added any more
 * @param onStep told what there is at first, and again as it grows
 * @returns what there is at the end
 */
export async function findLines(
  catalogs: readonly CatalogView[],
  chunks: Chunks,
  words: string,
  signal: AbortSignal,
  onStep: (found: Found) => void,
): Promise<Found> {
  const several = catalogs.length > 1
  const lines: HitLine[] = []
  const found = { lines, count: 0, isCut: false }
  /** Adds a catalog's hits as they are found; `false`: the search is over. */
  const addCatalog = async (view: CatalogView, catalog: number): Promise<boolean> => {
    const group: HitGroup = { catalog, count: 0, more: false }
    for await (const hit of searchCatalog(view, catalog, chunks, words)) {
      if (signal.aborted) return false
      const isOver = found.count === MOST_HITS
      if (isOver || (several && group.count === MOST_HITS_OF_ONE)) {
        found.isCut = true
        group.more = true
        return !isOver
      }
      if (several && group.count === 0) lines.push(group)
      lines.push(hit)
      found.count += 1
      group.count += 1
      // The first ones at once, the rest in steps: drawing each would be the slowest part.
      if (found.count < 10 || found.count % 100 === 0) onStep(found)
    }
    return !signal.aborted
  }
  onStep(found)
  for (const [catalog, view] of catalogs.entries()) if (!(await addCatalog(view, catalog))) break
  return found
}

export function isGroup(line: HitLine): line is HitGroup {
  return !('where' in line)
}

/** What a line leads to: its hit, or the catalog that it names. */
export function hitOf(line: HitLine): Hit {
  if (!isGroup(line)) return line
  return { catalog: line.catalog, node: 0, delta: -1, row: -1, column: -1, where: '', text: '' }
}

/** What a line says: what was found, and where. */
export function lineTexts(line: HitLine, catalogs: readonly CatalogView[]): readonly [text: string, where: string] {
  const root = catalogs[line.catalog]?.nodes[0]
  if (isGroup(line))
    return [root?.name ?? '', `${counted(line.count, 'result')}${line.more ? ' and more' : ''} · ${root?.path ?? ''}`]
  return [line.text, catalogs.length > 1 ? `${line.where} · ${root?.name ?? ''}` : line.where]
}
