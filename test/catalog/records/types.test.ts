import { describe, expect, test } from 'vitest'
import {
  formatField,
  formatType,
  parseField,
  parseType,
  schemaFromText,
  schemaToText,
} from '../../../src/catalog/records/schema.ts'
import { schemaOf } from '../../../src/catalog/records/table.ts'
import { fc } from '../../chance.ts'
import { FLAT_TYPES, RUNS, tables } from './arbitrary.ts'

describe('parseType', () => {
  test.each([
    ['float', 'float32'],
    ['double', 'float64'],
    ['halffloat', 'float16'],
    ['boolean', 'bool'],
    ['utf8', 'string'],
    ['large_utf8', 'large_string'],
    ['date32[day]', 'date32'],
    ['date64[ms]', 'date64'],
    ['decimal128(38, 18)', 'decimal(38,18)'],
    ['decimal(5)', 'decimal(5,0)'],
    ['timestamp[us, tz=Europe/Oslo]', 'timestamp[us, Europe/Oslo]'],
    ['timestamp[ns, tz=+01:00]', 'timestamp[ns, +01:00]'],
    [' list < int64 > ', 'list<int64>'],
    ['list<item: struct<a: int32, b: string>>', 'list<struct<a: int32, b: string>>'],
    ['list<item: int64 not null>', 'list<int64!>'],
    ['list<element: int64>', 'list<element: int64>'],
    ['large_list<item: string>', 'large_list<string>'],
    ['fixed_size_list<item: float>[3]', 'fixed_size_list<float32>[3]'],
    ["map<string, int64 ('map')>", 'map<string, int64>'],
    ['map<string, int64, keys_sorted>', 'map<string, int64, keys_sorted>'],
    ['dictionary<values=string, indices=int32, ordered=0>', 'dictionary<int32, string>'],
    ['dictionary<values=string, indices=int8, ordered=1>', 'dictionary<int8, string, ordered>'],
    ['struct<"a b": int64!, c-d: list<string>>', 'struct<"a b": int64!, c-d: list<string>>'],
    ['struct<a b: int64>', 'struct<"a b": int64>'],
    ['month_day_nano_interval', 'interval[month-day-nano]'],
  ])('reads %s', (text, formatted) => {
    expect(formatType(parseType(text))).toBe(formatted)
  })

  test.each([
    ['int46', `The type "int46" can't be read at character 1: "int46" is no Arrow type; did you mean "int64"?`],
    [
      'list<strin>',
      `The type "list<strin>" can't be read at character 6: "strin" is no Arrow type; did you mean "string"?`,
    ],
    ['varchar', `The type "varchar" can't be read at character 1: "varchar" is no Arrow type; write "string".`],
    ['int', `The type "int" can't be read at character 1: "int" is no Arrow type; write "int32" or "int64".`],
    [
      'foo',
      `The type "foo" can't be read at character 1: "foo" is no Arrow type; int64, float64, string and timestamp[us] are some.`,
    ],
    ['', `The type "" can't be read at its end: a type is missing here.`],
    ['timestamp', `The type "timestamp" can't be read at character 1: write timestamp[us] or timestamp[us, UTC].`],
    ['timestamp[m]', `The type "timestamp[m]" can't be read at character 11: the unit is s, ms, us or ns.`],
    ['time32[us]', `The type "time32[us]" can't be read at character 1: write time32[s] or time32[ms].`],
    ['decimal(12', `The type "decimal(12" can't be read at its end: ")" is missing.`],
    ['decimal(40,2)', `The type "decimal(40,2)" can't be read at character 8: decimal128 has 1 to 38 digits.`],
    ['decimal(4,5)', `The type "decimal(4,5)" can't be read at character 8: the scale 5 is beyond the 4 digits.`],
    [
      'fixed_size_binary[-16]',
      `The type "fixed_size_binary[-16]" can't be read at character 19: the size -16 is below 0.`,
    ],
    [
      'fixed_size_list<int32>[-2]',
      `The type "fixed_size_list<int32>[-2]" can't be read at character 24: the size -2 is below 0.`,
    ],
    ['list<int64', `The type "list<int64" can't be read at its end: ">" is missing.`],
    ['int64 x', `The type "int64 x" can't be read at character 7: "x" is left over.`],
    [
      'int64!',
      `The type "int64!" can't be read at its end: "!" (not null) belongs to a column or a field, not to a type alone.`,
    ],
    ['struct<int64>', `The type "struct<int64>" can't be read at character 8: a field is written as "name: type".`],
    [
      'dictionary<int64, string>',
      `The type "dictionary<int64, string>" can't be read at character 12: a dictionary is indexed by an integer of at most 32 bits: dictionary<int32, string>.`,
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseType(text)).toThrowError(expect.objectContaining({ code: 'invalid-argument', message }))
  })

  test('refuses types nested without end, at once', () => {
    expect(() => parseType('list<'.repeat(100_000))).toThrowError(/: it nests more than 64 types\.$/)
  })
})

