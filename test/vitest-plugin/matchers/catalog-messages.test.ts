import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Catalog, deserializeCatalog, seededClock } from '../../../src/catalog/catalog.ts'
import type { FixtureAccessor } from '../../../src/fixtures/accessor.ts'
import { bindFixture, buildFixture, fixtureOf } from '../../../src/fixtures/index.ts'
import '../../../src/vitest-plugin/vitest.ts'
import type { ComparisonView } from '../../../src/inspector/model.ts'
import { findingsOf } from '../../../src/vitest-plugin/findings.ts'
import type { ComparisonReport } from '../../../src/vitest-plugin/matchers/message/report-view.ts'
import { catalogSerializer } from '../../../src/vitest-plugin/matchers/serializer.ts'
import { failureOf } from './failure.ts'

const folder = import.meta.dirname

// The report's page reads what the matchers leave: neither may change its form alone.
const readable = (report: ComparisonReport): ComparisonView => report
void readable
const shop = buildFixture(join(folder, 'shop.deltacat.yaml'))
let catalog: Catalog
let fixture: FixtureAccessor

beforeEach(() => {
  catalog = deserializeCatalog(shop.serialize(), { clock: seededClock('2024-06-01') })
  fixture = bindFixture(catalog, fixtureOf(shop)!.index)
  return () => catalog.close()
})

/** What a failing assertion says, with the folder of this file left out of its paths. */
function failing(assertion: () => void): string {
  return failureOf(assertion).replaceAll(folder, '<folder>')
}

