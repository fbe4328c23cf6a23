// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/dom'
import { describe, expect, it } from 'vitest'
import { mount, press, rowsOf } from './dom.ts'
import { sampleReport } from './sample.ts'

const box = (): HTMLInputElement => screen.getByRole('searchbox', { name: 'Search' })

async function find(words: string): Promise<string[]> {
  box().focus()
  box().value = words
  box().dispatchEvent(new Event('input', { bubbles: true }))
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(/results?( and more.*)?$/))
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
