import { describe, expect, it } from 'vitest'
import { cellShown } from '../../src/inspector/client/cell-shown.ts'
import { differingCells } from '../../src/inspector/client/differing.ts'
import { gridStep } from '../../src/inspector/client/grid-keys.ts'
import { gridRowsIn } from '../../src/inspector/client/room.ts'
import type { GridRow } from '../../src/inspector/client/sources.ts'
import type { ColumnView } from '../../src/inspector/model.ts'
import { fc } from '../chance.ts'

describe('the keys of a grid', () => {
  const size = { columns: 4, rows: 9 }
  const step = (key: string, column: number, ctrlKey = false) => gridStep({ key, ctrlKey }, column, size)

  it('lead from column to column, and not over the ends', () => {
    expect(['ArrowLeft', 'ArrowRight', 'Home', 'End'].map((key) => step(key, 2))).toEqual([
      { column: 1 },
      { column: 3 },
      { column: 0 },
      { column: 3 },
    ])
    expect([step('ArrowLeft', 0), step('ArrowRight', 3)]).toEqual([{ column: 0 }, { column: 3 }])
  })

  it('lead to the first row and the last with Ctrl, and nowhere else', () => {
    expect(['Home', 'End', 'ArrowLeft', 'ArrowRight'].map((key) => step(key, 2, true))).toEqual([
      { row: 0 },
      { row: 8 },
      null,
      null,
    ])
    expect([step('ArrowDown', 2), step('Enter', 2)]).toEqual([null, null])
  })
})

describe('the text of a cell', () => {
  const text: ColumnView = { name: 'note', type: 'string', kind: 'text' }
  const row = (own: string | null, other: string | null = own): GridRow => ({
    kind: 'plain',
    gutter: '1',
    cells: [own],
    marked: differingCells([own], [other]),
  })

  it('tells null and empty apart in records; a table of facts has nothing there', () => {
    expect([cellShown(row(null), text, 0), cellShown(row(''), text, 0)]).toEqual(['null', '""'])
    expect(cellShown(row(null), { ...text, type: '' }, 0)).toBe('')
  })

  it('begins shortly before the first difference where it is long, and never inside a character', () => {
    const long = `${'a'.repeat(40)}left${'b'.repeat(300)}`
    expect(cellShown(row(long, long.replace('left', 'right')), text, 0)).toBe(
      `…${'a'.repeat(12)}left${'b'.repeat(224)}…`,
    )
    expect(cellShown(row(`${'😀'.repeat(20)}!x`, `${'😀'.repeat(20)}!y`), text, 0)).toBe(`…${'😀'.repeat(6)}!x`)
    expect(cellShown(row('a short text', 'a short word'), text, 0)).toBe('a short text')
  })
})

it('has no more rows than there are nodes for, if more than the least', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 500 }), fc.nat(9), fc.boolean(), (room, columns, isLinked) => {
      const rows = gridRowsIn(room, columns, isLinked)
      expect(rows).toBeGreaterThanOrEqual(3)
      // The grid and what its rows stand in; a head and rows of an element and a text for each cell and their first.
      const inRow = 1 + 2 * (columns + 1)
      const nodes = 2 + inRow + rows * (inRow + (isLinked ? 1 : 0))
      if (rows > 3) expect(nodes).toBeLessThanOrEqual(room)
    }),
    { numRuns: 300 },
  )
})