test('a field is not null where its type ends with "!"', () => {
  expect(
    [parseField('a', 'int64!'), parseField('a', 'int64'), parseField('a', 'list<int8!> not null')].map(formatField),
  ).toEqual(['int64!', 'int64', 'list<int8!>!'])
})

test('every type is read back from its text, and every schema from its own', () => {
  fc.assert(
    fc.property(tables({ flat: FLAT_TYPES, isNested: true }), ({ schema }) => {
      for (const { type } of schema.fields) expect(formatType(parseType(formatType(type)))).toBe(formatType(type))
      const read = schemaFromText(schemaToText(schema))!
      expect(read.fields.map((field) => [field.name, formatField(field)])).toEqual(
        schema.fields.map((field) => [field.name, formatField(field)]),
      )
    }),
    { numRuns: RUNS },
  )
})

describe('schemaFromText', () => {
  test("reads pyarrow's own serialized schema", () => {
    const text =
      '/////2ABAAAQAAAAAAAKAA4ABgAFAAgACgAAAAABBAAQAAAAAAAKAAwAAAAEAAgACgAAADQAAAAEAAAAAQAAAAwAAAAIAAwABAAIAAgAAAAIAAAADAAAAAEAAABrAAAAAQAAAHYAAAADAAAAxAAAAGQAAAAUAAAAEAAUAAgABgAHAAwAAAAQABAAAAAAAAEKEAAAABwAAAAEAAAAAAAAAAIAAABhdAAACAAMAAYACAAIAAAAAAACAAQAAAADAAAAVVRDABAAGAAIAAYABwAMABAAFAAQAAAAAAABBRQAAAA8AAAAIAAAAAQAAAAAAAAABAAAAGtpbmQAAAAACAAIAAAABAAIAAAABAAAALz///8AAAABIAAAAAQABAAEAAAAEAAUAAgAAAAHAAwAAAAQABAAAAAAAAACEAAAABwAAAAEAAAAAAAAAAIAAABpZAAACAAMAAgABwAIAAAAAAAAAUAAAAAAAAAA'
    const schema = schemaFromText(text)!
    expect(schema.fields.map((field) => [field.name, formatField(field)])).toEqual([
      ['id', 'int64!'],
      ['kind', 'dictionary<int32, string>'],
      ['at', 'timestamp[us, UTC]'],
    ])
    expect([...schema.metadata]).toEqual([['k', 'v']])
  })

  test.each(['', 'id: int64', 'AAAA', 'e30=', '/////wAAAAA='])('takes %j for an opaque schema', (text) => {
    expect(schemaFromText(text)).toBeNull()
  })

  test('takes a damaged schema for an opaque one, or reads it: it never throws nor hangs', () => {
    const bytes = Buffer.from(
      schemaToText(schemaOf([parseField('a', 'map<string, list<dictionary<int8, string>>>')])),
      'base64',
    )
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 1, 127, 255]) {
        const damaged = Buffer.from(bytes)
        damaged[at] = value
        expect([true, false]).toContain(schemaFromText(damaged.toString('base64')) === null)
      }
    }
  })
})