describe('records of', () => {
  test('a delta are its own', () => {
    const seed = fixture.delta('shop.orders/norway#seed')
    expect(seed).toHaveRecords([
      { id: 1, country: 'NO', total: 10.5, at: '2024-02-29T23:59:59.123456Z', big: 2n ** 64n - 1n },
      { id: 2, country: 'NO' },
    ])
    expect(seed).toHaveRecords([{ id: 1 }, { id: 2 }], { columns: 'subset' })
    expect(seed).toContainRecords([{ id: 2, country: 'NO' }])
    expect(seed).toHaveRecordCount(2)
    expect(fixture.delta('shop.orders/norway#pending')).toHaveRecordCount(1)
    expect(
      failing(() => expect(seed).toHaveRecords([{ id: 1 }, { id: 3 }], { columns: 'subset' })),
    ).toMatchInlineSnapshot(`
      "shop.orders/norway#seed: 1 row missing, 1 unexpected, 1 equal

        id=3: missing
        id=2: unexpected

          at shop.orders/norway#seed (<folder>/shop.deltacat.yaml:26:21)
      --- expected
      id
      3
      … 1 equal row
      --- actual
      id
      2
      … 1 equal row"
    `)
  })

  test('a partition are its merged read', () => {
    const norway = fixture.partition('shop.orders/norway')
    expect(norway).toHaveRecords(
      [
        { id: 1, total: 10.5 },
        { id: 2, total: 99.9 },
      ],
      { columns: 'subset' },
    )
    expect(failing(() => expect(norway).toHaveRecords([{ id: 1, country: 'NO', total: 99.9 }]))).toMatchInlineSnapshot(`
      "shop.orders/norway: 1 row changed, 1 unexpected

        id=1: total: 99.90 → 10.50, at: null → 2024-02-29T23:59:59.123456Z, big: null → 18446744073709551615
        id=2: unexpected
        no expected row names "at", "big": such cells count as null; { columns: 'subset' } compares only the columns that are named

          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)
      --- expected
      id | country | total | at                          | big
      1  | 'NO'    | 99.90 | null                        | null
      ───┼─────────┼───────┼─────────────────────────────┼─────────────────────
      --- actual
      id | country | total | at                          | big
      1  | 'NO'    | 10.50 | 2024-02-29T23:59:59.123456Z | 18446744073709551615
      ───┼─────────┼───────┼─────────────────────────────┼─────────────────────
      2  | 'NO'    | 99.90 | null                        | null"
    `)
  })

  test('a table or version are those of its committed partitions', () => {
    const version = fixture.version('shop.orders')
    const rows = [{ id: 1 }, { id: 2 }, { id: 9 }]
    expect(version).toHaveRecords(rows, { columns: 'subset' })
    expect(fixture.table('shop.orders')).toHaveRecords(rows, { columns: 'subset' })
    expect(fixture.table('shop.plain')).toHaveRecords([{ a: 1, b: 'x' }])
    expect(failing(() => expect(version).toHaveRecordCount(4))).toMatchInlineSnapshot(`
      "shop.orders has 3 rows; 4 rows were expected

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)"
    `)
  })

  test('a table of several versions are named by the version that was read', () => {
    const [table, version] = [fixture.table('shop.plain'), fixture.version('shop.plain')]
    catalog.createTableVersion('shop', 'plain', { tableVersion: '2' })
    const place = '\n\n    at shop.plain (<folder>/shop.deltacat.yaml:47:7)'
    expect(failing(() => expect(table).toHaveRecordCount(2))).toBe(
      `shop.plain@2 has 0 rows; 2 rows were expected${place}`,
    )
    expect(failing(() => expect(version).toHaveRecordCount(2))).toBe(
      `shop.plain@1 has 1 row; 2 rows were expected${place}`,
    )
    expect(failing(() => expect(table).not.toHaveRecords([]))).toBe(
      `shop.plain@2 has exactly the expected 0 rows, and should not${place}`,
    )
    catalog.updateTableVersion('shop', 'plain', '1', { lifecycleState: 'active' })
    expect(failing(() => expect(table).toHaveRecordCount(2))).toBe(
      `shop.plain@1 has 1 row; 2 rows were expected${place}`,
    )
  })

  test('something that the code under test made are named by their place in the catalog', () => {
    const norway = fixture.partition('shop.orders/norway')
    const delta = catalog.commitDelta(
      catalog.stageDelta([{ id: 1 }], norway, {
        deltaType: 'delete',
        deleteParameters: { equalityColumnNames: ['id'] },
      }),
    )
    expect(delta).toHaveRecords([{ id: 1 }], { columns: 'subset' })
    expect(norway).toHaveRecords([{ id: 2, country: 'NO', total: '99.90' }])
    expect(failing(() => expect(delta).toHaveRecordCount(3))).toMatchInlineSnapshot(
      `
      "shop.orders/norway#3 has 1 row; 3 rows were expected

          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)"
    `,
    )
  })

  test('an entity are read when the matcher runs, not when the entity was returned', () => {
    const norway = fixture.partition('shop.orders/norway')
    const staged = fixture.delta('shop.orders/norway#pending')
    expect(norway).toHaveRecordCount(2)
    catalog.commitDelta(staged)
    expect(norway).toHaveRecordCount(3)
  })

  test('a stream or namespace there are none', () => {
    expect(failing(() => expect(fixture.stream('shop.orders')).toHaveRecords([]))).toMatchInlineSnapshot(
      `"toHaveRecords needs a delta, partition, table version, table or Arrow table, not a stream; get one from catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable()."`,
    )
    expect(failing(() => expect(fixture.namespace('shop')).toHaveRecordCount(0))).toMatchInlineSnapshot(
      `"toHaveRecordCount needs a delta, partition, table version, table or Arrow table, not a namespace; get one from catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable()."`,
    )
    expect(failing(() => expect(catalog).toHaveRecords([]))).toMatchInlineSnapshot(
      `"toHaveRecords needs a delta, partition, table version, table or Arrow table, not a catalog; get one from catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable()."`,
    )
    expect(
      failing(() => expect({ ...fixture.delta('shop.orders/norway#seed') }).toHaveRecords([])),
    ).toMatchInlineSnapshot(
      `"toHaveRecords needs a delta, partition, table version, table or Arrow table, not a copy of a delta; a catalog knows the very objects that it returned: pass that object on, or get it again from catalog.getDelta()."`,
    )
    expect(
      failing(() => expect(fixture.partition('shop.orders/norway').locator).toHaveRecords([])),
    ).toMatchInlineSnapshot(
      `"toHaveRecords needs a delta, partition, table version, table or Arrow table, not the locator of a partition; get the partition itself from catalog.getPartition()."`,
    )
    expect(failing(() => expect(catalog.listNamespaces()).toHaveRecords([]))).toMatchInlineSnapshot(
      `"toHaveRecords needs a delta, partition, table version, table or Arrow table, not a list of entities; its entities are in .allItems(): expect one of them."`,
    )
  })
})

