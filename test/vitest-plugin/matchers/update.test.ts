import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deserializeCatalog } from '../../../src/catalog/catalog.ts'
import { bindFixture, buildFixture, fixtureOf } from '../../../src/fixtures/index.ts'
import { collectUpdates } from '../../../src/vitest-plugin/matchers/collect-updates.ts'
import type { MatcherContext, MatcherTask } from '../../../src/vitest-plugin/matchers/context.ts'
import { toContainRecords } from '../../../src/vitest-plugin/matchers/to-contain-records.ts'
import { toHaveRecords } from '../../../src/vitest-plugin/matchers/to-have-records.ts'
import type { RecordsOptions } from '../../../src/vitest-plugin/matchers/types.ts'
import { type UpdateMode, updatesOf } from '../../../src/vitest-plugin/matchers/update.ts'
import { noteOrigin } from '../../../src/vitest-plugin/origin.ts'

const file = join(import.meta.dirname, 'shop.deltacat.yaml')
const shop = buildFixture(file)

beforeAll(collectUpdates)
afterAll(() => shop.close())

function open() {
  const catalog = deserializeCatalog(shop.serialize())
  noteOrigin(catalog, { file, params: { bulk: 1 } })
  return { catalog, fixture: bindFixture(catalog, fixtureOf(shop)!.index) }
}

function context(mode: UpdateMode, more: Partial<MatcherContext> = {}): MatcherContext & { task: MatcherTask } {
  const task: MatcherTask = { id: '1', name: 'a test', fullTestName: 'file > a test', meta: {} }
  return { isNot: false, promise: '', snapshotState: { snapshotUpdateState: mode }, ...more, task }
}

/** Norway after an upsert, compared with a set in this mode. */
function changed(mode: UpdateMode, set = 'norway now', options?: RecordsOptions, more?: Partial<MatcherContext>) {
  const { catalog, fixture } = open()
  const norway = fixture.partition('shop.orders/norway')
  const rows = [
    { id: 2, country: 'NO', total: 1 },
    { id: 5, country: 'NO', at: '2024-05-01T00:00:00Z' },
  ]
  catalog.commitDelta(catalog.stageDelta(rows, norway, { deltaType: 'upsert' }))
  const run = context(mode, more)
  const { pass } = toHaveRecords.call(run, norway, set, options)
  return { pass, updates: updatesOf(run.task.meta) }
}

