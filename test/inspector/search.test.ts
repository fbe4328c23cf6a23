// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/dom'
import { describe, expect, it } from 'vitest'
import { mount, press, rowsOf } from './dom.ts'
import { runReport } from './run-sample.ts'
import { sampleReport } from './sample.ts'

const box = (): HTMLInputElement => screen.getByRole('searchbox', { name: 'Search' })

async function find(words: string): Promise<string[]> {
  box().focus()
  box().value = words
  box().dispatchEvent(new Event('input', { bubbles: true }))
  await waitFor(() =>
    expect(screen.getByRole('status')).toHaveTextContent(/results?( in \d+ catalogs?)?( and more.*)?$/),
  )
  return within(screen.getByRole('search'))
    .queryAllByRole('option')
    .map((option) => option.textContent ?? '')
}

describe('the search', () => {
  it('finds names, facts, deltas and cells, whatever their case', async () => {
    mount(sampleReport())
    expect(await find('NORWAY')).toEqual(['shop.orders/norwaypartition'])
    expect(screen.getByRole('status')).toHaveTextContent(/^1 result$/)
    expect(await find('99.9')).toEqual(['total: 99.90shop.orders/norway#fix row 1'])
    expect(await find('primary')).toEqual(['Primary keys: idversion'])
    expect(await find('#refund')).toEqual(['#refundshop.orders/norway#refund'])
  })

  it('says when there is nothing', async () => {
    mount(sampleReport())
    expect(await find('nowhere')).toEqual([])
    expect(screen.getByRole('status')).toHaveTextContent(/^0 results$/)
  })

  it('is reached by / and goes to a hit by keyboard alone', async () => {
    mount(sampleReport())
    press('/')
    expect(box()).toHaveFocus()
    await find('10.50')
    press('ArrowDown')
    const list = screen.getByRole('listbox', { name: 'Search results' })
    expect(list).toHaveFocus()
    press('Enter')
    expect(screen.getByRole('main')).toHaveFocus()
    expect(list).not.toBeVisible()
    expect(rowsOf(await screen.findByRole('grid', { name: 'Records of shop.orders/norway#seed' }))[0]).toEqual([
      '1',
      '1',
      'NO',
      '10.50',
    ])
  })

  it('goes to a hit by one click', async () => {
    mount(sampleReport())
    await find('99.9')
    screen.getByRole('option', { name: /total: 99\.90/ }).click()
    expect(await screen.findByRole('grid', { name: 'Records of shop.orders/norway#fix' })).toBeVisible()
    expect(screen.getByRole('main')).toHaveFocus()
  })

  it('closes by Escape and keeps the words', async () => {
    mount(sampleReport())
    await find('norway')
    press('ArrowDown')
    press('Escape')
    expect(box()).toHaveFocus()
    expect(box()).toHaveValue('norway')
    expect(screen.queryByRole('listbox', { name: 'Search results' })).not.toBeInTheDocument()
  })

  it('shows the keys by ?', () => {
    mount(sampleReport())
    press('?')
    const dialog = screen.getByRole('dialog', { name: 'Keyboard' })
    expect(within(dialog).getByText('search')).toBeVisible()
    expect(within(dialog).getByText('vitest-deltacat 0.1.0, 2024-03-01T00:00:00.000Z')).toBeVisible()
  })
})

describe('the search of a run', () => {
  const results = (): string[] =>
    within(screen.getByRole('search'))
      .queryAllByRole('option')
      .map((option) => option.textContent ?? '')

  it('lists hits under the test that they belong to, and names it in each', async () => {
    mount(runReport(3))
    await find('99.9')
    expect(screen.getByRole('status')).toHaveTextContent(/^3 results in 3 catalogs$/)
    expect(results()).toEqual([
      'orders > case 011 result · orders.test.ts/case-1.db',
      'total: 99.90shop.orders/norway#fix row 1 · orders > case 01',
      'orders > case 021 result · orders.test.ts/case-2.db',
      'total: 99.90shop.orders/norway#fix row 1 · orders > case 02',
      'orders > case 031 result · orders.test.ts/case-3.db',
      'total: 99.90shop.orders/norway#fix row 1 · orders > case 03',
    ])
  })

  it('goes to a hit of the right test, and by a test’s own line to its page', async () => {
    mount(runReport(3))
    await find('99.9')
    screen.getByRole('option', { name: /norway#fix row 1 · orders > case 02/ }).click()
    await screen.findByRole('grid', { name: 'Records of shop.orders/norway#fix' })
    expect(location.hash).toBe('#catalog=1&node=5&delta=1&view=records')
    await find('99.9')
    screen.getByRole('option', { name: /orders > case 03 *1 result/ }).click()
    expect(screen.getByRole('heading', { level: 2, name: 'orders > case 03' })).toBeVisible()
  })

  it('goes to the first hit by Enter', async () => {
    mount(runReport(3))
    await find('99.9')
    press('Enter')
    await screen.findByRole('grid', { name: 'Records of shop.orders/norway#fix' })
    expect(location.hash).toBe('#catalog=0&node=5&delta=1&view=records')
  })

  it('does not let one catalog hide the others', async () => {
    mount(runReport(3, 203))
    await find('partition')
    await find('orders/p')
    expect(screen.getByRole('status')).toHaveTextContent(/^300 results in 3 catalogs and more: these are the first$/)
    expect(results()[0]).toBe('orders > case 01100 results and more · orders.test.ts/case-1.db')
  })
})