describe('a named set', () => {
  test('is what the fixture expects', () => {
    expect(fixture.partition('shop.orders/norway')).toHaveRecords('norway now')
    expect(fixture.table('shop.orders')).toHaveRecords('all now')
    expect(fixture.table('shop.orders')).toContainRecords('norway now')
  })

  test('is shown with the place of the row that differs', () => {
    const norway = fixture.partition('shop.orders/norway')
    catalog.commitDelta(catalog.stageDelta([{ id: 2, total: 1 }, { id: 5 }], norway, { deltaType: 'upsert' }))
    expect(failing(() => expect(norway).toHaveRecords('norway now'))).toMatchInlineSnapshot(`
      "shop.orders/norway isn't "norway now": 1 row changed, 1 unexpected, 1 equal

        id=2: country: 'NO' → null, total: 99.90 → 1.00 (shop.deltacat.yaml:53)
        id=5: unexpected

          at expected "norway now" (<folder>/shop.deltacat.yaml:53:97)
          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)
      --- expected
      id | country | total | at   | big
      2  | 'NO'    | 99.90 | null | null
      ───┼─────────┼───────┼──────┼─────
      … 1 equal row
      --- actual
      id | country | total | at   | big
      2  | null    | 1.00  | null | null
      ───┼─────────┼───────┼──────┼─────
      5  | null    | null  | null | null
      … 1 equal row"
    `)
  })

  test('leaves what was compared to the report of the kept catalog', () => {
    const norway = fixture.partition('shop.orders/norway')
    const rows = [
      { id: 1, country: null, total: 10.5, at: '2024-02-29T23:59:59.123456Z', big: 2n ** 64n - 1n },
      { id: 3 },
    ]
    const message = failureOf(() => expect(norway).toHaveRecords(rows)).split('\n---')[0]!
    const noted = findingsOf(catalog, message).comparison
    expect(noted).toMatchInlineSnapshot(`
      {
        "columns": [
          {
            "kind": "number",
            "name": "id",
            "type": "int64",
          },
          {
            "kind": "text",
            "name": "country",
            "type": "string",
          },
          {
            "kind": "number",
            "name": "total",
            "type": "decimal(12,2)",
          },
          {
            "kind": "time",
            "name": "at",
            "type": "timestamp[us, UTC]",
          },
          {
            "kind": "number",
            "name": "big",
            "type": "uint64",
          },
        ],
        "counts": {
          "changed": 1,
          "equal": 0,
          "missing": 1,
          "unexpected": 1,
        },
        "key": [
          "id",
        ],
        "matcher": "toHaveRecords",
        "rows": [
          {
            "actual": [
              "1",
              "NO",
              "10.50",
              "2024-02-29T23:59:59.123456Z",
              "18446744073709551615",
            ],
            "different": [
              1,
            ],
            "expected": [
              "1",
              null,
              "10.50",
              "2024-02-29T23:59:59.123456Z",
              "18446744073709551615",
            ],
            "kind": "changed",
          },
          {
            "actual": null,
            "different": [],
            "expected": [
              "3",
              null,
              null,
              null,
              null,
            ],
            "kind": "missing",
          },
          {
            "actual": [
              "2",
              "NO",
              "99.90",
              null,
              null,
            ],
            "different": [],
            "expected": null,
            "kind": "unexpected",
          },
        ],
        "subject": "shop.orders/norway",
      }
    `)
    catalog.commitDelta(catalog.stageDelta([{ id: 2, country: 'NO' }], norway, { deltaType: 'upsert' }))
    const named = failureOf(() => expect(norway).toHaveRecords('norway now')).split('\n---')[0]!
    expect((findingsOf(catalog, named).comparison as ComparisonView).rows).toMatchObject([
      { kind: 'changed', different: [2], source: 'shop.deltacat.yaml:53:97' },
    ])
  })

  test('that is not there is a failure, with what may have been meant', () => {
    const norway = fixture.partition('shop.orders/norway')
    expect(failing(() => expect(norway).toHaveRecords('norway'))).toMatchInlineSnapshot(`
      "shop.orders/norway: the fixture has no expected set "norway"; it has "norway now", "all now".

        no set is written for a catalog that vitest-deltacat/test did not open; pass rows or an Arrow table

          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)"
    `)
  })
})

