import { makeData, RecordBatch, Schema, Struct, Table } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { type Cell, cellKey } from '../../../src/catalog/records/cells.ts'
import { rowsFromTable } from '../../../src/catalog/records/rows.ts'
import { fc } from '../../chance.ts'
import '../../../src/vitest-plugin/vitest.ts'
import type { CellPattern } from '../../../src/vitest-plugin/matchers/compare/columns.ts'
import {
  type CompareOptions,
  type Comparison,
  compareRecords,
} from '../../../src/vitest-plugin/matchers/compare/compare.ts'
import { cellPattern, wild } from './patterns.ts'
import { type Columns, columns, dictionaryColumn, inBatches, table, toTable, typedCells, viewColumn } from './tables.ts'

const exact: CompareOptions = { rows: 'all', order: 'ignore', columns: 'exact', tolerance: null }
const none: ReadonlyMap<string, ReadonlyMap<number, CellPattern>> = new Map()

function compare(
  received: ReturnType<typeof toTable>,
  expected: ReturnType<typeof toTable>,
  options: Partial<CompareOptions> = {},
  patterns = none,
): Comparison {
  return compareRecords(received, { table: expected, patterns }, { ...exact, ...options })
}

const permuted = columns.chain((table) => {
  const rows = table.cells[0]!.map((_, row) => row)
  return fc.record({
    table: fc.constant(table),
    order: fc.shuffledSubarray(rows, { minLength: rows.length }),
    split: fc.integer({ min: 0, max: rows.length }),
  })
})

function reorder({ types, cells }: Columns, order: readonly number[]): Columns {
  return { types, cells: cells.map((column) => order.map((row) => column[row]!)) }
}

