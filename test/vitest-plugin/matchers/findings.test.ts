import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Catalog, deserializeCatalog } from '../../../src/catalog/index.ts'
import {
  bindFixture,
  buildFixture,
  type Fixture,
  type FixtureAccessor,
  fixtureOf,
} from '../../../src/fixtures/index.ts'
import type { FailureErrorView } from '../../../src/inspector/model.ts'
import '../../../src/vitest-plugin/vitest.ts'
import { type Difference, type Findings, findingsOf } from '../../../src/vitest-plugin/findings.ts'

// What the plugin leaves beside a catalog is what a report reads.
const readable = ({ differences, moreDifferences }: Findings): Omit<FailureErrorView, 'message' | 'comparison'> => ({
  differences,
  moreDifferences,
})

/** A fixture of one table with these deltas in its first partition. */
const orders = (label: string | undefined, deltas: readonly unknown[]): Fixture =>
  ({
    namespaces: {
      shop: {
        tables: {
          orders: {
            description: 'one row an order',
            schema: { id: 'int64!', fee: 'decimal(10,2)', dims: 'struct<w: float64, h: float64>' },
            primaryKeys: ['id'],
            partitionKeys: ['id'],
            partitions: [
              { values: [1], ...(label !== undefined && { label }), deltas },
              { values: [2], state: 'staged', deltas: [] },
            ],
          },
        },
      },
    },
  }) as Fixture
const source = orders('one', [{ label: 'first', rows: [{ id: 1 }] }, [{ fee: 1 }]])

let catalog: Catalog
let fixture: FixtureAccessor
beforeAll(() => {
  using built = buildFixture(source)
  catalog = deserializeCatalog(built.serialize())
  fixture = bindFixture(catalog, fixtureOf(built)!.index)
})
afterAll(() => catalog.close())

/** What a failed assertion on an entity of a catalog left for a report. */
function findings(assertion: () => void, of = catalog): Findings {
  try {
    assertion()
  } catch (error) {
    return findingsOf(of, (error as Error).message)
  }
  throw new Error('the assertion passed')
}

function differences(assertion: () => void, of = catalog): [string, string | null, string | null][] {
  const inOrder = ({ what, expected, actual }: Difference): [string, string | null, string | null] => [
    what,
    expected,
    actual,
  ]
  return readable(findings(assertion, of)).differences.map(inOrder)
}