describe('states', () => {
  test('are read when the matcher runs', () => {
    const pending = fixture.delta('shop.orders/norway#pending')
    expect(pending).toBeStaged()
    expect(pending).not.toBeCommitted()
    catalog.commitDelta(pending)
    expect(pending).toBeCommitted()
    expect(pending).not.toBeStaged()
    expect(pending).toBeCommitted({ visible: true })
  })

  test('of partitions and streams', () => {
    expect(fixture.partition('shop.orders/norway')).toBeCommitted({ visible: true })
    expect(fixture.partition('shop.orders/DK')).toBeStaged()
    expect(fixture.partition('shop.orders/"old sweden"')).toBeDeprecated()
    expect(fixture.stream('shop.orders')).toBeCommitted({ visible: true })
    expect(fixture.stream('shop.orders~next')).toBeStaged()
  })

  test('what the fixture does not declare has the path that it would have there', () => {
    const partitionOf = (tableVersion: string) =>
      catalog.stagePartition(catalog.createTableVersion('shop', 'mine', { tableVersion }))
    const [first, second] = [partitionOf('1'), partitionOf('2')]
    const told = (path: string) =>
      `${path} is staged, and should be committed\n\n    at shop (<folder>/shop.deltacat.yaml:11:3)`
    expect(failing(() => expect(first).toBeCommitted())).toBe(told('shop.mine@1/-'))
    expect(failing(() => expect(second).toBeCommitted())).toBe(told('shop.mine/-'))
  })

  test('a failure says the state, and what was expected', () => {
    const pending = fixture.delta('shop.orders/norway#pending')
    expect(failing(() => expect(pending).toBeCommitted())).toMatchInlineSnapshot(`
      "shop.orders/norway#pending is staged, and should be committed

          at shop.orders/norway#pending (<folder>/shop.deltacat.yaml:31:21)"
    `)
    expect(failing(() => expect(pending).not.toBeStaged())).toMatchInlineSnapshot(`
      "shop.orders/norway#pending is staged, and should not be staged

          at shop.orders/norway#pending (<folder>/shop.deltacat.yaml:31:21)"
    `)
    expect(failing(() => expect(pending).toBeDeprecated())).toMatchInlineSnapshot(`
      "shop.orders/norway#pending is staged, and should be deprecated

        a delta is staged or committed; it is its partition, or its stream, that a commit deprecates

          at shop.orders/norway#pending (<folder>/shop.deltacat.yaml:31:21)"
    `)
    expect(failing(() => expect(fixture.partition('shop.orders/sweden')).toBeDeprecated())).toMatchInlineSnapshot(`
      "shop.orders/sweden is committed, and should be deprecated

          at shop.orders/sweden (<folder>/shop.deltacat.yaml:36:17)"
    `)
  })

  test('visible: the failure names the level that is in the way', () => {
    const danish = fixture.delta('shop.orders/DK#first')
    expect(danish).toBeCommitted()
    expect(failing(() => expect(danish).toBeCommitted({ visible: true }))).toMatchInlineSnapshot(`
      "shop.orders/DK#first is committed, but not visible: the partition shop.orders/DK is staged

          at shop.orders/DK#first (<folder>/shop.deltacat.yaml:44:21)
          at shop.orders/DK (<folder>/shop.deltacat.yaml:41:17)"
    `)
    const next = fixture.partition('shop.orders~next/NO')
    expect(failing(() => expect(next).toBeCommitted({ visible: true }))).toMatchInlineSnapshot(`
      "shop.orders~next/NO is committed, but not visible: the stream shop.orders~next is staged

          at shop.orders~next/NO (<folder>/shop.deltacat.yaml:46:60)
          at shop.orders~next (<folder>/shop.deltacat.yaml:46:17)"
    `)
    const made = catalog.stagePartition(fixture.stream('shop.orders'), ['FI'])
    const first = catalog.commitDelta(catalog.stageDelta([{ id: 5, country: 'FI' }], made))
    expect(failing(() => expect(first).toBeCommitted({ visible: true }))).toMatchInlineSnapshot(`
      "shop.orders/FI#0 is committed, but not visible: the partition shop.orders/FI is staged

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)"
    `)
    expect(danish).toBeCommitted({ visible: undefined } as object)
    expect(failing(() => expect(danish).toBeCommitted({ visible: 'yes' } as object))).toMatchInlineSnapshot(
      `"toBeCommitted: visible is 'yes'; it has to be true or false."`,
    )
    expect(failing(() => expect(danish).toBeCommitted({ visible: null } as object))).toMatchInlineSnapshot(
      `"toBeCommitted: visible is null; it has to be true or false."`,
    )
    expect(failing(() => expect(danish).toBeCommitted({ visble: true } as object))).toMatchInlineSnapshot(
      `"toBeCommitted has no option "visble", only visible; did you mean "visible"?"`,
    )
  })

  test('of what is no longer there', () => {
    const stream = fixture.stream('shop.plain')
    catalog.deleteStream('shop', 'plain')
    expect(failing(() => expect(stream).toBeDeprecated())).toMatchInlineSnapshot(`
      "shop.plain is no longer in the catalog, and should be deprecated

        what is deleted with its version leaves nothing behind

          at shop.plain (<folder>/shop.deltacat.yaml:47:7)"
    `)
  })

  test('only streams, partitions and deltas have one', () => {
    expect(failing(() => expect(fixture.table('shop.orders')).toBeStaged())).toMatchInlineSnapshot(
      `"toBeStaged needs a stream, partition or delta, not a table; get one from catalog.getStream(), catalog.getPartition() or catalog.getDelta()."`,
    )
    expect(failing(() => expect('shop.orders/norway').toBeCommitted())).toMatchInlineSnapshot(
      `"toBeCommitted needs a stream, partition or delta, not the text "shop.orders/norway"; the test's fixture finds entities by their paths: fixture.partition("shop.orders/norway")."`,
    )
    expect(failing(() => expect({ ...fixture.stream('shop.orders') }).toBeDeprecated())).toMatchInlineSnapshot(
      `"toBeDeprecated needs a stream, partition or delta, not a copy of a stream; a catalog knows the very objects that it returned: pass that object on, or get it again from catalog.getStream()."`,
    )
  })
})

