import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Catalog, deserializeCatalog } from '../../src/catalog/index.ts'
import { bindFixture, buildFixture, type Fixture, type FixtureAccessor, fixtureOf } from '../../src/fixtures/index.ts'
import '../../src/vitest-plugin/vitest.ts'
import { differencesOf } from '../../src/inspector/differences.ts'
import { readFailure } from '../../src/inspector/failure.ts'

const source: Fixture = {
  namespaces: {
    shop: {
      tables: {
        orders: {
          description: 'one row an order',
          schema: { id: 'int64!', fee: 'decimal(10,2)', dims: 'struct<w: float64, h: float64>' },
          partitionKeys: ['id'],
          partitions: [
            { values: [1], label: 'one', deltas: [{ label: 'first', rows: [{ id: 1 }] }, [{ fee: 1 }]] },
            { values: [2], deltas: [] },
          ],
        },
      },
    },
  },
}

let catalog: Catalog
let fixture: FixtureAccessor
beforeAll(() => {
  using built = buildFixture(source)
  catalog = deserializeCatalog(built.serialize())
  fixture = bindFixture(catalog, fixtureOf(built)!.index)
})
afterAll(() => catalog.close())

/** The differences that a failed assertion tells of. */
function told(assertion: () => void): [string, string | null, string | null][] {
  try {
    assertion()
  } catch (error) {
    return differencesOf((error as Error).message).map(({ what, expected, actual }) => [what, expected, actual])
  }
  throw new Error('the assertion passed')
}

// The report's page shows what the matchers say: their wording and its reading of it may not change alone.
describe('what the matchers say', () => {
  it('of a schema, column by column', () => {
    const expected = { id: 'int64', fee: 'decimal(10,3)', extra: 'struct<"a, but is b": string>' }
    expect(told(() => expect(fixture.version('shop.orders')).toHaveSchema(expected))).toEqual([
      ['column "id"', 'int64', 'int64!'],
      ['column "fee"', 'decimal(10,3)', 'decimal(10,2)'],
      ['column "extra"', 'struct<"a, but is b": string>', null],
      ['column "dims"', null, 'struct<w: float64, h: float64>'],
    ])
  })

  it('of lists of deltas and partitions, place by place', () => {
    const deltas = ['append', 'delete', 'upsert'] as const
    expect(told(() => expect(fixture.partition('shop.orders/one')).toHaveDeltas(deltas))).toEqual([
      ['0', 'append, committed', 'upsert, committed, 1 row'],
      ['1', 'delete, committed', 'upsert, committed, 1 row'],
      ['2', 'upsert, committed', null],
    ])
    expect(told(() => expect(fixture.stream('shop.orders')).toHavePartitions([[1]]))).toEqual([
      ['1', null, '[2], committed'],
    ])
  })

  it('of a whole catalog, entity by entity', () => {
    const changed = catalog.serialize()
    using other = deserializeCatalog(changed)
    other.updateTable('shop', 'orders', { description: 'changed: all of it' })
    other.deletePartition('shop', 'orders', { partitionValues: [2] })
    other.createNamespace('extra')
    expect(told(() => expect(other).toMatchFixture(source))).toEqual([
      ['shop.orders: description', 'one row an order', 'changed: all of it'],
      ['shop.orders@1/2', 'partition 2, committed', 'partition 2, deprecated'],
      ['extra', null, 'namespace extra'],
    ])
  })
})

describe('differencesOf', () => {
  it('finds none in other messages', () => {
    expect(differencesOf('')).toEqual([])
    expect(differencesOf('expected 1 to be 2 // Object.is equality')).toEqual([])
    expect(differencesOf('a should be b, but is c')).toEqual([])
    expect(differencesOf('a\n\n    id=1: total: 1 → 2\n\n  b should be c, but is d')).toEqual([])
  })
})

describe('readFailure', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'deltacat-failure-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has differences of what was compared without records alone', () => {
    const message = 'shop.orders has another schema\n\n  column "id" should be int64, but is int64!'
    const comparison = { columns: [], rows: [], counts: {} }
    const errors = [{ message }, { message, comparison }, { message: 'x' }]
    writeFileSync(join(folder, 'a.failure.json'), JSON.stringify({ test: 't', file: 'f', errors }))
    expect(readFailure(join(folder, 'a.db')).failure?.errors.map(({ differences }) => differences)).toEqual([
      [{ what: 'column "id"', expected: 'int64', actual: 'int64!' }],
      undefined,
      undefined,
    ])
  })
})
