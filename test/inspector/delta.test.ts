// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/dom'
import { describe, expect, it } from 'vitest'
import { countNodes, mount, press, rowsOf } from './dom.ts'
import { largeReport, sampleFailure, sampleReport } from './sample.ts'

const openNorway = (report = sampleReport()): void => {
  mount(report)
  screen.getByRole('treeitem', { name: /norway/ }).click()
}
const delta = (name: RegExp): Promise<HTMLElement> => screen.findByRole('option', { name })
/** Clicks a delta once the partition's last one has been shown: until then rows are drawn anew. */
const open = async (name: RegExp): Promise<void> => {
  await screen.findByRole('tablist')
  screen.getByRole('option', { name }).click()
}
const view = async (name: string): Promise<void> => (await screen.findByRole('tab', { name })).click()
const grid = (name: string): Promise<HTMLElement> => screen.findByRole('grid', { name })

describe('the timeline', () => {
  it('lists deltas by position with type, state and effect, and shows the last', async () => {
    openNorway()
    const list = await screen.findByRole('listbox', { name: 'Deltas of shop.orders/norway' })
    await waitFor(() =>
      expect(
        within(list)
          .getAllByRole('option')
          .map((option) => [...Array.from(option.childNodes, (part) => part.textContent), option.dataset.effect]),
      ).toEqual([
        ['#seed', ' upsert · 3 rows · 1.2 kB · 2024-03-01 00:00:00.000', '3 added'],
        ['#fix', ' upsert · 1 row · 2.5 kB · 2024-03-01 00:00:00.001', '1 changed'],
        ['#refund', ' delete by id · 1 row · 3.7 kB · 2024-03-01 00:00:00.002', '1 removed'],
        ['#pending', ' append · staged · 1 row · 4.9 kB · 2024-03-01 00:00:00.003', ''],
      ]),
    )
    expect(await delta(/pending/)).toHaveAttribute('aria-selected', 'true')
    expect(await delta(/seed/)).toHaveAccessibleName('#seed upsert · 3 rows · 1.2 kB · 2024-03-01 00:00:00.000 3 added')
    expect(rowsOf(await grid('Records of shop.orders/norway#pending'))).toEqual([['1', '7', 'NO', '1.00']])
  })

  it('says above a delta what it does, and by what a delete deletes', async () => {
    openNorway()
    await open(/refund/)
    const main = screen.getByRole('main')
    expect(within(main).getByRole('heading', { level: 3, name: '#refund' })).toBeVisible()
    expect(within(main).getByText('delete')).toHaveClass('badge')
    expect(within(main).getByText('Deletes by').nextElementSibling).toHaveTextContent(/^id$/)
    await open(/pending/)
    expect(within(main).getByText('staged append')).toHaveAttribute('data-state', 'staged')
    expect(within(main).queryByText('Deletes by')).not.toBeInTheDocument()
  })

  it('says so where a partition has no deltas', () => {
    mount(sampleReport())
    screen.getByRole('treeitem', { name: /SE/ }).click()
    expect(screen.queryByRole('listbox', { name: /Deltas/ })).not.toBeInTheDocument()
    expect(screen.getByRole('treeitem', { name: 'partition, SE, staged, no deltas' })).toBeVisible()
  })
})