describe('toHaveSchema', () => {
  const schema = { id: 'int64!', country: 'string', total: 'decimal(12,2)', at: 'timestamp[us, UTC]', big: 'uint64' }

  test('of a version, a delta, a table, a schema', () => {
    const version = fixture.version('shop.orders')
    expect(version).toHaveSchema(schema)
    expect(fixture.delta('shop.orders/norway#seed')).toHaveSchema(schema)
    expect(catalog.readPartition(fixture.partition('shop.orders/norway'))).toHaveSchema(schema)
    const arrow = catalog.getTableVersionSchema('shop', 'orders')
    expect(arrow).toHaveSchema(schema)
    expect(version).toHaveSchema(arrow as Exclude<typeof arrow, string | null>)
    expect(version).not.toHaveSchema({ ...schema, id: 'int64' })
  })

  test('a failure lists the columns that differ', () => {
    const version = fixture.version('shop.orders')
    const { country: _, ...rest } = schema
    expect(
      failing(() => expect(version).toHaveSchema({ ...rest, total: 'decimal(14,2)', id: 'int64', extra: 'bool' })),
    ).toMatchInlineSnapshot(`
      "shop.orders has another schema

        column "id" should be int64, but is int64!
        column "total" should be decimal(14,2), but is decimal(12,2)
        column "extra" is missing; expected bool
        column "country" is unexpected; it is string

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)
      --- expected
      schema:
        id: int64
        total: decimal(14,2)
        at: timestamp[us, UTC]
        big: uint64
        extra: bool
      --- actual
      schema:
        id: int64!
        country: string
        total: decimal(12,2)
        at: timestamp[us, UTC]
        big: uint64"
    `)
    expect(failing(() => expect(version).toHaveSchema({ country: schema.country, ...rest }))).toMatchInlineSnapshot(`
      "shop.orders has another schema

        the columns come in another order: column 0 should be "country"

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)
      --- expected
      schema:
        country: string
        id: int64!
        total: decimal(12,2)
        at: timestamp[us, UTC]
        big: uint64
      --- actual
      schema:
        id: int64!
        country: string
        total: decimal(12,2)
        at: timestamp[us, UTC]
        big: uint64"
    `)
    expect(failing(() => expect(version).not.toHaveSchema(schema))).toMatchInlineSnapshot(`
      "shop.orders has exactly this schema, and should not

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)"
    `)
    expect(failing(() => expect(version).toHaveSchema({ id: 'int46' }))).toMatchInlineSnapshot(
      `"The type "int46" can't be read at character 1: "int46" is no Arrow type; did you mean "int64"?"`,
    )
    expect(failing(() => expect(version).toHaveSchema(['id'] as never))).toMatchInlineSnapshot(
      `"toHaveSchema expects an Arrow schema, or the columns with their types ({ id: 'int64!' }), not a list of 1."`,
    )
    expect(failing(() => expect(fixture.stream('shop.orders')).toHaveSchema({}))).toMatchInlineSnapshot(
      `"toHaveSchema needs a table version, delta or Arrow table, not a stream; get one from catalog.getTableVersion() or catalog.getDelta()."`,
    )
  })

  test('a version without a schema has none', () => {
    expect(fixture.version('shop.plain')).not.toHaveSchema({ a: 'int64' })
    expect(failing(() => expect(fixture.version('shop.plain')).toHaveSchema({ a: 'int64' }))).toMatchInlineSnapshot(`
      "shop.plain has no schema; one was expected

          at shop.plain (<folder>/shop.deltacat.yaml:47:7)"
    `)
    expect(fixture.delta('shop.plain/-#0')).toHaveSchema({ a: 'int64', b: 'string' })
  })
})

describe('toHavePartitions', () => {
  test('lists the committed ones, and those in the states that are named', () => {
    const stream = fixture.stream('shop.orders')
    expect(stream).toHavePartitions([['NO'], ['SE']])
    expect(fixture.version('shop.orders')).toHavePartitions([['NO'], ['SE']])
    expect(stream).toHavePartitions([
      ['NO'],
      { values: ['SE'], state: 'deprecated' },
      ['SE'],
      { values: ['DK'], state: 'staged' },
    ])
    expect(stream).toHavePartitions([['SE'], ['NO']], { order: 'ignore' })
    expect(fixture.version('shop.plain')).toHavePartitions([null])
    expect(fixture.version('shop.plain')).toHavePartitions([[]])
  })

  test('a failure shows what stands where', () => {
    const stream = fixture.stream('shop.orders')
    expect(failing(() => expect(stream).toHavePartitions([['SE'], ['NO']]))).toMatchInlineSnapshot(`
      "shop.orders has other partitions than expected

        0: expected ['SE'], committed, found ['NO'], committed
        1: expected ['NO'], committed, found ['SE'], committed

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)
      --- expected
      list:
        ['SE'], committed
        ['NO'], committed
      --- actual
      list:
        ['NO'], committed
        ['SE'], committed"
    `)
    expect(
      failing(() => expect(stream).toHavePartitions([['NO'], { values: ['DK'], state: 'staged' }])),
    ).toMatchInlineSnapshot(`
      "shop.orders has 3 partitions, not the 2 expected

        1: expected ['DK'], staged, found ['SE'], committed
        2: unexpected ['DK'], staged

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)
      --- expected
      list:
        ['NO'], committed
        ['DK'], staged
      --- actual
      list:
        ['NO'], committed
        ['SE'], committed
        ['DK'], staged"
    `)
    expect(
      failing(() => expect(stream).toHavePartitions([['NO'], ['FI']], { order: 'ignore' })),
    ).toMatchInlineSnapshot(`
      "shop.orders has other partitions than expected

        expected ['FI'], committed
        unexpected ['SE'], committed

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)
      --- expected
      list:
        ['NO'], committed
        ['FI'], committed
      --- actual
      list:
        ['NO'], committed
        ['SE'], committed"
    `)
    expect(failing(() => expect(stream).not.toHavePartitions([['NO'], ['SE']]))).toMatchInlineSnapshot(`
      "shop.orders has exactly 2 expected partitions, and should not

          at shop.orders (<folder>/shop.deltacat.yaml:17:11)"
    `)
    expect(failing(() => expect(stream).toHavePartitions(['NO'] as never))).toMatchInlineSnapshot(
      `"toHavePartitions expects each partition as its values (['NO']) or as { values, state }, not "NO"."`,
    )
    expect(failing(() => expect(fixture.partition('shop.orders/norway')).toHavePartitions([]))).toMatchInlineSnapshot(
      `"toHavePartitions needs a stream or table version, not a partition; get one from catalog.getStream() or catalog.getTableVersion()."`,
    )
  })
})

