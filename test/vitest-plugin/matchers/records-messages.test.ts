import { describe, expect, test } from 'vitest'
import { openCatalog } from '../../../src/catalog/catalog.ts'
import '../../../src/vitest-plugin/vitest.ts'
import { failureOf, rejectionOf } from './failure.ts'
import { dictionaryColumn, table } from './tables.ts'

const orders = { id: 'int64!', country: 'string', total: 'decimal(12,2)' }
const received = table(orders, [
  { id: 1, country: 'NO', total: '99.90' },
  { id: 2, country: 'NO', total: '5.00' },
  { id: 4, country: 'SE', total: null },
])
const key = 'id'

describe('a failure', () => {
  test('counts the rows and lists the changed cells by key', () => {
    expect(
      failureOf(() =>
        expect(received).toHaveRecords(
          [
            { id: 1, country: 'NO', total: 10.5 },
            { id: 2, country: 'NO', total: 5 },
            { id: 3, country: 'DK' },
          ],
          { key },
        ),
      ),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed, 1 missing, 1 unexpected, 1 equal

        id=1: total: 10.50 → 99.90
        id=3: missing
        id=4: unexpected
      --- expected
      id | country | total
      1  | 'NO'    | 10.50
      3  | 'DK'    | null
      … 1 equal row
      --- actual
      id | country | total
      1  | 'NO'    | 99.90
      4  | 'SE'    | null
      … 1 equal row"
    `)
  })

  test('without a key, pairs the rows most alike and names them by their numbers', () => {
    expect(
      failureOf(() =>
        expect(received).toHaveRecords([
          { id: 4, country: 'SE' },
          { id: 2, country: 'NO', total: '5.01' },
          { id: 1, country: 'NO', total: '99.90' },
        ]),
      ),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed, 2 equal

        row 1: total: 5.01 → 5.00
      --- expected
      id | country | total
      2  | 'NO'    | 5.01
      … 2 equal rows
      --- actual
      id | country | total
      2  | 'NO'    | 5.00
      … 2 equal rows"
    `)
  })

  test('shows only missing rows, or only unexpected ones', () => {
    expect(failureOf(() => expect(received.slice(0, 0)).toHaveRecords([{ id: 1 }], { key }))).toMatchInlineSnapshot(`
      "Arrow table: 1 row missing

        id=1: missing
      --- expected
      id | country | total
      1  | null    | null
      --- actual
      id | country | total"
    `)
    expect(failureOf(() => expect(received.slice(2)).toHaveRecords([], { key }))).toMatchInlineSnapshot(`
      "Arrow table: 1 row unexpected

        id=4: unexpected
      --- expected
      id | country | total
      --- actual
      id | country | total
      4  | 'SE'    | null"
    `)
  })

  test('tells the schemas first', () => {
    const other = table({ id: 'int64!', total: 'decimal(14,2)', big: 'uint64' }, [{ id: 1, total: '99.90' }, { id: 9 }])
    expect(failureOf(() => expect(received).toHaveRecords(other, { key }))).toMatchInlineSnapshot(`
      "Arrow table: the schemas differ in 3 columns; 1 row missing, 2 unexpected, 1 equal

        column "total" should be decimal(14,2), but is decimal(12,2)
        column "big" is missing; expected uint64
        column "country" is unexpected; it is string
        id=9: missing
        id=2: unexpected
        id=4: unexpected
      --- expected
      total: decimal(14,2)
      big: uint64
      id
      9
      … 1 equal row
      --- actual
      total: decimal(12,2)
      country: string
      id
      2
      4
      … 1 equal row"
    `)
  })

  test('in a strict order, says which row stands elsewhere', () => {
    const rows = [
      { id: 2, country: 'NO', total: 5 },
      { id: 1, country: 'NO', total: 99.9 },
      { id: 4, country: 'SE' },
    ]
    expect(received).toHaveRecords(rows)
    expect(failureOf(() => expect(received).toHaveRecords(rows, { key, order: 'strict' }))).toMatchInlineSnapshot(`
      "Arrow table: all 3 expected rows are there, but not in this order

        id=2: row 0 → row 1
        id=1: row 1 → row 0
      --- expected
      id | country | total
      2  | 'NO'    | 5.00
      1  | 'NO'    | 99.90
      … 1 row in its place
      --- actual
      id | country | total
      1  | 'NO'    | 99.90
      2  | 'NO'    | 5.00
      … 1 row in its place"
    `)
    expect(failureOf(() => expect(received).toHaveRecords(rows, { order: 'strict' }))).toMatchInlineSnapshot(`
      "Arrow table: all 3 expected rows are there, but not in this order

        row 0 → row 1: { id: 2, country: 'NO', total: 5.00 }
        row 1 → row 0: { id: 1, country: 'NO', total: 99.90 }
      --- expected
      id | country | total
      2  | 'NO'    | 5.00
      1  | 'NO'    | 99.90
      … 1 row in its place
      --- actual
      id | country | total
      1  | 'NO'    | 99.90
      2  | 'NO'    | 5.00
      … 1 row in its place"
    `)
  })

  test('counts duplicates', () => {
    const types = { id: 'int64' }
    const twice = table(types, [{ id: 1 }, { id: 1 }, { id: 2 }])
    expect(twice).toHaveRecords([{ id: 1 }, { id: 2 }, { id: 1 }])
    expect(
      failureOf(() => expect(twice).toHaveRecords([{ id: 1 }, { id: 2 }, { id: 2 }], { key })),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row missing, 1 unexpected, 2 equal

        id=2: missing, as it is there only once
        id=1: unexpected, as it is expected only once
      --- expected
      id
      2
      … 2 equal rows
      --- actual
      id
      1
      … 2 equal rows"
    `)
    const many = table(types, [{ id: 1 }, { id: 1 }, { id: 1 }])
    const message = (assertion: () => void) => failureOf(assertion).split('\n--- ')[0]
    expect(message(() => expect(many).toHaveRecords([{ id: 1 }, { id: 1 }]))).toBe(
      'Arrow table: 1 row unexpected, 2 equal\n\n  received row 2 is unexpected, as it is expected only twice: { id: 1 }',
    )
    const four = Array.from({ length: 4 }, () => ({ id: 1 }))
    expect(message(() => expect(many).toContainRecords(four, { key }))).toBe(
      'Arrow table: 1 row missing, 3 equal\n\n  id=1: missing, as it is there only 3 times',
    )
    expect(message(() => expect(many).toContainRecords([{ id: 2 }], { key }))).toBe(
      'Arrow table: 1 row missing\n\n  id=2: missing',
    )
  })

  test('of a thousand differences shows ten, or as many as maxDiffs says, and counts them all', () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, n: id }))
    const types = { id: 'int64', n: 'int32' }
    const expected = table(
      types,
      rows.map(({ id, n }) => ({ id, n: n + 1 })),
    )
    expect(failureOf(() => expect(table(types, rows)).toHaveRecords(expected, { key }))).toMatchInlineSnapshot(`
      "Arrow table: 1,000 rows changed

        id=0: n: 1 → 0
        id=1: n: 2 → 1
        id=2: n: 3 → 2
        id=3: n: 4 → 3
        id=4: n: 5 → 4
        id=5: n: 6 → 5
        id=6: n: 7 → 6
        id=7: n: 8 → 7
        id=8: n: 9 → 8
        id=9: n: 10 → 9
        … and 990 more rows that differ
      --- expected
      id | n
      0  | 1
      1  | 2
      2  | 3
      3  | 4
      4  | 5
      5  | 6
      6  | 7
      7  | 8
      8  | 9
      9  | 10
      … 990 more rows that differ
      --- actual
      id | n
      0  | 0
      1  | 1
      2  | 2
      3  | 3
      4  | 4
      5  | 5
      6  | 6
      7  | 7
      8  | 8
      9  | 9
      … 990 more rows that differ"
    `)
    expect(
      failureOf(() => expect(table(types, rows)).toHaveRecords(expected, { key, maxDiffs: 2 })),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1,000 rows changed

        id=0: n: 1 → 0
        id=1: n: 2 → 1
        … and 998 more rows that differ
      --- expected
      id | n
      0  | 1
      1  | 2
      … 998 more rows that differ
      --- actual
      id | n
      0  | 0
      1  | 1
      … 998 more rows that differ"
    `)
  })

  test('of a wide table shows the key, the columns that differ, and others as far as they fit', () => {
    const names = Array.from({ length: 60 }, (_, k) => `column_${k}`)
    const types = { id: 'int64', ...Object.fromEntries(names.map((name) => [name, 'int32'])) }
    const row = { id: 1, ...Object.fromEntries(names.map((name, k) => [name, k])) }
    const changed = { ...row, column_41: -1, column_59: null }
    expect(
      failureOf(() => expect(table(types, [row, { id: 2 }])).toHaveRecords([changed, { id: 3 }], { key })),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed, 1 missing, 1 unexpected

        id=1: column_41: -1 → 41, column_59: null → 59
        id=3: missing
        id=2: unexpected
      --- expected
      id | column_0 | column_1 | column_2 | column_3 | column_4 | column_5 | column_6 | column_41 | column_59 | … 51 more columns
      1  | 0        | 1        | 2        | 3        | 4        | 5        | 6        | -1        | null      | …
      3  | null     | null     | null     | null     | null     | null     | null     | null      | null      | …
      --- actual
      id | column_0 | column_1 | column_2 | column_3 | column_4 | column_5 | column_6 | column_41 | column_59 | … 51 more columns
      1  | 0        | 1        | 2        | 3        | 4        | 5        | 6        | 41        | 59        | …
      2  | null     | null     | null     | null     | null     | null     | null     | null      | null      | …"
    `)
    const all = { id: 1, ...Object.fromEntries(names.map((name, k) => [name, k + 1])) }
    expect(failureOf(() => expect(table(types, [row])).toHaveRecords([all], { key }))).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed

        id=1: column_0: 1 → 0, column_1: 2 → 1, column_2: 3 → 2, column_3: 4 → 3, column_4: 5 → 4, column_5: 6 → 5, column_6: 7 → 6, column_7: 8 → 7, … and 52 more cells
      --- expected
      id | column_0 | column_1 | column_2 | column_3 | column_4 | column_5 | column_6 | column_7 | column_8 | … 51 more columns
      1  | 1        | 2        | 3        | 4        | 5        | 6        | 7        | 8        | 9        | …
      --- actual
      id | column_0 | column_1 | column_2 | column_3 | column_4 | column_5 | column_6 | column_7 | column_8 | … 51 more columns
      1  | 0        | 1        | 2        | 3        | 4        | 5        | 6        | 7        | 8        | …"
    `)
  })

  test('shortens long texts where they agree', () => {
    const types = { id: 'int64', note: 'string' }
    const lorem = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, '.repeat(40)
    expect(
      failureOf(() =>
        expect(table(types, [{ id: 1, note: `${lorem}A cat${lorem}` }])).toHaveRecords(
          [{ id: 1, note: `${lorem}A dog${lorem}` }],
          { key },
        ),
      ),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed

        id=1: note: …ing elit, A dogLorem ipsum … → …ing elit, A catLorem ipsum …
      --- expected
      id | note
      1  | …ing elit, A dogLorem ipsum …
      --- actual
      id | note
      1  | …ing elit, A catLorem ipsum …"
    `)
    expect(
      failureOf(() => expect(table(types, [{ id: 1, note: lorem }])).toHaveRecords([{ id: 2, note: lorem }], { key })),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row missing, 1 unexpected

        id=2: missing
        id=1: unexpected
      --- expected
      id | note
      2  | 'Lorem ipsum dolor sit amet, consectetur adipisc…cing elit, '
      --- actual
      id | note
      1  | 'Lorem ipsum dolor sit amet, consectetur adipisc…cing elit, '"
    `)
    expect(
      failureOf(() =>
        expect(table(types, [{ id: 1, note: `a\u0000\u200bb\n\t'c"\u001b[31m` }])).toHaveRecords(
          [{ id: 1, note: 'a' }],
          { key },
        ),
      ),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed

        id=1: note: 'a' → 'a\\u0000\\u200bb\\n\\t\\'c"\\u001b[31m'
      --- expected
      id | note
      1  | 'a'
      --- actual
      id | note
      1  | 'a\\u0000\\u200bb\\n\\t\\'c"\\u001b[31m'"
    `)
  })

  test('shows cells of every kind', () => {
    const types = {
      id: 'int64',
      big: 'uint64',
      d: 'decimal(38,10)',
      f: 'float64',
      ok: 'bool',
      at: 'timestamp[ns, UTC]',
      day: 'date32',
      t: 'time64[us]',
      wait: 'duration[ms]',
      bin: 'binary',
      tags: 'list<string>',
      s: 'struct<a: int64, b: list<float64>>',
      m: 'map<string, int64>',
      dict: 'dictionary<int32, string>',
    }
    const one = {
      id: 9007199254740993n,
      big: 18446744073709551615n,
      d: '1234567890123456789012345678.0123456789',
      f: -0,
      ok: true,
      at: '2024-02-29T23:59:59.123456789Z',
      day: '2024-02-29',
      t: '12:00:00.000001',
      wait: 250n,
      bin: new Uint8Array([0, 255]),
      tags: ['a', "it's"],
      s: { a: 1, b: [0.1, Number.NaN, null] },
      m: [['k', 1]],
      dict: 'x',
    }
    const two = {
      id: 9007199254740993n,
      big: 18446744073709551614n,
      d: '1234567890123456789012345678.0123456788',
      f: 0,
      ok: null,
      at: '2024-02-29T23:59:59.123456788Z',
      day: '2024-03-01',
      t: '12:00:00.000002',
      wait: -250,
      bin: new Uint8Array([]),
      tags: [],
      s: { a: null, b: null },
      m: new Map([['k', 2]]),
      dict: null,
    }
    expect(table(types, [one])).toHaveRecords([one])
    expect(failureOf(() => expect(table(types, [one])).toHaveRecords([two], { key: 'id' }))).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed

        id=9007199254740993: big: 18446744073709551614 → 18446744073709551615, d: 1234567890123456789012345678.0123456788 → 1234567890123456789012345678.0123456789, f: 0 → -0, ok: null → true, at: 2024-02-29T23:59:59.123456788Z → 2024-02-29T23:59:59.123456789Z, day: 2024-03-01 → 2024-02-29, t: 12:00:00.000002 → 12:00:00.000001, wait: -250 → 250, … and 5 more cells
      --- expected
      id               | big                  | d                                       | f  | ok   | … 9 more columns
      9007199254740993 | 18446744073709551614 | 1234567890123456789012345678.0123456788 | 0  | null | …
      --- actual
      id               | big                  | d                                       | f  | ok   | … 9 more columns
      9007199254740993 | 18446744073709551615 | 1234567890123456789012345678.0123456789 | -0 | true | …"
    `)
  })

  test('where it should not match, says what it has', () => {
    const rows = [
      { id: 1, country: 'NO', total: 99.9 },
      { id: 2, country: 'NO', total: 5 },
      { id: 4, country: 'SE' },
    ]
    expect(failureOf(() => expect(received).not.toHaveRecords(rows))).toMatchInlineSnapshot(
      `"Arrow table has exactly the expected 3 rows, and should not"`,
    )
    expect(
      failureOf(() => expect(received).not.toContainRecords([{ id: 1 }], { columns: 'subset' })),
    ).toMatchInlineSnapshot(`"Arrow table has the expected rows, and should not"`)
    expect(received).not.toHaveRecords([{ id: 1 }])
  })

  test('of toContainRecords leaves out what nobody asked for', () => {
    expect(received).toContainRecords([{ id: 4, country: 'SE' }])
    expect(
      failureOf(() => expect(received).toContainRecords([{ id: 4, country: 'DK' }, { id: 7 }], { key })),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed, 1 missing

        id=4: country: 'DK' → 'SE'
        id=7: missing
      --- expected
      id | country | total
      4  | 'DK'    | null
      ───┼─────────┼──────
      7  | null    | null
      --- actual
      id | country | total
      4  | 'SE'    | null
      ───┼─────────┼──────"
    `)
    const rows = [{ id: 4 }, { id: 1 }]
    expect(received).toContainRecords(rows, { columns: 'subset' })
    expect(
      failureOf(() => expect(received).toContainRecords(rows, { columns: 'subset', order: 'strict', key })),
    ).toMatchInlineSnapshot(`
      "Arrow table: all 2 expected rows are there, but not in this order

        id=4: row 0 → row 2
        id=1: row 1 → row 0
      --- expected
      id
      4
      1
      --- actual
      id
      1
      4"
    `)
  })

  test('of toHaveRecordCount says both numbers', () => {
    expect(received).toHaveRecordCount(3)
    expect(received).not.toHaveRecordCount(2)
    expect(failureOf(() => expect(received).toHaveRecordCount(1))).toMatchInlineSnapshot(
      `"Arrow table has 3 rows; 1 row was expected"`,
    )
    expect(failureOf(() => expect(received).not.toHaveRecordCount(3))).toMatchInlineSnapshot(
      `"Arrow table has 3 rows; another number was expected"`,
    )
    expect(failureOf(() => expect(received).toHaveRecordCount(-1))).toMatchInlineSnapshot(
      `"toHaveRecordCount expects a whole number from 0 on, not -1."`,
    )
  })
})

describe('modifiers', () => {
  const rows = [{ id: 4, country: 'SE' }]
  const one = received.slice(2)

  test('resolves, poll and soft tell the same', async () => {
    await expect(Promise.resolve(one)).resolves.toHaveRecords(rows)
    await expect(Promise.resolve(one)).resolves.not.toHaveRecords([])
    await expect.poll(() => one).toHaveRecords(rows)
    const plain = failureOf(() => expect(one).toHaveRecords([], { key }))
    expect(await rejectionOf(() => expect(Promise.resolve(one)).resolves.toHaveRecords([], { key }))).toBe(plain)
    expect(await rejectionOf(() => expect.poll(() => one, { timeout: 1 }).toHaveRecords([], { key }))).toBe(plain)
    expect.soft(one).toHaveRecords(rows)
  })

  test('poll goes on until the rows are there', async () => {
    let polls = 0
    await expect.poll(() => (polls++ < 2 ? received : one), { interval: 1 }).toHaveRecords(rows)
    expect(polls).toBe(3)
  })

  test('in another value it says whether the value fits, and throws for nothing that it receives', () => {
    expect({ table: one }).toEqual({ table: expect.toHaveRecords(rows) })
    expect({ table: one }).toEqual({ table: expect.not.toHaveRecords([]) })
    expect({ table: one }).not.toEqual({ table: expect.toHaveRecords([]) })
    for (const other of [null, 'text', 1, {}, [one, 1]]) {
      expect(other).not.toEqual(expect.toHaveRecords(rows))
      expect(other).not.toEqual(expect.not.toHaveRecords(rows))
    }
    expect(failureOf(() => expect([one]).toEqual([expect.toHaveRecords([])]))).toContain('expected')
  })
})

describe('expected cells', () => {
  test('compare by the column type', () => {
    const types = { n: 'int64', d: 'decimal(12,2)', at: 'timestamp[us, UTC]', day: 'date32' }
    const cells = table(types, [{ n: 7, d: '10.50', at: '2024-02-29T12:00:00Z', day: '2024-02-29' }])
    const at = new Date('2024-02-29T12:00:00Z')
    expect(cells).toHaveRecords([{ n: 7, d: 10.5, at, day: '2024-02-29' }])
    expect(cells).toHaveRecords([{ n: 7n, d: '10.50', at: '2024-02-29T13:00:00+01:00', day: new Date('2024-02-29') }])
    expect(cells).not.toHaveRecords([{ n: 7n, d: '10.51', at, day: '2024-02-29' }])
  })

  test('left out are null, where the column can be', () => {
    expect(received.slice(2)).toHaveRecords([{ id: 4, country: 'SE' }])
    expect(received.slice(2)).toHaveRecords([{ id: 4, country: 'SE', total: null }])
    expect(received.slice(2)).toHaveRecords([{ id: 4, country: 'SE', total: undefined }])
    expect(
      failureOf(() => expect(received.slice(1, 2)).toHaveRecords([{ id: 2, country: 'NO' }], { key })),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed

        id=2: total: null → 5.00
        no expected row names "total": such cells count as null; { columns: 'subset' } compares only the columns that are named
      --- expected
      id | country | total
      2  | 'NO'    | null
      --- actual
      id | country | total
      2  | 'NO'    | 5.00"
    `)
    expect(failureOf(() => expect(received).toHaveRecords([{ id: 1 }, { country: 'NO' }]))).toMatchInlineSnapshot(
      `"Expected row 1 leaves out "id", which is never null; give it a cell (expect.anything() accepts any), or compare only the columns that you name with { columns: 'subset' }."`,
    )
    expect(failureOf(() => expect(received).not.toHaveRecords([{ country: 'NO' }]))).toMatchInlineSnapshot(
      `"Expected row 0 leaves out "id", which is never null; give it a cell (expect.anything() accepts any), or compare only the columns that you name with { columns: 'subset' }."`,
    )
  })

  test("with columns: 'subset' name at least one, as any row would do for none", () => {
    const subset = { columns: 'subset' } as const
    expect(failureOf(() => expect(received).toContainRecords([{ id: 1 }, {}], subset))).toMatchInlineSnapshot(
      `"Expected row 1 names no column, so any row would do for it; name some, or count the rows with toHaveRecordCount."`,
    )
    expect(failureOf(() => expect(received).not.toContainRecords([{}], subset))).toMatchInlineSnapshot(
      `"Expected row 0 names no column, so any row would do for it; name some, or count the rows with toHaveRecordCount."`,
    )
    expect(
      failureOf(() => expect(received).toContainRecords([new Map([['id', 1]])] as object as [], subset)),
    ).toMatchInlineSnapshot(`"Expected row 0 is a Map; a row is an object with a cell for each column."`)
    const nulls = table({ id: 'int64' }, [{ id: null }])
    expect(nulls).toHaveRecords([{}])
  })

  test('of unknown columns, or of another kind than the column, are errors, negated or not', () => {
    expect(failureOf(() => expect(received).toHaveRecords([{ id: 1, totl: 2 }]))).toMatchInlineSnapshot(
      `"Expected row 0 names the column "totl", which the records don't have; they have id, country, total; did you mean "total"?"`,
    )
    expect(failureOf(() => expect(received).not.toHaveRecords([{ id: 1, constructor: 2 }]))).toMatchInlineSnapshot(
      `"Expected row 0 names the column "constructor", which the records don't have; they have id, country, total."`,
    )
    expect(() => expect(received).toHaveRecords([{ id: 'one' }])).toThrow(
      expect.not.objectContaining({ cause: expect.anything() }),
    )
    expect(failureOf(() => expect(received).toHaveRecords([{ id: 'one' }]))).toMatchInlineSnapshot(
      `"Expected rows: Column "id" (int64), row 0: "one" is not a whole number."`,
    )
    expect(failureOf(() => expect(received).toHaveRecords([{ id: 1, total: 10.555 }]))).toContain(
      'Expected rows: Column "total" (decimal(12,2)), row 0: "10.555" ',
    )
    expect(failureOf(() => expect(received).toHaveRecords([{ id: 1.5 }]))).toMatchInlineSnapshot(
      `"Expected rows: Column "id" (int64), row 0: 1.5 is not a whole number."`,
    )
  })

  test('take asymmetric matchers, nested ones too', () => {
    const types = {
      id: 'int64',
      total: 'decimal(12,2)',
      at: 'timestamp[us, UTC]',
      name: 'string',
      x: 'float64',
      tags: 'list<string>',
      s: 'struct<a: int64, b: string>',
      m: 'map<string, int64>',
    }
    const rows = [
      {
        id: 1,
        total: 10.5,
        at: '2024-02-29T12:00:00.5Z',
        name: 'a1',
        x: 0.1 + 0.2,
        tags: ['a', 'b'],
        s: { a: 1, b: 'x' },
        m: [['k', 1]],
      },
    ]
    const cells = table(types, rows)
    const any = {
      id: expect.any(Number),
      total: expect.closeTo(10.5, 2),
      at: expect.any(Date),
      name: expect.stringMatching(/^a\d$/),
      x: expect.closeTo(0.3),
      tags: expect.arrayContaining(['b']),
      s: expect.objectContaining({ a: 1 }),
      m: expect.any(Map),
    }
    expect(cells).toHaveRecords([any])
    expect(cells).toHaveRecords([
      {
        ...any,
        id: expect.any(BigInt),
        total: expect.any(String),
        at: expect.stringMatching('2024-02-29'),
        tags: ['a', expect.any(String)],
        s: { a: expect.any(Number), b: 'x' },
        m: { k: expect.anything() },
      },
    ])
    const odd = table({ s: 'struct<constructor: int64, toString: string, a: int64>' }, [{ s: { a: 1 } }])
    expect(odd).toHaveRecords([{ s: { a: expect.any(Number) } }])
    expect(odd).not.toHaveRecords([{ s: { a: expect.any(Number), constructor: 1 } }])
    expect(cells).toHaveRecords([
      { ...any, name: expect.not.stringContaining('z'), id: expect.toSatisfy((n) => n > 0) },
    ])
    expect(cells).not.toHaveRecords([{ ...any, id: expect.any(String) }])
    expect(cells).not.toHaveRecords([{ ...any, total: expect.not.stringMatching('10') }])
    expect(cells).not.toHaveRecords([{ ...any, tags: ['a', expect.any(String), 'c'] }])
    expect(cells).not.toHaveRecords([{ ...any, s: { a: expect.any(Number), b: 'y' } }])
    expect(cells).not.toHaveRecords([{ ...any, m: { k: 1, l: expect.anything() } }])
    expect(
      failureOf(() =>
        expect(cells).toHaveRecords(
          [
            {
              ...any,
              name: expect.stringMatching(/^b/),
              tags: ['a', expect.stringContaining('c')],
              x: expect.any(Date),
            },
          ],
          { key },
        ),
      ),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed

        id=1: name: StringMatching</^b/> → 'a1', x: Any<Date> → 0.30000000000000004, tags: ['a', StringContaining<'c'>] → ['a', 'b']
      --- expected
      id | total | name                 | x                   | tags                         | … 3 more columns
      1  | 10.50 | StringMatching</^b/> | Any<Date>           | ['a', StringContaining<'c'>] | …
      --- actual
      id | total | name                 | x                   | tags                         | … 3 more columns
      1  | 10.50 | 'a1'                 | 0.30000000000000004 | ['a', 'b']                   | …"
    `)
    expect(failureOf(() => expect(cells).toHaveRecords([expect.objectContaining({ id: 1 })]))).toMatchInlineSnapshot(
      `"Expected row 0 is an asymmetric matcher; put it into the row's cells, or name only some columns with { columns: 'subset' }."`,
    )
  })

  test('of floats may differ by a tolerance', () => {
    const floats = table({ id: 'int64', x: 'float64' }, [{ id: 1, x: 1.001 }])
    expect(floats).toHaveRecords([{ id: 1, x: 1 }], { tolerance: { abs: 0.01 } })
    expect(floats).toHaveRecords([{ id: 1, x: 1 }], { tolerance: { rel: 0.01 } })
    expect(
      failureOf(() => expect(floats).toHaveRecords([{ id: 1, x: 1.1 }], { key, tolerance: { abs: 0.01 } })),
    ).toMatchInlineSnapshot(`
      "Arrow table: 1 row changed

        id=1: x: 1.1 → 1.001
      --- expected
      id | x
      1  | 1.1
      --- actual
      id | x
      1  | 1.001"
    `)
  })

  test('of other numbers may not, and a failure says so where they would', () => {
    const types = { id: 'int64', fee: 'decimal(12,2)', n: 'int32', x: 'float64' }
    const fees = table(types, [
      { id: 1, fee: 5, n: 3, x: 1 },
      { id: 2, fee: 7, n: 9, x: 1 },
    ])
    const rows = [
      { id: 1, fee: 5.01, n: 4, x: 1 },
      { id: 2, fee: 9, n: 9, x: 1 },
    ]
    const tolerance = { abs: 0.1 }
    expect(failureOf(() => expect(fees).toHaveRecords(rows, { key, tolerance }))).toBe(`Arrow table: 2 rows changed

  id=1: fee: 5.01 → 5.00, n: 4 → 3
  id=2: fee: 9.00 → 7.00
  the tolerance is for floats alone, and "fee" is decimal(12,2); expect.closeTo() in a cell accepts what is near
--- expected
id | fee  | n | x
1  | 5.01 | 4 | 1
2  | 9.00 | 9 | 1
--- actual
id | fee  | n | x
1  | 5.00 | 3 | 1
2  | 7.00 | 9 | 1`)
    const wide = { key, tolerance: { rel: 0.5 } }
    expect(failureOf(() => expect(fees).toHaveRecords(rows, wide)).split('\n')[4]).toBe(
      '  the tolerance is for floats alone, and "fee" is decimal(12,2), "n" is int32; expect.closeTo() in a cell accepts what is near',
    )
    expect(failureOf(() => expect(fees).toHaveRecords(rows, { key }))).not.toContain('tolerance')
  })

  test('come from an Arrow table too, whose strings may be a dictionary', () => {
    expect(table({ c: 'string' }, [{ c: 'NO' }, { c: null }])).toHaveRecords(dictionaryColumn('c', [null, 'NO']))
  })

  test('come from a table as it was staged: Parquet keeps whole seconds as milliseconds', () => {
    const catalog = openCatalog(':memory:')
    catalog.createNamespace('n')
    const stream = catalog.createTableVersion('n', 't')
    const partition = catalog.commitPartition(catalog.stagePartition(stream))
    const types = { at: 'timestamp[s]', t: 'time32[s]', d: 'date64', l: 'list<timestamp[s, UTC]>', v: 'string_view' }
    const staged = table(types, [
      { at: '2024-02-29T12:00:00', t: '12:00:00', d: '2024-02-29', l: ['2024-02-29T12:00:00Z', null], v: 'x' },
      {},
    ])
    const delta = catalog.stageDelta(staged, partition)
    expect(delta).toHaveRecords(staged)
    expect(delta).not.toHaveRecords(staged.slice(1))
    catalog.close()
  })

  test('come from all partitions of a table, those without files too, whose types are as declared', () => {
    const types = { id: 'int64', at: 'timestamp[s]', t: 'time32[s]', d: 'date64', l: 'list<date64>' }
    const row = { id: 1n, at: '2024-02-29T12:00:00', t: '12:00:00', d: '2024-02-29', l: ['2024-02-28', null] }
    const catalog = openCatalog(':memory:')
    catalog.createNamespace('n')
    const stream = catalog.createTableVersion('n', 't', { schema: types, partitionKeys: [{ keyName: 'id' }] })
    const stage = (id: string) => catalog.commitPartition(catalog.stagePartition(stream, [id]))
    const full = stage('1')
    stage('2')
    catalog.commitDelta(catalog.stageDelta([row], full, { deltaType: 'append' }))
    const received = catalog.getTable('n', 't')
    expect(received).toHaveRecordCount(1)
    expect(received).toHaveRecords([row])
    catalog.commitDelta(catalog.stageDelta([{ ...row, d: null, l: null }], stage('3'), { deltaType: 'append' }))
    expect(received).toHaveRecords([row, { ...row, d: null, l: null }])
    catalog.close()
  })

  test('of a record batch or a list of tables are read as one table', () => {
    expect(received.batches[0]).toHaveRecordCount(3)
    expect([received, received.slice(1)]).toHaveRecordCount(5)
    const wider = table({ ...orders, big: 'uint64' }, [{ id: 7, big: 1 }])
    expect([received.slice(2), wider]).toHaveRecords([
      { id: 4, country: 'SE' },
      { id: 7, big: 1 },
    ])
    expect([table({ n: 'int32' }, [{ n: 1 }]), table({ n: 'int64' }, [{ n: 2n ** 40n }])]).toHaveRecords(
      table({ n: 'int64' }, [{ n: 1 }, { n: 2n ** 40n }]),
    )
    expect(failureOf(() => expect([received, table({ id: 'string' }, [])]).toHaveRecords([]))).toMatchInlineSnapshot(
      `"The files of these records disagree on the column "id": int64 and string; compare them one by one with catalog.downloadDeltaManifestEntry()."`,
    )
  })
})

describe('a list of no tables', () => {
  test('is what downloadDelta returns of a delta without files', () => {
    using catalog = openCatalog(':memory:')
    catalog.createNamespace('shop')
    const stream = catalog.createTableVersion('shop', 'orders')
    const empty = catalog.stageDelta(null, catalog.commitPartition(catalog.stagePartition(stream)))
    expect(catalog.downloadDelta(empty)).toEqual([])
    expect(catalog.downloadDelta(empty)).toHaveRecords([])
    expect(catalog.downloadDelta(empty)).toHaveRecordCount(0)
    expect(catalog.downloadDelta(empty)).not.toContainRecords([{ id: 1 }])
  })

  test('has no records, which a failure says of it', () => {
    expect({ tables: [] }).toEqual({ tables: expect.toHaveRecords([]) })
    expect({ tables: [] }).not.toEqual({ tables: expect.toHaveRecords([{ id: 1 }]) })
    expect(failureOf(() => expect([]).toHaveRecordCount(2))).toBe('list of no tables has 0 rows; 2 rows were expected')
    expect(failureOf(() => expect([]).not.toHaveRecords([]))).toBe(
      'list of no tables has exactly the expected 0 rows, and should not',
    )
    expect(failureOf(() => expect([]).toHaveRecords('now'))).toBe(
      `toHaveRecords("now") names a record set, but an Arrow table doesn't say of which fixture; pass fixture.expected("now").rows.`,
    )
    expect(failureOf(() => expect([]).toHaveRecords([{ id: 1 }]))).toMatchInlineSnapshot(`
      "list of no tables: the schemas differ in 1 column; 1 row missing

        column "id" is missing; expected int64
        expected row 0: missing
      --- expected
      id: int64
      --- actual
      (no columns)"
    `)
    expect(failureOf(() => expect([]).toHaveSchema({ id: 'int64' }))).toBe(
      'toHaveSchema needs a table version, delta or Arrow table, not an array of 0; plain rows can be compared with toEqual, and tableFromRows makes a table.',
    )
  })
})

