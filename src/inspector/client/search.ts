import { type CatalogView, type DeltaView, ROWS_PER_PAGE, type TableView } from '../model.ts'
import type { Chunks } from './chunks.ts'
import { partitionRecords } from './records.ts'
import type { NodeAt } from './tree-nodes.ts'

/** Something that a search found. */
export interface Hit extends NodeAt {
  /** A delta of the partition, and a row and column of it; -1 where the hit is above that. */
  readonly delta: number
  readonly row: number
  readonly column: number
  readonly where: string
  /** The text that holds what was searched for, cut to its surroundings. */
  readonly text: string
}

/** A search stops at so many hits. */
export const MOST_HITS = 1000
/** … and goes on to the next catalog at so many, so that one doesn't hide the others. */
export const MOST_HITS_OF_ONE = 100

/** The text around the first match, short enough for a line. */
function surroundings(text: string, at: number): string {
  const from = Math.max(0, at - 30)
  return `${from > 0 ? '…' : ''}${text.slice(from, at + 90)}${text.length > at + 90 ? '…' : ''}`
}

/**
 * Everything of one catalog whose text holds `words`, whatever its case: names, paths, facts, deltas, cells. Yields as
 * it reads, so that a caller can show what there is and stop.
 *
 * @param catalog the catalog's number in the report
 */
export async function* searchCatalog(
  view: CatalogView,
  catalog: number,
  chunks: Chunks,
  words: string,
): AsyncGenerator<Hit> {
  const wanted = words.toLowerCase()
  const found = (texts: Iterable<string>): string | null => {
    for (const text of texts) {
      const at = text.toLowerCase().indexOf(wanted)
      if (at >= 0) return surroundings(text, at)
    }
    return null
  }
  for (const [node, { name, path, kind, facts }] of view.nodes.entries()) {
    const text = found([path, name, ...facts.map((fact) => fact.join(': '))])
    if (text !== null) yield { catalog, node, delta: -1, row: -1, column: -1, where: kind, text }
  }
  // Deltas and cells after all names: they are many, and need reading.
  for (const [node, { deltas, path }] of view.nodes.entries()) {
    if (!deltas) continue
    const records = partitionRecords(deltas, chunks)
    for (let index = 0; index < deltas.count; index += 1) {
      const delta = await records.readDelta(index)
      const at = { catalog, node, delta: index }
      const text = found([`#${delta.name}`, String(delta.position), ...delta.facts.map((fact) => fact.join(': '))])
      if (text !== null) yield { ...at, row: -1, column: -1, where: `${path}#${delta.name}`, text }
      yield* cellHits(delta, chunks, wanted, (row, column, name, cell, place) => ({
        ...at,
        row,
        column,
        where: `${path}#${delta.name} row ${row + 1}`,
        text: `${name}: ${surroundings(cell, place)}`,
      }))
    }
  }
}

async function* cellHits(
  delta: DeltaView,
  chunks: Chunks,
  wanted: string,
  hit: (row: number, column: number, name: string, cell: string, place: number) => Hit,
): AsyncGenerator<Hit> {
  for (const [page, [chunk, slot]] of delta.pages.entries()) {
    const table = ((await chunks.read(chunk)) as readonly TableView[])[slot]
    for (const [column, cells] of (table?.cells ?? []).entries()) {
      for (const [offset, cell] of cells.entries()) {
        const place = cell?.toLowerCase().indexOf(wanted) ?? -1
        const name = table?.columns[column]?.name ?? ''
        if (cell !== null && place >= 0) yield hit(page * ROWS_PER_PAGE + offset, column, name, cell, place)
      }
    }
  }
}
