// @vitest-environment happy-dom
import { screen, within } from '@testing-library/dom'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mount, press } from './dom.ts'
import { runReport } from './run-sample.ts'
import { sampleFailure, sampleReport } from './sample.ts'

const tree = (): HTMLElement => screen.getByRole('tree', { name: 'Catalog' })
const names = (): (string | null)[] =>
  within(tree())
    .getAllByRole('treeitem')
    .map((item) => item.getAttribute('aria-label'))

const whole = [
  'catalog, orders.db',
  'namespace, shop, 1 table',
  'table, orders, 1 version',
  'version 1, active',
  'stream, committed, 3 partitions',
  'partition, norway, committed, 4 deltas',
  'partition, <img src=x onerror=alert(1)>, deprecated, 1 delta',
  'partition, SE, staged, no deltas',
]

describe('the tree', () => {
  it('names every level with its state and size', () => {
    mount(sampleReport())
    expect(names()).toEqual(whole)
    expect(screen.getByRole('navigation', { name: 'Hierarchy' })).toContainElement(tree())
    expect(screen.getByRole('treeitem', { name: /norway/ })).toHaveAttribute('aria-level', '6')
    expect(screen.getByRole('treeitem', { name: /norway/ })).toHaveAttribute('aria-posinset', '1')
    expect(screen.getByRole('treeitem', { name: /norway/ })).toHaveAttribute('aria-setsize', '3')
  })

  it('starts at the catalog', () => {
    mount(sampleReport())
    expect(screen.getByRole('treeitem', { name: 'catalog, orders.db', selected: true })).toBeVisible()
    expect(screen.getByRole('heading', { level: 2, name: 'orders.db' })).toBeVisible()
  })

  it('marks a catalog that a failed test left behind', () => {
    mount(sampleReport(sampleFailure))
    expect(names()[0]).toBe('catalog, orders > a refund deletes the order, failed')
  })

  it('moves by arrow keys, Home and End, and shows what it comes to', () => {
    mount(sampleReport())
    tree().focus()
    expect(tree()).toHaveFocus()
    press('End')
    expect(screen.getByRole('heading', { level: 2, name: 'shop.orders/SE' })).toBeVisible()
    const last = screen.getByRole('treeitem', { name: 'partition, SE, staged, no deltas', selected: true })
    expect(tree()).toHaveAttribute('aria-activedescendant', last.id)
    press('ArrowUp')
    press('ArrowUp')
    expect(screen.getByRole('heading', { level: 2, name: 'shop.orders/norway' })).toBeVisible()
    press('Home')
    expect(screen.getByRole('heading', { level: 2, name: 'orders.db' })).toBeVisible()
  })

  it('closes and opens a level by ArrowLeft and ArrowRight', () => {
    mount(sampleReport())
    tree().focus()
    press('ArrowDown')
    press('ArrowDown')
    press('ArrowLeft')
    expect(names()).toEqual(whole.slice(0, 3))
    expect(screen.getByRole('treeitem', { name: 'table, orders, 1 version' })).toHaveAttribute('aria-expanded', 'false')
    press('ArrowLeft')
    expect(screen.getByRole('treeitem', { selected: true })).toHaveAccessibleName('namespace, shop, 1 table')
    press('ArrowRight')
    press('ArrowRight')
    expect(names()).toEqual(whole)
    press('ArrowRight')
    expect(screen.getByRole('treeitem', { selected: true })).toHaveAccessibleName('version 1, active')
  })

  it('opens by pointer', () => {
    mount(sampleReport())
    screen.getByRole('treeitem', { name: /norway/ }).click()
    expect(screen.getByRole('heading', { level: 2, name: 'shop.orders/norway' })).toBeVisible()
    screen.getByRole('treeitem', { name: /namespace, shop/ }).click()
    screen.getByRole('treeitem', { name: /namespace, shop/ }).click()
    expect(names()).toEqual(whole.slice(0, 2))
  })

  it('shows a version’s schema and facts', async () => {
    mount(sampleReport())
    screen.getByRole('treeitem', { name: /version 1/ }).click()
    const grid = await screen.findByRole('grid', { name: 'Schema of shop.orders@1' })
    expect(
      within(grid)
        .getAllByRole('gridcell')
        .map((cell) => cell.textContent),
    ).toEqual(['id', 'int64!', 'country', 'string', 'total', 'decimal(12,2)'])
    expect(screen.getByText('Primary keys').nextElementSibling).toHaveTextContent('id')
  })

  it('opens and closes a level by its arrow, without going there', () => {
    mount(sampleReport())
    const table = screen.getByRole('treeitem', { name: 'table, orders, 1 version' })
    // The name of a level at depth 2 begins 52 pixels from the row's start, the arrow 16 before it.
    table.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 40 }))
    expect(names()).toEqual(whole.slice(0, 3))
    expect(screen.getByRole('treeitem', { selected: true })).toHaveAccessibleName('catalog, orders.db')
    screen
      .getByRole('treeitem', { name: 'table, orders, 1 version' })
      .dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 40 }))
    expect(names()).toEqual(whole)
  })

  it('shows nothing but a sentence where there is no catalog', () => {
    mount({ view: { ...sampleReport().view, catalogs: [] }, chunks: [] })
    expect(screen.getByText('There is no catalog in this report.')).toBeVisible()
  })
})