describe('toHaveDeltas', () => {
  test('lists the committed ones by position, and the staged ones where they are named', () => {
    const norway = fixture.partition('shop.orders/norway')
    expect(norway).toHaveDeltas(['append', 'upsert'])
    expect(norway).toHaveDeltas([{ recordCount: 2 }, { type: 'upsert', recordCount: 1 }])
    expect(norway).toHaveDeltas(['append', 'upsert', { type: 'append', state: 'staged' }])
    expect(norway).toHaveDeltas(['upsert', {}], { order: 'ignore' })
    const { streamPosition } = fixture.delta('shop.orders/norway#fix').locator
    expect(norway).toHaveDeltas(['append', { streamPosition: streamPosition! }])
  })

  test('a failure shows what stands where', () => {
    const norway = fixture.partition('shop.orders/norway')
    expect(failing(() => expect(norway).toHaveDeltas(['append', 'delete']))).toMatchInlineSnapshot(`
      "shop.orders/norway has other deltas than expected

        1: expected delete, committed, found upsert, committed, 1 row

          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)
      --- expected
      list:
        append, committed, 2 rows
        delete, committed
      --- actual
      list:
        append, committed, 2 rows
        upsert, committed, 1 row"
    `)
    expect(failing(() => expect(norway).toHaveDeltas([{ type: 'append', recordCount: 3 }]))).toMatchInlineSnapshot(`
      "shop.orders/norway has 2 deltas, not the 1 expected

        0: expected append, committed, 3 rows, found append, committed, 2 rows
        1: unexpected upsert, committed, 1 row

          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)
      --- expected
      list:
        append, committed, 3 rows
      --- actual
      list:
        append, committed, 2 rows
        upsert, committed, 1 row"
    `)
    expect(failing(() => expect(norway).toHaveDeltas([{ streamPosition: 5 }, 'upsert']))).toMatchInlineSnapshot(`
      "shop.orders/norway has other deltas than expected

        0: expected a delta, committed, position 5, found append, committed, 2 rows, position 1709251200001

          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)
      --- expected
      list:
        a delta, committed, position 5
        upsert, committed, 1 row, position 1709251200002
      --- actual
      list:
        append, committed, 2 rows, position 1709251200001
        upsert, committed, 1 row, position 1709251200002"
    `)
    expect(failing(() => expect(norway).not.toHaveDeltas(['append', 'upsert']))).toMatchInlineSnapshot(`
      "shop.orders/norway has exactly 2 expected deltas, and should not

          at shop.orders/norway (<folder>/shop.deltacat.yaml:23:17)"
    `)
    expect(failing(() => expect(norway).toHaveDeltas(['insert'] as never))).toMatchInlineSnapshot(
      `"toHaveDeltas: type is 'insert'; it has to be 'append', 'upsert' or 'delete'."`,
    )
    expect(failing(() => expect(norway).toHaveDeltas([{ state: 'deprecated' }] as never))).toMatchInlineSnapshot(
      `"toHaveDeltas: state is 'deprecated'; it has to be 'staged' or 'committed'."`,
    )
    expect(failing(() => expect(fixture.table('shop.orders')).toHaveDeltas([]))).toMatchInlineSnapshot(
      `"toHaveDeltas needs a partition, not a table; get one from catalog.getPartition()."`,
    )
  })
})

