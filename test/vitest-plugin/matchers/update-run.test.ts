import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { config, majors, makeProject, statesOf } from '../harness.ts'

const shop = readFileSync(join(import.meta.dirname, 'shop.deltacat.yaml'), 'utf8')

const spec = `
import { test } from 'vitest-deltacat/test'

test.override({ source: './shop.deltacat.yaml' })

test('changes a row and adds one', ({ catalog, fixture, expect }) => {
  const norway = fixture.partition('shop.orders/norway')
  const rows = [{ id: 2, country: 'NO', total: 1 }, { id: 5, country: 'NO', at: '2024-05-01T00:00:00Z' }]
  catalog.commitDelta(catalog.stageDelta(rows, norway, { deltaType: 'upsert' }))
  expect(norway).toHaveRecords('norway now')
})
test('changes nothing', ({ fixture, expect }) => {
  expect(fixture.table('shop.orders')).toHaveRecords('all now')
})
`

describe.for(majors)('Vitest %i', (major) => {
  test('-u writes what the matchers have noted, and the next run passes', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': config(),
      'shop.deltacat.yaml': shop,
      'orders.test.ts': spec,
    })
    const before = await project.run()
    expect(statesOf(before.report)).toEqual({ 'changes a row and adds one': 'failed', 'changes nothing': 'passed' })
    expect(project.read('shop.deltacat.yaml')).toBe(shop)

    await project.run(['--update'])
    expect(project.read('shop.deltacat.yaml')).toBe(
      shop.replace(
        '{ id: 2, total: 99.90 }]\n  all now',
        '{ id: 2, total: 1.00 },\n      { id: 5, at: 2024-05-01T00:00:00Z }\n    ]\n  all now',
      ),
    )
    const after = await project.run()
    expect(statesOf(after.report)).toEqual({ 'changes a row and adds one': 'passed', 'changes nothing': 'passed' })
  })
})
