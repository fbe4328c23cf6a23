import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Schema, type Table } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Catalog,
  CatalogError,
  type NewTableVersion,
  openCatalog,
  type Partition,
  type Row,
  type StageDeltaOptions,
  seededClock,
  seededIds,
} from '../../src/catalog/index.ts'
import { tableFromColumns } from '../../src/catalog/records/rows.ts'
import { parseField } from '../../src/catalog/records/schema.ts'
import { verifyCatalog } from '../../src/inspector/verify/verify.ts'
import { fc } from '../chance.ts'
import { scaled } from '../scale.ts'

let folder: string
let files = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltacat-verify-merge-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const START = 1709251200000
const schema = (fields: Readonly<Record<string, string>>): Schema =>
  new Schema(Object.entries(fields).map(([name, type]) => parseField(name, type)))

interface Hands {
  readonly catalog: Catalog
  readonly partition: Partition
  /** Stages and commits a delta. */
  readonly commit: (rows: readonly Row[] | Table, options?: StageDeltaOptions) => void
}

/** What `verify` finds after `work` in a partition of a table `logistics.scans`, whose first delta is at `START + 1`. */
function findings(version: NewTableVersion, work: (hands: Hands) => void): string[] {
  files += 1
  const path = join(folder, `${files}.db`)
  const catalog = openCatalog(path, { clock: seededClock(START), ids: seededIds('verify') })
  catalog.createNamespace('logistics')
  const stream = catalog.createTableVersion('logistics', 'scans', { partitionKeys: ['site'], ...version })
  const partition = catalog.commitPartition(catalog.stagePartition(stream, ['OSL']))
  work({
    catalog,
    partition,
    commit: (rows, options) =>
      void catalog.commitDelta(
        catalog.stageDelta(Array.isArray(rows) ? [...rows] : (rows as Table), partition, options),
      ),
  })
  catalog.close()
  return Array.from(verifyCatalog(path), ({ code, severity, place, message }) => {
    return `${severity} ${code} ${place}: ${message}`
  })
}

const keyed: NewTableVersion = { primaryKeyColumnNames: ['scan_id'] }
const scan = { scan_id: 1, parcel: 'P1' }
const remove = (...equalityColumnNames: string[]): StageDeltaOptions => ({
  deltaType: 'delete',
  ...(equalityColumnNames.length > 0 && { deleteParameters: { equalityColumnNames } }),
})

