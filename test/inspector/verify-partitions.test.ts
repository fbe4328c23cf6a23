import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Catalog, openCatalog, type Partition, seededClock, seededIds } from '../../src/catalog/index.ts'
import { schemaFromTypes } from '../../src/catalog/records/schema.ts'
import { verifyCatalog } from '../../src/inspector/verify/verify.ts'

type TableOptions = Parameters<Catalog['createTableVersion']>[2]
type Values = Parameters<Catalog['stagePartition']>[1]
type Rows = readonly Readonly<Record<string, unknown>>[]
type DeltaOptions = Parameters<Catalog['stageDelta']>[2]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltacat-verify-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
/** What `verify` says of a table with one partition and one delta, if any. */
function found(table: TableOptions, values: Values, rows: Rows = [], options: DeltaOptions = {}): string[] {
  files += 1
  const path = join(folder, `${files}.db`)
  const catalog = openCatalog(path, { clock: seededClock('2024-03-01T00:00:00Z'), ids: seededIds('verify') })
  catalog.createNamespace('shop', {})
  const stream = catalog.createTableVersion('shop', 'orders', table)
  const partition: Partition = catalog.commitPartition(catalog.stagePartition(stream, values))
  if (rows.length > 0) catalog.commitDelta(catalog.stageDelta(rows, partition, options))
  catalog.close()
  return Array.from(
    verifyCatalog(path, { records: rows.length > 0 }),
    ({ code, severity, place, message }) =>
      `${severity} ${code} ${place}: ${message.replace(/cloudpickle:\S+/, 'URI')}`,
  ).filter((each) => !each.startsWith('note values-not-strings'))
}

const byCountry = { partitionKeys: ['country'] } as const
const bucket = {
  name: 'bucket',
  parameters: { columnNames: ['id'], numBuckets: 4, bucketingStrategy: 'default' },
} as const
const identity = (columnName: string) => ({ name: 'identity', parameters: { columnName } }) as const

describe('a partition', () => {
  it.each<readonly [TableOptions, Values, string]>([
    [byCountry, ['NO', '2024'], 'NO,2024: Its values are ["NO","2024"]; its table’s partition keys are country.'],
    [byCountry, null, '-: Its values are []; its table’s partition keys are country.'],
    [
      { partitionKeys: ['country', 'year'] },
      ['NO'],
      'NO: Its values are ["NO"]; its table’s partition keys are country, year.',
    ],
    [
      { partitionSpec: { orderedTransforms: [identity('country')] } },
      ['NO', 'x'],
      'NO,x: Its values are ["NO","x"]; its table’s partition keys are country.',
    ],
  ])('is told that has not as many values as its table has keys: %j %j', (table, values, said) => {
    expect(found(table, values)).toEqual([`note values-not-keys shop.orders/${said}`])
  })

  it.each<readonly [TableOptions, Values]>([
    [byCountry, ['NO']],
    [{}, ['NO', '2024']],
    [{ partitionKeys: ['bucket[4](id)'] }, ['1', '2']],
    [{ partitionKeys: [{ keyName: 'country' }] }, ['1', '2']],
    [{ partitionSpec: { orderedTransforms: [bucket, identity('country')] } }, ['1']],
  ])('is not told where that is no contradiction: %j %j', (table, values) => {
    expect(found(table, values)).toEqual([])
  })
})

describe('a record', () => {
  const rows = ['NO', null, 'SE'].map((country, id) => ({ id, country }))
  const said = (text: string) => [`note row-outside-partition shop.orders/${text}`]

  it('is told that has another value than its partition, the first of an entry', () => {
    expect(found(byCountry, ['NO'], rows)).toEqual(
      said('NO#1709251200001: Its entry URI has "SE" in country (record 2); its partition is "NO".'),
    )
    const csv = { contentType: 'text/csv' } as const
    expect(found(byCountry, ['NO'], rows, csv)).toEqual(
      said('NO#1709251200001: Its entry URI has "SE" in country (record 2); its partition is "NO".'),
    )
    expect(found(byCountry, ['NO'], rows, { maxRecordsPerEntry: 1, deltaType: 'append' })).toEqual(
      said('NO#1709251200001: Its entry URI has "SE" in country (record 0); its partition is "NO".'),
    )
    expect(found(byCountry, [null], rows)).toEqual(
      said('null#1709251200001: Its entry URI has "NO" in country (record 0); its partition is null.'),
    )
    const both = { partitionSpec: { orderedTransforms: [bucket, identity('country')] } }
    expect(found(both, ['1', 'NO'], rows)).toEqual(
      said('1,NO#1709251200001: Its entry URI has "SE" in country (record 2); its partition is "NO".'),
    )
  })

  it.each<readonly [string, Values, unknown, unknown, string]>([
    ['int32', ['2024'], 2024, 2023, '2023 in key'],
    ['int64', [2024], 2024n, 2023n, '2023 in key'],
    ['bool', [true], true, false, 'false in key'],
    ['date32', ['2024-02-29'], '2024-02-29', '2024-03-01', '"2024-03-01" in key'],
    ['decimal(12,2)', ['10.5'], '10.50', '10.51', '"10.51" in key'],
  ])('is compared as a %s', (type, values, same, other, says) => {
    const table = { partitionKeys: ['key'], schema: schemaFromTypes({ key: type }) }
    expect(found(table, values, [{ key: same }])).toEqual([])
    expect(found(table, values, [{ key: same }, { key: other }])).toEqual([
      expect.stringContaining(`has ${says} (record 1)`),
    ])
  })

  it.each<readonly [string, TableOptions, Values, Rows, DeltaOptions]>([
    ['lacks the column', byCountry, ['NO'], [{ id: 1 }], {}],
    ['is null there', byCountry, ['NO'], [{ id: 1, country: null }], {}],
    [
      'is of a delete',
      byCountry,
      ['NO'],
      rows,
      { deltaType: 'delete', deleteParameters: { equalityColumnNames: ['country'] } },
    ],
    ['is of a table without keys', {}, ['NO'], rows, {}],
    ['is of a table whose key is made of the column', { partitionKeys: ['bucket[4](country)'] }, ['1'], rows, {}],
    ['is a number that the value doesn’t mean', byCountry, ['NO'], [{ country: 7 }], {}],
    ['is a float', byCountry, ['0.1'], [{ country: 0.5 }], {}],
    ['is a time', byCountry, ['2024-03-01T00:00:00Z'], [{ country: new Date(0) }], {}],
  ])('is not told that %s', (_, table, values, records, options) => {
    expect(found(table, values, records, options)).toEqual([])
  })
})
