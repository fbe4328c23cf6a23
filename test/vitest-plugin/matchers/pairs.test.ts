import { describe, expect, test } from 'vitest'
import '../../../src/vitest-plugin/vitest.ts'
import { buildFixture } from '../../../src/fixtures/index.ts'
import { failureOf } from './failure.ts'
import { table } from './tables.ts'

describe('a list in any order', () => {
  const partitions = [['OSL'], ['CPH'], ['STO']].map((values) => ({ values }))
  const catalog = buildFixture({
    namespaces: { shop: { tables: { scans: { schema: { city: 'string' }, partitionKeys: ['city'], partitions } } } },
  })
  const version = catalog.getTableVersion('shop', 'scans', '1')

  test('draws what fits on one line, whatever its place', () => {
    expect(
      failureOf(() => expect(version).toHavePartitions([['STO'], ['HEL'], ['OSL']], { order: 'ignore' })),
    ).toBe(`shop.scans has other partitions than expected

  expected ['HEL'], committed
  unexpected ['CPH'], committed
--- expected
list:
  ['STO'], committed
  ['HEL'], committed
  ['OSL'], committed
--- actual
list:
  ['STO'], committed
  ['CPH'], committed
  ['OSL'], committed`)
  })

  test('has what nothing asked for at its end, and draws a missing item alone', () => {
    expect(
      failureOf(() => expect(version).toHavePartitions([['STO']], { order: 'ignore' })),
    ).toBe(`shop.scans has 3 partitions, not the 1 expected

  unexpected ['OSL'], committed
  unexpected ['CPH'], committed
--- expected
list:
  ['STO'], committed
--- actual
list:
  ['STO'], committed
  ['OSL'], committed
  ['CPH'], committed`)
    const more = [['STO'], ['HEL'], ['OSL'], ['CPH']]
    expect(
      failureOf(() => expect(version).toHavePartitions(more, { order: 'ignore' })),
    ).toBe(`shop.scans has 3 partitions, not the 4 expected

  expected ['HEL'], committed
--- expected
list:
  ['STO'], committed
  ['HEL'], committed
  ['OSL'], committed
  ['CPH'], committed
--- actual
list:
  ['STO'], committed
  ['OSL'], committed
  ['CPH'], committed`)
  })
})

describe('rows that changed', () => {
  const types = { scan_id: 'int64!', depot: 'string', kg: 'float64', note: 'string' }
  const scans = table(types, [
    { scan_id: 1, depot: 'STO', kg: 1.5, note: 'a' },
    { scan_id: 3, depot: 'OSL', kg: 7.25, note: 'at the door' },
  ])

  test('are ruled off from the rows beside them, where Vitest would draw their lines apart', () => {
    const rows = [
      { scan_id: 3, depot: 'STO', kg: 0 },
      { scan_id: 99, depot: 'HEL', kg: 0, note: 'x' },
    ]
    expect(
      failureOf(() => expect(scans).toContainRecords(rows, { key: 'scan_id' })),
    ).toBe(`Arrow table: 1 row changed, 1 missing

  scan_id=3: depot: 'STO' → 'OSL', kg: 0 → 7.25, note: null → 'at the door'
  scan_id=99: missing
--- expected
scan_id | depot | kg   | note
3       | 'STO' | 0    | null
────────┼───────┼──────┼──────────────
99      | 'HEL' | 0    | 'x'
--- actual
scan_id | depot | kg   | note
3       | 'OSL' | 7.25 | 'at the door'
────────┼───────┼──────┼──────────────`)
  })

  test('need no rule where they differ in little', () => {
    const rows = [
      { scan_id: 1, depot: 'STO', kg: 1.5, note: 'b' },
      { scan_id: 3, depot: 'HEL', kg: 7.25, note: 'at the door' },
    ]
    expect(failureOf(() => expect(scans).toHaveRecords(rows, { key: 'scan_id' }))).toBe(`Arrow table: 2 rows changed

  scan_id=1: note: 'b' → 'a'
  scan_id=3: depot: 'HEL' → 'OSL'
--- expected
scan_id | depot | kg   | note
1       | 'STO' | 1.5  | 'b'
3       | 'HEL' | 7.25 | 'at the door'
--- actual
scan_id | depot | kg   | note
1       | 'STO' | 1.5  | 'a'
3       | 'OSL' | 7.25 | 'at the door'`)
  })
})

