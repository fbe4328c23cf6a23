import { describe, expect, it } from 'vitest'
import { config, majors, makeProject } from './harness.ts'

// What a reader sees of an error: every line of it, but for the code that Vitest quotes.

const files = {
  'vitest.config.ts': config(),
  'fixtures/sets.deltacat.yaml': `namespaces:
  logistics:
    tables:
      scans:
        schema: { scan_id: int64!, depot: string, kg: float64, note: string }
        primaryKeys: [scan_id]
        partitionKeys: [depot]
        partitions:
          - values: [STO]
            label: sto
            deltas:
              - label: scanned
                type: append
                rows: [{ scan_id: 1, depot: STO, kg: 1.5 }, { scan_id: 3, depot: STO, kg: 7.25, note: at the door }]
        streams:
          - label: next
            state: staged
            partitions: [{ values: [CPH], deltas: [{ label: early, type: append, rows: [{ scan_id: 2, depot: CPH }] }] }]
`,
  'fixtures/sets.deltacat.d.yaml.ts': 'export default {}\n',
  'tests/errors.test.ts': `import { test } from 'vitest-deltacat/test'

test.override({ source: '../fixtures/sets.deltacat.yaml' })

test('a cell that cannot be one', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/sto')).toHaveRecords([{ scan_id: 'x', depot: 'STO' }])
})
test('a typo in a fixture', ({ catalog, expect }) => {
  expect(catalog).toMatchFixture('../fixtures/set.deltacat.yaml')
})
test('a broken fixture', ({ catalog, expect }) => {
  expect(catalog).toMatchFixture({ namespaces: { shop: { tabels: {} } } })
})
test('an error in a transaction', ({ catalog }) => {
  catalog.transaction(() => {
    throw new Error('mine')
  })
})
test('an assertion in a transaction', ({ catalog, expect }) => {
  catalog.transaction(() => {
    expect(catalog.namespaceExists('logistics')).toBe(1)
  })
})
test('a closed catalog', ({ catalog, fixture, expect }) => {
  const sto = fixture.partition('logistics.scans/sto')
  catalog.close()
  expect(sto).toHaveRecordCount(2)
})
`,
  'tests/places.test.ts': `import { test } from 'vitest-deltacat/test'

test.override({ source: '../fixtures/sets.deltacat.yaml' })

test('a count', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/sto')).toHaveRecordCount(7)
})
test('a count after a message', ({ fixture, expect }) => {
  expect.soft(fixture.partition('logistics.scans/sto'), 'Stockholm').toHaveRecordCount(7)
})
test('a promise', async ({ fixture, expect }) => {
  await expect(Promise.resolve(fixture.partition('logistics.scans/sto'))).resolves.toHaveRecordCount(7)
})
test('polling', async ({ fixture, expect }) => {
  await expect.poll(() => fixture.partition('logistics.scans/sto'), { timeout: 60, interval: 20 }).toHaveRecordCount(7)
})
test('visible', ({ fixture, expect }) => {
  expect(fixture.delta('logistics.scans~next/CPH#early')).toBeCommitted({ visible: true })
})
test('a count in another value', ({ fixture, expect }) => {
  const sto = fixture.partition('logistics.scans/sto')
  expect([1, sto]).not.toEqual([1, expect.toHaveRecordCount(9)])
  expect(sto).toEqual(expect.not.toBeStaged())
  expect({ all: [{ sto }] }).toEqual({ all: [{ sto: expect.toHaveRecordCount(7) }] })
})
test('pairs', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/sto')).toContainRecords([
    { scan_id: 3, depot: 'OSL', kg: 1 },
    { scan_id: 99, depot: 'HEL', kg: 1 },
  ])
})
`,
  'tests/deep/missing.test.ts': `import { test } from 'vitest-deltacat/test'

test.override({ source: './orders.deltacat.yaml' })

test('a source that is not there', ({ catalog }) => void catalog)
`,
  'tests/kind.test.ts': `import { test } from 'vitest-deltacat/test'

test.extend('source', new URL('../package.json', import.meta.url))('a source of another kind', ({ catalog }) => {
  void catalog
})
`,
  'tests/clock.test.ts': `import { test } from 'vitest-deltacat/test'

test.override({ clock: 'sytem' })
test('a clock that is none', ({ catalog }) => void catalog)
`,
}

