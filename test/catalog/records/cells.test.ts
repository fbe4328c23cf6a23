import { describe, expect, test } from 'vitest'
import { dateOf, daysOf, formatDate } from '../../../src/catalog/records/calendar.ts'
import { type Cell, cellFromText, cellReader, toCell } from '../../../src/catalog/records/cells.ts'
import { halfOfNumber, numberOfHalf } from '../../../src/catalog/records/float16.ts'
import { tableFromColumns } from '../../../src/catalog/records/rows.ts'
import { parseField, parseType } from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'
import { formatTimestamp, parseTimestamp } from '../../../src/catalog/records/temporal.ts'
import { fc } from '../../chance.ts'
import { FLAT_TYPES, halfOf, RUNS, tables } from './arbitrary.ts'

describe('toCell', () => {
  test.each<[type: string, value: unknown, cell: Cell]>([
    ['int8', -128, -128],
    ['int8', 5n, 5],
    ['uint32', 4294967295, 4294967295],
    ['int32', -0, 0],
    ['int64', 9007199254740991, 9007199254740991n],
    ['int64', -9223372036854775808n, -9223372036854775808n],
    ['int64', '9223372036854775807', 9223372036854775807n],
    ['uint64', 18446744073709551615n, 18446744073709551615n],
    ['float64', -0, -0],
    ['float64', 1, 1],
    ['float64', 9007199254740992n, 9007199254740992],
    ['float64', Number.NaN, Number.NaN],
    ['float64', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['float32', 0.1, 0.10000000149011612],
    ['float16', 0.1, 0.0999755859375],
    ['float16', 65504, 65504],
    ['bool', true, true],
    ['string', 'å🙂', 'å🙂'],
    ['binary', Buffer.from([0, 255]), new Uint8Array([0, 255])],
    ['fixed_size_binary[2]', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    ['decimal(12,2)', '10.5', '10.50'],
    ['decimal(12,2)', 10.5, '10.50'],
    ['decimal(12,2)', -3n, '-3.00'],
    ['decimal(12,2)', '1E-2', '0.01'],
    ['decimal(12,2)', '-0', '0.00'],
    ['decimal(12,2)', '00012.3400', '12.34'],
    ['decimal(5,-2)', '12300', '12300'],
    ['decimal(38,18)', '12345678901234567890.123456789012345678', '12345678901234567890.123456789012345678'],
    ['decimal256(76,0)', '9'.repeat(76), '9'.repeat(76)],
    ['date32', '1969-12-31', '1969-12-31'],
    ['date32', new Date('2024-02-29T00:00:00Z'), '2024-02-29'],
    ['date32', '+010000-01-01', '+010000-01-01'],
    ['date64', '-000001-12-31', '-000001-12-31'],
    ['time32[s]', '23:59', '23:59:00'],
    ['time32[ms]', '23:59:59.9', '23:59:59.900'],
    ['time64[ns]', '00:00:00.000000001', '00:00:00.000000001'],
    ['timestamp[s]', '2024-02-29 23:59', '2024-02-29T23:59:00'],
    ['timestamp[s]', '2024-02-29T23:59:59.000', '2024-02-29T23:59:59'],
    ['timestamp[us]', '2024-02-29', '2024-02-29T00:00:00.000000'],
    ['timestamp[us]', new Date(-1), '1969-12-31T23:59:59.999000'],
    ['timestamp[ns]', -1n, '1969-12-31T23:59:59.999999999'],
    ['timestamp[us, UTC]', '2024-03-01T00:59:59.123456+01:00', '2024-02-29T23:59:59.123456Z'],
    ['timestamp[us, Europe/Oslo]', '2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000000Z'],
    ['timestamp[ms, UTC]', '2024-02-29T20:29:59-0330', '2024-02-29T23:59:59.000Z'],
    ['timestamp[s]', '+292277026596-12-04T15:30:07', '+292277026596-12-04T15:30:07'],
    ['duration[s]', 5, 5n],
    ['list<int64>', [1, null, 2n], [1n, null, 2n]],
    ['list<uint8>', new Uint8Array([1, 2]), [1, 2]],
    ['fixed_size_list<float64>[2]', new Float64Array([1, 2]), [1, 2]],
    ['struct<a: int64, b: string>', { b: 'x' }, { a: null, b: 'x' }],
    ['struct<constructor: int8>', {}, { constructor: null }],
    ['map<string, int64>', { k: 1 }, [['k', 1n]]],
    ['map<int8, string>', new Map([[1, 'x']]), [[1, 'x']]],
    ['map<string, list<int8>>', [['k', [1]]], [['k', [1]]]],
    ['dictionary<int8, decimal(5,2)>', '1.5', '1.50'],
    ['int64', null, null],
    ['int64', undefined, null],
    ['null', null, null],
  ])('%s takes %o', (type, value, cell) => {
    expect(toCell(parseType(type), value)).toEqual(cell)
  })

  test.each<[type: string, value: unknown, message: string]>([
    ['int8', 128, '128 is beyond what int8 holds, -128 to 127'],
    ['int8', '1', '"1" is not a whole number'],
    ['int8', '', '"" is not a whole number'],
    ['uint8', -1, '-1 is beyond what uint8 holds, 0 to 255'],
    ['int32', 1.5, '1.5 is not a whole number'],
    ['int32', Number.NaN, 'NaN is not a whole number'],
    ['int32', 2 ** 40, '1099511627776 is beyond what int32 holds, -2147483648 to 2147483647'],
    [
      'int64',
      2 ** 53,
      '9007199254740992 is beyond the integers that a number counts exactly; write a bigint, its digits with an n',
    ],
    ['int64', 2n ** 63n, '9223372036854775808 is beyond what int64 holds, -9223372036854775808 to 9223372036854775807'],
    ['uint64', '-1', '-1 is beyond what uint64 holds, 0 to 18446744073709551615'],
    ['float64', '1', '"1" is not a number'],
    ['float64', 9007199254740993n, '9007199254740993 is not a number that float64 holds exactly'],
    ['float32', 1e39, '1e+39 is beyond what float32 holds'],
    ['float16', 65520, '65520 is beyond what float16 holds'],
    ['bool', 1, '1 is not true or false'],
    ['string', 1, '1 is not a text; write it in quotes'],
    ['string', 'a\ud800', String.raw`"a\ud800" has half of a surrogate pair, which UTF-8 can't encode`],
    ['binary', 'x', '"x" is not a Uint8Array'],
    ['fixed_size_binary[4]', new Uint8Array(3), "3 bytes don't fit fixed_size_binary[4], which holds exactly 4"],
    ['decimal(12,2)', '1.234', `"1.234" doesn't fit decimal(12,2), which holds 12 digits, 2 of them after the point`],
    ['decimal(3,2)', '10', `"10" doesn't fit decimal(3,2), which holds 3 digits, 2 of them after the point`],
    ['decimal(3,2)', '1e-3', `"1e-3" doesn't fit decimal(3,2), which holds 3 digits, 2 of them after the point`],
    ['decimal(3,2)', 'abc', '"abc" is not a decimal number'],
    ['decimal(3,2)', Number.NaN, 'NaN is not a decimal number'],
    ['date32', '2023-02-29', `"2023-02-29" is a day that isn't in the calendar`],
    ['date32', '29.2.2024', '"29.2.2024" is not a date; write it as 2024-02-29'],
    ['date32', new Date(1), 'Date 1970-01-01T00:00:00.001Z is not midnight in UTC, so it is no date'],
    ['date32', 19000, '19000 is not a date: its unit would be a guess; write ISO text or a Date'],
    ['date32', '+999999999-01-01', '+999999999-01-01 is beyond what date32 holds'],
    ['time32[s]', '24:00:00', '"24:00:00" is beyond 23:59:59'],
    ['time32[s]', '1:00', '"1:00" is not a time of day; write it as 23:59:59'],
    ['time32[ms]', '00:00:00.0001', '"00:00:00.0001" has more digits of a second than the unit ms holds'],
    [
      'timestamp[s]',
      '2024-02-29T00:00:00.5',
      '"2024-02-29T00:00:00.5" has more digits of a second than the unit s holds',
    ],
    [
      'timestamp[us, UTC]',
      '2024-02-29T00:00:00',
      '"2024-02-29T00:00:00" has no offset, but the column has a time zone; write "2024-02-29T00:00:00Z" for UTC',
    ],
    [
      'timestamp[us]',
      '2024-02-29T00:00:00Z',
      '"2024-02-29T00:00:00Z" has an offset, but the column has no time zone; leave it out, or declare one: timestamp[us, UTC]',
    ],
    [
      'timestamp[ns]',
      '2300-01-01',
      '"2300-01-01" is beyond what a timestamp[ns] holds, 1677-09-21T00:12:43.145224192 to 2262-04-11T23:47:16.854775807',
    ],
    [
      'timestamp[ns]',
      1e18,
      '1000000000000000000 is not a timestamp: its unit would be a guess; write ISO text or a Date',
    ],
    ['timestamp[s]', new Date(1), "Date 1970-01-01T00:00:00.001Z has milliseconds, which a timestamp[s] can't hold"],
    ['timestamp[s]', new Date(Number.NaN), 'an invalid Date is no timestamp'],
    ['list<int8>', 'ab', '"ab" is not a list'],
    ['list<int8>', [1, 300], 'item 1: 300 is beyond what int8 holds, -128 to 127'],
    ['list<int8!>', [null], 'item 0: it may not be null'],
    ['fixed_size_list<int8>[2]', [1], "a list of 1 doesn't fit a fixed_size_list of 2"],
    ['struct<name: int8>', { nmae: 1 }, 'the struct has no field "nmae"; it has name; did you mean "name"?'],
    ['struct<a: struct<b: int8>>', { a: { b: 'x' } }, 'field "a": field "b": "x" is not a whole number'],
    ['struct<a: int8!>', {}, 'field "a": it may not be null'],
    ['struct<a: int8>', [1], "a list of 1 is not an object of the struct's fields"],
    ['map<string, int8>', [['k']], 'a list of 1 is not a pair of key and value'],
    ['map<string, int8>', [[null, 1]], "a map's key is never null"],
    ['map<string, int8>', { k: 'x' }, 'key "k": "x" is not a whole number'],
    ['null', 0, '0 is in a column of type null, which holds nothing'],
  ])('%s refuses %o', (type, value, message) => {
    expect(() => toCell(parseType(type), value)).toThrowError(
      expect.objectContaining({ code: 'invalid-argument', message }),
    )
  })
})

describe('cellFromText', () => {
  test.each<[type: string, text: string, cell: Cell]>([
    ['int64', '9007199254740993', 9007199254740993n],
    ['int8', '0123', 123],
    ['int8', '+5', 5],
    ['string', '0123', '0123'],
    ['string', 'NO', 'NO'],
    ['float64', '.5', 0.5],
    ['float64', '-.inf', Number.NEGATIVE_INFINITY],
    ['float64', '.NaN', Number.NaN],
    ['float32', '1e-3', 0.0010000000474974513],
    ['bool', 'True', true],
    ['bool', '0', false],
    ['decimal(12,2)', '10.50', '10.50'],
    ['timestamp[ns]', '2024-02-29 23:59:59.123456789', '2024-02-29T23:59:59.123456789'],
    ['duration[ms]', '-5', -5n],
    ['dictionary<int8, string>', 'a', 'a'],
    ['binary', 'å', new Uint8Array([0xc3, 0xa5])],
    ['null', '', null],
  ])('%s reads %j', (type, text, cell) => {
    expect(cellFromText(parseType(type), text)).toEqual(cell)
  })

  test.each([
    ['int64', '1.0', '"1.0" is not a whole number', 'invalid-argument'],
    ['float64', '1,5', '"1,5" is not a number', 'invalid-argument'],
    ['float64', '1e999', '"1e999" is beyond what float64 holds', 'invalid-argument'],
    ['bool', 'yes', '"yes" is not true or false', 'invalid-argument'],
    ['list<int8>', '[1]', `A list<int8> can't be read from plain text; write it as JSON or YAML.`, 'unsupported'],
  ])('%s refuses %j', (type, text, message, code) => {
    expect(() => cellFromText(parseType(type), text)).toThrowError(expect.objectContaining({ code, message }))
  })
})

test('a column gives back the cells that it was made of, and toCell leaves them as they are', () => {
  fc.assert(
    fc.property(tables({ flat: FLAT_TYPES, isNested: true }), (table) => {
      const columns = table.schema.fields.map((field, index) => {
        const read = cellReader(table.getChildAt(index)!)
        const cells = Array.from({ length: table.numRows }, (_, row) => read(row))
        for (const cell of cells) expect(toCell(field.type, cell)).toEqual(cell)
        return cells
      })
      const again = tableFromColumns(table.schema, columns)
      table.schema.fields.forEach((_, index) => {
        const read = cellReader(again.getChildAt(index)!)
        expect(Array.from({ length: again.numRows }, (_unused, row) => read(row))).toEqual(columns[index])
      })
    }),
    { numRuns: RUNS },
  )
})

test('a half is the number of its bits, whichever they are', () => {
  const numbers = Array.from({ length: 2 ** 16 }, (_, bits) => halfOf(bits))
  expect([0x3c00, 0xc000, 0x0001, 0x7bff, 0x8000, 0xfc00, 0x7e01].map((bits) => numbers[bits])).toEqual([
    ...[1, -2, 2 ** -24, 65_504, -0, Number.NEGATIVE_INFINITY, Number.NaN],
  ])
  const read = cellReader(tableFromColumns(schemaOf([parseField('h', 'float16')]), [numbers]).getChildAt(0)!)
  expect(numbers.map((_, row) => read(row))).toEqual(numbers)
})

test('rows may be read in any order over several chunks', () => {
  const one = tableFromColumns(schemaOf([parseField('a', 'int64')]), [[0n, 1n, null]])
  const read = cellReader(one.concat(one, one.slice(1)).getChildAt(0)!)
  expect([7, 0, 4, 3, 6, 2, 5, 1].map(read)).toEqual([null, 0n, 1n, 0n, 1n, null, null, 1n])
})

test('the calendar agrees with JavaScript over its whole range', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (days) => {
      expect(formatDate(days)).toBe(new Date(days * 86_400_000).toISOString().slice(0, -'T00:00:00.000Z'.length))
      expect(daysOf(dateOf(days))).toBe(days)
    }),
  )
})

