import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { runReport } from '../inspector/run-sample.ts'
import { largeReport, sampleFailure, sampleReport } from '../inspector/sample.ts'
import { launchChromium } from './chromium.ts'
import { browserTests, drawn, nodes, violations } from './page.ts'

const { file, open } = browserTests()
const norway = '#catalog=0&node=5'
let sample: string
let failed: string
let large: string
let run: string

beforeAll(() => {
  sample = file('sample.html', sampleReport())
  failed = file('failed.html', sampleReport(sampleFailure))
  large = file('large.html', largeReport(100_000, 100_000, 40))
  run = file('run.html', runReport(39))
})

it('says how to get Chromium where there is none', async () => {
  await expect(launchChromium('/nowhere/chromium')).rejects.toThrow(
    'No Chromium at /nowhere/chromium. Get it with "apt-get update && apt-get install -y chromium", or set CHROMIUM to its path.',
  )
})

describe('the built package', () => {
  it('writes a report that opens: labels, values, what was merged', async () => {
    const report = join(mkdtempSync(join(tmpdir(), 'deltacat-built-')), 'orders.html')
    const root = join(import.meta.dirname, '../..')
    execFileSync(
      process.execPath,
      [join(root, 'dist/cli/bin.js'), 'report', 'fixtures/orders.deltacat.yaml', '-o', report, '--quiet'],
      { cwd: root },
    )
    const { page, complaints } = await open(report)
    await page.getByRole('treeitem', { name: 'partition, norway, committed, 3 deltas' }).click()
    await page.getByRole('option', { name: /^#fix / }).click()
    await page.getByRole('tab', { name: 'Changes' }).click()
    await page.getByRole('gridcell', { name: '99.90, differs' }).waitFor()
    await page.getByRole('tab', { name: 'Merged' }).click()
    await page.getByRole('gridcell', { name: '18446744073709551615' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    rmSync(dirname(report), { recursive: true })
  })
})

describe('the file', () => {
  it('asks for nothing but itself and breaks no rule of its policy', async () => {
    const { page, complaints, requests } = await open(sample, `${norway}&delta=0&view=records`)
    await page.getByRole('grid').waitFor()
    expect(requests).toEqual([`${pathToFileURL(sample).href}${norway}&delta=0&view=records`.split('#')[0]])
    expect(complaints).toEqual([])
  })

  it('runs nothing that a catalog holds, and nothing that is added', async () => {
    const { page, complaints } = await open(sample, '#catalog=0')
    await page.getByRole('treeitem', { name: /onerror/ }).click()
    await page.getByRole('gridcell', { name: '</script><script>document.title = "broken"</script>' }).waitFor()
    expect(await page.title()).toBe('orders.db')
    expect(complaints).toEqual([])
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { text: 'document.title = "added"' }))`,
    )
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title = 1">')`)
    expect(await page.title()).toBe('orders.db')
    expect(complaints.filter((each) => each.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2)
  })
})

describe('by keyboard alone', () => {
  it('walks from the top to a delta, through its views to a cell', async () => {
    const { page } = await open(sample)
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focused = (): Promise<string | null> => page.evaluate(`document.activeElement.getAttribute('aria-label')`)
    // The search, the help, the two buttons above the tree.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Tab')
    expect(await focused()).toBe('Catalog')
    await press('End', 'ArrowUp', 'ArrowUp')
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('shop.orders/norway')
    await page.getByRole('grid', { name: 'Records of shop.orders/norway#pending' }).waitFor()
    await press('Tab')
    expect(await focused()).toBe('Deltas of shop.orders/norway')
    await press('Home', 'ArrowDown')
    await page.getByRole('grid', { name: 'Records of shop.orders/norway#fix' }).waitFor()
    await press('Tab', 'ArrowRight')
    const changes = page.getByRole('grid', { name: 'What shop.orders/norway#fix changed' })
    await changes.waitFor()
    await press('Tab')
    expect(await focused()).toBe('What shop.orders/norway#fix changed')
    await press('ArrowDown', 'End')
    const cell = (): Promise<string | null> =>
      page.evaluate(`document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent`)
    expect(await cell()).toBe('99.90')
    await press('Enter')
    await page.getByRole('dialog', { name: 'total: decimal(12,2)' }).waitFor()
    await press('Escape')
    expect(await focused()).toBe('What shop.orders/norway#fix changed')
  })

  it('searches and goes to a cell', async () => {
    const { page } = await open(sample)
    await page.keyboard.press('/')
    await page.keyboard.type('99.9')
    await page.getByText(/^1 result$/).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('grid', { name: 'Records of shop.orders/norway#fix' }).waitFor()
    expect(page.url()).toContain('#catalog=0&node=5&delta=1&view=records')
  })

  it('goes where the address says, and back', async () => {
    const { page } = await open(sample, `${norway}&delta=2&view=merged`)
    const merged = page.getByRole('grid', { name: 'Merged rows after shop.orders/norway#refund' })
    await merged.waitFor()
    await page.evaluate(`location.hash = '#catalog=0&node=3'`)
    await page.getByRole('grid', { name: 'Schema of shop.orders@1' }).waitFor()
    await page.goBack()
    await merged.waitFor()
  })
})

describe('a long report', () => {
  it.each([
    [1280, 800],
    [2560, 1440],
    [390, 844],
    [3840, 2160],
  ])('never holds over 500 nodes in a window of %i × %i', async (width, height) => {
    const { page } = await open(large, '#catalog=0&node=5&delta=0&view=records', { width, height })
    const grid = page.getByRole('grid')
    await grid.waitFor()
    const seen: number[] = []
    const scroll = async (selector: string, top: number, left = 0): Promise<void> => {
      await page.locator(selector).evaluate(
        (element, to) => {
          const all = element as unknown as {
            scrollTop: number
            scrollLeft: number
            scrollHeight: number
            scrollWidth: number
          }
          all.scrollTop = all.scrollHeight * to.top
          all.scrollLeft = all.scrollWidth * to.left
        },
        { top, left },
      )
      await drawn(page)
      seen.push(await nodes(page))
    }
    for (const part of [0, 0.001, 0.25, 0.5, 0.75, 0.999, 1]) {
      await scroll('.tree', part)
      await scroll('.timeline', part)
      for (const left of [0, 0.3, 1]) await scroll('.grid', part, left)
    }
    await page.getByRole('gridcell', { name: '1000029', exact: true }).waitFor()
    await page.getByRole('option', { name: /^#99999 / }).click()
    await page.getByRole('tab', { name: 'Merged' }).click()
    await page.getByText('199,999 rows after this delta').waitFor()
    for (const part of [0.4, 1]) await scroll('.grid', part)
    await page.getByRole('searchbox').fill('column')
    await page.getByText(/0 results|\d results/).waitFor()
    seen.push(await nodes(page))
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keyboard' }).click()
    seen.push(await nodes(page))
    expect(seen.filter((count) => count > 500)).toEqual([])
    expect(seen).toHaveLength(39)
  })

  it('shows the rows where its scrollbar is dragged to', async () => {
    const { page } = await open(large, '#catalog=0&node=5&delta=0&view=records')
    const grid = page.getByRole('grid')
    await page.getByRole('gridcell', { name: '0', exact: true }).waitFor()
    for (const [part, cell] of [
      [0.5, '500000'],
      [0.2, '200000'],
    ] as const) {
      await grid.evaluate((element, to) => {
        const scroller = element as unknown as { scrollTop: number; scrollHeight: number }
        scroller.scrollTop = scroller.scrollHeight * to
      }, part)
      await page.getByRole('gridcell', { name: cell, exact: true }).waitFor()
      expect(await grid.getByRole('rowheader', { name: '…' }).count()).toBe(0)
    }
  })

  it('goes from its first row to its last by one key, and back', async () => {
    const { page } = await open(large, '#catalog=0&node=5&delta=0&view=records')
    await page.getByRole('grid').waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+End')
    await page.getByRole('gridcell', { name: '999990', exact: true }).waitFor()
    await page.keyboard.press('Control+Home')
    await page.getByRole('gridcell', { name: '0', exact: true }).waitFor()
  })
})

const lights = [
  { name: 'light wide', width: 1280, height: 800, dark: false },
  { name: 'dark wide', width: 1280, height: 800, dark: true },
  { name: 'light narrow', width: 390, height: 844, dark: false },
  { name: 'dark narrow', width: 390, height: 844, dark: true },
]
const shots = join(import.meta.dirname, '../../docs/screenshots')

describe.each(lights)('$name', (light) => {
  const shot = (name: string): string => join(shots, `${name}-${light.name.replace(' ', '-')}.png`)
  beforeAll(() => mkdirSync(shots, { recursive: true }))

  it('has no violation of accessibility rules at a failed test', async () => {
    const { page } = await open(failed, '', light)
    await page.getByRole('grid', { name: /^Expected/ }).waitFor()
    await page.getByRole('grid', { name: /^Inside/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.screenshot({ path: shot('failure') })
  })

  it.each(['records', 'changes', 'merged', 'manifest', 'expected'])('… nor at a delta’s %s', async (view) => {
    const { page } = await open(failed, `${norway}&delta=1&view=${view}`, light)
    await page.getByRole('grid').waitFor()
    expect(await violations(page)).toEqual([])
    if (view === 'changes') await page.screenshot({ path: shot('delta') })
  })

  it('… nor in a long report, and while searching it', async () => {
    const { page } = await open(large, '#catalog=0&node=5&delta=0&view=records', light)
    await page.getByRole('grid').waitFor()
    await page.screenshot({ path: shot('large') })
    await page.getByRole('searchbox').fill('p42')
    await page.getByText(/^111 results$/).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('… nor at a table, while searching a run, in a dialog', async () => {
    const { page } = await open(run, '#catalog=0&node=2', light)
    await page.getByRole('link', { name: 'norway' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.screenshot({ path: shot('table') })
    await page.getByRole('searchbox').fill('99.9')
    await page.getByText(/^39 results in 39 catalogs$/).waitFor()
    expect(await violations(page)).toEqual([])
    await page.screenshot({ path: shot('search') })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keyboard' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await violations(page)).toEqual([])
  })
})