describe('in a strict order', () => {
  const received = table({ id: 'int64!', n: 'int64' }, [
    { id: 1, n: 1 },
    { id: 2, n: 2 },
    { id: 3, n: 3 },
    { id: 4, n: 4 },
  ])
  const rows = (ids: readonly number[]) => ids.map((id) => ({ id, n: id }))

  test('rows that stand elsewhere are listed with both places, and drawn in both orders', () => {
    expect(
      failureOf(() => expect(received).toHaveRecords(rows([3, 2, 1, 4]), { key: 'id', order: 'strict' })),
    ).toBe(`Arrow table: all 4 expected rows are there, but not in this order

  id=3: row 0 → row 2
  id=1: row 2 → row 0
--- expected
id | n
3  | 3
1  | 1
… 2 rows in their places
--- actual
id | n
1  | 1
3  | 3
… 2 rows in their places`)
  })

  test('without a key they are shown whole', () => {
    expect(
      failureOf(() => expect(received).toHaveRecords(rows([1, 2, 4, 3]), { order: 'strict' })),
    ).toBe(`Arrow table: all 4 expected rows are there, but not in this order

  row 2 → row 3: { id: 4, n: 4 }
  row 3 → row 2: { id: 3, n: 3 }
--- expected
id | n
4  | 4
3  | 3
… 2 rows in their places
--- actual
id | n
3  | 3
4  | 4
… 2 rows in their places`)
  })

  test('of toContainRecords those that nobody asked for are left out', () => {
    const strict = { key: 'id', order: 'strict', columns: 'subset' } as const
    expect(
      failureOf(() => expect(received).toContainRecords([{ id: 1 }, { id: 4 }, { id: 2 }], strict)),
    ).toBe(`Arrow table: all 3 expected rows are there, but not in this order

  id=4: row 1 → row 3
  id=2: row 2 → row 1
--- expected
id
4
2
--- actual
id
2
4`)
  })

  test('of many as many are shown as maxDiffs says', () => {
    const many = table(
      { id: 'int64!' },
      Array.from({ length: 100 }, (_, id) => ({ id })),
    )
    const backwards = Array.from({ length: 100 }, (_, k) => ({ id: 99 - k }))
    expect(
      failureOf(() => expect(many).toHaveRecords(backwards, { key: 'id', order: 'strict', maxDiffs: 2 })),
    ).toBe(`Arrow table: all 100 expected rows are there, but not in this order

  id=99: row 0 → row 99
  id=98: row 1 → row 98
  … and 98 more rows that stand elsewhere
--- expected
id
99
98
… 98 more rows that stand elsewhere
--- actual
id
98
99
… 98 more rows that stand elsewhere`)
  })
})

describe('rows without a key', () => {
  const types = { parcel: 'string', fee: 'decimal(12,2)', kg: 'float64' }

  test('are named by their place in their own list, and shown', () => {
    const received = table(types, [
      { parcel: 'P1', fee: 1, kg: 1 },
      { parcel: 'P9', fee: 8, kg: 3 },
    ])
    const expected = [
      { parcel: 'P1', fee: 1, kg: 1 },
      { parcel: 'P2', fee: 3, kg: 2 },
    ]
    expect(
      failureOf(() => expect(received).toHaveRecords(expected)),
    ).toBe(`Arrow table: 1 row missing, 1 unexpected, 1 equal

  expected row 1 is missing: { parcel: 'P2', fee: 3.00, kg: 2 }
  received row 1 is unexpected: { parcel: 'P9', fee: 8.00, kg: 3 }
--- expected
parcel | fee  | kg
'P2'   | 3.00 | 2
… 1 equal row
--- actual
parcel | fee  | kg
'P9'   | 8.00 | 3
… 1 equal row`)
  })

  test('of many cells show the first ones', () => {
    const wide = Object.fromEntries(Array.from({ length: 11 }, (_, k) => [`c${k}`, k]))
    const row = table(Object.fromEntries(Object.keys(wide).map((name) => [name, 'int64'])), [wide])
    expect(failureOf(() => expect(row).toHaveRecords([])).split('\n')[2]).toBe(
      '  received row 0 is unexpected: { c0: 0, c1: 1, c2: 2, c3: 3, c4: 4, c5: 5, c6: 6, c7: 7, … and 3 more cells }',
    )
  })

  test('are paired with those that differ in the fewest cells, and of these with the nearest', () => {
    const received = table(types, [
      { parcel: 'P1', fee: 10.1, kg: 1 },
      { parcel: 'P1', fee: 5, kg: 1 },
      { parcel: 'P2', fee: 5.1, kg: 2 },
    ])
    expect(
      failureOf(() => expect(received).toContainRecords([{ parcel: 'P1', fee: expect.closeTo(5.1, 1), kg: 1 }])),
    ).toBe(`Arrow table: 1 row changed

  expected row 0, received row 1: fee: NumberCloseTo 5.1 (1 digit) → 5.00
--- expected
parcel | fee                         | kg
'P1'   | NumberCloseTo 5.1 (1 digit) | 1
--- actual
parcel | fee                         | kg
'P1'   | 5.00                        | 1`)
    expect(
      failureOf(() =>
        expect(received).toContainRecords([
          { parcel: 'P1', fee: 9.9, kg: 1 },
          { parcel: 'P1', fee: 5.2, kg: 1 },
        ]),
      ),
    ).toBe(`Arrow table: 2 rows changed

  row 0: fee: 9.90 → 10.10
  row 1: fee: 5.20 → 5.00
--- expected
parcel | fee   | kg
'P1'   | 9.90  | 1
'P1'   | 5.20  | 1
--- actual
parcel | fee   | kg
'P1'   | 10.10 | 1
'P1'   | 5.00  | 1`)
  })

  test('the nearest of times is the one that is the shortest time away', () => {
    const times = table({ kind: 'string', at: 'timestamp[us, UTC]', day: 'date32' }, [
      { kind: 'a', at: '2024-01-01T00:00:00Z', day: '2024-01-01' },
      { kind: 'a', at: '2024-03-01T00:00:00Z', day: '2024-01-01' },
    ])
    const [first] = failureOf(() =>
      expect(times).toContainRecords([{ kind: 'a', at: '2024-02-28T00:00:00Z', day: '2024-01-01' }]),
    )
      .split('\n')
      .slice(2)
    expect(first).toBe(
      '  expected row 0, received row 1: at: 2024-02-28T00:00:00.000000Z → 2024-03-01T00:00:00.000000Z',
    )
  })
})