describe('any table', () => {
  test('equals each of its permutations, in any batches', () => {
    fc.assert(
      fc.property(permuted, ({ table, order, split }) => {
        const result = compare(inBatches(toTable(table), split), toTable(reorder(table, order)))
        expect(result.missing).toHaveLength(0)
        expect(result.unexpected).toHaveLength(0)
        expect(result.equal).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('equals no table that differs from it in one cell', () => {
    const mutated = permuted.chain(({ table, order, split }) =>
      fc.nat({ max: table.types.length - 1 }).chain((column) =>
        fc.record({
          table: fc.constant(table),
          order: fc.constant(order),
          split: fc.constant(split),
          row: fc.nat({ max: Math.max(0, order.length - 1) }),
          column: fc.constant(column),
          cell: fc.option(typedCells.find(({ type }) => type === table.types[column])!.cell),
        }),
      ),
    )
    fc.assert(
      fc.property(mutated, ({ table, order, split, row, column, cell }) => {
        fc.pre(order.length > 0 && cellKey(table.cells[column]![row] as Cell) !== cellKey(cell as Cell))
        const cells = table.cells.map((list, k) => (k === column ? list.with(row, cell) : list))
        const changed = reorder({ types: table.types, cells }, order)
        const result = compare(inBatches(toTable(table), split), toTable(changed))
        expect(result.equal).toBe(false)
        expect([result.missing.length, result.unexpected.length]).toEqual([1, 1])
        expect(compare(toTable(changed), toTable(table)).equal).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('counts duplicates', () => {
    const rows = (...ids: number[]) =>
      table(
        { id: 'int64' },
        ids.map((id) => ({ id })),
      )
    expect(compare(rows(1, 1, 2), rows(1, 2, 1)).equal).toBe(true)
    const result = compare(rows(1, 1, 2), rows(1, 2, 2))
    expect([result.equal, [...result.missing], [...result.unexpected]]).toEqual([false, [1], [1]])
  })
})

describe('storage does not matter', () => {
  test('a dictionary, a string, a large string and a string view hold the same values', () => {
    const values = ['NO', null, 'SE', 'a text of more than twelve bytes', '']
    const rows = values.map((c) => ({ c }))
    const stored = [
      dictionaryColumn('c', values),
      table({ c: 'string' }, rows),
      table({ c: 'large_string' }, rows),
      viewColumn('c', values),
    ]
    for (const left of stored) for (const right of stored) expect(compare(left, right).equal).toBe(true)
    const other = values.with(2, 'DK')
    for (const left of stored) {
      const result = compare(left, dictionaryColumn('c', other))
      expect([result.equal, [...result.missing], [...result.unexpected]]).toEqual([false, [2], [2]])
    }
  })

  test('a slice of a table equals the rows that it shows', () => {
    fc.assert(
      fc.property(columns, fc.nat({ max: 9 }), fc.nat({ max: 9 }), (all, from, count) => {
        const rows = all.cells[0]!.map((_, row) => row).slice(from, from + count)
        expect(compare(toTable(all).slice(from, from + count), toTable(reorder(all, rows))).equal).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

test('rows as cells: toHaveRecords accepts every permutation, and no row with another cell', () => {
  const given = permuted.chain(({ table, order }) =>
    fc.nat({ max: table.types.length - 1 }).chain((column) =>
      fc.record({
        table: fc.constant(table),
        order: fc.constant(order),
        row: fc.nat({ max: Math.max(0, order.length - 1) }),
        column: fc.constant(column),
        cell: fc.option(typedCells.find(({ type }) => type === table.types[column])!.cell),
      }),
    ),
  )
  fc.assert(
    fc.property(given, ({ table, order, row, column, cell }) => {
      const rows = rowsFromTable(toTable(reorder(table, order)))
      expect(toTable(table)).toHaveRecords(rows)
      expect(toTable(table)).toContainRecords(rows.slice(1))
      const name = `c${column}`
      fc.pre(order.length > 0 && cellKey(rows[row]![name]!) !== cellKey(cell as Cell))
      const changed = rows.with(row, { ...rows[row], [name]: cell as Cell })
      expect(toTable(table)).not.toHaveRecords(changed)
      // What stands for any cell accepts the one that was changed, and only that.
      expect(toTable(table)).toHaveRecords(changed.with(row, { ...rows[row], [name]: expect.toSatisfy(() => true) }))
    }),
    { numRuns: 150 },
  )
})

describe('schemas', () => {
  const received = table({ id: 'int64', total: 'decimal(12,2)', at: 'timestamp[us, UTC]' }, [{ id: 1, total: '10.50' }])

  test('columns are found by name, in any order', () => {
    const expected = table({ at: 'timestamp[us, UTC]', total: 'decimal(12,2)', id: 'int64' }, [
      { id: 1, total: '10.50' },
    ])
    expect(compare(received, expected).equal).toBe(true)
  })

  test('a missing column, an unexpected one and one of another type are differences, and no rows are', () => {
    const expected = table({ id: 'int64', total: 'decimal(14,2)', big: 'uint64' }, [{ id: 1, total: '10.50' }])
    const result = compare(received, expected)
    expect(result.schema.map(({ kind, column }) => `${kind} ${column}`)).toEqual([
      'type total',
      'missing big',
      'unexpected at',
    ])
    expect([result.equal, result.missing.length, result.columns.map(({ name }) => name)]).toEqual([false, 0, ['id']])
  })

  test.for([
    ['int32', 'int64'],
    ['int32', 'uint32'],
    ['float32', 'float64'],
    ['timestamp[ms]', 'timestamp[us]'],
    ['timestamp[us]', 'timestamp[us, UTC]'],
    ['string', 'binary'],
    ['list<int32>', 'list<int64>'],
    ['struct<a: int64>', 'struct<b: int64>'],
    ['fixed_size_binary[2]', 'fixed_size_binary[3]'],
    ['fixed_size_list<int8>[2]', 'fixed_size_list<int8>[3]'],
  ] as const)('%s and %s are different types', ([a, b]) => {
    expect(compare(table({ c: a }, []), table({ c: b }, [])).schema).toMatchObject([{ kind: 'type', column: 'c' }])
  })

  test('two columns of one name are refused', () => {
    const [batch] = received.batches
    const fields = [...received.schema.fields, received.schema.fields[0]!]
    const data = makeData({
      type: new Struct(fields),
      length: 1,
      children: [...batch!.data.children, batch!.data.children[0]!],
    })
    const twice = new Table(new Schema(fields), [new RecordBatch(new Schema(fields), data)])
    expect(() => compare(twice, received)).toThrow(
      'Two columns are named "id", so cells can\'t be found by the name; rename one.',
    )
  })

  test("with columns: 'subset' only the expected columns count", () => {
    const expected = table({ id: 'int64' }, [{ id: 1 }])
    expect(compare(received, expected, { columns: 'subset' }).equal).toBe(true)
    expect(compare(received, expected).schema).toMatchObject([{ column: 'total' }, { column: 'at' }])
  })
})

describe('order', () => {
  const rows = (...ids: number[]) =>
    table(
      { id: 'int64' },
      ids.map((id) => ({ id })),
    )

  test('strict refuses a permutation and names the first row that stands elsewhere', () => {
    expect(compare(rows(1, 2, 3), rows(1, 2, 3), { order: 'strict' })).toMatchObject({ equal: true, misplaced: -1 })
    expect(compare(rows(1, 3, 2), rows(1, 2, 3), { order: 'strict' })).toMatchObject({ equal: false, misplaced: 1 })
  })

  test('some rows: others may stand anywhere, or between them', () => {
    const some = { rows: 'some' } as const
    expect(compare(rows(1, 2, 3), rows(3, 1), some).equal).toBe(true)
    expect(compare(rows(1, 2, 3), rows(3, 3), some).equal).toBe(false)
    expect(compare(rows(1, 2, 3), rows(1, 3), { ...some, order: 'strict' }).equal).toBe(true)
    expect(compare(rows(1, 2, 3), rows(3, 1), { ...some, order: 'strict' })).toMatchObject({
      equal: false,
      misplaced: 1,
    })
    expect(compare(rows(1, 2), rows(1, 2, 2), some).equal).toBe(false)
  })
})

/** Whether some assignment gives each expected row a received row of its own: by trying them all. */
function assignable(fits: readonly (readonly boolean[])[], row = 0, used = new Set<number>()): boolean {
  if (row === fits.length) return true
  return fits[row]!.some((fit, candidate) => {
    if (!fit || used.has(candidate)) return false
    used.add(candidate)
    const found = assignable(fits, row + 1, used)
    used.delete(candidate)
    return found
  })
}

describe('patterns and tolerance', () => {
  test('find an assignment where there is one, and only there', () => {
    const pair = fc.record({ a: fc.nat({ max: 2 }), b: fc.nat({ max: 2 }) })
    const choice = fc.subarray([0, 1, 2], { minLength: 1 })
    const want = fc.record({ a: fc.oneof(fc.nat({ max: 2 }), choice), b: fc.oneof(fc.nat({ max: 2 }), choice) })
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 6 }),
        fc.array(want, { maxLength: 6 }),
        fc.constantFrom('all' as const, 'some' as const),
        (received, expected, rows) => {
          const accepts = (cell: number, wanted: number | number[]) =>
            Array.isArray(wanted) ? wanted.includes(cell) : wanted === cell
          const fits = expected.map(({ a, b }) => received.map((row) => accepts(row.a, a) && accepts(row.b, b)))
          const counts = rows === 'all' ? received.length === expected.length : true
          const types = { a: 'int32', b: 'int32' }
          const { cells, patterns } = wild(expected)
          const result = compare(table(types, received), table(types, cells), { rows }, patterns)
          expect(result.equal).toBe(counts && assignable(fits))
          // Whatever the verdict, no more could have been matched: the report never shows a row that needn't be there.
          expect([...result.partner].every((row, k) => row === -1 || fits[k]![row])).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a tolerance finds an assignment where there is one, and only there', () => {
    const value = fc.option(fc.integer({ min: 0, max: 40 }).map((n) => n / 10))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, fc.nat({ max: 1 })), { maxLength: 7 }),
        fc.array(fc.tuple(value, fc.nat({ max: 1 })), { maxLength: 7 }),
        (received, expected) => {
          const near = (a: number | null, b: number | null) =>
            a === null || b === null ? a === b : Math.abs(a - b) <= 0.45
          const fits = expected.map(([e, k]) => received.map(([r, l]) => near(r, e) && k === l))
          const make = (list: typeof received) =>
            table(
              { x: 'float64', k: 'int8' },
              list.map(([x, k]) => ({ x, k })),
            )
          const result = compare(make(received), make(expected), { tolerance: { abs: 0.45, rel: 0 } })
          expect(result.equal).toBe(received.length === expected.length && assignable(fits))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a tolerance holds for every float, in lists too, and for nothing else', () => {
    const types = { h: 'float16', f: 'float32', d: 'float64', l: 'list<float64>', n: 'int64' }
    const received = table(types, [{ h: 1, f: 1, d: 1, l: [1, 2], n: 1 }])
    const near = { h: 1.01, f: 1.01, d: 0.99, l: [1.01, 1.99], n: 1 }
    const tolerance = { abs: 0.02, rel: 0 }
    expect(compare(received, table(types, [near]), { tolerance }).equal).toBe(true)
    expect(compare(received, table(types, [near])).equal).toBe(false)
    expect(compare(received, table(types, [{ ...near, n: 2 }]), { tolerance }).equal).toBe(false)
    expect(compare(received, table(types, [{ ...near, l: [1.01, 2.1] }]), { tolerance }).equal).toBe(false)
  })

  test('NaN and infinities are near themselves alone; without a tolerance 0 is not -0', () => {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, null]
    const one = (x: number | null) => table({ x: 'float64' }, [{ x }])
    for (const a of special) {
      for (const b of special) {
        expect(compare(one(a), one(b)).equal).toBe(Object.is(a, b))
        expect(compare(one(a), one(b), { tolerance: { abs: 1, rel: 1 } }).equal).toBe(
          Object.is(a, b) || (a === 0 && b === 0),
        )
      }
    }
  })

  test('a thousand near floats in another order are told apart by their neighbours', () => {
    const values = Array.from({ length: 1000 }, (_, k) => k / 10)
    const make = (list: readonly number[]) =>
      table(
        { x: 'float64' },
        list.map((x) => ({ x })),
      )
    const shifted = values.map((x) => x + 0.04).toReversed()
    const tolerance = { abs: 0.05, rel: 0 }
    expect(compare(make(values), make(shifted), { tolerance }).equal).toBe(true)
    const result = compare(make(values), make(shifted.with(0, 200)), { tolerance })
    expect([result.equal, [...result.missing], [...result.unexpected]]).toEqual([false, [0], [999]])
  })

  test('thousands of rows that ask for the same are searched for once', () => {
    const types = { id: 'int64', note: 'string' }
    const received = Array.from({ length: 10_000 }, (_, k) =>
      k % 2 === 0 ? { id: k, note: null } : { id: null, note: 'x' },
    )
    const any = cellPattern('Any', (cell) => cell !== null)
    const rows = Array.from({ length: 10_000 }, () => ({}))
    const idInFirst = (count: number) => new Map([['id', new Map(rows.slice(0, count).map((_, k) => [k, any]))]])
    const expected = (count: number) =>
      table(
        types,
        rows.map((_, k) => (k < count ? {} : { note: 'x' })),
      )
    expect(compare(table(types, received), expected(5000), {}, idInFirst(5000)).equal).toBe(true)
    const result = compare(table(types, received), expected(5001), {}, idInFirst(5001))
    expect([result.equal, result.missing.length, result.unexpected.length]).toEqual([false, 1, 1])
  })

  test('where every row asks for something else and nothing tells rows apart, the error says what to add', () => {
    const types = { id: 'int64' }
    const received = table(
      types,
      Array.from({ length: 10_000 }, (_, id) => ({ id })),
    )
    const patterns = new Map([
      [
        'id',
        new Map(
          Array.from({ length: 10_000 }, (_, k) => [
            k,
            cellPattern(String(k), (cell: Cell) => cell === 9_999n - BigInt(k)),
          ]),
        ),
      ],
    ])
    expect(() =>
      compare(
        received,
        table(
          types,
          Array.from({ length: 10_000 }, () => ({})),
        ),
        {},
        patterns,
      ),
    ).toThrow(
      "whether 10,000 expected rows match can't be decided in reasonable time: asymmetric matchers or the tolerance let " +
        'nearly every row match many others; give each expected row an exact cell that tells it from the others, such as ' +
        "its key, or compare with order: 'strict'",
    )
  })
})
