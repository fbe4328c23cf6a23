import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ComparisonView, FailureErrorView } from '../../src/inspector/model.ts'
import { runReport } from '../inspector/run-sample.ts'
import { errorView, sampleFailure, sampleReport } from '../inspector/sample.ts'
import { browserTests, drawn, nodes, violations } from './page.ts'

const { file, open } = browserTests()
let run: string
let nested: string
let soft: string

/** A failure whose first differing cell is nested, and which has a row of every kind. */
const comparison: ComparisonView = {
  subject: 'shop.orders/norway',
  matcher: 'toHaveRecords',
  columns: [
    { name: 'scan_id', type: 'int64', kind: 'number' },
    { name: 'hub', type: 'string', kind: 'text' },
    { name: 'at', type: 'timestamp[us, UTC]', kind: 'time' },
    { name: 'dims', type: 'struct<w: float64, h: float64, tags: list<string>>', kind: 'nested' },
    { name: 'attrs', type: 'map<string, string>', kind: 'nested' },
  ],
  key: ['scan_id'],
  counts: { equal: 0, changed: 1, missing: 0, unexpected: 1 },
  rows: [
    {
      kind: 'changed',
      expected: ['1', 'OSL', '2025-05-31T23:59:59.999999Z', "{ w: 1.5, h: 2, tags: ['a', 'CHANGED'] }", null],
      actual: ['1', 'OSL', '2025-05-31T23:59:59.999999Z', "{ w: 1.5, h: 2, tags: ['a', 'CHANGEX'] }", null],
      different: [3],
    },
    { kind: 'unexpected', expected: null, actual: ['2', 'OSL', null, null, "Map('k': 'v')"], different: [] },
  ],
}
const differences = Array.from({ length: 60 }, (_, index) => ({
  what: `column "${index}"`,
  expected: index % 2 === 0 ? 'int64' : null,
  actual: 'struct<w: float64, h: float64, tags: list<string>>',
}))

beforeAll(() => {
  run = file('run.html', runReport(39))
  nested = file('nested.html', sampleReport({ ...sampleFailure, errors: [errorView({ message: 'x', comparison })] }))
  const errors: FailureErrorView[] = Array.from({ length: 30 }, (_, index) =>
    errorView({
      message: `error of ${index}`,
      // Rows, differences, and both.
      ...(index % 3 !== 2 && { comparison }),
      ...(index % 3 !== 0 && { differences }),
    }),
  )
  soft = file('soft.html', sampleReport({ ...sampleFailure, errors }))
})

/** Whole pixels of the tree's height that show no row, and whether the selected row is inside it. */
function gapsOf(page: Page): Promise<{ top: number; bottom: number; selected: boolean }> {
  return page.evaluate(`(() => {
    const tree = document.querySelector('.tree').getBoundingClientRect()
    const rows = [...document.querySelectorAll('.tree [role=treeitem]')].map((row) => row.getBoundingClientRect())
    const selected = document.querySelector('.tree [aria-selected=true]')?.getBoundingClientRect()
    return {
      top: Math.max(0, Math.floor(Math.min(...rows.map((row) => row.top)) - tree.top)),
      bottom: Math.max(0, Math.floor(tree.bottom - Math.max(...rows.map((row) => row.bottom)))),
      selected: selected !== undefined && selected.top >= tree.top - 1 && selected.bottom <= tree.bottom + 1,
    }
  })()`)
}
const full = { top: 0, bottom: 0 }
const heading = (page: Page): Promise<string | null> => page.getByRole('heading', { level: 2 }).textContent()

describe('the tree', () => {
  it.each([
    [1280, 560],
    [1280, 900],
    [1400, 1400],
    [2560, 1440],
    [3840, 2160],
    [390, 844],
  ])('is full in a window of %i × %i, wherever it is scrolled', async (width, height) => {
    const { page } = await open(run, '#catalog=21', { width, height })
    expect(await gapsOf(page)).toMatchObject({ selected: true })
    await page.getByRole('button', { name: 'Expand all' }).click()
    expect(await gapsOf(page)).toEqual({ ...full, selected: true })
    for (const top of [0, 7, 15, 29, 451, 1e6]) {
      await page.evaluate(`document.querySelector('.tree').scrollTop = ${top}`)
      await drawn(page)
      expect(await gapsOf(page)).toMatchObject(full)
      expect(await nodes(page)).toBeLessThanOrEqual(500)
    }
    // It ends where the window does.
    const rest = await page.evaluate<number>(
      `document.querySelector('nav').getBoundingClientRect().bottom - document.querySelector('.tree').getBoundingClientRect().bottom`,
    )
    expect(rest).toBeLessThanOrEqual(12)
  })

  it('follows the window when that becomes higher or lower', async () => {
    const { page } = await open(run, '#catalog=30&node=9', { width: 1280, height: 1300 })
    await page.getByRole('button', { name: 'Expand all' }).click()
    for (const height of [500, 1440, 700]) {
      await page.setViewportSize({ width: 1280, height })
      await drawn(page)
      expect(await gapsOf(page)).toEqual({ ...full, selected: true })
    }
  })

  it('opens a catalog by its arrow, without going there', async () => {
    const { page } = await open(run)
    const second = page.getByRole('treeitem', { name: /case 02/ })
    await second.click({ position: { x: 13, y: 15 } })
    await page.getByRole('treeitem', { name: /case 02/, expanded: true }).waitFor()
    expect(await heading(page)).toBe('orders > case 01')
    await second.click({ position: { x: 60, y: 15 } })
    expect(await heading(page)).toBe('orders > case 02')
    await page.getByRole('treeitem', { name: /case 02/, expanded: true }).waitFor()
  })

  it.each(['#catalog=21', '#catalog=38&node=20', '#catalog=0&node=20'])('shows what %s names', async (fragment) => {
    const { page } = await open(run, fragment, { width: 1280, height: 900 })
    expect(await gapsOf(page)).toMatchObject({ selected: true })
  })
})

