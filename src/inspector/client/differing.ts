import type { CellText } from '../model.ts'

/** What of a cell's text differs from the text beside it. */
export interface DifferingPart {
  /** The first character (UTF-16 unit) that differs, and one past the last. */
  readonly from: number
  readonly to: number
  /** Characters of the longer of the two texts. */
  readonly longest: number
}

const LOW_SURROGATE = /[\udc00-\udfff]/

/** A place in a text, moved back where it is inside a character. */
export function wholeCharacter(text: string, place: number): number {
  return place > 0 && LOW_SURROGATE.test(text.charAt(place)) ? place - 1 : place
}

/** What of `text` is not also the beginning or the end of `other`. */
function differingPart(text: CellText, other: CellText): DifferingPart {
  const [own, beside] = [text ?? '', other ?? '']
  const longest = Math.max(own.length, beside.length)
  if (text === null || other === null) return { from: 0, to: own.length, longest }
  const shortest = Math.min(own.length, beside.length)
  let from = 0
  while (from < shortest && own[from] === beside[from]) from += 1
  from = wholeCharacter(own, from)
  let tail = 0
  while (tail < shortest - from && own.at(-1 - tail) === beside.at(-1 - tail)) tail += 1
  let to = own.length - tail
  if (LOW_SURROGATE.test(own.charAt(to))) to += 1
  return { from, to, longest }
}

/**
 * The parts that differ, by column.
 *
 * @param places the columns that count as different; by default those whose texts do
 */
export function differingCells(
  cells: readonly CellText[],
  others: readonly CellText[],
  places: readonly number[] = cells.flatMap((cell, place) => (cell === (others[place] ?? null) ? [] : [place])),
): ReadonlyMap<number, DifferingPart> {
  return new Map(places.map((place) => [place, differingPart(cells[place] ?? null, others[place] ?? null)]))
}
