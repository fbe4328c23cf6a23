import { describe, expect, it } from 'vitest'
import type { Catalog, JsonValue } from '../../src/catalog/index.ts'
import { canonicalString, mergeDeltas } from '../../src/catalog/index.ts'
import { parseDocument, rewriteDocument, sameJson } from '../../src/catalog/model/document.ts'
import { fc } from '../chance.ts'
import { backends } from './backends.ts'
import { documentOf, query, tamper } from './raw.ts'
import { commitIds, committedPartition, idsOf, shopIn, stageIds } from './shop.ts'

/** Adds what this package doesn't know to every document of a table, on every level. */
function withForeignKeys(catalog: Catalog): Catalog {
  return tamper(catalog, (database) => {
    for (const table of ['namespaces', 'tables', 'table_versions', 'streams', 'partitions', 'deltas']) {
      const rows = database.prepare(`SELECT locator, value FROM ${table}`).all() as { locator: string; value: string }[]
      for (const { locator, value } of rows) {
        const foreign = value
          .replace(/^\{/, '{"foreign": 1.0, ')
          .replace(/"streamId":/, '"foreign": 12345678901234567890, "streamId":')
          .replace(/"mandatory":/, '"foreign": [1e2, -0], "mandatory":')
        database.prepare(`UPDATE ${table} SET value = ? WHERE locator = ?`).run(foreign, locator)
      }
    }
  })
}

describe.each(backends)('a document that is written back to a $name', ({ open }) => {
  it('keeps the keys that are not known, and the texts of numbers', () => {
    const first = open()
    const stream = shopIn(first)
    const partition = committedPartition(first, stream)
    const old = commitIds(first, partition, 1)
    const staged = stageIds(first, partition, 2)
    const nextPartition = first.stagePartition(stream, ['NO'])
    const replacing = first.stagePartition(stream)
    const nextStream = first.stageStream('shop', 'orders')
    const catalog = withForeignKeys(first)

    catalog.updateNamespace('shop', { permissions: { a: 1 } })
    catalog.updateTable('shop', 'orders', { description: 'd', properties: { p: 'q' } })
    catalog.updateTableVersion('shop', 'orders', '1', { lifecycleState: 'active', properties: { p: 'q' } })
    catalog.commitDelta(staged)
    catalog.commitPartition(nextPartition)
    catalog.commitPartition(replacing, { previousPartition: partition })
    catalog.commitStream(nextStream)

    const rows = query<{ value: string }>(
      catalog,
      `SELECT value FROM namespaces UNION ALL SELECT value FROM tables UNION ALL SELECT value FROM table_versions
       UNION ALL SELECT value FROM streams UNION ALL SELECT value FROM partitions UNION ALL SELECT value FROM deltas`,
    )
    expect(rows).toHaveLength(1 + 1 + 1 + 2 + 3 + 3)
    for (const { value: text } of rows) {
      const value = text.replaceAll('": ', '":').replaceAll(', ', ',')
      expect(value).toContain('"foreign":1.0,')
      expect(value.includes('"streamId":'), value).toBe(value.includes('"foreign":12345678901234567890,'))
      expect(value.includes('"mandatory":')).toBe(value.includes('"foreign":[1e2,-0],'))
    }
    // Positions and ids are what they were; the late delta was carried over with everything that it has.
    expect(documentOf(catalog, 'deltas', canonicalString(old))).toContain(
      `"streamPosition":${old.locator.streamPosition}`,
    )
    const carried = { ...staged.locator, partitionLocator: replacing.locator }
    const stored = documentOf(catalog, 'deltas', canonicalString(carried))
    expect(stored).toContain('"foreign":[1e2,-0],')
    expect(stored).toContain(`"partitionId":"${replacing.locator.partitionId}"`)
  })

  it('is not touched where nothing is changed', () => {
    const first = open()
    shopIn(first)
    const catalog = tamper(first, (database) => {
      database.exec(`UPDATE tables SET value = replace(value, ':', ' : ')`)
    })
    const before = documentOf(catalog, 'tables', canonicalString(catalog.listTables('shop').items[0]!))
    expect(before).toContain(' : ')
    catalog.updateTable('shop', 'orders', { description: 'd' })
    expect(JSON.parse(documentOf(catalog, 'tables', canonicalString(catalog.listTables('shop').items[0]!)))).toEqual({
      ...JSON.parse(before),
      description: 'd',
    })
  })

  it('keeps every character where the entity is the same', () => {
    const first = open()
    const staged = stageIds(first, committedPartition(first, shopIn(first)), 1)
    const catalog = tamper(first, (database) => {
      database.exec(`UPDATE deltas SET value = replace(value, ':', ' : ')`)
    })
    const before = documentOf(catalog, 'deltas', canonicalString(staged))
    const read = catalog.listStagedDeltas(staged.locator.partitionLocator, { includeManifest: true }).items[0]!
    catalog.commitDelta(read)
    expect(documentOf(catalog, 'deltas', canonicalString(staged))).toBe(before)
  })

  it('of a version that Python has numbered stays a number, and reads as text', () => {
    const first = open()
    shopIn(first)
    const catalog = tamper(first, (database) => {
      database.exec(`UPDATE table_versions SET value = replace(value, '"tableVersion":"1"', '"tableVersion":1')`)
      database.exec(`UPDATE streams SET value = replace(value, '"tableVersion":"1"', '"tableVersion":1')`)
    })
    const version = catalog.getTableVersion('shop', 'orders', '1')
    expect(version?.locator.tableVersion).toBe('1')
    catalog.updateTableVersion('shop', 'orders', '1', { description: 'd' })
    expect(documentOf(catalog, 'table_versions', canonicalString(version!))).toContain('"tableVersion":1}')
    expect(catalog.createTableVersion('shop', 'orders').locator.tableVersionLocator.tableVersion).toBe('2')
    const partition = committedPartition(catalog, catalog.getStream('shop', 'orders', { tableVersion: '1' })!)
    expect(idsOf(catalog, commitIds(catalog, partition, 7))).toEqual([7])
  })

  it('takes what is not known of an entry into a merged manifest', () => {
    const first = open()
    const partition = committedPartition(first, shopIn(first))
    stageIds(first, partition, 1)
    stageIds(first, partition, 2)
    const catalog = withForeignKeys(first)
    const merged = catalog.commitDelta(
      mergeDeltas(catalog.listStagedDeltas(partition, { includeManifest: true }).allItems()),
    )
    const { manifest } = JSON.parse(documentOf(catalog, 'deltas', canonicalString(merged))) as {
      manifest: { entries: { foreign: unknown }[] }
    }
    expect(manifest.entries.map(({ foreign }) => foreign)).toEqual([
      [100, 0],
      [100, 0],
    ])
  })
})

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>
const object = fc.dictionary(fc.oneof(fc.string({ maxLength: 3 }), fc.constant('__proto__')), json, { maxKeys: 4 })

describe('rewriteDocument', () => {
  it('gives the changed document, with whatever else was there', () => {
    fc.assert(
      fc.property(object, object, object, (before, after, foreign) => {
        const known = new Set([...Object.keys(before), ...Object.keys(after)])
        const kept = Object.fromEntries(Object.entries(foreign).filter(([key]) => !known.has(key)))
        const stored = JSON.stringify(Object.fromEntries([...Object.entries(kept), ...Object.entries(before)]))
        const expected = Object.fromEntries([...Object.entries(kept), ...Object.entries(after)])
        const text = rewriteDocument(stored, before as never, after as never)
        expect(sameJson(JSON.parse(text) as JsonValue, JSON.parse(JSON.stringify(expected)) as JsonValue)).toBe(true)
      }),
    )
  })

  it('leaves numbers as they were written', () => {
    const stored = '{"a": 1.0, "b": {"c": 1e400, "d": 0.1000}, "e": [1, 2.50]}'
    expect(rewriteDocument(stored, { z: 1 }, { z: 2 })).toBe('{"a":1.0,"b":{"c":1e400,"d":0.1000},"e":[1,2.50],"z":2}')
    expect(rewriteDocument('{"e": [1, 2.50]}', { e: [1, 2.5] }, { e: [7, 2.5] })).toBe('{"e":[7,2.50]}')
    expect(rewriteDocument('{"e": [1, 2.50]}', { e: [1, 2.5] }, { e: [2.5] })).toBe('{"e":[2.5]}')
  })
})

it.each(backends)('gives a document of a $name to each reader anew, and a changed one as it is now', ({ open }) => {
  const catalog = open()
  const partitionKeys = [{ keyName: 'day', keyType: 'string' }]
  const properties = { tags: [{ a: 1 }], ['__proto__']: { b: 2 } }
  shopIn(catalog, { partitionKeys, tableVersionProperties: properties, tablePermissions: { read: ['me'] } })
  const read = () => [catalog.getTable('shop', 'orders')!, catalog.getTableVersion('shop', 'orders', '1')!] as const
  const [table, version] = structuredClone(read())
  // What TypeScript forbids.
  const [first, second] = read() as unknown as readonly [
    { permissions: { read: string[] } },
    { partitionKeys: { keyName: string }[]; properties: { tags: { a: number }[] } },
  ]
  first.permissions.read.push('you')
  second.partitionKeys[0]!.keyName = 'night'
  second.properties.tags[0]!.a = 9
  expect(read()).toEqual([table, version])
  expect(Object.keys(read()[1].properties!)).toEqual(Object.keys(version.properties!))

  catalog.updateTable('shop', 'orders', { description: 'now' })
  expect(read()[0]).toEqual({ ...table, description: 'now' })
})

it('reads documents with any white space and escapes', () => {
  expect(parseDocument(' {"a" : "\\u00e5"}\n')).toEqual({ a: 'å' })
})