describe('Back and Forward', () => {
  it('walk through nodes, links, deltas and hits, and stay in the report', async () => {
    const { page } = await open(run)
    await page.getByRole('treeitem', { name: /^table, orders/ }).click()
    await page.getByRole('link', { name: 'norway' }).click()
    await page.getByRole('grid', { name: 'Records of shop.orders/norway#pending' }).waitFor()
    await page.getByRole('option', { name: /^#fix / }).click()
    await page.getByRole('grid', { name: 'Records of shop.orders/norway#fix' }).waitFor()
    await page.getByRole('searchbox').fill('case 07')
    await page.getByText(/^\d+ results? in 1 catalog$/).waitFor()
    await page.keyboard.press('Enter')
    expect(await heading(page)).toBe('orders > case 07')

    await page.goBack()
    await page.getByRole('grid', { name: 'Records of shop.orders/norway#fix' }).waitFor()
    await page.goBack()
    await page.getByRole('grid', { name: 'Records of shop.orders/norway#pending' }).waitFor()
    await page.goBack()
    await page.getByRole('grid', { name: 'Inside shop.orders' }).waitFor()
    expect(await heading(page)).toBe('shop.orders')
    await page.goBack()
    await page.getByRole('heading', { level: 2, name: 'orders > case 01' }).waitFor()
    for (let step = 0; step < 4; step += 1) await page.goForward()
    await page.getByRole('heading', { level: 2, name: 'orders > case 07' }).waitFor()
    expect(await gapsOf(page)).toMatchObject({ selected: true })
    expect(page.url()).toContain('#catalog=6&node=0')
  })

  it('follow a held arrow key without a complaint of the browser', async () => {
    const { page, complaints } = await open(run)
    await page.getByRole('tree').focus()
    for (let step = 0; step < 300; step += 1) await page.keyboard.press(step % 40 < 20 ? 'ArrowDown' : 'ArrowUp')
    expect(complaints).toEqual([])
    await page.goBack()
    await page.getByRole('heading', { level: 2, name: 'orders > case 01' }).waitFor()
  })
})

describe('the rows of a failure', () => {
  it.each([1300, 1000, 390])('show what differs in a window of %i pixels', async (width) => {
    const { page } = await open(nested, '', { width, height: 900 })
    const cell = page.getByRole('gridcell', { name: /CHANGED.*differs/ })
    await cell.waitFor()
    const seen = await cell.evaluate((element) => {
      const text = (element as unknown as { firstChild: Node }).firstChild
      const range = document.createRange()
      const at = text.textContent?.indexOf('CHANGED') ?? 0
      range.setStart(text, at)
      range.setEnd(text, at + 7)
      const [part, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()]
      const grid = element.closest('.grid')?.getBoundingClientRect()
      return part.left >= box.left && part.right <= Math.min(box.right, grid?.right ?? 0)
    })
    expect(seen).toBe(true)
  })

  it('have room for the longest label, and cells that stand below their heads', async () => {
    const { page } = await open(nested, '', { width: 1300, height: 900 })
    await page.getByRole('grid', { name: /Expected and actual/ }).waitFor()
    const measured = await page.evaluate<{ cut: string[]; heads: number[]; cells: number[] }>(`(() => {
      const grid = document.querySelector('.grid')
      const lefts = (row) => [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().left))
      const gutters = [...grid.querySelectorAll('.gutter')]
      return {
        cut: gutters.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent),
        heads: lefts(grid.querySelector('.head')),
        cells: lefts([...grid.querySelectorAll('.row')].at(-1)),
      }
    })()`)
    expect(measured.cut).toEqual([])
    expect(measured.cells).toEqual(measured.heads)
  })

  it.each([
    [1280, 800],
    [2560, 1440],
    [390, 844],
  ])('stay within 500 nodes for any number of errors in a window of %i × %i', async (width, height) => {
    const { page } = await open(soft, '', { width, height })
    await page.getByRole('grid', { name: /Expected and actual/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('listbox', { name: 'Errors' }).focus()
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('ArrowDown')
      await page
        .getByRole('grid', { name: /Expected and actual/ })
        .last()
        .waitFor()
      expect(await nodes(page)).toBeLessThanOrEqual(500)
    }
    await page.keyboard.press('End')
    await page.getByText('60 differences').waitFor()
    expect(await violations(page)).toEqual([])
  })
})