test('timestamps agree with JavaScript, and are read back in every unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }), (milliseconds) => {
      expect(formatTimestamp(BigInt(milliseconds), 'ms', true)).toBe(new Date(milliseconds).toISOString())
    }),
  )
  const count = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  fc.assert(
    fc.property(count, fc.constantFrom('s', 'ms', 'us', 'ns'), fc.boolean(), (value, unit, isInstant) => {
      expect(parseTimestamp(formatTimestamp(value, unit, isInstant), unit, isInstant)).toBe(value)
    }),
  )
})

test('all halves are read back, and numbers between two go to the nearer, ties to the even one', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = numberOfHalf(bits)
    if (!Number.isNaN(value) && halfOfNumber(value) !== bits)
      expect.fail(`${bits.toString(16)} became ${halfOfNumber(value)}`)
  }
  for (let bits = 0; bits < 0x7bff; bits++) {
    const middle = (numberOfHalf(bits) + numberOfHalf(bits + 1)) / 2
    if (halfOfNumber(middle) !== bits + (bits & 1))
      expect.fail(`the middle after ${bits.toString(16)} went the wrong way`)
    if (halfOfNumber(middle * (1 - 2 ** -40)) !== bits) expect.fail(`below the middle after ${bits.toString(16)}`)
    if (halfOfNumber(middle * (1 + 2 ** -40)) !== bits + 1) expect.fail(`above the middle after ${bits.toString(16)}`)
  }
})