describe('with -u', () => {
  test('a set that differs passes, and the rows that change are recorded', () => {
    const { pass, updates } = changed('all')
    expect(pass).toBe(true)
    expect(updates).toEqual([
      {
        file,
        params: { bulk: 1 },
        set: 'norway now',
        test: 'file > a test',
        attempt: '0.0',
        columns: [
          ['id', 'int64'],
          ['country', 'string'],
          ['total', 'decimal(12,2)'],
          ['at', 'timestamp[us, UTC]'],
          ['big', 'uint64'],
        ],
        rows: expect.stringMatching(/^[0-9a-f]{40}$/),
        order: null,
        edits: [
          { kind: 'replace', row: 1, text: '{ id: 2, total: 1.00 }' },
          { kind: 'insert', row: 2, text: '{ id: 5, at: 2024-05-01T00:00:00Z }' },
        ],
        source: fixtureOf(shop)!.expected('norway now').source,
        created: null,
      },
    ])
    expect(JSON.parse(JSON.stringify(updates))).toEqual(updates)
  })

  test('a set that equals is recorded too, so that a test that needs other rows is seen to disagree', () => {
    const { fixture } = open()
    const run = context('all')
    toHaveRecords.call(run, fixture.partition('shop.orders/norway'), 'norway now')
    const [update] = updatesOf(run.task.meta)
    expect(update!.edits).toEqual([])
    expect(update!.rows).not.toBe(changed('all').updates[0]!.rows)
  })

  test('the digest tells the rows, whatever the edits that lead to them', () => {
    const { catalog, fixture } = open()
    const norway = fixture.partition('shop.orders/norway')
    const single = (row: object) =>
      catalog.commitDelta(catalog.stageDelta([row as never], norway, { deltaType: 'upsert' }))
    single({ id: 5, country: 'NO', at: '2024-05-01T00:00:00Z' })
    single({ id: 2, country: 'NO', total: 1 })
    const run = context('all')
    toHaveRecords.call(run, norway, 'norway now')
    expect(updatesOf(run.task.meta)[0]!.rows).toBe(changed('all').updates[0]!.rows)
  })

  test('rows that are gone are removed', () => {
    const { catalog, fixture } = open()
    const norway = fixture.partition('shop.orders/norway')
    const run = context('all')
    catalog.commitDelta(
      catalog.stageDelta([{ id: 1 }], norway, {
        deltaType: 'delete',
        deleteParameters: { equalityColumnNames: ['id'] },
      }),
    )
    toHaveRecords.call(run, norway, 'norway now')
    expect(updatesOf(run.task.meta)[0]!.edits).toEqual([{ kind: 'remove', row: 0 }])
  })

  test('a set of a whole table names the partition columns', () => {
    const { catalog, fixture } = open()
    const sweden = fixture.partition('shop.orders/sweden')
    catalog.commitDelta(catalog.stageDelta([{ id: 9, country: 'SE', total: 6 }], sweden, { deltaType: 'upsert' }))
    const run = context('all')
    toHaveRecords.call(run, fixture.table('shop.orders'), 'all now')
    expect(updatesOf(run.task.meta)[0]!.edits).toEqual([
      { kind: 'replace', row: 2, text: '{ id: 9, country: SE, total: 6.00 }' },
    ])
  })

  test('where the order counts, the rows between the first and the last that differ are written', () => {
    const { fixture } = open()
    const run = context('all')
    const { table } = { table: fixture.table('shop.orders') }
    toHaveRecords.call(run, table, 'all now', { order: 'strict' })
    const [asItIs] = updatesOf(run.task.meta)
    expect(asItIs).toMatchObject({ edits: [], order: expect.stringMatching(/^[0-9a-f]{40}$/) })
    // Whom the order doesn't matter, for them it is the same set.
    toHaveRecords.call(run, table, 'all now')
    expect(updatesOf(run.task.meta)[1]).toEqual({ ...asItIs, order: null })
    const { updates } = changed('all', 'norway now', { order: 'strict' })
    expect(updates[0]!.edits).toEqual([
      { kind: 'replace', row: 1, text: '{ id: 2, total: 1.00 }' },
      { kind: 'insert', row: 2, text: '{ id: 5, at: 2024-05-01T00:00:00Z }' },
    ])
  })

  test('floats within the tolerance stay as they are', () => {
    const source = { file, line: 1, column: 1, start: 0, end: 0 }
    const catalog = buildFixture({
      namespaces: {
        n: {
          tables: {
            t: {
              schema: { id: 'int64', x: 'float64' },
              deltas: [
                [
                  { id: 1, x: 1.001 },
                  { id: 2, x: 3 },
                ],
              ],
            },
          },
        },
      },
    })
    const index = {
      ...fixtureOf(catalog)!.index,
      expected: [
        {
          name: 'near',
          of: 'n.t',
          at: source,
          columns: [
            { name: 'id', type: 'int64', nullable: true },
            { name: 'x', type: 'float64', nullable: true },
          ],
          rows: [
            [{ $int: '1' }, 1],
            [{ $int: '2' }, 2],
          ],
          source: { list: source, rows: [source, source], style: 'flow' as const, indent: 0 },
        },
      ],
    }
    const fixture = bindFixture(catalog, index)
    noteOrigin(catalog, { file, params: {} })
    const run = context('all')
    toHaveRecords.call(run, fixture.table('n.t'), 'near', { tolerance: { abs: 0.01 }, key: 'id' })
    expect(updatesOf(run.task.meta)[0]!.edits).toEqual([{ kind: 'replace', row: 1, text: '{ id: 2, x: 3 }' }])
  })

  test('nothing is recorded where it could not be meant', () => {
    expect(changed('all', 'norway now', {}, { isNot: true })).toEqual({ pass: false, updates: [] })
    expect(changed('all', 'norway now', {}, { poll: true })).toEqual({ pass: false, updates: [] })
    const { fixture } = open()
    const run = context('all')
    expect(toContainRecords.call(run, fixture.partition('shop.orders/norway'), 'all now').pass).toBe(false)
    expect(toHaveRecords.call(run, fixture.partition('shop.orders/norway'), []).pass).toBe(false)
    expect(updatesOf(run.task.meta)).toEqual([])
  })

  test('a set that has no list in a file fails, and says that -u cannot help', () => {
    const tables = { t: { deltas: [[{ id: 1 }]] } }
    const catalog = buildFixture({ namespaces: { n: { tables } }, expected: { now: { of: 'n.t', rows: [{ id: 2 }] } } })
    noteOrigin(catalog, { file: null, params: {} })
    const run = context('all')
    const { pass, message } = toHaveRecords.call(run, catalog.getTable('n', 't'), 'now')
    expect(pass).toBe(false)
    expect(message()).toMatchInlineSnapshot(`
      "n.t isn't "now": 1 row missing, 1 unexpected

        expected row 0 is missing: { id: 2 }
        received row 0 is unexpected: { id: 1 }
        -u can't update the set: it stands in no file that is this test's source"
    `)
    expect(updatesOf(run.task.meta)).toEqual([])
  })

  test('an attempt that is repeated forgets what the one before has recorded', () => {
    const { fixture } = open()
    const norway = fixture.partition('shop.orders/norway')
    const run = context('all')
    toHaveRecords.call(run, norway, 'norway now')
    toHaveRecords.call(run, norway, 'norway now')
    expect(updatesOf(run.task.meta)).toHaveLength(2)
    const again = { ...run, task: { ...run.task, result: { retryCount: 1 } } }
    toHaveRecords.call(again, norway, 'norway now')
    expect(updatesOf(run.task.meta).map(({ attempt }) => attempt)).toEqual(['0.1'])
  })
})

