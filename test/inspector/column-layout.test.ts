import { describe, expect, it } from 'vitest'
import {
  type ColumnLayout,
  columnsInView,
  layOutColumns,
  scrollToShow,
} from '../../src/inspector/client/column-layout.ts'
import { tableSource } from '../../src/inspector/client/sources.ts'
import type { ColumnView } from '../../src/inspector/model.ts'
import { fc } from '../chance.ts'

const column = (name: string, type = ''): ColumnView => ({ name, type, kind: 'text' })
const layoutOf = (widths: readonly number[], gutter = 50): ColumnLayout => {
  const lefts = widths.map((_, place) => widths.slice(0, place).reduce((sum, width) => sum + width, gutter))
  const columns = widths.map((width, place) => ({ left: lefts[place] as number, width }))
  return { gutter, columns, width: widths.reduce((sum, width) => sum + width, gutter) }
}

describe('the layout of columns', () => {
  it('is as wide as the name, the type or the longest cell, and no wider than a cell may be', () => {
    const columns = [
      column('id'),
      column('a name of twenty char'),
      column('d', 'decimal(12,2)'),
      column('s'),
      column('t'),
    ]
    const source = tableSource({ columns, cells: [['1'], ['2'], ['3'], ['twelve chars'], ['x'.repeat(99)]] })
    const { gutter, columns: places, width } = layOutColumns(source, 900)
    // 22 pixels beside a text, 7.7 for each of its characters.
    expect(gutter).toBeCloseTo(22 + 3 * 7.7)
    expect(places.map((place) => place.width)).toEqual([64, 22 + 21 * 7.7, 22 + 13 * 7.7, 22 + 12 * 7.7, 320])
    expect(places.map((place) => place.left)).toEqual(
      layoutOf([...places.map((place) => place.width)], gutter).columns.map(({ left }) => left),
    )
    expect(width).toBeCloseTo((places.at(-1)?.left ?? 0) + 320)
  })

  it('makes many columns so wide that no more come into view than may be drawn', () => {
    const source = tableSource({ columns: Array.from({ length: 30 }, () => column('n')), cells: [] })
    const layout = layOutColumns(source, 2000)
    const { first, end } = columnsInView(layout, { from: 100, width: 2000 })
    expect([first, end]).toEqual([0, 9])
    expect(layout.columns[end]?.left).toBeGreaterThanOrEqual(2100)
  })

  it('is a gutter alone where there are no columns', () => {
    const layout = layOutColumns(tableSource({ columns: [], cells: [] }), 900)
    expect(layout).toEqual({ gutter: layout.gutter, columns: [], width: layout.gutter })
    expect(columnsInView(layout, { from: 0, width: 900 })).toEqual({ first: 0, end: 0 })
  })
})

describe('the columns in view', () => {
  const layout = layoutOf([100, 100, 100, 100, 100])

  it('are those that are not behind the gutter, in part or whole', () => {
    expect(columnsInView(layout, { from: 0, width: 250 })).toEqual({ first: 0, end: 2 })
    expect(columnsInView(layout, { from: 99, width: 250 })).toEqual({ first: 0, end: 3 })
    expect(columnsInView(layout, { from: 100, width: 250 })).toEqual({ first: 1, end: 3 })
    expect(columnsInView(layout, { from: 300, width: 250 })).toEqual({ first: 3, end: 5 })
  })

  it('are scrolled to no further than shows them', () => {
    expect(scrollToShow(layout, 1, { from: 40, width: 300 })).toBe(40)
    expect(scrollToShow(layout, 4, { from: 0, width: 300 })).toBe(250)
    expect(scrollToShow(layout, 1, { from: 250, width: 300 })).toBe(100)
    expect(scrollToShow(layout, 0, { from: 250, width: 300 })).toBe(0)
  })

  it('hold the column that was scrolled to, whatever the widths, and stay where they are then', () => {
    const widths = fc.array(fc.integer({ min: 64, max: 320 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(widths, fc.nat(39), fc.nat(9000), fc.integer({ min: 400, max: 2500 }), (all, at, from, width) => {
        // Many columns are no narrower than that: see above.
        const least = all.length > 8 ? (width - 50) / 8 : 0
        const [any, place] = [layoutOf(all.map((each) => Math.max(each, least))), at % all.length]
        const to = scrollToShow(any, place, { from, width })
        const { first, end } = columnsInView(any, { from: to, width })
        expect(end - first).toBeLessThanOrEqual(9)
        expect([first <= place, place < end]).toEqual([true, true])
        expect(scrollToShow(any, place, { from: to, width })).toBe(to)
      }),
      { numRuns: 200 },
    )
  })
})