describe('the views of a delta', () => {
  it('shows raw records, null and empty text apart', async () => {
    openNorway()
    await open(/seed/)
    const records = await grid('Records of shop.orders/norway#seed')
    expect(rowsOf(records)).toEqual([
      ['1', '1', 'NO', '10.50'],
      ['2', '2', 'NO', 'null'],
      ['3', '3', 'NO', '""'],
    ])
    expect(within(records).getByRole('columnheader', { name: 'total, decimal(12,2)' })).toBeVisible()
    expect(within(records).getByText('null')).toHaveClass('null')
    expect(within(records).getByText('""')).toHaveClass('empty')
    expect(records).toHaveAttribute('aria-rowcount', '4')
  })

  it('shows what a delta changed, cell by cell', async () => {
    openNorway()
    await open(/fix/)
    await view('Changes')
    const changes = await grid('What shop.orders/norway#fix changed')
    expect(rowsOf(changes)).toEqual([
      ['before', '2', 'NO', 'null'],
      ['after', '2', 'NO', '99.90'],
    ])
    expect(within(changes).getByRole('gridcell', { name: '99.90, differs' })).toHaveClass('differs')
    expect(within(changes).getAllByRole('gridcell', { name: 'NO' })).toHaveLength(2)
    await open(/refund/)
    expect(rowsOf(await grid('What shop.orders/norway#refund changed'))).toEqual([['removed', '1', 'NO', '10.50']])
  })

  it('shows the merged rows after each delta', async () => {
    openNorway()
    await open(/seed/)
    await view('Merged')
    expect(rowsOf(await grid('Merged rows after shop.orders/norway#seed')).map((row) => row.slice(1))).toEqual([
      ['1', 'NO', '10.50'],
      ['2', 'NO', 'null'],
      ['3', 'NO', '""'],
    ])
    await open(/refund/)
    expect(rowsOf(await grid('Merged rows after shop.orders/norway#refund')).map((row) => row.slice(1))).toEqual([
      ['3', 'NO', '""'],
      ['2', 'NO', '99.90'],
    ])
  })

  it('says that a staged delta has changed nothing', async () => {
    openNorway()
    await view('Changes')
    expect(await screen.findByText('A staged delta has changed nothing yet: commit it first.')).toBeVisible()
  })

  it('shows the manifest', async () => {
    openNorway()
    await open(/fix/)
    await view('Manifest')
    expect(rowsOf(await grid('Manifest of shop.orders/norway#fix'))).toEqual([['1', 'cloudpickle://entry-1', '1']])
    expect(within(screen.getByRole('tabpanel')).getByText('Position').nextElementSibling).toHaveTextContent(
      '1709251200001',
    )
  })

  it('changes the view by arrow keys', async () => {
    openNorway()
    const records = await screen.findByRole('tab', { name: 'Records' })
    await waitFor(() => expect(records).toHaveAttribute('aria-selected', 'true'))
    records.focus()
    press('ArrowRight')
    expect(screen.getByRole('tab', { name: 'Changes' })).toHaveFocus()
    expect(screen.getByRole('tabpanel', { name: 'Changes' })).toBeVisible()
    press('ArrowLeft')
    press('ArrowLeft')
    expect(screen.getByRole('tab', { name: 'Manifest', selected: true })).toHaveFocus()
  })

  it('shows the expectation of a failed test first, the differing cell marked', async () => {
    mount(sampleReport(sampleFailure))
    expect(screen.getByRole('heading', { level: 2, name: 'orders > a refund deletes the order' })).toBeVisible()
    expect(screen.getByText('toHaveRecords: 1 changed row, 1 missing row, 1 equal row left out, by id')).toBeVisible()
    expect(screen.getByText(/total: 99.90 → 10.00/)).toBeVisible()
    screen.getByRole('button', { name: 'Open shop.orders/norway' }).click()
    const expected = await grid('Expected and actual rows of shop.orders/norway')
    expect(screen.getByRole('tab', { name: 'Expected', selected: true })).toBeVisible()
    expect(rowsOf(expected)).toEqual([
      ['expected', '2', '10.00', 'NO', 'orders.deltacat.yaml:41:9'],
      ['actual', '2', '99.90', 'NO', ''],
      ['missing', '4', '5.00', 'NO', ''],
    ])
    expect(within(expected).getByRole('gridcell', { name: '10.00, differs' })).toBeVisible()
  })

  it('says why there are no records', async () => {
    const { view: report, chunks } = sampleReport()
    mount({ view: report, chunks: chunks.map((chunk, index) => (index === 1 ? 'AAAA' : chunk)) })
    screen.getByRole('treeitem', { name: /norway/ }).click()
    await open(/fix/)
    expect(await screen.findByRole('alert')).toHaveTextContent(/^This can't be shown: /)
  })
})

describe('what a catalog holds', () => {
  it('is text and never markup', async () => {
    mount(sampleReport())
    screen.getByRole('treeitem', { name: /onerror/ }).click()
    const records = await grid('Records of shop.orders/"<img src=x onerror=alert(1)>"#<b>bold</b>')
    expect(rowsOf(records)).toEqual([['1', '1', '</script><script>document.title = "broken"</script>', '0.00']])
    expect(document.querySelectorAll('main script, main img, main b b')).toHaveLength(0)
  })
})

describe('cells', () => {
  it('are walked by arrow keys and opened by Enter', async () => {
    openNorway()
    await open(/seed/)
    const records = await grid('Records of shop.orders/norway#seed')
    records.focus()
    const current = (): string | null | undefined =>
      document.getElementById(records.getAttribute('aria-activedescendant') ?? '')?.textContent
    expect(current()).toBe('1')
    press('ArrowDown')
    press('End')
    expect(current()).toBe('null')
    press('ArrowLeft')
    expect(current()).toBe('NO')
    press('End', { ctrlKey: true })
    press('End')
    expect(current()).toBe('""')
    press('Home', { ctrlKey: true })
    expect(current()).toBe('10.50')
    press('Enter')
    const dialog = screen.getByRole('dialog', { name: 'total: decimal(12,2)' })
    expect(within(dialog).getByText('10.50')).toBeVisible()
    within(dialog).getByRole('button', { name: 'Close' }).click()
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })

  it('are few, however long and wide the table', async () => {
    mount(largeReport(100_000, 100_000, 60))
    screen.getByRole('treeitem', { name: /partition, p0,/ }).click()
    const list = await screen.findByRole('listbox', { name: 'Deltas of big.log/p0' })
    expect(await delta(/^#99999 /)).toHaveAttribute('aria-selected', 'true')
    list.focus()
    press('Home')
    const records = await grid('Records of big.log/p0#0')
    expect(records).toHaveAttribute('aria-rowcount', '100001')
    expect(countNodes()).toBeLessThanOrEqual(500)
    records.focus()
    press('End', { ctrlKey: true })
    press('End')
    await waitFor(() => expect(within(records).getByText('1000049')).toBeVisible())
    expect(countNodes()).toBeLessThanOrEqual(500)
  })
})