describe('a partition that can’t be merged', () => {
  it('has a delete whose rows lack the primary key that it goes by', () => {
    const found = findings(keyed, ({ commit }) => {
      commit([scan])
      commit([{ parcel: 'P1' }], remove())
    })
    expect(found).toEqual([
      `wound unreadable-partition logistics.scans/OSL#${START + 2}: The equality column "scan_id" is no column of the delete's records; they have parcel.`,
    ])
  })

  it('has a delete by a column that nobody has, and one without any', () => {
    const found = findings({}, ({ commit }) => {
      commit([scan])
      commit([{ scan_id: 1, fee: 2 }], remove('fee'))
      commit([{ scan_id: 1 }], remove())
    })
    expect(found).toEqual([
      `wound unreadable-partition logistics.scans/OSL#${START + 2}: The equality column "fee" is no column of the records; they have scan_id, parcel.`,
      `wound unreadable-partition logistics.scans/OSL#${START + 3}: A delete has no equality columns, and its table no primary key.`,
    ])
  })

  it('has a delete of another type', () => {
    const found = findings(keyed, ({ commit }) => {
      commit([scan])
      commit([{ scan_id: '1' }], remove('scan_id'))
    })
    expect(found).toEqual([
      `wound unreadable-partition logistics.scans/OSL#${START + 2}: Column "scan_id" is string in the delete and int64 in the records; make them agree.`,
    ])
  })

  it('has deltas of types that no type holds both of', () => {
    const found = findings(keyed, ({ commit }) => {
      commit([scan])
      commit([{ scan_id: 2, parcel: 'P2' }], { schema: schema({ scan_id: 'int32', parcel: 'string' }) })
      commit([{ scan_id: 'x', parcel: 'x' }])
      commit([{ scan_id: 'y', parcel: 'y' }])
    })
    expect(found).toEqual([
      `wound unreadable-partition logistics.scans/OSL#${START + 3}: Column "scan_id" is int64 in #${START + 1} and string in #${START + 3}.`,
    ])
  })

  it('has two columns of one name', () => {
    const twice = new Schema([parseField('a', 'int64'), parseField('a', 'int64')])
    const found = findings({}, ({ catalog, partition, commit }) => {
      commit([scan], { deltaType: 'append' })
      commit(tableFromColumns(twice, [[1n], [2n]]), { deltaType: 'append' })
      expect(() => catalog.readPartition(partition)).toThrowError(/two columns are named "a"/i)
    })
    expect(found).toEqual([
      `wound unreadable-partition logistics.scans/OSL#${START + 2}: Two columns are named "a", and only one of them would be read.`,
    ])
  })

  it('lacks the primary key, or the sort key, altogether', () => {
    const lacking = findings({ ...keyed, sortKeys: [['at', 'ascending']] }, ({ commit }) => {
      commit([{ scan_id: 1 }], { deltaType: 'append' })
      commit([{ scan_id: 1 }])
    })
    expect(lacking).toEqual([
      `wound unreadable-partition logistics.scans/OSL#${START + 2}: The sort key "at" is no column of the records; they have scan_id.`,
    ])
    const keyless = findings(keyed, ({ commit }) => commit([{ parcel: 'P1' }]))
    expect(keyless).toEqual([
      expect.stringMatching(/^note key-not-in-records .* lacks scan_id\.$/),
      `wound unreadable-partition logistics.scans/OSL#${START + 1}: The primary key "scan_id" is no column of the records; they have parcel.`,
    ])
  })

  it('has a value that the common type can’t hold', () => {
    const found = findings({}, ({ commit }) => {
      const append = (type: string): StageDeltaOptions => ({ deltaType: 'append', schema: schema({ until: type }) })
      commit([{ until: '2024-03-01T00:00:00' }], append('timestamp[ns]'))
      commit([{ until: '2025-03-01T00:00:00' }], append('timestamp[s]'))
      commit([{ until: '9999-12-31T00:00:00' }], append('timestamp[s]'))
      commit([{ until: '2024-03-01T00:00:00.5' }], { ...append('timestamp[us]'), ...remove('until') })
    })
    expect(found).toEqual([
      expect.stringMatching(
        new RegExp(
          `^wound unreadable-partition logistics\\.scans/OSL#${START + 3}: Column "until" \\(timestamp\\[ms\\]\\), row 0: `,
        ),
      ),
    ])
    const narrower = findings({}, ({ commit }) => {
      commit([{ fee: '1.00' }], { deltaType: 'append', schema: schema({ fee: 'decimal(12,2)' }) })
      commit([{ fee: '1.000' }], { ...remove('fee'), schema: schema({ fee: 'decimal(12,3)' }) })
      commit([{ fee: '1.005' }], { ...remove('fee'), schema: schema({ fee: 'decimal(12,3)' }) })
    })
    expect(narrower).toEqual([
      expect.stringMatching(
        new RegExp(
          `^wound unreadable-partition logistics\\.scans/OSL#${START + 3}: Column "fee" \\(decimal\\(12,3\\)\\), row 0: `,
        ),
      ),
    ])
  })

  it('is sound once another took its place, as the mend says', () => {
    const found = findings(keyed, ({ catalog, partition, commit }) => {
      commit([scan])
      commit([{ parcel: 'P1' }], remove())
      const stream = catalog.getStream('logistics', 'scans', { tableVersion: '1' })
      const again = catalog.stagePartition(stream!, partition.locator.partitionValues)
      catalog.commitDelta(catalog.stageDelta([scan], again))
      catalog.commitDelta(catalog.stageDelta([{ scan_id: 1 }], again, remove()))
      expect(catalog.readPartition(catalog.commitPartition(again)).numRows).toBe(0)
    })
    // What is left in the partition that was replaced harms nobody.
    expect(found).toEqual([
      expect.stringMatching(`^note key-not-in-records logistics.scans/OSL#${START + 2}: .* lacks scan_id\\.$`),
    ])
  })
})