describe('what it is given', () => {
  test('a value that has no records is refused with a way to mend it, negated or not', () => {
    const locator = { namespaceLocator: { namespace: 'shop' }, tableName: 'orders' }
    const values: Record<string, unknown> = {
      null: null,
      undefined: undefined,
      path: 'shop.orders/norway',
      rows: [{ id: 1 }],
      number: 3,
      object: { id: 1 },
      function: () => received,
      promise: Promise.resolve(received),
      schema: received.schema,
      locator,
      copy: { locator, description: null },
      list: { items: [], allItems: () => [] },
    }
    const messages = Object.entries(values).map(([name, value]) => {
      const message = failureOf(() => expect(value).toHaveRecords([]))
      expect(failureOf(() => expect(value).not.toHaveRecords([]))).toBe(message)
      return `${name}: ${message.replace('toHaveRecords needs a delta, partition, table version, table or Arrow table, not', '…')}`
    })
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "null: … null; a call such as catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable() returns null where nothing is found.
      undefined: … undefined; a call such as catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable() returns null where nothing is found.
      path: … the text "shop.orders/norway"; the test's fixture finds entities by their paths: fixture.partition("shop.orders/norway").
      rows: … an array of 1; plain rows can be compared with toEqual, and tableFromRows makes a table.
      number: … 3; get one from catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable().
      object: … an object (id); get one from catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable().
      function: … a function; get one from catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable().
      promise: … a promise; await it, or write await expect(…).resolves.
      schema: … an Arrow schema; get one from catalog.getDelta(), catalog.getPartition(), catalog.getTableVersion() or catalog.getTable().
      locator: … the locator of a table; get the table itself from catalog.getTable().
      copy: … a copy of a table; a catalog knows the very objects that it returned: pass that object on, or get it again from catalog.getTable().
      list: … a list of entities; its entities are in .allItems(): expect one of them."
    `)
  })

  test('options are checked', () => {
    const fail = (options: object) => failureOf(() => expect(received).toHaveRecords([], options))
    expect(fail({ ordr: 'strict' })).toMatchInlineSnapshot(
      `"toHaveRecords has no option "ordr", only order, columns, key, tolerance, maxDiffs; did you mean "order"?"`,
    )
    expect(fail({ order: 'sorted' })).toMatchInlineSnapshot(
      `"toHaveRecords: order is 'sorted'; it has to be 'ignore' or 'strict'."`,
    )
    expect(fail({ columns: ['id'] })).toMatchInlineSnapshot(
      `"toHaveRecords: columns is a list of 1; it has to be 'exact' or 'subset'."`,
    )
    expect(fail({ key: 'ID' })).toMatchInlineSnapshot(
      `"toHaveRecords: the key "ID" is no column of id, country, total; did you mean "id"?"`,
    )
    expect(fail({ key: [] })).toMatchInlineSnapshot(
      `"toHaveRecords: key is a list of 0; it has to be a column's name, or an array of some."`,
    )
    expect(fail({ maxDiffs: 0 })).toMatchInlineSnapshot(
      `"toHaveRecords: maxDiffs is 0; it has to be a whole number from 1 on."`,
    )
    expect(fail({ tolerance: 0.1 })).toMatchInlineSnapshot(
      `"toHaveRecords: tolerance is 0.1; it has to be an object { abs, rel }."`,
    )
    expect(fail({ tolerance: { abs: -1 } })).toMatchInlineSnapshot(
      `"toHaveRecords: tolerance.abs is -1; it has to be a number from 0 on."`,
    )
  })

  test('expected has to be rows, a table or a name', () => {
    const fail = (expected: unknown) => failureOf(() => expect(received).toHaveRecords(expected as []))
    expect(fail(undefined)).toMatchInlineSnapshot(
      `"toHaveRecords expects rows, an Arrow table or the name of an expected set of the fixture, not undefined."`,
    )
    expect(fail([1])).toMatchInlineSnapshot(
      `"Expected row 0 is a number; a row is an object with a cell for each column."`,
    )
    expect(fail([[1]])).toMatchInlineSnapshot(
      `"Expected row 0 is an array; a row is an object with a cell for each column."`,
    )
    expect(fail([new Map([['id', 1]])])).toMatchInlineSnapshot(
      `"Expected row 0 is a Map; a row is an object with a cell for each column."`,
    )
    expect(fail([new Set([1]).values()])).toMatchInlineSnapshot(
      `"Expected row 0 is a Set Iterator; a row is an object with a cell for each column."`,
    )
    class Tags {
      *[Symbol.iterator]() {}
    }
    expect(fail([new Tags()])).toMatchInlineSnapshot(
      `"Expected row 0 is a Tags; a row is an object with a cell for each column."`,
    )
    // Arrow's own rows can be walked too.
    const named = received.select(['id', 'country'])
    expect(named).toHaveRecords(named.toArray() as [])
    expect(fail(received.batches[0])).toMatchInlineSnapshot(
      `"toHaveRecords expects rows, an Arrow table or the name of an expected set of the fixture, not a record batch; put it into a table."`,
    )
    expect(fail('norway now')).toMatchInlineSnapshot(
      `"toHaveRecords("norway now") names a record set, but an Arrow table doesn't say of which fixture; pass fixture.expected("norway now").rows."`,
    )
    expect(fail(' ')).toMatchInlineSnapshot(
      `"toHaveRecords was given an empty text; name an expected set of the fixture."`,
    )
  })
})

describe('records without a schema', () => {
  test('are rows of no column', () => {
    const none = table({}, [])
    expect(none).toHaveRecords([])
    expect(none).not.toHaveRecords([{ id: 1 }])
    expect(failureOf(() => expect(none).toHaveRecords([{ id: 1 }]))).toMatchInlineSnapshot(`
      "Arrow table: the schemas differ in 1 column; 1 row missing

        column "id" is missing; expected int64
        expected row 0: missing
      --- expected
      id: int64
      --- actual
      (no columns)"
    `)
    expect(received).not.toHaveRecords([], { columns: 'subset' })
  })
})
