import type { Cell } from '../../../src/catalog/records/cells.ts'
import type { CellPattern } from '../../../src/vitest-plugin/matchers/compare/columns.ts'

export function cellPattern(text: string, matches: (cell: Cell) => boolean): CellPattern {
  return { text, matches }
}

/** Splits rows whose cells are exact or lists of what they accept into exact cells and patterns. */
export function wild(rows: readonly Readonly<Record<string, number | number[]>>[]) {
  const patterns = new Map<string, Map<number, CellPattern>>()
  const cells = rows.map((row, index) =>
    Object.fromEntries(
      Object.entries(row).filter(([name, wanted]) => {
        if (!Array.isArray(wanted)) return true
        const column = patterns.get(name) ?? new Map<number, CellPattern>()
        patterns.set(
          name,
          column.set(
            index,
            cellPattern(String(wanted), (cell) => wanted.includes(cell as number)),
          ),
        )
        return false
      }),
    ),
  )
  return { cells, patterns }
}
