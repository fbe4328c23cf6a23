// @vitest-environment happy-dom
import { screen, within } from '@testing-library/dom'
import { describe, expect, it } from 'vitest'
import { mount, press } from './dom.ts'
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

  it('shows nothing but a sentence where there is no catalog', () => {
    mount({ view: { ...sampleReport().view, catalogs: [] }, chunks: [] })
    expect(screen.getByText('There is no catalog in this report.')).toBeVisible()
  })
})
