// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/dom'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { FailureErrorView, FailureView } from '../../src/inspector/model.ts'
import { countNodes, mount, press, rowsOf } from './dom.ts'
import { runReport } from './run-sample.ts'
import { errorView, largeReport, sampleFailure, sampleReport } from './sample.ts'

const grid = (name: string): Promise<HTMLElement> => screen.findByRole('grid', { name })
const heading = (): string | null => screen.getByRole('heading', { level: 2 }).textContent
/** The facts of the page, as `name: value`. */
const facts = (): string[] =>
  Array.from(screen.getByRole('main').querySelector('dl')?.children ?? [], ({ children }) =>
    Array.from(children, (part) => part.textContent).join(': '),
  )
const headOf = (table: HTMLElement): (string | null)[] =>
  within(table)
    .getAllByRole('columnheader')
    .map((cell) => cell.textContent)

afterEach(() => vi.restoreAllMocks())

describe('the page of a level', () => {
  it('counts what a catalog holds, by state, and lists its tables', async () => {
    mount(sampleReport())
    expect(facts()).toEqual([
      'File: /work/orders.db',
      'Tables: 1',
      'Versions: 1 active',
      'Streams: 1 committed',
      'Partitions: 1 committed, 1 deprecated, 1 staged',
      'Deltas: 3 committed, 1 staged, 1 deprecated',
      'Rows: 7',
      'Size: 14 kB',
    ])
    const tables = await grid('Inside /work/orders.db')
    expect(headOf(tables)).toEqual(['row', 'name', 'partitions', 'deltas', 'rows', 'size'])
    expect(rowsOf(tables)).toEqual([
      ['1', 'shop.orders', '1 committed, 1 deprecated, 1 staged', '3 committed, 1 staged, 1 deprecated', '7', '14 kB'],
    ])
  })

  it('lists a table’s versions and partitions with their states', async () => {
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1400)
    mount(sampleReport(), '#catalog=0&node=2')
    expect(screen.getByText('1 version, 3 partitions')).toBeVisible()
    const inside = await grid('Inside shop.orders')
    expect(headOf(inside)).toEqual(['row', 'name', 'state', 'deltas', 'rows', 'size', 'kind'])
    expect(rowsOf(inside).map((row) => row.slice(1))).toEqual([
      ['version 1', 'active', '3 committed, 1 staged, 1 deprecated', '7', '14 kB', 'version'],
      ['norway', 'committed', '3 committed, 1 staged', '6', '12 kB', 'partition'],
      ['<img src=x onerror=alert(1)>', 'deprecated', '1 deprecated', '1', '1.2 kB', 'partition'],
      ['SE', 'staged', '', '0', '0 B', 'partition'],
    ])
  })

  it('leads to each by a link, by Enter and by a click on its row', async () => {
    mount(sampleReport(), '#catalog=0&node=2')
    await grid('Inside shop.orders')
    const link = screen.getByRole('link', { name: 'norway' })
    expect(link).toHaveAttribute('href', '#catalog=0&node=5')
    mount(sampleReport(), '#catalog=0&node=4')
    const inside = await grid('Inside shop.orders@1~stream')
    inside.focus()
    press('End', { ctrlKey: true })
    press('Enter')
    await waitFor(() => expect(heading()).toBe('shop.orders/SE'))
    expect(screen.getByRole('treeitem', { selected: true })).toHaveAccessibleName('partition, SE, staged, no deltas')
    history.back()
    await grid('Inside shop.orders@1~stream')
    // The first click goes to the row, which is drawn anew.
    screen.getByRole('gridcell', { name: '6' }).click()
    screen.getByRole('gridcell', { name: '6' }).click()
    await waitFor(() => expect(heading()).toBe('shop.orders/norway'))
  })

  it('lists a version’s partitions below its schema', async () => {
    mount(sampleReport(), '#catalog=0&node=3')
    expect(rowsOf(await grid('Schema of shop.orders@1'))).toHaveLength(3)
    expect(rowsOf(await grid('Inside shop.orders@1')).map((row) => row[1])).toEqual([
      'norway',
      '<img src=x onerror=alert(1)>',
      'SE',
    ])
    expect(facts()).toContain('Streams: 1 committed')
  })

  it('says so where there is nothing below', () => {
    const report = sampleReport()
    const [catalog] = report.view.catalogs
    const nodes = catalog?.nodes.slice(0, 2).map((node) => ({ ...node, totals: { states: {}, records: 0, bytes: 0 } }))
    mount({ ...report, view: { ...report.view, catalogs: [{ nodes: nodes ?? [], failure: null }] } }, '#node=1')
    expect(screen.getByText('No table.')).toBeVisible()
    expect(facts()).toEqual([])
  })

  it('draws few of many', async () => {
    mount(largeReport(1, 1), '#catalog=0&node=2')
    expect(await grid('Inside big.log')).toHaveAttribute('aria-rowcount', '5002')
    expect(countNodes()).toBeLessThanOrEqual(500)
  })
})

