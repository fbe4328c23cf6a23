import { describe, expect, test } from 'vitest'
import type { ContentType } from '../../../src/catalog/model/common.ts'
import { decodeRecords, encodeRecords } from '../../../src/catalog/records/codec.ts'
import { type Row, rowsFromTable, tableFromRows } from '../../../src/catalog/records/rows.ts'
import { formatField, parseField } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'

const UNESCAPED = 'application/x-amzn-unescaped-tsv'
const schema = (columns: Readonly<Record<string, string>>) =>
  schemaOf(Object.entries(columns).map(([name, type]) => parseField(name, type)))
const write = (rows: readonly Row[], columns: Readonly<Record<string, string>>, contentType: ContentType) =>
  Buffer.from(encodeRecords(tableFromRows(rows, schema(columns)), contentType).bytes).toString()
const read = (text: string, contentType: ContentType, columns?: Readonly<Record<string, string>>) =>
  decodeRecords(Buffer.from(text), contentType, columns === undefined ? {} : { schema: schema(columns) })
const refusal = (code: string, message: string) => expect.objectContaining({ code, message })

describe('writing', () => {
  const columns = {
    ...{ int: 'int64', float: 'float64', single: 'float32', flag: 'bool', text: 'string', day: 'date32' },
    ...{
      at: 'timestamp[us, UTC]',
      time: 'time32[ms]',
      price: 'decimal(12,2)',
      kind: 'dictionary<int8, string>',
      raw: 'binary',
    },
  }
  const rows: readonly Row[] = [
    {
      ...{
        int: -1,
        float: 1e16,
        single: 0.1,
        flag: true,
        text: 'a "b", c',
        day: '1969-12-31',
        at: '2024-02-29T23:59:59Z',
      },
      ...{ time: '12:00:00', price: '10.5', kind: 'x', raw: Buffer.from('å') },
    },
    { int: null, text: '' },
  ]

  test('CSV: texts quoted, the rest bare, null empty', () => {
    expect(write(rows, columns, 'text/csv')).toBe(
      [
        '"int","float","single","flag","text","day","at","time","price","kind","raw"',
        '-1,1e+16,0.1,true,"a ""b"", c",1969-12-31,2024-02-29 23:59:59.000000Z,12:00:00.000,10.50,"x","å"',
        ',,,,"",,,,,,',
        '',
      ].join('\n'),
    )
  })

  test.each<[ContentType, string]>([
    ['text/tsv', '"a"\t"b"\n1\t"x\ty"\n'],
    ['text/psv', '"a"|"b"\n1|"x\ty"\n'],
  ])('%s', (contentType, text) => {
    expect(write([{ a: 1, b: 'x\ty' }], { a: 'int64', b: 'string' }, contentType)).toBe(text)
  })

  test('unescaped TSV: only the names are quoted', () => {
    expect(
      write(
        [
          { a: 'x y', 'b"c': 'd,e' },
          { a: null, 'b"c': 'f' },
        ],
        { a: 'string', 'b"c': 'string' },
        UNESCAPED,
      ),
    ).toBe('"a"\t"b""c"\nx y\td,e\n\tf\n')
  })

  // What pyarrow 12 writes.
  test.each<[type: string, value: unknown, text: string]>([
    ['float64', 5, '5'],
    ['float64', -0, '-0'],
    ['float64', 0.1, '0.1'],
    ['float64', 1e-5, '0.00001'],
    ['float64', 1e-6, '1e-6'],
    ['float64', 123456789012345, '123456789012345'],
    ['float64', 1e15, '1e+15'],
    ['float64', 123456789012345680, '1.2345678901234568e+17'],
    ['float64', 1e300, '1e+300'],
    ['float64', Number.POSITIVE_INFINITY, 'inf'],
    ['float64', Number.NEGATIVE_INFINITY, '-inf'],
    ['float64', Number.NaN, 'nan'],
    ['float32', 16777216, '16777216'],
    ['float32', 1e30, '1e+30'],
    ['decimal(10,-2)', '1000', '1.0E+3'],
    ['decimal(10,9)', '0.000000001', '1.E-9'],
    ['decimal(10,6)', '0.000001', '0.000001'],
    ['timestamp[s]', '1969-12-31T23:59:59', '1969-12-31 23:59:59'],
    ['timestamp[ns]', -1n, '1969-12-31 23:59:59.999999999'],
    ['time64[ns]', '00:00:00.000000001', '00:00:00.000000001'],
    ['duration[ms]', 5, '5'],
    ['uint64', 18446744073709551615n, '18446744073709551615'],
  ])('%s %o', (type, value, text) => {
    expect(write([{ c: value }], { c: type }, UNESCAPED)).toBe(`"c"\n${text}\n`)
    expect(rowsFromTable(read(`"c"\n${text}\n`, UNESCAPED, { c: type }))).toEqual(
      rowsFromTable(tableFromRows([{ c: value }], schema({ c: type }))),
    )
  })

  test.each<[string, Row[], Record<string, string>, ContentType, string, string]>([
    ...['a\tb', 'a\nb', 'a\rb', 'a"b'].map(
      (text): [string, Row[], Record<string, string>, ContentType, string, string] => [
        JSON.stringify(text),
        [{ c: 'fine' }, { c: text }],
        { c: 'string' },
        UNESCAPED,
        'invalid-argument',
        `Unescaped TSV can't hold column "c" of row 1, ${JSON.stringify(text)}: it has a tab, a line break or a quote; store it as Parquet.`,
      ],
    ),
    [
      'an empty text',
      [{ c: '', d: 1 }],
      { c: 'string', d: 'int64' },
      UNESCAPED,
      'invalid-argument',
      `Unescaped TSV can't hold column "c" of row 0, "": it is empty, which reads back as null; store it as Parquet.`,
    ],
    [
      'a null alone on its line',
      [{ c: 1 }, { c: null }],
      { c: 'int64' },
      'text/csv',
      'invalid-argument',
      `CSV can't hold a null in "c", its only column: row 1 would be an empty line, which no reader takes for a null; store it as Parquet.`,
    ],
    [
      'bytes that are no text',
      [{ c: new Uint8Array([255]) }],
      { c: 'binary' },
      'text/csv',
      'invalid-argument',
      `CSV can't hold the bytes of column "c", which are no UTF-8; store it as Parquet or Feather.`,
    ],
    [
      'a list',
      [{ c: [1] }],
      { c: 'list<int64>' },
      'text/psv',
      'unsupported',
      `PSV can't hold column "c" of type list<int64>; store it as Parquet, Feather or JSON.`,
    ],
    ['no columns', [{}], {}, 'text/csv', 'invalid-argument', `A table without columns can't be written as CSV.`],
  ])('refuses %s', (_, rows, columns, contentType, code, message) => {
    expect(() => write(rows, columns, contentType)).toThrowError(refusal(code, message))
  })
})