describe('the tree of a run', () => {
  afterEach(() => vi.restoreAllMocks())
  const tests = Array.from(
    { length: 39 },
    (_, index) => `catalog, orders > case ${String(index + 1).padStart(2, '0')}, failed`,
  )
  const test = (index: number): HTMLElement => screen.getByRole('treeitem', { name: tests[index] as string })
  const selected = (): HTMLElement => screen.getByRole('treeitem', { selected: true })
  /** Lays the page out, in so far as every element has this height. */
  const layOut = (height: number) =>
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(() => height)

  it('is open at the first test, and closed at the others', () => {
    layOut(900)
    mount(runReport(39))
    expect(names().slice(0, 3)).toEqual([tests[0], 'namespace, shop, 1 table', 'table, orders, 1 version'])
    expect(names().slice(21, 24)).toEqual(tests.slice(1, 4))
    expect(test(0)).toHaveAttribute('aria-expanded', 'true')
    expect(test(1)).toHaveAttribute('aria-expanded', 'false')
  })

  it('is whole where the catalogs are few and small', () => {
    mount(runReport(2, 4))
    expect(test(1)).toHaveAttribute('aria-expanded', 'true')
  })

  it.each([
    ['buttons', (name: string) => screen.getByRole('button', { name }).click()],
    ['keys', (name: string) => press(name === 'Expand all' ? '*' : '-')],
  ])('opens and closes everything by %s', (_, choose) => {
    layOut(900)
    mount(runReport(39), '#catalog=0&node=5')
    tree().focus()
    choose('Collapse all')
    expect(names()).toEqual(tests.slice(0, names().length))
    // The node that is shown is hidden now; the keyboard is on what it is hidden in.
    expect(tree()).toHaveAttribute('aria-activedescendant', test(0).id)
    expect(screen.getByRole('heading', { level: 2, name: 'shop.orders/norway' })).toBeVisible()
    choose('Expand all')
    expect(selected()).toHaveAccessibleName('partition, norway, committed, 4 deltas')
    press('End')
    expect(selected()).toHaveAccessibleName('partition, p12, staged, no deltas')
    expect(screen.getByRole('heading', { level: 2, name: 'shop.orders/p12' })).toBeVisible()
  })

  it.each([300, 767, 844, 1320, 1400, 2000])('fills a height of %i pixels and draws what is selected', (height) => {
    layOut(height)
    mount(runReport(39), '#catalog=21')
    expect(selected()).toHaveAccessibleName(tests[21] as string)
    const drawn = (): { first: number; end: number } => {
      const at = within(tree())
        .getAllByRole('treeitem')
        .map((row) => Number(/translateY\((-?\d+)px\)/.exec(row.style.transform)?.[1]) - tree().scrollTop)
      return { first: Math.min(...at), end: Math.max(...at) + 30 }
    }
    screen.getByRole('button', { name: 'Expand all' }).click()
    expect(selected()).toHaveAccessibleName(tests[21])
    for (const scrolled of [0, 15, 400, 1007]) {
      tree().scrollTop = scrolled
      tree().dispatchEvent(new Event('scroll'))
      expect(drawn().first).toBeLessThanOrEqual(0)
      expect(drawn().end).toBeGreaterThanOrEqual(height)
    }
  })
})
