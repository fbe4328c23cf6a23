import { describe, expect, test } from 'vitest'
import type { DeltaType, SortKey } from '../../../src/catalog/model/common.ts'
import { type MergeDelta, type MergeOptions, mergeRecords } from '../../../src/catalog/records/merge.ts'
import { type Row, rowsFromTable, tableFromColumns, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'
import { fc } from '../../chance.ts'

const schema = (columns: Readonly<Record<string, string>>) =>
  schemaOf(Object.entries(columns).map(([name, type]) => parseField(name, type)))
const ITEMS = schema({ id: 'int64', at: 'int32', note: 'string' })

function delta(
  type: DeltaType,
  rows: readonly Row[],
  columns = ITEMS,
  equalityColumnNames?: readonly string[],
): MergeDelta {
  return { type, tables: [tableFromRows(rows, columns)], ...(equalityColumnNames && { equalityColumnNames }) }
}

const merged = (deltas: readonly MergeDelta[], options: MergeOptions) => rowsFromTable(mergeRecords(deltas, options))
const item = (id: number | null, at: number | null, note: string) => ({ id: id === null ? null : BigInt(id), at, note })

test('two columns of one name are refused, as only one of them could be read', () => {
  const twice = schemaOf([parseField('a', 'int64'), parseField('b', 'int64'), parseField('a', 'int64')])
  const table = tableFromColumns(twice, [[1n], [2n], [3n]])
  for (const type of ['append', 'upsert', 'delete'] as const) {
    expect(() => mergeRecords([{ name: 'shop.orders@1#7', type, tables: [table] }], {})).toThrowError(
      expect.objectContaining({
        code: 'invalid-argument',
        message:
          'shop.orders@1#7 can\'t be merged: two columns are named "a", and only one of them would be read; stage it again, corrected, in a partition that replaces this one.',
      }),
    )
  }
})

describe('an upsert', () => {
  test('replaces the row with its primary key; the rows left keep their order', () => {
    const deltas = [
      delta('upsert', [item(1, 1, 'a'), item(2, 1, 'b'), item(3, 1, 'c')]),
      delta('upsert', [item(2, 0, 'd')]),
    ]
    expect(merged(deltas, { primaryKeys: ['id'] })).toEqual([item(1, 1, 'a'), item(3, 1, 'c'), item(2, 0, 'd')])
  })

  test('replaces within its own delta too: the last row of a key stays', () => {
    const deltas = [delta('upsert', [item(1, 1, 'first'), item(1, 0, 'last')])]
    expect(merged(deltas, { primaryKeys: ['id'] })).toEqual([item(1, 0, 'last')])
  })

  test('takes null as a key like any other, NaN too; 0 and -0 are two keys', () => {
    const numbers = schema({ id: 'float64', note: 'string' })
    const rows = [
      ...[null, Number.NaN, 0, -0].map((id) => ({ id, note: 'old' })),
      ...[null, Number.NaN, -0].map((id) => ({ id, note: 'new' })),
    ]
    expect(merged([delta('upsert', rows, numbers)], { primaryKeys: ['id'] })).toEqual([
      { id: 0, note: 'old' },
      { id: null, note: 'new' },
      { id: Number.NaN, note: 'new' },
      { id: -0, note: 'new' },
    ])
  })

  test('leaves the older row where the sort keys order it after the newer; ties go to the newer', () => {
    const deltas = [
      delta('upsert', [item(1, 5, 'late'), item(2, 5, 'tie'), item(3, 5, 'early')]),
      delta('upsert', [item(1, 4, 'x'), item(2, 5, 'y'), item(3, 6, 'z')]),
    ]
    expect(merged(deltas, { primaryKeys: ['id'], sortKeys: [['at', 'ascending']] })).toEqual([
      item(1, 5, 'late'),
      item(2, 5, 'y'),
      item(3, 6, 'z'),
    ])
    expect(merged(deltas, { primaryKeys: ['id'], sortKeys: [['at', 'descending']] })).toEqual([
      item(3, 5, 'early'),
      item(1, 4, 'x'),
      item(2, 5, 'y'),
    ])
  })

  test.each(['ascending', 'descending'] as const)(
    'sorts null after every value, and NaN after every number: %s',
    (order) => {
      const numbers = schema({ id: 'int64', at: 'float64' })
      const row = (id: number, at: number | null) => ({ id: BigInt(id), at })
      const older = [row(1, null), row(2, null), row(3, Number.NaN), row(4, 1), row(5, 1)]
      const newer = [row(1, 1), row(2, Number.NaN), row(3, 1), row(4, null), row(5, Number.NaN)]
      const options: MergeOptions = { primaryKeys: ['id'], sortKeys: [['at', order]] }
      expect(merged([delta('upsert', older, numbers), delta('upsert', newer, numbers)], options)).toEqual([
        row(1, null),
        row(2, null),
        row(3, Number.NaN),
        row(4, null),
        row(5, Number.NaN),
      ])
    },
  )

  test('goes on to the next sort key where the first ties', () => {
    const deltas = [
      delta('upsert', [item(1, 5, 'b'), item(2, 5, 'a')]),
      delta('upsert', [item(1, 5, 'a'), item(2, 5, 'b')]),
    ]
    const sortKeys: readonly SortKey[] = [
      ['at', 'ascending'],
      ['note', 'ascending'],
    ]
    expect(merged(deltas, { primaryKeys: ['id'], sortKeys })).toEqual([item(1, 5, 'b'), item(2, 5, 'b')])
  })

  test.each([
    ['string', '\u{1F600}', '\uFF5E'],
    ['dictionary<int8, string>', 'b', 'a'],
    ['decimal(5,2)', '10.00', '9.00'],
    ['timestamp[ns]', '2024-02-29T00:00:00.000000001', '2024-02-29T00:00:00.000000000'],
    ['uint64', 18446744073709551615n, 9223372036854775807n],
    ['binary', new Uint8Array([2]), new Uint8Array([1, 255])],
    ['bool', true, false],
    ['date64', '1970-01-01', '1969-12-31'],
    ['time32[s]', '00:00:02', '00:00:01'],
  ])('orders a %s by its value', (type, later, earlier) => {
    const columns = schema({ id: 'int64', at: type })
    const deltas = [
      delta('upsert', [{ id: 1, at: later }], columns),
      delta('upsert', [{ id: 1, at: earlier }], columns),
    ]
    const options: MergeOptions = { primaryKeys: ['id'], sortKeys: [['at', 'ascending']] }
    expect(merged(deltas, options).map((row) => row.at)).toEqual(
      rowsFromTable(deltas[0]!.tables[0]!).map((row) => row.at),
    )
  })

  test('replaces every appended row of its key', () => {
    const deltas = [
      delta('append', [item(1, 1, 'a'), item(1, 2, 'b'), item(2, 1, 'c')]),
      delta('upsert', [item(1, 3, 'd')]),
    ]
    expect(merged(deltas, { primaryKeys: ['id'] })).toEqual([item(2, 1, 'c'), item(1, 3, 'd')])
  })

  test('replaces nothing without a primary key, or where duplicates are kept', () => {
    const deltas = [delta('upsert', [item(1, 1, 'a')]), delta('upsert', [item(1, 2, 'b')])]
    const all = [item(1, 1, 'a'), item(1, 2, 'b')]
    expect(merged(deltas, {})).toEqual(all)
    expect(merged(deltas, { primaryKeys: [] })).toEqual(all)
    expect(merged(deltas, { primaryKeys: ['id'], dropDuplicates: false })).toEqual(all)
  })
})

test.each<[type: string, values: readonly unknown[]]>([
  ['int64', [1n, 9007199254740993n, 9007199254740992n, -1n]],
  ['uint64', [1n, 18446744073709551615n, 9223372036854775808n]],
  ['binary', [new Uint8Array([1]), new Uint8Array([255]), new Uint8Array(0)]],
  ['fixed_size_binary[1]', [new Uint8Array([1]), new Uint8Array([2])]],
  ['string_view', ['a', 'a text of more than twelve bytes', '']],
  ['bool', [true, false]],
  ['float32', [0.5, -0.5]],
  ['decimal(38,18)', ['1', '1.000000000000000001']],
  ['date64', ['1969-12-31', '1970-01-01']],
  ['timestamp[ns, UTC]', [-1n, 0n]],
  ['dictionary<int8, string>', ['a', 'b']],
  ['list<int64>', [[1], [1, null], []]],
  [
    'struct<a: string, b: int8>',
    [
      { a: 'x', b: 1 },
      { a: 'x', b: 2 },
      { a: null, b: 1 },
    ],
  ],
  ['map<string, int8>', [{ k: 1 }, { k: 2 }]],
])('a %s is a key', (type, values) => {
  const columns = schema({ id: type, note: 'string' })
  const rows = [...values, null].map((id) => ({ id, note: 'old' }))
  const newer = rows.map((row) => ({ ...row, note: 'new' })).toReversed()
  const left = merged([delta('upsert', rows, columns), delta('upsert', newer, columns)], { primaryKeys: ['id'] })
  expect(left).toEqual(rowsFromTable(tableFromRows(newer, columns)))
  const gone = delta('delete', newer.slice(1), columns, ['id'])
  expect(merged([delta('upsert', rows, columns), gone], { primaryKeys: ['id'] })).toEqual([{ id: null, note: 'old' }])
})

test('keys of different types compare by their value', () => {
  const deltas = (type: string, value: unknown) => [
    delta('append', [{ id: 5n }, { id: 6n }], schema({ id: 'int64' })),
    delta('delete', [{ id: value }], schema({ id: type }), ['id']),
  ]
  for (const type of ['int8', 'uint64', 'uint16']) expect(merged(deltas(type, 5), {})).toEqual([{ id: 6n }])
  const prices = [
    delta('append', [{ price: '1.50' }, { price: '2' }], schema({ price: 'decimal(12,2)' })),
    delta('delete', [{ price: '1.5' }], schema({ price: 'decimal(5,1)' }), ['price']),
  ]
  expect(merged(prices, {})).toEqual([{ price: '2.00' }])
})

describe('a delete', () => {
  test('removes the rows so far that equal one of its rows; later ones stay', () => {
    const gone = schema({ note: 'string' })
    const deltas = [
      delta('append', [item(1, 1, 'x'), item(2, 1, 'y'), item(3, 1, 'x')]),
      delta('delete', [{ note: 'x' }, { note: 'nowhere' }], gone, ['note']),
      delta('append', [item(4, 1, 'x')]),
    ]
    expect(merged(deltas, {})).toEqual([item(2, 1, 'y'), item(4, 1, 'x')])
  })

  test('compares all of its equality columns, null with null, also from a column that is all null', () => {
    const gone = schema({ id: 'null', note: 'large_string' })
    const deltas = [
      delta('append', [item(null, 1, 'x'), item(null, 1, 'y'), item(1, 1, 'x')]),
      delta('delete', [{ id: null, note: 'x' }], gone, ['id', 'note']),
    ]
    expect(merged(deltas, {})).toEqual([item(null, 1, 'y'), item(1, 1, 'x')])
  })

  test('has the primary key for its equality columns where it names none', () => {
    const deltas = [delta('upsert', [item(1, 1, 'x'), item(2, 1, 'y')]), delta('delete', [item(2, 9, 'other')])]
    expect(merged(deltas, { primaryKeys: ['id'] })).toEqual([item(1, 1, 'x')])
    expect(() => merged(deltas, {})).toThrowError(
      'A delete has no equality columns, and its table no primary key; give deleteParameters.equalityColumnNames.',
    )
  })

  test('lets an upsert of the key in again', () => {
    const deltas = [
      delta('upsert', [item(1, 9, 'old')]),
      delta('delete', [item(1, 0, '')], ITEMS, ['id']),
      delta('upsert', [item(1, 1, 'new')]),
    ]
    expect(merged(deltas, { primaryKeys: ['id'], sortKeys: [['at', 'ascending']] })).toEqual([item(1, 1, 'new')])
  })
})

describe('the schema', () => {
  test('joins the columns of the deltas, and widens their types', () => {
    const deltas = [
      delta('append', [{ a: 1, b: 'x' }], schema({ a: 'int8', b: 'dictionary<int8, string>' })),
      delta('append', [{ c: 1.5, a: 300 }], schema({ c: 'float32!', a: 'int16!' })),
    ]
    const table = mergeRecords(deltas, {})
    expect(table.schema.fields.map((field) => `${field.name}: ${formatField(field)}`)).toEqual([
      'a: int16',
      'b: dictionary<int8, string>',
      'c: float32',
    ])
    expect(rowsFromTable(table)).toEqual([
      { a: 1, b: 'x', c: null },
      { a: 300, b: null, c: 1.5 },
    ])
  })

  test.each([
    ['int8', 'uint8', 'int16'],
    ['uint32', 'int8', 'int64'],
    ['int64', 'uint32', 'int64'],
    ['float32', 'float64', 'float64'],
    ['string', 'large_string', 'large_string'],
    ['string_view', 'string', 'string'],
    ['dictionary<int8, string>', 'dictionary<int32, string>', 'string'],
    ['null', 'list<int8>', 'list<int8>'],
    ['timestamp[s]', 'timestamp[us]', 'timestamp[us]'],
    ['time32[ms]', 'time64[ns]', 'time64[ns]'],
    ['duration[ns]', 'duration[ms]', 'duration[ns]'],
    ['date32', 'date64', 'date32'],
    ['decimal(5,2)', 'decimal(10,4)', 'decimal(10,4)'],
    ['decimal(38,0)', 'decimal(5,5)', 'decimal256(43,5)'],
    ['list<int8!>', 'list<int8>', 'list<int8>'],
    ['list<date64>', 'list<date32>', 'list<date32>'],
    ['list<int8>', 'large_list<int16>', 'large_list<int16>'],
    ['struct<a: int8!, b: date64>', 'struct<b: date32, a: int16!>', 'struct<a: int16!, b: date32>'],
    ['list<int8>', 'list<string>', null],
    ['struct<a: int8>', 'struct<a: int8, b: int8>', null],
    ['int64', 'uint64', null],
    ['int64', 'float64', null],
    ['timestamp[s]', 'timestamp[s, UTC]', null],
    ['decimal256(76,0)', 'decimal256(76,10)', null],
  ])('%s and %s are held by %s', (one, other, common) => {
    const deltas = [one, other].map((type) => delta('append', [{ a: null }], schema({ a: type })))
    if (common === null) expect(() => mergeRecords(deltas, {})).toThrowError(/^Column "a" is .* in one delta and/)
    else expect(mergeRecords(deltas, {}).schema.fields.map(formatField)).toEqual([common])
  })

  test("is the version's where there are no deltas, and its columns come first", () => {
    const version = schema({ note: 'string', id: 'int64', extra: 'bool' })
    expect(mergeRecords([], { schema: version }).schema.names).toEqual(['note', 'id', 'extra'])
    const table = mergeRecords([delta('append', [item(1, 1, 'x')])], { schema: version })
    expect(table.schema.names).toEqual(['note', 'id', 'extra', 'at'])
    expect(rowsFromTable(table)).toEqual([{ note: 'x', id: 1n, extra: null, at: 1 }])
  })

  test('is that of the columns asked for', () => {
    const deltas = [delta('upsert', [item(1, 1, 'x')])]
    expect(merged(deltas, { primaryKeys: ['id'], columns: ['note', 'at'] })).toEqual([{ note: 'x', at: 1 }])
    expect(() => merged(deltas, { columns: ['nope'] })).toThrowError(
      'There is no column "nope"; there is id, at, note; did you mean "note"?',
    )
  })

  test.each<[string, MergeDelta[], MergeOptions, string]>([
    [
      'a primary key that is no column',
      [delta('upsert', [item(1, 1, 'x')])],
      { primaryKeys: ['ID2'] },
      'The primary key "ID2" is no column of the records; they have id, at, note; did you mean "id"?',
    ],
    [
      'a sort key that is no column',
      [delta('upsert', [item(1, 1, 'x')])],
      { primaryKeys: ['id'], sortKeys: [['when', 'ascending']] },
      'The sort key "when" is no column of the records; they have id, at, note.',
    ],
    [
      'a sort key without an order',
      [delta('upsert', [{ id: 1, l: [1] }], schema({ id: 'int64', l: 'list<int64>' }))],
      { primaryKeys: ['id'], sortKeys: [['l', 'ascending']] },
      'Values of type list<int64> have no order; sort by another column than "l".',
    ],
    [
      'types that have none in common',
      [delta('append', [{ a: 1 }], schema({ a: 'int64' })), delta('append', [{ a: 'x' }], schema({ a: 'string' }))],
      {},
      'Column "a" is int64 in one delta and string in another.',
    ],
    [
      'a delete of another type',
      [delta('append', [item(1, 1, 'x')]), delta('delete', [{ id: '1' }], schema({ id: 'string' }), ['id'])],
      {},
      'Column "id" is string in the delete and int64 in the records; make them agree.',
    ],
    [
      'a delete without its equality column',
      [delta('append', [item(1, 1, 'x')]), delta('delete', [{ at: 1 }], schema({ at: 'int32' }), ['id'])],
      {},
      'The equality column "id" is no column of the delete\'s records; they have at.',
    ],
    [
      'a delta by its name, which says what to do',
      [
        { ...delta('append', [item(1, 1, 'x')]), name: '#1' },
        { ...delta('delete', [{ at: 1 }], schema({ at: 'int32' }), ['ad']), name: '#2' },
      ],
      {},
      `#2 can't be merged: the equality column "ad" is no column of the records; they have id, at, note; did you mean "id"? Stage it again, corrected, in a partition that replaces this one.`,
    ],
  ])('refuses %s', (_, deltas, options, message) => {
    expect(() => merged(deltas, options)).toThrowError(message)
  })
})

test('agrees with the rule applied row by row, for random deltas', () => {
  const key = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 4 }))
  const row = fc.record({ a: key, b: fc.constantFrom('x', 'y', null), at: key })
  const step = fc.record({
    type: fc.constantFrom<DeltaType>('append', 'upsert', 'delete'),
    // A delta's manifest may have several entries.
    entries: fc.array(fc.array(row, { maxLength: 5 }), { maxLength: 3 }),
    equality: fc.constantFrom(['a'], ['b'], ['a', 'b'], ['b', 'a', 'at']),
  })
  const options = fc.record({
    primaryKeys: fc.constantFrom(null, ['a'], ['b', 'a']),
    sortKeys: fc.constantFrom<readonly SortKey[] | null>(null, [['at', 'ascending']], [['at', 'descending']]),
    dropDuplicates: fc.boolean(),
  })
  const columns = schema({ a: 'int64', b: 'string', at: 'int32' })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), options, (steps, given) => {
      const deltas = steps.map(({ type, entries, equality }) => ({
        type,
        tables: entries.map((rows) => tableFromRows(rows, columns)),
        ...(type === 'delete' && { equalityColumnNames: equality }),
      }))
      const model = rowByRow(steps, given).map((each) => ({ ...each, a: each.a === null ? null : BigInt(each.a) }))
      expect(merged(deltas, { ...given, schema: columns })).toEqual(model)
    }),
    { numRuns: 300 },
  )
})

