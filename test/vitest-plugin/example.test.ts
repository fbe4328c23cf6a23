import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { config, majors, makeProject, statesOf } from './harness.ts'

const weather = join(import.meta.dirname, '../../examples/weather')

describe.for(majors)('Vitest %i', (major) => {
  it('says which row, column and line of the example are wrong', async () => {
    const project = makeProject(major, { 'vitest.config.ts': config({ include: ['**/*.spec.ts'] }) })
    cpSync(weather, project.folder, { recursive: true })
    const fixture = project.read('weather.deltacat.yaml')
    project.write({
      'weather.deltacat.yaml': fixture.replace('days: 30, precipitation: 172.8', 'days: 30, precipitation: 172.9'),
    })
    const run = await project.run(['-t', 'sums it up|commits one upsert'])
    const kept = project.list('.vitest/deltacat/months.spec.ts').find((name) => name.endsWith('.db'))
    expect(run.output).toContain(`
 FAIL  months.spec.ts > refreshing a month > commits one upsert that replaces the first run
Error: climate.months/- isn't "january corrected": 1 row changed

  month='2012-01': precipitation: 172.9 → 172.8 (weather.deltacat.yaml:75)

- Expected
+ Received

  month     | days | precipitation | temp_max | temp_min
- '2012-01' | 30   | 172.9         | 12.8     | -3.3
+ '2012-01' | 30   | 172.8         | 12.8     | -3.3

 ❯ expected "january corrected" weather.deltacat.yaml:75:12
 ❯ climate.months/- weather.deltacat.yaml:70:11
 ❯ months.spec.ts:74:51
`)
    expect(run.output).toContain(`
 ❯ deltacat
   ↳ catalog: .vitest/deltacat/months.spec.ts/${kept}
`)
    const failure = JSON.parse(project.read(`.vitest/deltacat/months.spec.ts/${kept!.replace('.db', '.failure.json')}`))
    expect(failure.errors).toMatchObject([
      {
        message: expect.stringMatching(/^climate\.months\/- isn't "january corrected": 1 row changed\n/),
        comparison: { subject: 'climate.months/-', matcher: 'toHaveRecords', key: ['month'], counts: { changed: 1 } },
      },
    ])
    expect(statesOf(run.report)).toMatchObject({
      'refreshing a month sums it up with its corrections': 'passed',
      'refreshing a month commits one upsert that replaces the first run': 'failed',
    })
  })

  it('keeps twenty concurrent tests of one file apart', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': config(),
      'shop.deltacat.yaml':
        'namespaces: { shop: { tables: { orders: { primaryKeys: [id], deltas: [[{ id: 0 }]] } } } }\n',
      'shop.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
for (let id = 1; id <= 20; id++) {
  test.concurrent('writer ' + id, async ({ catalog, fixture, expect }) => {
    const partition = fixture.partition('shop.orders/-')
    const staged = catalog.stageDelta([{ id }], partition)
    await new Promise((resolve) => setTimeout(resolve, 20 - id))
    catalog.commitDelta(staged)
    await null
    expect(partition).toHaveRecords(id === 7 ? [{ id: 0 }] : [{ id: 0 }, { id }])
  })
}
`,
    })
    const run = await project.run()
    expect(run.report.numPassedTests).toBe(19)
    expect(statesOf(run.report)['writer 7']).toBe('failed')
    expect(run.leftInTmp).toEqual([])
    const kept = project.list('.vitest/deltacat').filter((path) => path.endsWith('.db'))
    expect(kept).toEqual([expect.stringMatching(/^shop\.test\.ts\/writer-7-[0-9a-f]{8}-1\.db$/)])
    expect(run.output).toContain(`   ↳ catalog: .vitest/deltacat/${kept[0]}\n`)
  })
})
