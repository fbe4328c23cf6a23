import { describe, expect, test } from 'vitest'
import '../../../src/vitest-plugin/vitest.ts'
import { buildFixture } from '../../../src/fixtures/index.ts'
import { toldApart } from '../../../src/vitest-plugin/matchers/message/told-apart.ts'
import { fc } from '../../chance.ts'
import { failureOf } from './failure.ts'
import { table } from './tables.ts'

const types = { id: 'int64', s: 'string' }
const NFC = 'caf\u00e9'
const NFD = 'cafe\u0301'

/** What is said of a text that should be another one. */
function changed(received: string, expected: string): string {
  const message = failureOf(() =>
    expect(table(types, [{ id: 1, s: received }])).toHaveRecords([{ id: 1, s: expected }], { key: 'id' }),
  )
  return message.replace(/^Arrow table: 1 row changed\n\n {2}id=1: s: /, '')
}

describe('what looks alike is told apart', () => {
  test('spaces other than the usual one', () => {
    expect(changed('a\u00a0b', 'a b')).toBe(String.raw`'a b' → 'a\u00a0b'
--- expected
id | s
1  | 'a b'
--- actual
id | s
1  | 'a\u00a0b'`)
    expect(
      changed('\u2003\u202f\u3000\u2060\ufeff\u{e0041}x', 'x'),
    ).toBe(String.raw`'x' → '\u2003\u202f\u3000\u2060\ufeff\u{e0041}x'
--- expected
id | s
1  | 'x'
--- actual
id | s
1  | '\u2003\u202f\u3000\u2060\ufeff\u{e0041}x'`)
  })

  test('a composed letter and a decomposed one', () => {
    expect(changed(NFD, NFC)).toBe(String.raw`'caf\u00e9' → 'cafe\u0301'
--- expected
id | s
1  | 'caf\u00e9'
--- actual
id | s
1  | 'cafe\u0301'`)
  })

  test('only where they differ: other letters stay as they are', () => {
    expect(changed('Ünïcode \u212b', 'Ünïcode \u00c5').split('\n')[0]).toBe(
      String.raw`'Ünïcode \u00c5' → 'Ünïcode \u212b'`,
    )
    expect(changed('\u2764\ufe0f', '\u2764').split('\n')[0]).toBe(String.raw`'\u2764' → '\u2764\ufe0f'`)
    expect(changed('\u2764\ufe0f é', 'x').split('\n')[0]).toBe("'x' → '\u2764\ufe0f é'")
  })

  test('far into a long text', () => {
    const lorem = 'Lorem ipsum dolor sit amet, '.repeat(9)
    expect(changed(lorem + NFD + lorem, lorem + NFC + lorem).split('\n')[0]).toBe(
      String.raw`…it amet, caf\u00e9Lorem ipsum … → …it amet, cafe\u0301Lorem ipsum …`,
    )
  })

  test('in keys, and in parts of cells', () => {
    const nested = { name: 'string', tags: 'list<string>', at: 'struct<city: string>' }
    expect(
      failureOf(() =>
        expect(table(nested, [{ name: NFD, tags: [NFC], at: { city: 'x' } }])).toHaveRecords(
          [{ name: NFC, tags: [NFC], at: { city: 'x' } }],
          { key: 'name' },
        ),
      ),
    ).toBe(String.raw`Arrow table: 1 row missing, 1 unexpected

  name='caf\u00e9': missing
  name='cafe\u0301': unexpected
--- expected
name         | tags     | at
'caf\u00e9'  | ['café'] | { city: 'x' }
--- actual
name         | tags     | at
'cafe\u0301' | ['café'] | { city: 'x' }`)
    expect(
      failureOf(() =>
        expect(table(nested, [{ name: 'a', tags: [NFD], at: { city: 'a\u00a0b' } }])).toHaveRecords(
          [{ name: 'a', tags: [NFC], at: { city: 'a b' } }],
          { key: 'name' },
        ),
      ),
    ).toBe(String.raw`Arrow table: 1 row changed

  name='a': tags: ['caf\u00e9'] → ['cafe\u0301'], at: { city: 'a b' } → { city: 'a\u00a0b' }
--- expected
name | tags           | at
'a'  | ['caf\u00e9']  | { city: 'a b' }
--- actual
name | tags           | at
'a'  | ['cafe\u0301'] | { city: 'a\u00a0b' }`)
  })

  test('in the names of columns', () => {
    expect(
      failureOf(() => expect(table({ 'a\u00a0b': 'int64' }, [])).toHaveSchema({ 'a b': 'int64' })),
    ).toBe(String.raw`Arrow table has another schema

  column "a b" is missing; expected int64
  column "a\u00a0b" is unexpected; it is int64
--- expected
schema:
  a b: int64
--- actual
schema:
  a\u00a0b: int64`)
    expect(
      failureOf(() => expect(table({ [NFD]: 'int64' }, [])).toHaveSchema({ [NFC]: 'int64' })),
    ).toBe(String.raw`Arrow table has another schema

  column "caf\u00e9" is missing; expected int64
  column "cafe\u0301" is unexpected; it is int64
--- expected
schema:
  caf\u00e9: int64
--- actual
schema:
  cafe\u0301: int64`)
    const names = table({ [NFC]: 'int64' }, [])
    expect(
      failureOf(() => expect(table({ [NFD]: 'int64' }, [])).toHaveRecords(names)),
    ).toBe(String.raw`Arrow table: the schemas differ in 2 columns; 0 rows equal

  column "caf\u00e9" is missing; expected int64
  column "cafe\u0301" is unexpected; it is int64
--- expected
caf\u00e9: int64
--- actual
cafe\u0301: int64`)
  })

  test('in partition values, and in a catalog', () => {
    const shop = (city: string, note: string) => ({
      namespaces: {
        shop: {
          tables: {
            orders: {
              description: note,
              schema: { city: 'string' },
              partitionKeys: ['city'],
              partitions: [{ values: [city] }],
            },
          },
        },
      },
    })
    const catalog = buildFixture(shop(NFD, 'a\u00a0b'))
    const version = catalog.getTableVersion('shop', 'orders', '1')
    expect(
      failureOf(() => expect(version).toHavePartitions([[NFC]])).replace(/\n\n {4}at .*/, ''),
    ).toBe(String.raw`shop.orders has other partitions than expected

  0: expected ['caf\u00e9'], committed, found ['cafe\u0301'], committed
--- expected
list:
  ['caf\u00e9'], committed
--- actual
list:
  ['cafe\u0301'], committed`)
    expect(
      failureOf(() => expect(catalog).toMatchFixture(shop(NFC, 'a b'))),
    ).toBe(String.raw`the catalog differs from the inline fixture

  shop.orders: description: a b → a\u00a0b
  shop.orders@1/"café": should be partition "caf\u00e9", committed, but is partition "cafe\u0301", committed
--- expected
catalog
  namespace shop
    table orders
      description: a b
      version 1, unreleased
        stream 0, committed
          partition "caf\u00e9", committed
--- actual
catalog
  namespace shop
    table orders
      description: a\u00a0b
      version 1, unreleased
        stream 0, committed
          partition "cafe\u0301", committed`)
    catalog.close()
  })

  test('whatever the texts: no two that differ are printed the same once normalised', () => {
    const text = fc.string({
      unit: fc.constantFrom('e', 'é', '\u0301', '\u212b', '\u00c5', '\ufe0f', '\u1100', '\u1161', '가'),
    })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const tell = toldApart([a, b])
        expect(tell(a).normalize() === tell(b).normalize()).toBe(a === b)
      }),
      { numRuns: 500 },
    )
  })
})
