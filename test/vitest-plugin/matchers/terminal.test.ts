import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { config, majors, makeProject, statesOf } from '../harness.ts'

// What a reader sees: real runs of both majors, their terminal output whole.

const spec = `
import { tableFromArrays } from 'apache-arrow'
import { tableFromRows } from 'vitest-deltacat'
import { test } from 'vitest-deltacat/test'

test.override({ source: './shop.deltacat.yaml' })
const lorem = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, '.repeat(20)

test('passes', async ({ catalog, fixture, expect }) => {
  const norway = fixture.partition('shop.orders/norway')
  expect(norway).toHaveRecords('norway now')
  expect(norway).not.toHaveRecords([])
  await expect(Promise.resolve(norway)).resolves.toHaveRecordCount(2)
  await expect.poll(() => norway).toContainRecords([{ id: 2, country: 'NO', total: 99.9 }])
  expect.soft(norway).toBeCommitted({ visible: true })
  expect({ norway, rest: 1 }).toEqual({ norway: expect.toHaveRecordCount(2), rest: expect.anything() })
  expect([norway]).toEqual([expect.not.toBeStaged()])
  expect(fixture.version('shop.orders')).toHavePartitions([['NO'], ['SE']])
  expect(norway).toHaveDeltas(['append', 'upsert'])
  expect(fixture.version('shop.orders')).toHaveSchema({ id: 'int64!', country: 'string', total: 'decimal(12,2)', at: 'timestamp[us, UTC]', big: 'uint64' })
  expect(catalog).toMatchFixture('./shop.deltacat.yaml')
  expect(catalog.downloadDelta(fixture.delta('shop.plain/-#0'))).toHaveRecords([{ a: 1n, b: 'x' }])
  expect(tableFromArrays({ b: ['x'] })).toHaveRecords(tableFromRows([{ b: 'x' }]))
})
test('fails by a cell', ({ fixture, expect }) => {
  expect(fixture.partition('shop.orders/norway')).toHaveRecords([
    { id: 1, country: 'NO', total: '10.51', at: '2024-02-29T23:59:59.123457Z', big: 18446744073709551614n },
    { id: 2, country: 'NO', total: '99.90' },
  ])
})
test('fails by a named set', ({ catalog, fixture, expect }) => {
  const norway = fixture.partition('shop.orders/norway')
  catalog.commitDelta(catalog.stageDelta([{ id: 2, country: 'NO', total: 1 }], norway, { deltaType: 'upsert' }))
  expect(norway).toHaveRecords('norway now')
})
test('fails where it should not match', ({ fixture, expect }) => {
  expect(fixture.partition('shop.orders/norway')).not.toHaveRecords('norway now')
})
test('fails after resolves', async ({ fixture, expect }) => {
  await expect(Promise.resolve(fixture.partition('shop.orders/sweden'))).resolves.toHaveRecords([{ id: 9, country: 'SE' }])
})
test('fails softly, twice', ({ fixture, expect }) => {
  expect.soft(fixture.delta('shop.orders/norway#pending')).toBeCommitted()
  expect.soft(fixture.partition('shop.orders/sweden'), 'Sweden').toHaveRecordCount(2)
})
test('fails after polling', async ({ fixture, expect }) => {
  await expect.poll(() => fixture.delta('shop.orders/norway#pending'), { timeout: 60, interval: 20 }).toBeCommitted()
})
test('fails in another value', ({ fixture, expect }) => {
  expect({ norway: fixture.table('shop.plain').locator.tableName, rows: 1 }).toEqual({ norway: expect.toHaveRecordCount(2), rows: 1 })
})
test('fails by what it is given', ({ fixture, expect }) => {
  expect({ ...fixture.partition('shop.orders/norway') }).toBeStaged()
})
test('fails without a schema', ({ fixture, expect }) => {
  expect(fixture.version('shop.plain')).toHaveSchema({ a: 'int64' })
})
test('fails by a nested cell', ({ expect }) => {
  expect(tableFromRows([{ id: 1, tags: ['a', 'b'], place: { zip: 1, city: null } }])).toHaveRecords(
    [{ id: 1, tags: ['a', 'c'], place: { zip: 1, city: null } }],
    { key: 'id' },
  )
})
test('fails by a null', ({ fixture, expect }) => {
  expect(fixture.delta('shop.orders/norway#seed')).toHaveRecords(
    [{ id: 1, total: 10.5 }, { id: 2, total: 0 }].map((row) => ({ ...row, country: 'NO' })),
    { columns: 'subset' },
  )
})
test('fails by a duplicate', ({ expect }) => {
  expect(tableFromRows([{ id: 1 }, { id: 1 }])).toHaveRecords([{ id: 1 }])
})
test('fails a thousand times', ({ expect }) => {
  const rows = Array.from({ length: 1000 }, (_, id) => ({ id, n: 0 }))
  expect(tableFromRows(rows)).toHaveRecords(rows.map((row) => ({ ...row, n: 1 })), { key: 'id', maxDiffs: 3 })
})
test('fails in a wide table', ({ expect }) => {
  const row = Object.fromEntries(Array.from({ length: 60 }, (_, k) => ['column_' + k, k]))
  expect(tableFromRows([row])).toHaveRecords([{ ...row, column_41: 0 }])
})
test('fails in a long text', ({ expect }) => {
  expect(tableFromRows([{ id: 1, note: lorem + 'A cat' + lorem }])).toHaveRecords([{ id: 1, note: lorem + 'A dog' + lorem }])
})
`