describe('toMatchFixture', () => {
  const same = './shop.deltacat.yaml'

  test('accepts a catalog that was built from it, ids and positions too', () => {
    expect(catalog).toMatchFixture(same)
    expect(catalog).toMatchFixture(new URL('./shop.deltacat.yaml', import.meta.url), { ids: true, positions: true })
    expect(failing(() => expect(catalog).toMatchFixture(same, { ids: 1, positions: true } as object))).toBe(
      'toMatchFixture: ids is 1; it has to be true or false.',
    )
    expect({ catalog }).toEqual({ catalog: expect.toMatchFixture(same) })
    expect('a catalog').not.toEqual(expect.toMatchFixture(same))
  })

  test('normalises ids and positions unless asked', () => {
    const later = buildFixture({
      clock: '2025-01-01T00:00:00Z',
      namespaces: { shop: { tables: { plain: { deltas: [[{ a: 1, b: 'x' }]] } } } },
    })
    const fixture = { namespaces: { shop: { tables: { plain: { deltas: [[{ a: 1, b: 'x' }]] } } } } }
    expect(later).toMatchFixture(fixture)
    expect(failing(() => expect(later).toMatchFixture(fixture, { positions: true }))).toMatchInlineSnapshot(`
      "the catalog differs from the inline fixture

        shop.plain@1/-: streamPosition: 1704067200001 → 1735689600001
        shop.plain@1/-#0: position: 1704067200001 → 1735689600001
      --- expected
      catalog
        namespace shop
          table plain
            version 1, unreleased
              stream 0, committed
                partition -, committed
                  streamPosition: 1704067200001
                  delta 0, upsert, committed
                    position: 1704067200001
      --- actual
      catalog
        namespace shop
          table plain
            version 1, unreleased
              stream 0, committed
                partition -, committed
                  streamPosition: 1735689600001
                  delta 0, upsert, committed
                    position: 1735689600001"
    `)
  })

  test('a failure shows each entity that differs, and only what differs', () => {
    const norway = fixture.partition('shop.orders/norway')
    catalog.commitDelta(fixture.delta('shop.orders/norway#pending'))
    catalog.commitDelta(catalog.stageDelta([{ id: 2, total: 1 }], norway))
    catalog.updateTable('shop', 'orders', { description: 'changed' })
    catalog.createNamespace('other')
    catalog.deletePartition('shop', 'orders', { partitionValues: ['SE'] })
    expect(failing(() => expect(catalog).toMatchFixture(same))).toMatchInlineSnapshot(`
      "the catalog differs from ./shop.deltacat.yaml

        shop.orders: description: one row an order → changed
        shop.orders@1/NO#2: should be delta 2, append, staged, but is delta 2, append, committed
        shop.orders@1/NO#3: unexpected delta 3, upsert, committed
        shop.orders@1/SE: should be partition SE, committed, but is partition SE, deprecated
        other: unexpected namespace other

          at shop.orders (<folder>/shop.deltacat.yaml:14:7)
          at shop.orders/norway#pending (<folder>/shop.deltacat.yaml:31:21)
          at shop.orders/sweden (<folder>/shop.deltacat.yaml:36:17)
      --- expected
      catalog
        namespace shop
          table orders
            description: one row an order
            version 1, active
              stream 0, committed
                partition NO, committed
                  delta 2, append, staged
                partition SE, committed
      --- actual
      catalog
        namespace shop
          table orders
            description: changed
            version 1, active
              stream 0, committed
                partition NO, committed
                  delta 2, append, committed
                  delta 3, upsert, committed
                    after: delta 1
                    contentType: application/parquet
                    records: 1
                    - { id: 2, total: 1.00 }
                partition SE, deprecated
        namespace other"
    `)
  })

  test('shows the rows that differ', () => {
    const source = {
      namespaces: {
        shop: {
          tables: {
            plain: {
              deltas: [
                [
                  { a: 1, b: 'x' },
                  { a: 2, b: 'y' },
                ],
              ],
            },
          },
        },
      },
    }
    const other = {
      namespaces: {
        shop: {
          tables: {
            plain: {
              deltas: [
                [
                  { a: 1, b: 'x' },
                  { a: 2, b: 'z' },
                ],
              ],
            },
          },
        },
      },
    }
    expect(failing(() => expect(buildFixture(source)).toMatchFixture(other))).toMatchInlineSnapshot(`
      "the catalog differs from the inline fixture

        shop.plain@1/-#0: 1 row changed, 1 equal
          row 1: b: 'z' → 'y'
      --- expected
      catalog
        namespace shop
          table plain
            version 1, unreleased
              stream 0, committed
                partition -, committed
                  delta 0, upsert, committed
                    a | b
                    2 | 'z'
                    … 1 equal row
      --- actual
      catalog
        namespace shop
          table plain
            version 1, unreleased
              stream 0, committed
                partition -, committed
                  delta 0, upsert, committed
                    a | b
                    2 | 'y'
                    … 1 equal row"
    `)
    expect(failing(() => expect(buildFixture(source)).not.toMatchFixture(source))).toMatchInlineSnapshot(
      `"the catalog equals the inline fixture, and should not"`,
    )
  })

  test('a delta committed after a staged one is told as what it is, and the staged one is as it was', () => {
    const staged = { state: 'staged', rows: [{ a: 2 }] } as const
    const source = { namespaces: { shop: { tables: { plain: { deltas: [[{ a: 1 }], staged] } } } } }
    using built = buildFixture(source)
    const [partition] = built.listPartitions('shop', 'plain')
    built.commitDelta(built.stageDelta([{ a: 3 }], partition!, { deltaType: 'append' }))
    expect(failing(() => expect(built).toMatchFixture(source)).split('\n--- ')[0]).toBe(
      `the catalog differs from the inline fixture

  shop.plain@1/-#2: unexpected delta 2, append, committed`,
    )
  })

  test('needs a catalog', () => {
    expect(failing(() => expect(fixture.table('shop.orders')).toMatchFixture(same))).toMatchInlineSnapshot(
      `"toMatchFixture needs a catalog, not an object (locator, permissions, description, properties); records are compared with toHaveRecords."`,
    )
  })
})