describe('without -u', () => {
  test('a set that differs fails', () => {
    expect(changed('new')).toEqual({ pass: false, updates: [] })
    expect(changed('none')).toEqual({ pass: false, updates: [] })
  })

  test('a set that is missing is written, but not in CI', () => {
    const { pass, updates } = changed('new', 'norway then')
    expect(pass).toBe(true)
    expect(updates).toMatchObject([
      {
        file,
        set: 'norway then',
        edits: null,
        source: null,
        created: {
          rows: [
            '{ id: 1, country: "NO", total: 10.50, at: 2024-02-29T23:59:59.123456Z, big: 18446744073709551615 }',
            '{ id: 2, country: "NO", total: 1.00 }',
            '{ id: 5, country: "NO", at: 2024-05-01T00:00:00Z }',
          ],
          of: [
            {
              path: 'shop.orders/norway',
              rows: [
                '{ id: 1, total: 10.50, at: 2024-02-29T23:59:59.123456Z, big: 18446744073709551615 }',
                '{ id: 2, total: 1.00 }',
                '{ id: 5, at: 2024-05-01T00:00:00Z }',
              ],
            },
            { path: 'shop.orders', rows: null },
          ],
        },
      },
    ])
    expect(changed('none', 'norway then')).toEqual({ pass: false, updates: [] })
  })

  test('a set whose name is near another’s is written only with -u', () => {
    expect(changed('new', 'norway no')).toEqual({ pass: false, updates: [] })
    expect(changed('all', 'norway no')).toMatchObject({ pass: true, updates: [{ set: 'norway no', edits: null }] })
  })

  test('why a set that is missing is not written is said', () => {
    const said = (mode: UpdateMode, more: Partial<MatcherContext> = {}, matcher = toHaveRecords, origin = file) => {
      const { catalog, fixture } = open()
      noteOrigin(catalog, { file: origin === '' ? null : origin, params: {} })
      const run = context(mode, more)
      const { pass, message } = matcher.call(run, fixture.partition('shop.orders/norway'), 'something else')
      expect(updatesOf(run.task.meta)).toEqual([])
      return pass ? 'passed' : message().split('\n')[2]?.trim()
    }
    expect(said('none')).toBe('in CI no set is written: run the test elsewhere, or with -u, and commit what it writes')
    expect(said('all', { poll: true })).toBe(
      'no set is written while expect.poll waits; name it in an expect(…) after that',
    )
    for (const mode of ['all', 'new', 'none'] as const) {
      expect(said(mode, {}, toContainRecords)).toBe(
        'toContainRecords writes no set, as it need not know all rows; write it under `expected`, or have toHaveRecords write it',
      )
      expect(said(mode, {}, toHaveRecords, '')).toBe(
        "no set can be written, as the test's source is no fixture file; pass rows or an Arrow table",
      )
    }
    const another = bindFixture(deserializeCatalog(shop.serialize()), fixtureOf(shop)!.index)
    expect(toHaveRecords.call(context('all'), another.table('shop.orders'), 'something').message()).toContain(
      'no set is written for a catalog that vitest-deltacat/test did not open; pass rows or an Arrow table',
    )
  })
})

describe('a set that is missing', () => {
  test.each([toHaveRecords, toContainRecords])('is an error after .not, and in another value', (matcher) => {
    for (const mode of ['all', 'new', 'none'] as const) {
      const { fixture } = open()
      const norway = fixture.partition('shop.orders/norway')
      const { promise: _, ...inAnother } = context(mode)
      const where = [context(mode, { isNot: true }), inAnother, { ...inAnother, isNot: true }] as const
      const whys = where.map((run) => {
        try {
          return String(matcher.call(run, norway, 'norway no').pass)
        } catch (error) {
          return (error as Error).message
        } finally {
          expect(updatesOf(run.task!.meta)).toEqual([])
        }
      })
      const notThere =
        'shop.orders/norway: the fixture has no expected set "norway no"; it has "norway now", "all now"; did you mean "norway now"?'
      for (const why of whys) expect(why).toContain(notThere)
      expect(whys[0]).toContain('after .not none is written: name a set that is there, or pass rows')
      if (matcher === toHaveRecords) {
        expect(whys[1]).toContain('in another value no set is written; name it after an expect(…) of its own first')
      }
    }
  })
})