/** What is printed of each failure, without the code that is quoted, places in code without their columns. */
function failuresIn(output: string): string {
  return output
    .slice(output.indexOf(' FAIL '))
    .split(/^⎯+\[\d+\/\d+\]⎯\n*/m)
    .filter((part) => part.trim().startsWith('FAIL'))
    .map((part) => part.split('\n ❯ deltacat\n')[0]!.replaceAll(/^ +(?:\d+ *)?\|.*\n?/gm, ''))
    .map((part) =>
      part
        .replaceAll(/\n{2,}/g, '\n')
        .replaceAll(/"<home>[^"]+\.db"/g, '"<file>"')
        .trim(),
    )
    .sort()
    .join('\n\n')
}

describe.for(majors)('Vitest %i', (major) => {
  const project = makeProject(major, files)

  it('leads errors to the line of the test, and past nothing of this package', async () => {
    const run = await project.run(['tests/errors.test.ts'])
    expect(failuresIn(run.output)).toMatchInlineSnapshot(`
      "FAIL  tests/errors.test.ts > a broken fixture
      FixtureError: the inline fixture has a mistake
      inline fixture unknown-key at shop tabels
        'tabels' is no key of a namespace; did you mean 'tables'?
        mend: write 'tables'
       ❯ tests/errors.test.ts:12:19

      FAIL  tests/errors.test.ts > a cell that cannot be one
      CatalogError: Expected rows: Column "scan_id" (int64), row 0: "x" is not a whole number.
       ❯ tests/errors.test.ts:6:52

      FAIL  tests/errors.test.ts > a closed catalog
      CatalogError: The catalog "<file>" is closed; open it again to use it.
       ❯ tests/errors.test.ts:27:15

      FAIL  tests/errors.test.ts > a typo in a fixture
      FixtureError: There is no fixture <project>/fixtures/set.deltacat.yaml; did you mean "../fixtures/sets.deltacat.yaml"?
      A source's path is relative to the test file. The fixtures nearby, as this test would name them:
        ../fixtures/sets.deltacat.yaml
       ❯ tests/errors.test.ts:9:19

      FAIL  tests/errors.test.ts > an assertion in a transaction
      AssertionError: expected true to be 1 // Object.is equality
      - Expected:
      1
      + Received:
      true
       ❯ tests/errors.test.ts:21:50
       ❯ tests/errors.test.ts:20:11

      FAIL  tests/errors.test.ts > an error in a transaction
      Error: mine
       ❯ tests/errors.test.ts:16:11
       ❯ tests/errors.test.ts:15:11"
    `)
  })

  it('says once where the fixture has what failed', async () => {
    const run = await project.run(['tests/places.test.ts'])
    expect(failuresIn(run.output)).toMatchInlineSnapshot(`
      "FAIL  tests/places.test.ts > a count
      Error: logistics.scans/sto has 2 rows; 7 rows were expected
       ❯ logistics.scans/sto fixtures/sets.deltacat.yaml:9:13
       ❯ tests/places.test.ts:6:52

      FAIL  tests/places.test.ts > a count after a message
      Error: Stockholm: logistics.scans/sto has 2 rows; 7 rows were expected
       ❯ logistics.scans/sto fixtures/sets.deltacat.yaml:9:13
       ❯ tests/places.test.ts:9:70

      FAIL  tests/places.test.ts > a count in another value
      AssertionError: expected { all: [ { sto: { …(8) } } ] } to deeply equal { all: [ { …(1) } ] }
        toHaveRecordCount: logistics.scans/sto has 2 rows; 9 rows were expected
        toHaveRecordCount: logistics.scans/sto has 2 rows; 7 rows were expected
      - Expected
      + Received
        {
          "all": [
            {
      -       "sto": toHaveRecordCount<7>,
      +       "sto": {
      +         "contentTypes": null,
      +         "locator": {
      +           "partitionId": "d3b9a54c-fb9a-8dc5-90f1-e63d6f205341",
      +           "partitionValues": [
      +             "STO",
      +           ],
      +           "streamLocator": {
      +             "storageType": "SQLITE3",
      +             "streamId": "d0a44638-8bcd-8bf6-b12c-81c5fe068679",
      +             "tableVersionLocator": {
      +               "tableLocator": {
      +                 "namespaceLocator": {
      +                   "namespace": "logistics",
      +                 },
      +                 "tableName": "scans",
      +               },
      +               "tableVersion": "1",
      +             },
      +           },
      +         },
      +         "nextPartitionId": null,
      +         "previousPartitionId": null,
      +         "previousStreamPosition": null,
      +         "schema": "/////zABAAAQ…",
      +         "state": "committed",
      +         "streamPosition": 1704067200001,
      +       },
            },
          ],
        }
       ❯ tests/places.test.ts:24:30

      FAIL  tests/places.test.ts > a promise
      Error: logistics.scans/sto has 2 rows; 7 rows were expected
       ❯ logistics.scans/sto fixtures/sets.deltacat.yaml:9:13
       ❯ tests/places.test.ts:12:74

      FAIL  tests/places.test.ts > pairs
      Error: logistics.scans/sto: 1 row changed, 1 missing
        scan_id=3: depot: 'OSL' → 'STO', kg: 1 → 7.25, note: null → 'at the door'
        scan_id=99: missing
        no expected row names "note": such cells count as null; { columns: 'subset' } compares only the columns that are named
      - Expected
      + Received
        scan_id | depot | kg   | note
      - 3       | 'OSL' | 1    | null
      + 3       | 'STO' | 7.25 | 'at the door'
        ────────┼───────┼──────┼──────────────
      - 99      | 'HEL' | 1    | null
       ❯ logistics.scans/sto fixtures/sets.deltacat.yaml:9:13
       ❯ tests/places.test.ts:27:52

      FAIL  tests/places.test.ts > polling
      Error: logistics.scans/sto has 2 rows; 7 rows were expected
       ❯ logistics.scans/sto fixtures/sets.deltacat.yaml:9:13
       ❯ tests/places.test.ts:15:100
      Caused by: Error: Matcher did not succeed in time.
       ❯ tests/places.test.ts:15:3

      FAIL  tests/places.test.ts > visible
      Error: logistics.scans~next/CPH#early is committed, but not visible: the stream logistics.scans~next is staged
       ❯ logistics.scans~next/CPH#early fixtures/sets.deltacat.yaml:18:52
       ❯ logistics.scans~next fixtures/sets.deltacat.yaml:16:13
       ❯ tests/places.test.ts:18:59"
    `)
  })

  it('leads a source that cannot be one to the line that names it', async () => {
    const run = await project.run(['tests/deep/missing.test.ts', 'tests/kind.test.ts'])
    expect(failuresIn(run.output)).toMatchInlineSnapshot(`
      "FAIL  tests/deep/missing.test.ts > a source that is not there
      FixtureError: There is no fixture <project>/tests/deep/orders.deltacat.yaml.
      A source's path is relative to the test file. The fixtures nearby, as this test would name them:
        ../../fixtures/sets.deltacat.yaml
       ❯ source tests/deep/missing.test.ts:3:25

      FAIL  tests/kind.test.ts > a source of another kind
      FixtureError: <project>/package.json is no source: give the path of a .deltacat.yaml fixture, or of a catalog's .db file.
       ❯ source tests/kind.test.ts:3:31"
    `)
  })

  it('leads a clock that there is not to the line that sets it', async () => {
    const run = await project.run(['tests/clock.test.ts'])
    expect(failuresIn(run.output)).toMatchInlineSnapshot(`
      "FAIL  tests/clock.test.ts > a clock that is none
      TypeError: clock is "sytem"; it takes 'deterministic' or 'system'.
       ❯ clock tests/clock.test.ts:3:24"
    `)
  })
})