describe('a partition that is sound', () => {
  it.each<readonly [string, NewTableVersion, (hands: Hands) => void]>([
    [
      'has a delete before any row',
      {},
      ({ commit }) => {
        commit([{ scan_id: 1 }], remove())
        commit([scan])
      },
    ],
    [
      'has a delete of no row',
      keyed,
      ({ commit }) => {
        commit([scan])
        commit([], { ...remove(), schema: schema({ parcel: 'string' }) })
      },
    ],
    [
      'has a delete that is staged',
      {},
      ({ catalog, partition, commit }) => {
        commit([scan])
        catalog.stageDelta([{ parcel: 'P1' }], partition, remove())
      },
    ],
    [
      'has integers of many widths',
      keyed,
      ({ commit }) => {
        for (const type of ['int8', 'uint8', 'int32', 'int64']) {
          commit([{ scan_id: 1 }], { schema: schema({ scan_id: type }) })
          commit([{ scan_id: 1 }], { ...remove(), schema: schema({ scan_id: type }) })
        }
      },
    ],
  ])('%s', (_, version, work) => {
    expect(findings(version, work)).toEqual([])
  })

  it('lacks a key that only its schema has: all of it is null', () => {
    const version = { ...keyed, schema: schema({ scan_id: 'int64', parcel: 'string' }) }
    const found = findings(version, ({ catalog, partition, commit }) => {
      const parcel = schema({ parcel: 'string' })
      commit([{ parcel: 'P1' }], { schema: parcel })
      commit([{ parcel: 'P2' }], { schema: parcel })
      expect(catalog.readPartition(partition).numRows).toBe(1)
    })
    expect(found.map((each) => each.split(' ', 2).join(' '))).toEqual([
      'note key-not-in-records',
      'note key-not-in-records',
    ])
  })
})

it('has a wound exactly where readPartition throws, for random deltas', () => {
  const type = fc.constantFrom('int8', 'int64', 'uint64', 'string', 'timestamp[s]', 'timestamp[ns]', 'null')
  const columns = fc.dictionary(fc.constantFrom('a', 'b'), type, { minKeys: 1, maxKeys: 2 })
  const step = fc.record({
    partition: fc.nat(1),
    columns,
    rows: fc.nat(2),
    type: fc.constantFrom('append' as const, 'upsert' as const, 'delete' as const),
    equality: fc.constantFrom(null, ['a'], ['b'], ['a', 'b']),
    staysStaged: fc.boolean(),
  })
  const values: Readonly<Record<string, unknown>> = {
    string: 'x',
    'timestamp[s]': '9999-12-31T00:00:00',
    'timestamp[ns]': '2024-03-01T00:00:00.000000001',
    null: null,
  }
  const version = fc.record(
    { primaryKeyColumnNames: fc.constant(['a']), sortKeys: fc.constant([['b', 'ascending']] as const) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(version, fc.array(step, { maxLength: 8 }), (given, steps) => {
      const broken: string[] = []
      const found = findings(given as NewTableVersion, ({ catalog, partition }) => {
        const stream = catalog.getStream('logistics', 'scans', { tableVersion: '1' })!
        const partitions = [partition, catalog.stagePartition(stream, ['BGO'])]
        for (const { partition: number, columns, rows, type, equality, staysStaged } of steps) {
          const row = Object.fromEntries(
            Object.entries(columns).map(([name, of]) => [name, of in values ? values[of] : 1]),
          )
          // The catalog stages no delete whose records lack what it goes by.
          const names = type === 'delete' && equality?.every((name) => name in columns) ? equality : null
          const delta = catalog.stageDelta(new Array<Row>(rows).fill(row), partitions[number]!, {
            deltaType: type,
            contentType: 'application/feather',
            schema: schema(columns),
            ...(names && { deleteParameters: { equalityColumnNames: names } }),
          })
          if (!staysStaged || rows === 1) catalog.commitDelta(delta)
        }
        for (const each of partitions) {
          try {
            catalog.readPartition(each)
          } catch (error) {
            if (!(error instanceof CatalogError)) throw error
            broken.push(String(each.locator.partitionValues))
          }
        }
      })
      const wounds = found.filter((each) => each.startsWith('wound'))
      expect(new Set(wounds.map((each) => /unreadable-partition logistics\.scans\/(\w+)#/.exec(each)?.[1]))).toEqual(
        new Set(broken),
      )
    }),
    { numRuns: scaled(60, 500) },
  )
})
