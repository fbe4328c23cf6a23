// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/dom'
import { describe, expect, it, vi } from 'vitest'
import { createAddress, type Place } from '../../src/inspector/client/address.ts'
import { mount, press } from './dom.ts'
import { runReport } from './run-sample.ts'
import { sampleFailure, sampleReport } from './sample.ts'

const heading = (): string | null => screen.getByRole('heading', { level: 2 }).textContent
const selected = (): string | null => screen.getByRole('treeitem', { selected: true }).getAttribute('aria-label')
const go = (name: RegExp): void => screen.getByRole('treeitem', { name }).click()
const grid = (name: string): Promise<HTMLElement> => screen.findByRole('grid', { name })
const settled = (fragment: string): Promise<void> => waitFor(() => expect(location.hash).toBe(fragment))

describe('the address', () => {
  it('opens what a link names', async () => {
    mount(sampleReport(), '#catalog=0&node=5&delta=1&view=changes')
    await grid('What shop.orders/norway#fix changed')
    expect(selected()).toBe('partition, norway, committed, 4 deltas')
    expect(screen.getByRole('tab', { name: 'Changes', selected: true })).toBeVisible()
  })

  it('opens the nearest where a link names nothing that is there', async () => {
    mount(sampleReport(), '#catalog=7&node=99')
    expect(heading()).toBe('shop.orders/SE')
    await settled('#catalog=0&node=7')
    mount(sampleReport(), '#catalog=-1&node=x&delta=1.5&view=<b>')
    expect(heading()).toBe('orders.db')
    await settled('#catalog=0&node=0')
  })

  it('follows what is looked at: nodes, deltas, views', async () => {
    mount(sampleReport())
    go(/norway/)
    expect(location.hash).toBe('#catalog=0&node=5')
    await settled('#catalog=0&node=5&delta=3&view=records')
    screen.getByRole('option', { name: /fix/ }).click()
    expect(location.hash).toBe('#catalog=0&node=5&delta=1&view=records')
    screen.getByRole('tab', { name: 'Merged' }).click()
    expect(location.hash).toBe('#catalog=0&node=5&delta=1&view=merged')
  })
})

describe('Back and Forward', () => {
  it('walk through what was looked at', async () => {
    mount(sampleReport())
    go(/version 1/)
    go(/norway/)
    await grid('Records of shop.orders/norway#pending')
    screen.getByRole('option', { name: /fix/ }).click()
    await grid('Records of shop.orders/norway#fix')
    screen.getByRole('tab', { name: 'Changes' }).click()
    await grid('What shop.orders/norway#fix changed')

    history.back()
    await grid('Records of shop.orders/norway#fix')
    history.back()
    await grid('Records of shop.orders/norway#pending')
    history.back()
    await waitFor(() => expect(heading()).toBe('shop.orders@1'))
    expect(selected()).toBe('version 1, active')
    history.back()
    await waitFor(() => expect(heading()).toBe('orders.db'))
    history.forward()
    await waitFor(() => expect(heading()).toBe('shop.orders@1'))
    history.go(3)
    await grid('What shop.orders/norway#fix changed')
    expect(selected()).toBe('partition, norway, committed, 4 deltas')
  })

  it('leave a walk by the arrow keys in one step', async () => {
    mount(sampleReport())
    go(/namespace, shop/)
    screen.getByRole('tree').focus()
    const before = history.length
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'End']) press(key)
    expect(heading()).toBe('shop.orders/SE')
    expect(history.length).toBe(before + 1)
    await settled('#catalog=0&node=7')
    history.back()
    await waitFor(() => expect(heading()).toBe('shop'))
    history.forward()
    await waitFor(() => expect(heading()).toBe('shop.orders/SE'))
  })

  it('lead back from a search’s hit, and from what a test compared', async () => {
    mount(sampleReport(sampleFailure))
    screen.getByRole('button', { name: 'Open shop.orders/norway' }).click()
    await grid('Expected and actual rows of shop.orders/norway')
    history.back()
    await waitFor(() => expect(heading()).toBe('orders > a refund deletes the order'))
  })

  it('go to another catalog and open what is above the node there', async () => {
    mount(runReport(39))
    location.hash = '#catalog=30&node=6'
    await waitFor(() => expect(heading()).toBe('shop.orders/"<img src=x onerror=alert(1)>"'))
    expect(selected()).toBe('partition, <img src=x onerror=alert(1)>, deprecated, 1 delta')
    history.back()
    await waitFor(() => expect(heading()).toBe('orders > case 01'))
  })

  it('are not undone by what is late to be written of the place before', () => {
    vi.useFakeTimers()
    const gone = new AbortController()
    try {
      history.replaceState(null, '', '#catalog=0&node=2')
      const moves: Place[] = []
      const address = createAddress((place) => moves.push(place), gone.signal)
      address.settle({ catalog: 0, node: 2, delta: 1, view: 'records' })
      // The address is another already when the timer fires; the event comes after that.
      history.replaceState(null, '', '#catalog=0&node=1')
      vi.runAllTimers()
      expect(location.hash).toBe('#catalog=0&node=1')
      dispatchEvent(new Event('hashchange'))
      expect(moves).toEqual([{ catalog: 0, node: 1, delta: -1, view: null }])
      address.settle({ catalog: 0, node: 1, delta: 2, view: null })
      vi.runAllTimers()
      expect(location.hash).toBe('#catalog=0&node=1&delta=2')
    } finally {
      gone.abort()
      vi.useRealTimers()
    }
  })

  it('keep the keyboard’s focus in the page that they show', async () => {
    mount(sampleReport())
    go(/norway/)
    ;(await grid('Records of shop.orders/norway#pending')).focus()
    history.back()
    await waitFor(() => expect(heading()).toBe('orders.db'))
    expect(screen.getByRole('main')).toHaveFocus()
  })
})