describe('the page of a failed test', () => {
  const failing = (errors: readonly FailureErrorView[]): FailureView => ({ ...sampleFailure, errors })
  const [records] = sampleFailure.errors as [FailureErrorView]

  it('shows what was expected of a schema beside what was found', async () => {
    const differences = [
      { what: 'column "id"', expected: 'int64', actual: 'int64!' },
      { what: 'column "extra"', expected: 'string', actual: null },
      { what: 'column "dims"', expected: null, actual: 'struct<w: float64>' },
    ]
    mount(sampleReport(failing([errorView({ message: 'shop.orders has another schema', differences })])))
    expect(screen.getByText('3 differences')).toBeVisible()
    const table = await grid('Expected and actual')
    expect(headOf(table)).toEqual(['row', 'what', 'expected', 'actual'])
    expect(rowsOf(table)).toEqual([
      ['1', 'column "id"', 'int64', 'int64!'],
      ['2', 'column "extra"', 'string', '(none)'],
      ['3', 'column "dims"', '(none)', 'struct<w: float64>'],
    ])
    expect(within(table).getByRole('gridcell', { name: 'int64!, differs' })).toBeVisible()
    expect(screen.getByText('shop.orders has another schema')).toBeVisible()
  })

  it('shows what was expected of a schema above the rows, and how many more differences there are', async () => {
    const differences = [{ what: 'column "id"', expected: 'int64', actual: 'int64!' }]
    mount(sampleReport(failing([{ ...records, differences, moreDifferences: 1500 }])))
    expect(screen.getByText('the first 1 of 1,501 differences')).toBeVisible()
    const [first, second] = await screen.findAllByRole('grid', { name: /Expected and actual/ })
    expect(first).toHaveAccessibleName('Expected and actual')
    expect(second).toHaveAccessibleName('Expected and actual rows of shop.orders/norway')
    expect(countNodes()).toBeLessThanOrEqual(500)
  })

  it('lists several errors, and shows one at a time', async () => {
    const errors = Array.from({ length: 40 }, (_, index) => ({ ...records, message: `error of ${index}\nmore` }))
    mount(sampleReport(failing(errors)))
    const list = screen.getByRole('listbox', { name: 'Errors' })
    expect(within(list).getByRole('option', { name: '1. error of 0' })).toHaveAttribute('aria-selected', 'true')
    await grid('Expected and actual rows of shop.orders/norway')
    expect(screen.getAllByRole('region', { name: 'Failure' })).toHaveLength(1)
    expect(countNodes()).toBeLessThanOrEqual(500)
    list.focus()
    press('End')
    expect(within(list).getByRole('option', { name: '40. error of 39' })).toHaveAttribute('aria-selected', 'true')
    expect(screen.getByLabelText('Message')).toHaveTextContent('error of 39 more')
    await grid('Expected and actual rows of shop.orders/norway')
    expect(countNodes()).toBeLessThanOrEqual(500)
  })

  it('names the keys of the tree in the help', () => {
    mount(runReport(3))
    press('?')
    const help = screen.getByRole('dialog', { name: 'Keyboard' })
    expect(within(help).getByText('* -').nextElementSibling).toHaveTextContent(
      'open all levels of the tree; close all catalogs',
    )
  })
})

describe('a differing cell', () => {
  const compare = (expected: string, actual: string): void => {
    const comparison = {
      subject: 'shop.orders/norway',
      matcher: 'toHaveRecords',
      columns: ['id', 'note', 'dims'].map((name) => ({ name, type: 'string', kind: 'text' as const })),
      key: ['id'],
      counts: { equal: 0, changed: 1, missing: 0, unexpected: 1 },
      rows: [
        { kind: 'changed' as const, expected: ['1', 'a', expected], actual: ['1', 'a', actual], different: [2] },
        { kind: 'unexpected' as const, expected: null, actual: ['2', 'b', 'c'], different: [] },
      ],
    }
    mount(sampleReport(failing([errorView({ comparison })])))
  }
  const failing = (errors: readonly FailureErrorView[]): FailureView => ({ ...sampleFailure, errors })
  const shown = async (): Promise<string[][]> =>
    rowsOf(await grid('Expected and actual rows of shop.orders/norway')).map((row) => row.slice(0, 3))

  it('stands beside the key, and begins shortly before what differs', async () => {
    compare("{ w: 1.5, h: 2, tags: ['a', 'c'] }", "{ w: 1.5, h: 2, tags: ['a', 'b'] }")
    expect(await shown()).toEqual([
      ['expected', '1', "…ags: ['a', 'c'] }"],
      ['actual', '1', "…ags: ['a', 'b'] }"],
      ['unexpected', '2', 'c'],
    ])
  })

  it('is whole where it is short, or differs early', async () => {
    compare('2025-05-31T23:59:59.999999Z', '2025-05-31T23:59:59.999998Z')
    expect((await shown()).map((row) => row[2])).toEqual([
      '2025-05-31T23:59:59.999999Z',
      '2025-05-31T23:59:59.999998Z',
      'c',
    ])
    compare(`b${'x'.repeat(60)}`, `a${'x'.repeat(60)}`)
    expect((await shown())[0]?.[2]).toBe(`b${'x'.repeat(60)}`)
  })

  it('is not cut inside a character, and opens whole with what differs marked', async () => {
    const shared = `${'-'.repeat(8)}${'🦊'.repeat(12)}`
    compare(`${shared}🐻!`, `${shared}🐼!`)
    expect((await shown())[0]?.[2]).toBe(`…${'🦊'.repeat(6)}🐻!`)
    const table = await grid('Expected and actual rows of shop.orders/norway')
    table.focus()
    press('ArrowRight')
    press('Enter')
    const dialog = screen.getByRole('dialog', { name: 'dims: string' })
    expect(dialog.querySelector('pre')).toHaveTextContent(`${shared}🐻!`)
    expect(dialog.querySelector('mark')).toHaveTextContent(/^🐻$/)
  })

  it('leaves room for the longest word of the first column', async () => {
    compare('a', 'b')
    const table = await grid('Expected and actual rows of shop.orders/norway')
    const gutter = Number.parseFloat(table.style.getPropertyValue('--gutter'))
    expect(gutter).toBeGreaterThan('unexpected'.length * 7.7 + 20)
    expect((within(table).getAllByRole('columnheader')[1] as HTMLElement).style.left).toBe(`${gutter}px`)
  })
})