describe('what is left for a report of the catalog', () => {
  it('of a state: the entity, or the one above that hides it', () => {
    const [one, two] = ['shop.orders/one', 'shop.orders/2'].map((path) => fixture.partition(path))
    expect(differences(() => expect(two).toBeCommitted())).toEqual([['shop.orders/2', 'committed', 'staged']])
    expect(differences(() => expect(one).not.toBeCommitted())).toEqual([
      ['shop.orders/one', 'not committed', 'committed'],
    ])
    const late = catalog.commitDelta(catalog.stageDelta([{ id: 2 }], two!))
    expect(differences(() => expect(late).toBeCommitted({ visible: true }))).toEqual([
      ['shop.orders/2', 'committed', 'staged'],
    ])
  })

  it('of a number of records', () => {
    const one = fixture.partition('shop.orders/one')
    expect(differences(() => expect(one).toHaveRecordCount(3))).toEqual([['shop.orders/one', '3 rows', '1 row']])
    expect(differences(() => expect(one).not.toHaveRecordCount(1))).toEqual([['shop.orders/one', 'not 1 row', '1 row']])
  })

  it('of a schema, column by column, or the order', () => {
    const version = fixture.version('shop.orders')
    const expected = { id: 'int64', fee: 'decimal(10,3)', extra: 'struct<"a, but is b": string>' }
    expect(differences(() => expect(version).toHaveSchema(expected))).toEqual([
      ['column "id"', 'int64', 'int64!'],
      ['column "fee"', 'decimal(10,3)', 'decimal(10,2)'],
      ['column "extra"', 'struct<"a, but is b": string>', null],
      ['column "dims"', null, 'struct<w: float64, h: float64>'],
    ])
    const moved = { fee: 'decimal(10,2)', id: 'int64!', dims: 'struct<w: float64, h: float64>' }
    expect(differences(() => expect(version).toHaveSchema(moved))).toEqual([['column 0', 'fee', 'id']])
  })

  it('of lists of deltas and partitions, place by place', () => {
    const deltas = ['append', 'delete', 'upsert'] as const
    expect(differences(() => expect(fixture.partition('shop.orders/one')).toHaveDeltas(deltas))).toEqual([
      ['0', 'append, committed', 'upsert, committed, 1 row'],
      ['1', 'delete, committed', 'upsert, committed, 1 row'],
      ['2', 'upsert, committed', null],
    ])
    const stream = fixture.stream('shop.orders')
    expect(differences(() => expect(stream).toHavePartitions([]))).toEqual([['0', null, '[1], committed']])
    expect(differences(() => expect(stream).toHavePartitions([[3]], { order: 'ignore' }))).toEqual([
      ['anywhere', '[3], committed', null],
      ['anywhere', null, '[1], committed'],
    ])
  })

  it('of records: the rows, and what differs in their columns or their order', () => {
    const one = fixture.partition('shop.orders/one')
    catalog.commitDelta(catalog.stageDelta([{ id: 0, fee: 2 }], one))
    const first = findings(() => expect(one).toHaveRecords([{ id: 1, fee: 5 }, { id: 0 }]))
    expect(first.differences).toEqual([])
    expect(first.comparison).toMatchObject({ counts: { equal: 0, changed: 2, missing: 0, unexpected: 0 } })
    const rows = [
      { id: 0, fee: 2 },
      { id: 1, fee: 1 },
    ]
    const order = findings(() => expect(one).toHaveRecords(rows, { order: 'strict' }))
    expect(order).toEqual({
      comparison: null,
      differences: [
        { what: 'id=0', expected: 'row 0', actual: 'row 1' },
        { what: 'id=1', expected: 'row 1', actual: 'row 0' },
      ],
      moreDifferences: 0,
    })
    const table = catalog.readPartition(fixture.partition('shop.orders/one'), { columns: ['id'] })
    expect(differences(() => expect(one).toHaveRecords(table))).toEqual([
      ['column "fee"', null, 'decimal(10,2)'],
      ['column "dims"', null, 'struct<w: float64, h: float64>'],
    ])
  })

  it('of a whole catalog, entity by entity and cell by cell', () => {
    using other = buildFixture(source)
    other.updateTable('shop', 'orders', { description: 'changed: all of it' })
    other.createNamespace('extra')
    const stream = other.getStream('shop', 'orders')!
    const two = other.listAllPartitions(stream).allItems()[1]!
    other.commitPartition(two)
    const expected = structuredClone(source) as { namespaces: Record<string, unknown> }
    expected.namespaces.none = {}
    expect(differences(() => expect(other).toMatchFixture(expected as Fixture), other)).toEqual([
      ['shop.orders: description', 'one row an order', 'changed: all of it'],
      ['shop.orders@1/2', 'partition 2, staged', 'partition 2, committed'],
      ['none', 'namespace none', null],
      ['extra', null, 'namespace extra'],
    ])
    using rewritten = buildFixture(orders(undefined, [{ rows: [{ id: 1, fee: 9 }] }, [{ fee: 1 }, { fee: 2 }]]))
    expect(differences(() => expect(rewritten).toMatchFixture(source), rewritten)).toEqual([
      ['shop.orders@1/1#0: id=1: fee', 'null', '9.00'],
      ['shop.orders@1/1#1: records', '1', '2'],
      ['shop.orders@1/1#1: id=1', null, '{ id: 1, fee: 2.00, dims: null }'],
    ])
  })

  it('is found by a message that has a test’s own words before it, and by no other', () => {
    const two = fixture.partition('shop.orders/2')
    const told = [['shop.orders/2', 'deprecated', 'staged']]
    expect(differences(() => expect(two, 'after the job').toBeDeprecated())).toEqual(told)
    expect(differences(() => expect(1).toBe(2))).toEqual([])
    expect(differences(() => expect(fixture.version('shop.orders').schema).toHaveSchema({}))).toEqual([])
  })

  it('is at most a thousand differences, and how many more', () => {
    using many = buildFixture({ namespaces: Object.fromEntries(Array.from({ length: 1300 }, (_, k) => [`n${k}`, {}])) })
    const found = findings(() => expect(many).toMatchFixture({ namespaces: {} }), many)
    expect(found.differences).toHaveLength(1000)
    expect(found.moreDifferences).toBe(300)
    // Of one delta ten rows are shown.
    const ofRows = (first: number): Fixture => ({
      namespaces: {
        n: { tables: { t: { partitions: [{ deltas: [Array.from({ length: 14 }, (_, k) => ({ id: first + k }))] }] } } },
      },
    })
    using rows = buildFixture(ofRows(1))
    const shifted = findings(() => expect(rows).toMatchFixture(ofRows(100)), rows)
    expect(shifted.differences).toHaveLength(10)
    expect(shifted.moreDifferences).toBe(18)
  })
})
