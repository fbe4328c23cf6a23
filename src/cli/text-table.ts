import type { Cell } from '../catalog/index.ts'
import { cellText } from '../inspector/cell-text.ts'
import type { ColumnView } from '../inspector/model.ts'
import type { Paint } from './colour.ts'
import { type Clip, oneLine, pad, widthOf } from './width.ts'

/** Columns of a terminal that one cell may take. */
const WIDEST = 40
/** Rows that say how wide the columns are; later ones are held to that. */
const SAMPLE = 1000

/** A line of a table: its cells, with a word before them where it is part of a difference. */
export interface TextRow {
  readonly cells: readonly Cell[]
  readonly mark?: '+' | '-' | ' '
}

/** Rows as an aligned table: names, types, numbers to the right, null dim. Needs memory for its first rows only. */
export function* textTable(
  columns: readonly ColumnView[],
  rows: Iterable<TextRow>,
  { paint, clip }: { readonly paint: Paint; readonly clip: Clip },
): Generator<string> {
  const iterator = rows[Symbol.iterator]()
  const sample: TextRow[] = []
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    sample.push(next.value)
    if (sample.length >= SAMPLE) break
  }
  const shown = ({ cells }: TextRow, index: number): string => oneLine(textOf(cells[index] ?? null))
  // Where nothing is cut, names and types are as wide as they are, and what is below them stands under them.
  const widths = columns.map(({ name, type }, index) =>
    Math.max(
      ...[oneLine(name), type].map((text) => widthOf(clip(text, WIDEST))),
      ...sample.map((row) => Math.min(WIDEST, widthOf(shown(row, index)))),
    ),
  )
  const sideOf = ({ kind }: ColumnView): 'start' | 'end' => (kind === 'number' ? 'start' : 'end')
  const line = (texts: readonly string[], mark = ' '): string => `${mark} ${texts.join('  ')}`.trimEnd().concat('\n')
  const head = (textFor: (column: ColumnView) => string, colour: 'bold' | 'dim'): string =>
    line(
      columns.map((column, index) =>
        paint(
          pad(clip(oneLine(textFor(column)), widths[index] as number), widths[index] as number, sideOf(column)),
          colour,
        ),
      ),
    )
  yield head(({ name }) => name, 'bold')
  yield head(({ type }) => type, 'dim')
  const row = (each: TextRow): string => {
    const texts = columns.map((column, index) => {
      const text = pad(clip(shown(each, index), widths[index] as number), widths[index] as number, sideOf(column))
      return (each.cells[index] ?? null) === null ? paint(text, 'dim') : text
    })
    if (each.mark === '+') return paint(line(texts, '+'), 'green')
    return each.mark === '-' ? paint(line(texts, '-'), 'red') : line(texts)
  }
  for (const each of sample) yield row(each)
  for (let next = iterator.next(); !next.done; next = iterator.next()) yield row(next.value)
}

function textOf(cell: Cell): string {
  return cell === '' ? '""' : (cellText(cell) ?? 'null')
}