describe('the snapshot serializer', () => {
  test('prints deltas, partitions and catalogs without ids and positions', () => {
    const print = (value: unknown) => {
      expect(catalogSerializer.test(value)).toBe(true)
      return catalogSerializer.serialize(value, {}, '')
    }
    expect(print(fixture.delta('shop.orders/norway#fix'))).toMatchInlineSnapshot(`
      "delta 1, upsert, committed
        contentType: application/parquet
        records: 1
        - { id: 2, country: "NO", total: 99.90 }"
    `)
    expect(print(fixture.partition('shop.orders/norway'))).toMatchInlineSnapshot(`
      "partition NO, committed
        delta 0, append, committed
          contentType: application/parquet
          records: 2
          - { id: 1, country: "NO", total: 10.50, at: 2024-02-29T23:59:59.123456Z, big: 18446744073709551615 }
          - { id: 2, country: "NO" }
        delta 1, upsert, committed
          contentType: application/parquet
          records: 1
          - { id: 2, country: "NO", total: 99.90 }
        delta 2, append, staged
          contentType: application/parquet
          records: 1
          - { id: 7, country: "NO", total: 1.00 }"
    `)
    expect(print(catalog)).toMatchInlineSnapshot(`
      "catalog
        namespace shop
          permissions: {"analyst":"read"}
          table orders
            description: one row an order
            version 1, active
              schema: id: int64!, country: string, total: decimal(12,2), at: timestamp[us, UTC], big: uint64
              partitionKeys: ["country"]
              primaryKeys: ["id"]
              committedStream: stream 0
              stream 0, committed
                partition NO, committed
                  delta 0, append, committed
                    contentType: application/parquet
                    records: 2
                    - { id: 1, country: "NO", total: 10.50, at: 2024-02-29T23:59:59.123456Z, big: 18446744073709551615 }
                    - { id: 2, country: "NO" }
                  delta 1, upsert, committed
                    contentType: application/parquet
                    records: 1
                    - { id: 2, country: "NO", total: 99.90 }
                  delta 2, append, staged
                    contentType: application/parquet
                    records: 1
                    - { id: 7, country: "NO", total: 1.00 }
                partition SE, deprecated
                  delta 0, append, committed
                    contentType: application/parquet
                    records: 1
                    - { id: 8, country: SE }
                partition SE, committed
                  previous: partition 1
                  delta 0, append, committed
                    contentType: application/parquet
                    records: 1
                    - { id: 9, country: SE, total: 5.00 }
                partition DK, staged
                  delta 0, append, committed
                    contentType: application/parquet
                    records: 1
                    - { id: 3, country: DK }
              stream 1, staged
                previous: stream 0
                partition NO, committed
                  delta 0, append, committed
                    contentType: application/parquet
                    records: 1
                    - { id: 4, country: "NO" }
          table plain
            version 1, unreleased
              committedStream: stream 0
              stream 0, committed
                partition -, committed
                  delta 0, append, committed
                    contentType: application/parquet
                    records: 1
                    - { a: 1, b: x }"
    `)
  })

  test('of many rows shows the first twenty, and a digest of the rest', () => {
    const rows = Array.from({ length: 23 }, (_, a) => ({ a }))
    const many = buildFixture({ namespaces: { n: { tables: { t: { deltas: [rows] } } } } })
    const [delta] = many.listDeltas('n', 't').items
    expect(catalogSerializer.serialize(delta, {}, '  ')).toMatchInlineSnapshot(`
      "delta 0, upsert, committed
          contentType: application/parquet
          records: 23
          - { a: 0 }
          - { a: 1 }
          - { a: 2 }
          - { a: 3 }
          - { a: 4 }
          - { a: 5 }
          - { a: 6 }
          - { a: 7 }
          - { a: 8 }
          - { a: 9 }
          - { a: 10 }
          - { a: 11 }
          - { a: 12 }
          - { a: 13 }
          - { a: 14 }
          - { a: 15 }
          - { a: 16 }
          - { a: 17 }
          - { a: 18 }
          - { a: 19 }
          … 3 more rows, sha1 69b6c18dfcf54bc24256ed8c25638b956171ce77"
    `)
  })

  test('keeps the indentation of what it stands in', () => {
    expect.addSnapshotSerializer(catalogSerializer)
    expect({ list: [fixture.delta('shop.plain/-#0')], other: 1 }).toMatchInlineSnapshot(`
      {
        "list": [
          delta 0, append, committed
            contentType: application/parquet
            records: 1
            - { a: 1, b: x },
        ],
        "other": 1,
      }
    `)
  })

  test('leaves everything else alone', () => {
    for (const value of [null, 1, 'x', {}, [], fixture.table('shop.orders'), fixture.stream('shop.orders')]) {
      expect(catalogSerializer.test(value)).toBe(false)
    }
  })
})
