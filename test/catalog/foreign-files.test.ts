import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/index.ts'
import { canonicalString } from '../../src/catalog/index.ts'
import { digestText } from '../../src/catalog/model/locators.ts'
import { backends, START, thrownBy } from './backends.ts'
import { query, tamper } from './raw.ts'
import { commitIds, committedPartition, idsOf, positionsOf, shopIn, stageIds } from './shop.ts'

const damaged = ({ path }: Catalog, table: string, locator: string, what: string) => ({
  code: 'corrupt',
  message: `${JSON.stringify(path)} is damaged: in table "${table}", at locator ${JSON.stringify(locator)}, ${what}; restore the file, or remove that row.`,
})

describe.each(backends)('what others left in a $name', ({ open }) => {
  describe('a partition whose locator Python wrote with other escapes', () => {
    it('is found by what is stored, and takes deltas', () => {
      const first = open()
      const stream = shopIn(first)
      const value = '\u061d'
      const staged = first.stagePartition(stream, [value])
      // Unicode 14 assigned the character; a Python with Unicode 13 escapes it.
      const stored = canonicalString(staged).replace(value, '\\u061d')
      const catalog = tamper(first, (database) => {
        database.prepare('UPDATE partitions SET locator = ?').run(stored)
      })
      const delta = commitIds(catalog, staged, 1)
      const committed = catalog.commitPartition(staged)
      expect(catalog.getPartition(stream.locator, [value])).toEqual(committed)
      expect(
        catalog.listDeltas('shop', 'orders', { partitionValues: [value], includeManifest: true }).allItems(),
      ).toEqual([delta])
      expect(idsOf(catalog, { ...delta, manifest: null })).toEqual([1])
      expect(catalog.stateOf(delta)).toBe('committed')
      expect(query(catalog, 'SELECT locator, partition_locator FROM deltas')).toEqual([
        { locator: `${digestText(stored)}|${delta.locator.streamPosition}`, partition_locator: stored },
      ])
      catalog.deletePartition('shop', 'orders', { partitionValues: [value] })
      expect(query(catalog, 'SELECT locator FROM partitions')).toEqual([{ locator: stored }])
      catalog.deleteStream('shop', 'orders')
      expect(query(catalog, 'SELECT * FROM deltas')).toEqual([])
    })

    it('is found where Python was given a tuple of values', () => {
      const first = open()
      const stream = shopIn(first)
      const staged = committedPartition(first, stream, ['NO'])
      const catalog = tamper(first, (database) => {
        database.prepare("UPDATE partitions SET locator = replace(locator, '[''NO'']', '(''NO'',)')").run()
      })
      expect(catalog.getPartition(stream.locator, ['NO'])).toEqual(staged)
      expect(positionsOf(catalog, staged)).toEqual([])
      expect(commitIds(catalog, staged, 1).locator.partitionLocator).toEqual(staged.locator)
    })
  })

  it('refuses a content type that no file of records has, whatever its name', () => {
    const first = open()
    const partition = committedPartition(first, shopIn(first))
    const delta = commitIds(first, partition, 1)
    const catalog = tamper(first, (database) => {
      database
        .prepare("UPDATE deltas SET value = json_set(value, '$.manifest.entries[0].meta.content_type', 'constructor')")
        .run()
    })
    expect(thrownBy(() => catalog.downloadDelta({ ...delta, manifest: null }))).toEqual({
      code: 'unsupported',
      message:
        'Records of content type "constructor" can\'t be read or written; use one of application/parquet, application/x-amzn-unescaped-tsv, text/csv, text/tsv, text/psv, application/json, application/feather.',
    })
  })

  it('keeps a float among partition values, which only a file can bring', () => {
    const first = open()
    const stream = shopIn(first)
    committedPartition(first, stream, ['1.5'])
    const catalog = tamper(first, (database) => {
      database.exec(
        `UPDATE partitions SET value = replace(value, '["1.5"]', '[1.5]'), locator = replace(locator, '''1.5''', '1.5')`,
      )
    })
    const [partition] = catalog.listPartitions('shop', 'orders')
    expect(partition?.locator.partitionValues).toEqual([1.5])
    expect(idsOf(catalog, commitIds(catalog, partition!, 1))).toEqual([1])
    expect(positionsOf(catalog, partition!)).toHaveLength(1)
  })

  it('keeps a schema that is JSON of another kind as an opaque text', () => {
    const first = open()
    shopIn(first)
    const catalog = tamper(first, (database) => {
      database.exec(`UPDATE table_versions SET value = replace(value, '"schema":null', '"schema": {"fields": []}')`)
    })
    expect(catalog.getTableVersionSchema('shop', 'orders')).toBe('{"fields":[]}')
    catalog.updateTableVersion('shop', 'orders', '1', { description: 'd' })
    expect(query<{ value: string }>(catalog, 'SELECT value FROM table_versions')[0]?.value).toContain(
      '"schema":{"fields":[]}',
    )
  })

  it('survives a document that is nested without end', () => {
    const first = open()
    shopIn(first)
    const depth = 200_000
    const catalog = tamper(first, (database) => {
      database.exec(
        `UPDATE tables SET value = replace(value, '{"tableLocator"', '{"deep": ${'['.repeat(depth)}${']'.repeat(depth)}, "tableLocator"')`,
      )
    })
    const error = thrownBy(() => catalog.updateTable('shop', 'orders', { description: 'd' }))
    expect(error.code).toBe('corrupt')
    expect(error.message).toContain('in table "tables"')
    expect(catalog.namespaceExists('shop')).toBe(true)
  })

  it('goes by positions where Python has staged the partition that replaces another', () => {
    const first = open()
    const stream = shopIn(first)
    const partition = committedPartition(first, stream)
    commitIds(first, partition, 1)
    const seen = first.stagePartition(stream)
    const withoutNotes = (catalog: Catalog) =>
      tamper(catalog, (database) => database.exec('DROP TABLE vitest_deltacat_staged'))
    expect(withoutNotes(first).commitPartition(seen).state).toBe('committed')
    const late = commitIds(first, partition, 2)
    const catalog = withoutNotes(first)
    expect(thrownBy(() => catalog.commitPartition(seen)).message).toContain(
      `has a delta at position ${late.locator.streamPosition} that was committed after`,
    )
    const second = catalog.commitPartition(seen, { previousPartition: partition })
    expect(positionsOf(catalog, second)).toEqual([late.locator.streamPosition])
  })

  it('reads delete parameters that the mock left in a list', () => {
    const first = open()
    const partition = committedPartition(first, shopIn(first))
    const deleteParameters = { equalityColumnNames: ['id'] }
    const delta = first.commitDelta(first.stageDelta([{ id: 1 }], partition, { deltaType: 'delete', deleteParameters }))
    const catalog = tamper(first, (database) => {
      database.exec(
        `UPDATE deltas SET value = replace(value, '{"equality_column_names":["id"]}', '[{"equality_column_names": ["id"]}]')`,
      )
    })
    expect(catalog.listPartitionDeltas(partition, { includeManifest: true }).allItems()).toEqual([delta])
  })

  it('lists in the order of the rows, and pages by it, whatever their numbers', () => {
    const first = open()
    for (const name of ['a', 'b', 'c']) first.createNamespace(name)
    const catalog = tamper(first, (database) => {
      database.exec(`UPDATE namespaces SET rowid = 9223372036854775807 WHERE locator = 'a'`)
      database.exec(`UPDATE namespaces SET rowid = -5 WHERE locator = 'c'`)
      database.exec(`UPDATE namespaces SET rowid = 9007199254740993 WHERE locator = 'b'`)
    })
    const names = Array.from(catalog.listNamespaces({ pageSize: 1 }), ({ locator }) => locator.namespace)
    expect(names).toEqual(['c', 'b', 'a'])
  })

  describe('a document that cannot be read is named by its table and locator', () => {
    function prepared() {
      const catalog = open()
      const stream = shopIn(catalog)
      const partition = committedPartition(catalog, stream, ['NO'])
      const delta = commitIds(catalog, partition, 1)
      return { catalog, stream, partition, delta }
    }

    it.each<[string, string, string]>([
      ['not JSON', '{"a": NaN}', 'the document is not JSON'],
      ['cut off', '{"namespaceLocator": {"name', 'the document is not JSON'],
      ['no object', '[1]', 'the document is a list where an object belongs'],
      ['a number', '7', 'the document is 7 where an object belongs'],
      ['empty of keys', '{}', 'namespaceLocator is missing where an object belongs'],
      ['of another kind', '{"namespaceLocator": {"namespace": null}}', 'namespace is null where text belongs'],
    ])('%s', (_, value, what) => {
      const { catalog: first } = prepared()
      const catalog = tamper(first, (database) => database.prepare('UPDATE namespaces SET value = ?').run(value))
      for (const work of [
        () => catalog.listNamespaces(),
        () => catalog.getNamespace('shop'),
        () => catalog.createNamespace('shop'),
        () => catalog.updateNamespace('shop', { permissions: {} }),
      ]) {
        expect(thrownBy(work)).toEqual(damaged(catalog, 'namespaces', 'shop', what))
      }
    })

    it.each([
      ['NULL', 'the document is not text'],
      ["x'00'", 'the document is not text'],
      ['7', 'the document is not text'],
    ])('holding %s', (value, what) => {
      const { catalog: first, partition } = prepared()
      const catalog = tamper(first, (database) => database.exec(`UPDATE partitions SET value = ${value}`))
      const { streamLocator } = partition.locator
      for (const work of [
        () => catalog.listPartitions('shop', 'orders'),
        () => catalog.getPartition(streamLocator, ['NO']),
        () => catalog.getPartition(streamLocator, ['other']),
        () => catalog.stagePartition(streamLocator, ['NO']),
        () => catalog.listPartitionDeltas(partition),
      ]) {
        expect(thrownBy(work)).toEqual(damaged(catalog, 'partitions', canonicalString(partition), what))
      }
    })

    it('with a locator that is no text', () => {
      const { catalog: first } = prepared()
      const catalog = tamper(first, (database) => database.exec(`UPDATE tables SET locator = x'00'`))
      expect(thrownBy(() => catalog.listTables('shop')).message).toBe(
        `${JSON.stringify(catalog.path)} is damaged: in table "tables", at locator \u0000, the locator is not text; restore the file, or remove that row.`,
      )
    })

    it.each([
      ['"state":"done"', 'state is "done", none of staged, committed, deprecated'],
      ['"state":null', 'state is null, none of staged, committed, deprecated'],
    ])('with %s', (state, what) => {
      const { catalog: first, partition, stream } = prepared()
      const catalog = tamper(first, (database) => {
        database.exec(`UPDATE partitions SET value = replace(value, '"state":"committed"', '${state}')`)
        database.exec(`UPDATE streams SET value = replace(value, '"state":"committed"', '${state}')`)
      })
      expect(thrownBy(() => catalog.stateOf(partition))).toEqual(
        damaged(catalog, 'partitions', canonicalString(partition), what),
      )
      expect(thrownBy(() => catalog.getStream('shop', 'orders'))).toEqual(
        damaged(catalog, 'streams', canonicalString(stream), what),
      )
    })

    it('with a position that a double cannot hold: it is refused, never rounded', () => {
      const { catalog: first, partition, delta } = prepared()
      const position = String(delta.locator.streamPosition)
      for (const big of ['9007199254740993', '123456789012345678901234567890', '1700000000001.5']) {
        const catalog = tamper(first, (database) => {
          database.exec(
            `UPDATE deltas SET value = replace(value, '"streamPosition":${position}', '"streamPosition":${big}')`,
          )
          database.exec(`UPDATE deltas SET locator = replace(locator, '|${position}', '|${big}')`)
        })
        const locator = canonicalString(delta).replace(position, big)
        expect(thrownBy(() => catalog.listPartitionDeltas(partition))).toEqual(
          damaged(catalog, 'deltas', locator, 'streamPosition is no safe integer'),
        )
        expect(thrownBy(() => catalog.getLatestDelta('shop', 'orders', { partitionValues: ['NO'] })).code).toBe(
          'corrupt',
        )
        if (!big.includes('.')) {
          expect(thrownBy(() => stageIds(catalog, partition, 2))).toEqual(
            damaged(
              catalog,
              'partitions',
              canonicalString(partition),
              'a delta has a position that is no safe integer',
            ),
          )
        }
      }
    })

    it("with a position that is not its locator's", () => {
      const { catalog: first, partition, delta } = prepared()
      const catalog = tamper(first, (database) => {
        database.exec(
          `UPDATE deltas SET value = replace(value, '"streamPosition":${START + 1}', '"streamPosition":${START + 2}')`,
        )
      })
      expect(thrownBy(() => catalog.listPartitionDeltas(partition))).toEqual(
        damaged(catalog, 'deltas', canonicalString(delta), `the document's position is ${START + 2}`),
      )
    })

    it('with a manifest that is missing, or malformed', () => {
      const { catalog: first, delta } = prepared()
      const withManifest = (manifest: string) =>
        tamper(first, (database) => {
          database.prepare(`UPDATE deltas SET value = json_set(value, '$.manifest', json(?))`).run(manifest)
        })
      const locator = canonicalString(delta)
      const without = withManifest('null')
      expect(thrownBy(() => without.downloadDelta(delta.locator))).toEqual(
        damaged(without, 'deltas', locator, 'the delta has no manifest'),
      )
      for (const [manifest, what] of [
        ['[]', 'manifest is a list where an object belongs'],
        ['{"id": 7}', 'the id of the manifest is 7 where text belongs'],
        ['{"id": "a", "meta": 1}', 'the meta of the manifest is 1 where an object belongs'],
        ['{"id": "a", "entries": {}}', 'the entries of the manifest is an object where a list belongs'],
        ['{"id": "a", "entries": [7]}', 'a manifest entry is 7 where an object belongs'],
        ['{"id": "a", "entries": [{}]}', 'the uri of a manifest entry is missing where text belongs'],
        ['{"id": "a", "meta": {"record_count": 1.5}}', 'record_count is no safe integer'],
      ] as const) {
        const catalog = withManifest(manifest)
        expect(thrownBy(() => catalog.getDeltaManifest(delta))).toEqual(damaged(catalog, 'deltas', locator, what))
      }
    })

    it('records that are no bytes, or damaged', () => {
      const { catalog: first, delta } = prepared()
      const uri = delta.manifest?.entries[0]?.uri as string
      for (const value of ['NULL', "'text'", '7']) {
        const catalog = tamper(first, (database) => database.exec(`UPDATE data SET value = ${value}`))
        expect(thrownBy(() => catalog.downloadDelta(delta))).toEqual(
          damaged(catalog, 'data', uri, 'the records are no bytes'),
        )
      }
      const catalog = tamper(first, (database) => database.exec(`UPDATE data SET value = substr(value, 1, 40)`))
      const error = thrownBy(() => catalog.downloadDelta(delta))
      expect(error.code).toBe('corrupt')
      expect(
        error.message.startsWith(`${JSON.stringify(catalog.path)} is damaged: in table "data", at locator "${uri}", `),
      ).toBe(true)
    })
  })
})