interface ModelRow {
  readonly a: number | null
  readonly b: string | null
  readonly at: number | null
}
interface ModelStep {
  readonly type: DeltaType
  readonly entries: readonly (readonly ModelRow[])[]
  readonly equality: readonly string[]
}

/** The rule as storage.md words it, with no thought of speed. */
function rowByRow(steps: readonly ModelStep[], options: MergeOptions): ModelRow[] {
  const keyOf = (row: ModelRow, names: readonly string[]) =>
    JSON.stringify(names.map((name) => row[name as keyof ModelRow]))
  const keys = options.dropDuplicates === false ? [] : (options.primaryKeys ?? [])
  const isAfter = (older: ModelRow, newer: ModelRow) => {
    if (!options.sortKeys || older.at === newer.at) return false
    if (older.at === null || newer.at === null) return older.at === null
    return options.sortKeys[0]![1] === 'ascending' ? older.at > newer.at : older.at < newer.at
  }
  let rows: ModelRow[] = []
  for (const { type, entries, equality } of steps) {
    if (type === 'delete') {
      const gone = new Set(entries.flat().map((row) => keyOf(row, equality)))
      rows = rows.filter((row) => !gone.has(keyOf(row, equality)))
      continue
    }
    for (const row of entries.flat()) {
      const isSame = (other: ModelRow) =>
        type === 'upsert' && keys.length > 0 && keyOf(other, keys) === keyOf(row, keys)
      if (rows.some((older) => isSame(older) && isAfter(older, row))) continue
      rows = [...rows.filter((older) => !isSame(older)), row]
    }
  }
  return rows
}