const files = {
  'vitest.config.ts': config(),
  'shop.deltacat.yaml': readFileSync(join(import.meta.dirname, 'shop.deltacat.yaml'), 'utf8'),
  'orders.test.ts': spec,
}

/** What is printed of each failure, up to the line of the test that failed. */
function failuresIn(output: string): string {
  return output
    .slice(output.indexOf(' FAIL '))
    .split(/^⎯+\[\d+\/\d+\]⎯\n*/m)
    .map((part) => part.split(/^ ❯ .*orders\.test\.ts/m)[0]!.trim())
    .filter((part) => part.startsWith('FAIL'))
    .join('\n\n')
}

describe.for(majors)('Vitest %i', (major) => {
  test('prints failures that explain themselves', async () => {
    const project = makeProject(major, files)
    const run = await project.run()
    const states = Object.entries(statesOf(run.report))
    expect(states.filter(([, state]) => state === 'passed').map(([name]) => name)).toEqual(['passes'])
    expect(states).toHaveLength(16)
    expect(failuresIn(run.output)).toMatchInlineSnapshot(`
      "FAIL  orders.test.ts > fails by a cell
      Error: shop.orders/norway: 1 row changed, 1 equal

        id=1: total: 10.51 → 10.50, at: 2024-02-29T23:59:59.123457Z → 2024-02-29T23:59:59.123456Z, big: 18446744073709551614 → 18446744073709551615

      - Expected
      + Received

        id | country | total | at                          | big
      - 1  | 'NO'    | 10.51 | 2024-02-29T23:59:59.123457Z | 18446744073709551614
      + 1  | 'NO'    | 10.50 | 2024-02-29T23:59:59.123456Z | 18446744073709551615
        … 1 equal row

       ❯ shop.orders/norway shop.deltacat.yaml:23:17

      FAIL  orders.test.ts > fails by a named set
      Error: shop.orders/norway isn't "norway now": 1 row changed, 1 equal

        id=2: total: 99.90 → 1.00 (shop.deltacat.yaml:53)

      - Expected
      + Received

        id | country | total | at   | big
      - 2  | 'NO'    | 99.90 | null | null
      + 2  | 'NO'    | 1.00  | null | null
        … 1 equal row

       ❯ expected "norway now" shop.deltacat.yaml:53:97
       ❯ shop.orders/norway shop.deltacat.yaml:23:17

      FAIL  orders.test.ts > fails where it should not match
      Error: shop.orders/norway has exactly the expected 2 rows, and should not
       ❯ shop.orders/norway shop.deltacat.yaml:23:17

      FAIL  orders.test.ts > fails after resolves
      Error: shop.orders/sweden: 1 row changed

        id=9: total: null → 5.00
        no expected row names "total": such cells count as null; { columns: 'subset' } compares only the columns that are named

      - Expected
      + Received

        id | country | total | at   | big
      - 9  | 'SE'    | null  | null | null
      + 9  | 'SE'    | 5.00  | null | null

       ❯ shop.orders/sweden shop.deltacat.yaml:36:17

      FAIL  orders.test.ts > fails softly, twice
      Error: shop.orders/norway#pending is staged, and should be committed
       ❯ shop.orders/norway#pending shop.deltacat.yaml:31:21

      FAIL  orders.test.ts > fails softly, twice
      Error: Sweden: shop.orders/sweden has 1 row; 2 rows were expected
       ❯ shop.orders/sweden shop.deltacat.yaml:36:17

      FAIL  orders.test.ts > fails after polling
      Error: shop.orders/norway#pending is staged, and should be committed
       ❯ shop.orders/norway#pending shop.deltacat.yaml:31:21

      FAIL  orders.test.ts > fails in another value
      AssertionError: expected { norway: 'plain', rows: 1 } to deeply equal { norway: toHaveRecordCount<2>, …(1) }

      - Expected
      + Received

        {
      -   "norway": toHaveRecordCount<2>,
      +   "norway": "plain",
          "rows": 1,
        }

      FAIL  orders.test.ts > fails by what it is given
      CatalogError: toBeStaged needs a stream, partition or delta, not a copy of a partition; a catalog knows the very objects that it returned: pass that object on, or get it again from catalog.getPartition().

      FAIL  orders.test.ts > fails without a schema
      Error: shop.plain has no schema; one was expected
       ❯ shop.plain shop.deltacat.yaml:47:7

      FAIL  orders.test.ts > fails by a nested cell
      Error: Arrow table: 1 row changed

        id=1: tags: ['a', 'c'] → ['a', 'b']

      - Expected
      + Received

        id | tags       | place
      - 1  | ['a', 'c'] | { zip: 1, city: null }
      + 1  | ['a', 'b'] | { zip: 1, city: null }

      FAIL  orders.test.ts > fails by a null
      Error: shop.orders/norway#seed: 1 row changed, 1 equal

        id=2: total: 0.00 → null

      - Expected
      + Received

        id | country | total
      - 2  | 'NO'    | 0.00
      + 2  | 'NO'    | null
        … 1 equal row

       ❯ shop.orders/norway#seed shop.deltacat.yaml:26:21

      FAIL  orders.test.ts > fails by a duplicate
      Error: Arrow table: 1 row unexpected, 1 equal

        received row 1 is unexpected, as it is expected only once: { id: 1 }

      - Expected
      + Received

        id
      + 1
        … 1 equal row

      FAIL  orders.test.ts > fails a thousand times
      Error: Arrow table: 1,000 rows changed

        id=0: n: 1 → 0
        id=1: n: 1 → 0
        id=2: n: 1 → 0
        … and 997 more rows that differ

      - Expected
      + Received

        id | n
      - 0  | 1
      + 0  | 0
      - 1  | 1
      + 1  | 0
      - 2  | 1
      + 2  | 0
        … 997 more rows that differ

      FAIL  orders.test.ts > fails in a wide table
      Error: Arrow table: 1 row changed

        row 0: column_41: 0 → 41

      - Expected
      + Received

        column_0 | column_1 | column_2 | column_3 | column_4 | column_5 | column_6 | column_7 | column_41 | … 51 more columns
      - 0        | 1        | 2        | 3        | 4        | 5        | 6        | 7        | 0         | …
      + 0        | 1        | 2        | 3        | 4        | 5        | 6        | 7        | 41        | …

      FAIL  orders.test.ts > fails in a long text
      Error: Arrow table: 1 row changed

        row 0: note: …ing elit, A dogLorem ipsum … → …ing elit, A catLorem ipsum …

      - Expected
      + Received

        id | note
      - 1  | …ing elit, A dogLorem ipsum …
      + 1  | …ing elit, A catLorem ipsum …"
    `)
  })
})