describe('reading', () => {
  test('an empty value is null, a quoted one the empty text', () => {
    expect(rowsFromTable(read('a,b\n,""\n"",x\n', 'text/csv'))).toEqual([
      { a: null, b: '' },
      { a: '', b: 'x' },
    ])
  })

  test('in unescaped TSV both are null', () => {
    expect(rowsFromTable(read('"a"\t"b"\n\t1\n""\t2\n', UNESCAPED))).toEqual([
      { a: null, b: 1n },
      { a: null, b: 2n },
    ])
  })

  test('a byte-order mark, any line break and blank lines are passed over', () => {
    expect(rowsFromTable(read('\uFEFFa,b\r\n1,"x\r\ny"\r\n\r\n2,z', 'text/csv'))).toEqual([
      { a: 1n, b: 'x\r\ny' },
      { a: 2n, b: 'z' },
    ])
  })

  test('the schema decides, for the columns that it has', () => {
    const table = read('id,total,other\n0123,10.5,1\n', 'text/csv', {
      total: 'decimal(12,2)',
      id: 'string',
      more: 'int8',
    })
    expect(table.schema.fields.map((field) => `${field.name}: ${formatField(field)}`)).toEqual([
      'id: string',
      'total: decimal(12,2)',
      'other: int64',
    ])
    expect(rowsFromTable(table)).toEqual([{ id: '0123', total: '10.50', other: 1n }])
  })

  test('the columns asked for come in their order', () => {
    const table = decodeRecords(Buffer.from('a,b,c\n1,2,3\n'), 'text/csv', { columns: ['c', 'a'] })
    expect(rowsFromTable(table).map((row) => Object.entries(row))).toEqual([
      [
        ['c', 3n],
        ['a', 1n],
      ],
    ])
    expect(() => decodeRecords(Buffer.from('name\n1\n'), 'text/csv', { columns: ['nmae'] })).toThrowError(
      refusal('invalid-argument', 'There is no column "nmae"; there is name; did you mean "name"?'),
    )
  })

  // As pyarrow 12 infers them.
  test.each<[type: string, ...texts: string[]]>([
    ['null', '', ''],
    ['int64', '1', '-5', '007', '', ' 5 ', '9223372036854775807'],
    ['int64', '20240229'],
    ['bool', 'true', 'TRUE', 'False', '1', ''],
    ['date32', '2024-02-29', '9999-12-31'],
    ['time32[s]', '12:30', '12:30:15'],
    ['timestamp[s]', '2024-02-29', '2024-02-29 12:30:15', '2024-02-29T12:30', '2024-02-29 12'],
    ['timestamp[ns]', '2024-02-29', '2024-02-29 12:30:15.5', '2024-02-29 12:30:15.123456789'],
    ['timestamp[s, UTC]', '2024-02-29 12:30:15Z', '2024-02-29 12:30:15+01:00', '2024-02-29 12:30:15-0130'],
    ['timestamp[ns, UTC]', '2024-02-29 12:30:15Z', '2024-02-29 12:30:15.5+01'],
    ['float64', '1', '1.5', '.5', '5.', '1e5', 'nan', 'NaN', '-inf', 'Infinity'],
    ['float64', '9223372036854775808'],
    ['string', '1', 'x'],
    ['string', '+5'],
    ['string', 'tRue'],
    ['string', '2024-2-29'],
    ['string', '2024-02-30'],
    ['string', '12:30:15.5'],
    ['string', '24:00:00'],
    ['string', '2024-02-29 12:30:15.1234567891'],
    ['string', '2024-02-29 12:30:15', '2024-02-29 12:30:15Z'],
    ['string', '10000-01-01'],
    ['string', '1_0'],
  ])('%s is inferred from %j', (type, ...texts) => {
    const text = ['c\td', ...texts.map((value) => `${value}\t1`)].join('\n')
    expect(formatField(read(text, UNESCAPED).schema.fields[0]!)).toBe(type)
  })

  test('a header alone gives columns of nothing, no header an empty table of the schema', () => {
    expect(read('a,b\n', 'text/csv').schema.fields.map(formatField)).toEqual(['null', 'null'])
    expect(read('a,b\n', 'text/csv', { a: 'int8' }).schema.fields.map(formatField)).toEqual(['int8', 'null'])
    const empty = read('', 'text/csv', { a: 'int8' })
    expect([empty.numRows, empty.schema.names]).toEqual([0, ['a']])
  })

  test.each<[string, string, Record<string, string> | undefined, string]>([
    ['nothing', '', undefined, 'The CSV is empty: it lacks even its header; write it again from its source.'],
    [
      'a short line',
      'a,b\n1\n',
      undefined,
      `The CSV can't be parsed (Invalid Record Length: expect 2, got 1 on line 2); write it again from its source.`,
    ],
    [
      'an open quote',
      'a,b\n1,"x\n',
      undefined,
      `The CSV can't be parsed (Quote Not Closed: the parsing is finished with an opening quote at line 2); write it again from its source.`,
    ],
    [
      'a value of another type',
      'a,b\n1,2\nx,3\n',
      { a: 'int64' },
      `The CSV doesn't fit its schema (column "a" (int64), row 1: "x" is not a whole number); correct the value or the schema.`,
    ],
    [
      'a null where none may be',
      'a,b\n,2\n',
      { a: 'int64!' },
      `The CSV doesn't fit its schema (Column "a" (int64!), row 0: it may not be null); correct the value or the schema.`,
    ],
  ])('refuses %s', (_, text, columns, message) => {
    expect(() => read(text, 'text/csv', columns)).toThrowError(refusal('corrupt', message))
  })

  test('refuses what is no UTF-8', () => {
    expect(() => decodeRecords(new Uint8Array([97, 10, 255, 10]), 'text/csv')).toThrowError(
      refusal('corrupt', 'The CSV is no UTF-8; store it in that encoding.'),
    )
  })
})

test.each(['application/orc', 'application/x-amzn-ion'] as const)(
  '%s is refused, with what is supported',
  (contentType) => {
    const message = `Records of content type "${contentType}" can't be read or written; use one of application/parquet, ${UNESCAPED}, text/csv, text/tsv, text/psv, application/json, application/feather.`
    expect(() => write([{ a: 1 }], { a: 'int64' }, contentType)).toThrowError(refusal('unsupported', message))
    expect(() => read('', contentType)).toThrowError(refusal('unsupported', message))
  },
)
