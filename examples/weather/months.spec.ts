import { describe } from 'vitest'
import { CatalogError, rowsFromTable } from 'vitest-deltacat'
import { test } from 'vitest-deltacat/test'
import { refreshMonth, summarise } from './src/months.ts'

test.override({ source: './weather.deltacat.yaml' })

describe('the days', () => {
  test('begin with the 1,461 that the station reported', ({ fixture, expect }) => {
    expect(fixture.delta('climate.seattle_days/-#reported')).toHaveRecordCount(1461)
    expect(fixture.delta('climate.seattle_days/-#reported')).toContainRecords([
      { date: '2012-01-01', precipitation: '0.0', temp_max: 12.8, temp_min: '5.0', wind: 4.7, weather: 'drizzle' },
    ])
  })

  test('are corrected by an upsert, and lose a day to a delete', ({ fixture, expect }) => {
    const days = fixture.partition('climate.seattle_days/-')
    expect(days).toHaveRecordCount(1460)
    expect(days).toContainRecords([
      { date: '2012-01-02', precipitation: 11.4, temp_max: 10.6, temp_min: 2.8, wind: 4.5, weather: 'rain' },
    ])
    expect(days).not.toContainRecords([{ date: '2012-01-31' }], { columns: 'subset' })
  })

  test('wait for review while their delta is staged', ({ fixture, expect }) => {
    const unreviewed = fixture.delta('climate.seattle_days/-#unreviewed')
    expect(unreviewed).toBeStaged()
    expect(unreviewed).toHaveRecords([
      { date: '2016-01-01', precipitation: '0.0', temp_max: '5.0', temp_min: -1.1, wind: 2.4, weather: 'sun' },
    ])
    expect(fixture.partition('climate.seattle_days/-')).not.toContainRecords([{ date: '2016-01-01' }], {
      columns: 'subset',
    })
  })

  test('count once their review is done', ({ catalog, fixture, expect }) => {
    const unreviewed = fixture.delta('climate.seattle_days/-#unreviewed')
    catalog.commitDelta(unreviewed)
    expect(unreviewed).toBeCommitted({ visible: true })
    expect(fixture.partition('climate.seattle_days/-')).toHaveRecordCount(1461)
  })
})

describe('the cities', () => {
  test('have a partition each', ({ fixture, expect }) => {
    expect(fixture.partition('climate.cities/seattle')).toBeCommitted()
    expect(fixture.partition('climate.cities/"New York"')).toBeCommitted()
    expect(fixture.table('climate.cities')).toHaveRecordCount(2922)
  })

  test('forgot the trial that was replaced', ({ fixture, expect }) => {
    expect(fixture.partition('climate.cities/new-york-trial')).toBeDeprecated()
    expect(fixture.table('climate.cities')).not.toContainRecords([{ temp_max: '9.9', precipitation: 99.9 }], {
      columns: 'subset',
    })
  })
})

describe('refreshing a month', () => {
  test('sums it up with its corrections', ({ catalog, expect }) => {
    expect(summarise(catalog, '2012-01')).toEqual({
      month: '2012-01',
      days: 30,
      precipitation: '172.8',
      temp_max: '12.8',
      temp_min: '-3.3',
    })
  })

  test('commits one upsert that replaces the first run', ({ catalog, fixture, expect }) => {
    const delta = refreshMonth(catalog, '2012-01')
    expect(delta).toBeCommitted({ visible: true })
    expect(delta).toMatchObject({ type: 'upsert' })
    expect(fixture.partition('climate.months/-')).toHaveRecords('january corrected')
  })

  test('leaves other months alone', ({ catalog, fixture, expect }) => {
    refreshMonth(catalog, '2012-02')
    expect(fixture.partition('climate.months/-')).toHaveRecords([
      { month: '2012-01', days: 31, precipitation: 173.3, temp_max: 12.8, temp_min: -3.3 },
      { month: '2012-02', days: 29, precipitation: 92.3, temp_max: 16.1, temp_min: -2.2 },
    ])
  })

  test('refuses a month without a day', ({ catalog, fixture, expect }) => {
    expect(() => refreshMonth(catalog, '1999-12')).toThrow('No day of 1999-12 is in climate.seattle_days')
    expect(fixture.partition('climate.months/-')).toHaveDeltas([{ type: 'upsert', state: 'committed' }])
  })

  test('begins again when another writer was faster', ({ catalog, fixture, expect }) => {
    catalog.faults.inject('commitDelta', { times: 1, error: new CatalogError('conflict', 'another writer was faster') })
    refreshMonth(catalog, '2012-01')
    expect(fixture.partition('climate.months/-')).toHaveRecords('january corrected')
  })

  test('gives up after the third conflict, with nothing committed', ({ catalog, fixture, expect }) => {
    catalog.faults.inject('commitDelta', { times: 3, error: new CatalogError('conflict', 'another writer was faster') })
    expect(() => refreshMonth(catalog, '2012-01')).toThrow('another writer was faster')
    expect(fixture.partition('climate.months/-')).toHaveRecords([
      { month: '2012-01', days: 31, precipitation: 173.3, temp_max: 12.8, temp_min: -3.3 },
    ])
  })

  test('survives a lost answer without a second delta', ({ catalog, fixture, expect }) => {
    const lost = new CatalogError('busy', 'the answer was lost')
    catalog.faults.inject('commitDelta', { times: 1, when: 'after', error: lost })
    expect(refreshMonth(catalog, '2012-01')).toBeCommitted()
    expect(fixture.partition('climate.months/-')).toHaveDeltas([
      { type: 'upsert', state: 'committed' },
      { type: 'upsert', state: 'committed' },
    ])
    expect(fixture.partition('climate.months/-')).toHaveRecords('january corrected')
  })

  test('reads what it wrote', ({ catalog, expect }) => {
    const delta = refreshMonth(catalog, '2015-12')
    const [table] = catalog.downloadDelta(delta)
    expect(table && rowsFromTable(table)).toEqual([
      { month: '2015-12', days: 31, precipitation: '284.5', temp_max: '15.6', temp_min: '-2.1' },
    ])
  })
})
