import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Schema } from 'apache-arrow'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCatalog, seededClock, seededIds } from '../../src/catalog/index.ts'
import { parseField } from '../../src/catalog/records/schema.ts'
import { verifyCatalog } from '../../src/inspector/verify/verify.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltacat-verify-'))
  makeSound(join(folder, 'sound.db'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A catalog with a bit of everything: states, types, a replaced partition and stream, in-place compaction, no data. */
function makeSound(path: string): void {
  using catalog = openCatalog(path, { clock: seededClock('2024-03-01T00:00:00Z'), ids: seededIds('verify') })
  catalog.createNamespace('shop', {})
  const schema = new Schema([parseField('id', 'int64!'), parseField('total', 'decimal(12,2)')])
  const keys = { primaryKeyColumnNames: ['id'], partitionKeys: ['country'], schema }
  const stream = catalog.createTableVersion('shop', 'orders', { tableVersion: '1', ...keys })
  const staged = catalog.stagePartition(stream, ['NO'])
  catalog.commitDelta(catalog.stageDelta([{ id: 1, total: '10.50' }], staged))
  const norway = catalog.commitPartition(staged)
  const remove = { deltaType: 'delete', deleteParameters: { equalityColumnNames: ['id'] } } as const
  catalog.commitDelta(catalog.stageDelta([{ id: 1, total: null }], norway, remove))
  catalog.commitDelta(catalog.stageDelta(null, norway))
  catalog.stageDelta([{ id: 9, total: '1.00' }], norway, { deltaType: 'append' })
  const compacted = catalog.stagePartition(stream, ['NO'])
  catalog.commitDelta(catalog.stageDelta([{ id: 2, total: '2.00' }], compacted))
  catalog.commitDelta(catalog.stageDelta([{ id: 3, total: '3.00' }], norway))
  catalog.commitPartition(compacted, { previousPartition: norway })
  const tsv = { contentType: 'application/x-amzn-unescaped-tsv' } as const
  const sweden = catalog.stagePartition(stream, ['SE'])
  catalog.commitDelta(catalog.stageDelta([{ id: 4, total: '4.00' }], sweden, tsv))
  catalog.commitPartition(sweden)
  catalog.commitStream(catalog.stageStream('shop', 'orders', { tableVersion: '1' }))
  catalog.createTableVersion('shop', 'log', {})
}

let files = 0
/** What `verify` says of the sound file after `plant` has done something to it. */
function findings(plant: (database: Database.Database) => void): string[] {
  files += 1
  const path = join(folder, `planted-${files}.db`)
  cpSync(join(folder, 'sound.db'), path)
  const database = new Database(path)
  database.pragma('foreign_keys = OFF')
  plant(database)
  database.close()
  return Array.from(verifyCatalog(path), ({ code, place, message }) => `${code} ${place}: ${message}`)
}

const sql =
  (text: string) =>
  (database: Database.Database): void => {
    database.exec(text)
  }
/** Sets a part of the document of one row. */
const set = (table: string, path: string, value: string, where = '1') =>
  sql(
    `UPDATE ${table} SET value = json_set(value, '${path}', ${value}) WHERE locator = (SELECT locator FROM ${table} WHERE ${where} LIMIT 1)`,
  )

const isNorwayNow =
  "json_extract(value, '$.state') = 'committed' AND json_extract(value, '$.partitionLocator.partitionValues[0]') = 'NO'"
const isOldNorway =
  "json_extract(value, '$.state') = 'deprecated' AND json_extract(value, '$.partitionLocator.partitionValues[0]') = 'NO'"
const first = "json_extract(value, '$.deltaLocator.streamPosition') = 1709251200001"
const id = (pattern: string): unknown => expect.stringMatching(new RegExp(pattern))

describe('a sound file', () => {
  it('has nothing to find', () => {
    expect(findings(() => undefined)).toEqual([])
  })

  it('is one that has no table yet', () => {
    writeFileSync(join(folder, 'empty.db'), '')
    expect([...verifyCatalog(join(folder, 'empty.db'))]).toEqual([])
  })

  it.each(['peer-db/types.db', 'peer-db/encodings.db', 'compaction/cases.db'])(
    'is what the reference wrote: %s',
    (name) => {
      expect([...verifyCatalog(join(import.meta.dirname, '../conformance', name))]).toEqual([])
    },
  )
})

describe('a planted wound', () => {
  const plants: readonly (readonly [plant: (database: Database.Database) => void, ...expected: unknown[]])[] = [
    [
      sql('DROP TABLE data'),
      id('^not-a-catalog the file: .* lacks the table "data" of a catalog; restore it from a copy\\.$'),
    ],
    [
      sql('ALTER TABLE deltas ADD COLUMN more'),
      'wrong-columns deltas: The columns are locator, partition_locator, value, more; Python inserts into locator, partition_locator, value.',
    ],
    [
      sql('CREATE TRIGGER t AFTER INSERT ON deltas BEGIN DELETE FROM data; END'),
      'foreign-trigger deltas: The trigger t stands on it.',
    ],
    [
      sql("UPDATE tables SET locator = NULL WHERE locator LIKE '%|log'"),
      'null-locator tables: The row’s key is null.',
      id('^no-table shop\\.log@1: Its table, at .*\\|log, is not in the file\\.$'),
    ],
    [
      sql(
        "UPDATE partitions SET stream_locator = 7 WHERE json_extract(value, '$.partitionLocator.partitionValues[0]') = 'SE'",
      ),
      id('^null-locator .*: The row’s parent is a number\\.$'),
    ],
    [sql("UPDATE namespaces SET value = '{'"), 'not-json shop: The document is not JSON.'],
    [
      sql("UPDATE tables SET value = '[]' WHERE locator LIKE '%|log'"),
      id('^not-json .*\\|log: The document is a list where an object belongs\\.$'),
    ],
    [
      sql("UPDATE tables SET value = x'00' WHERE locator LIKE '%|log'"),
      id('^not-json .*\\|log: The document is bytes\\.$'),
    ],
    [
      set('table_versions', '$.primaryKeys', '7', "locator LIKE '%|1'"),
      id('^wrong-shape .*\\|1: PrimaryKeys is 7 where a list belongs\\.$'),
    ],
    [
      sql(
        "UPDATE streams SET value = json_remove(value, '$.streamLocator.streamId') WHERE json_extract(value, '$.state') = 'deprecated'",
      ),
      id('^wrong-shape .*: StreamId is missing where text belongs\\.$'),
    ],
    [
      set('namespaces', '$.namespaceLocator.namespace', "'shops'"),
      'locator-mismatch shops: The key is shop; the document gives shops.',
    ],
    [
      sql("UPDATE tables SET locator = locator || 's' WHERE locator LIKE '%|log'"),
      id('^locator-mismatch shop\\.log: The key is .*\\|logs; the document gives .*\\|log\\.$'),
      id('^no-table shop\\.log@1: '),
    ],
    [
      sql("UPDATE deltas SET locator = replace(locator, '1709251200001', '17')"),
      id(
        '^locator-mismatch .*#1709251200001: The key is [0-9a-f]{40}\\|17; the document gives [0-9a-f]{40}\\|1709251200001\\.$',
      ),
    ],
    [
      sql(
        "UPDATE partitions SET locator = 'x' || locator WHERE json_extract(value, '$.partitionLocator.partitionValues[0]') = 'SE'",
      ),
      id('^locator-mismatch shop\\.orders/SE: The key is x'),
      id('^(no-partition|parent-mismatch) '),
    ],
    [
      sql("UPDATE tables SET namespace_locator = 'shops' WHERE locator LIKE '%|log'"),
      'parent-mismatch shop.log: The row stands under shops, its document under shop.',
    ],
    [
      sql(`UPDATE deltas SET partition_locator = 'elsewhere' WHERE ${first}`),
      id('^parent-mismatch .*#1709251200001: The row stands under elsewhere, its document under '),
    ],
    [
      sql('DELETE FROM namespaces'),
      id('^no-namespace shop\\.orders: Its namespace, at shop, is not in the file\\.$'),
      id('^no-namespace shop\\.log: '),
    ],
    [
      sql("DELETE FROM tables WHERE locator LIKE '%|log'"),
      id('^no-table shop\\.log@1: Its table, at .*\\|log, is not in the file\\.$'),
    ],
    [
      sql("DELETE FROM table_versions WHERE table_locator LIKE '%|log'"),
      id('^no-version shop\\.log@1: Its table version, at .*\\|1, is not in the file\\.$'),
    ],
    [
      sql("DELETE FROM streams WHERE json_extract(value, '$.state') = 'deprecated'"),
      id('^no-stream shop.*NO.*: Its stream, at '),
      id('^no-stream shop.*NO'),
      id('^no-stream shop.*SE'),
      id('^stream-without-predecessor shop\\.orders: It replaces .*\\|SQLITE3, which is not in the file\\.$'),
    ],
    [
      sql(`DELETE FROM partitions WHERE ${isNorwayNow}`),
      id('^no-partition .*: Its partition, at .*, is not in the file\\.$'),
      id('^no-partition '),
    ],
    [
      set('streams', '$.state', "'done'", "json_extract(value, '$.state') = 'deprecated'"),
      id('^unknown-state .*: State is "done", none of staged, committed, deprecated\\.$'),
    ],
    [
      set('partitions', '$.state', 'null', isNorwayNow),
      id('^unknown-state .*: State is null, none of staged, committed, deprecated\\.$'),
    ],
    [
      set('table_versions', '$.lifecycleState', "'retired'", "table_locator LIKE '%|log'"),
      id('^unknown-lifecycle .*: LifecycleState is "retired", none of '),
    ],
    [
      set('deltas', '$.type', "'merge'", first),
      id('^unknown-type .*: Type is "merge", none of append, upsert, delete\\.$'),
    ],
    [set('deltas', '$.type', 'null', first), id('^unknown-type .*: It has no type\\.$')],
    [
      set('table_versions', '$.properties.stream_id', "'none'", "table_locator LIKE '%|log'"),
      'no-committed-stream shop.log@1: stream_id is "none", which is no stream of this version.',
      id('^mock-replaced-stream shop\\.log:'),
    ],
    [
      set(
        'streams',
        '$.state',
        "'staged'",
        "json_extract(value, '$.streamLocator.tableVersionLocator.tableLocator.tableName') = 'log'",
      ),
      id('^no-committed-stream shop\\.log@1: stream_id is ".*", which is staged\\.$'),
    ],
    [
      set('partitions', '$.state', "'committed'", isOldNorway),
      id('^two-committed-partitions .*: .* is committed beside .* of the same values\\.$'),
    ],
    [
      set('partitions', '$.previousPartitionId', "'none'", isNorwayNow),
      id('^partition-without-predecessor .*: It replaces none, which is not in its stream\\.$'),
    ],
    [
      set('deltas', '$.deltaLocator.streamPosition', '9007199254740993', first),
      id('^bad-position .*: StreamPosition is no safe integer\\.$'),
    ],
    [set('deltas', '$.deltaLocator.streamPosition', 'null', first), id('^bad-position .*: It has no position\\.$')],
    [
      set('deltas', '$.previousStreamPosition', '1909251200001', first),
      id('^positions-out-of-order .*: Its position is 1709251200001, below that of the one before, 1909251200001\\.$'),
    ],
    [
      set('partitions', '$.previousStreamPosition', '1909251200001', isNorwayNow),
      id('^positions-out-of-order .*: Its position is \\d+, below that of the one before, 1909251200001\\.$'),
    ],
    [
      sql(
        `DELETE FROM data WHERE uri = (SELECT json_extract(value, '$.manifest.entries[0].uri') FROM deltas WHERE ${first})`,
      ),
      id('^missing-data .*: Its entry cloudpickle://.* is not in the file\\.$'),
    ],
    [
      sql(
        `UPDATE data SET value = NULL WHERE uri = (SELECT json_extract(value, '$.manifest.entries[0].uri') FROM deltas WHERE ${first})`,
      ),
      id('^empty-data .*: Its entry cloudpickle://.* holds nothing\\.$'),
    ],
    [
      sql(
        `UPDATE data SET value = 'text' WHERE uri = (SELECT json_extract(value, '$.manifest.entries[0].uri') FROM deltas WHERE ${first})`,
      ),
      id('^undecodable .*: Its entry .* is of type text where bytes belong\\.$'),
    ],
    [
      sql(
        `UPDATE data SET value = zeroblob(length(value)) WHERE uri = (SELECT json_extract(value, '$.manifest.entries[0].uri') FROM deltas WHERE ${first})`,
      ),
      id('^undecodable .*: Its entry .* can’t be decoded: '),
    ],
    [
      sql("INSERT INTO data VALUES ('cloudpickle://0-0', x'00')"),
      'mock-vanished-delta cloudpickle://0-0: 1 bytes that no delta names.',
    ],
    [
      sql("INSERT INTO data VALUES ('s3://bucket/key', NULL)"),
      'orphaned-data s3://bucket/key: An empty row that no delta names.',
    ],
    [
      set('deltas', '$.manifest.entries[0].meta.content_length', '7', first),
      id('^manifest-totals .*: Its manifest says content_length \\d+; the entries add up to 7\\.$'),
      id('^content-length .*: Its entry .* has \\d+ bytes; the manifest says 7\\.$'),
    ],
    [
      (database) => {
        for (const path of ['$.manifest.entries[0].meta', '$.manifest.meta', '$.meta'])
          set('deltas', `${path}.record_count`, '5', first)(database)
      },
      id('^record-count .*: Its entry .* has 1 records; the manifest says 5\\.$'),
    ],
    [
      set('deltas', '$.meta.record_count', '5', first),
      id('^delta-meta .*: Its meta is .*"record_count":5.*, its manifest’s .*"record_count":1'),
    ],
    [
      (database) => {
        for (const path of ['$.manifest.entries[0].meta', '$.manifest.meta', '$.meta'])
          set('deltas', `${path}.content_type`, "'image/png'", first)(database)
      },
      id('^(unknown-content-type|wrong-shape) '),
    ],
    [
      (database) => {
        for (const path of ['$.manifest.entries[0].meta', '$.manifest.meta', '$.meta'])
          set('deltas', `${path}.content_type`, "'application/orc'", first)(database)
      },
      id('^unreadable-here .*: Its entry .* is application/orc\\.$'),
    ],
    [
      set('table_versions', '$.schema', "'not arrow'", "table_locator LIKE '%|log'"),
      'opaque-schema shop.log@1: The schema is "not arrow".',
    ],
    [
      set('table_versions', '$.primaryKeys', 'json(\'["nr"]\')', "table_locator LIKE '%|orders'"),
      id('^key-not-in-records .*: Its entry .* lacks nr\\.$'),
      id('^key'),
      id('^key'),
      id('^key'),
      id('^key'),
    ],
  ]
  it.each(plants.map(([plant, ...expected]) => ({ plant, expected })))(
    'is found, and nothing else: $expected.0',
    ({ plant, expected }) => {
      expect(findings(plant)).toEqual(expected)
    },
  )

  it('is a page that was damaged, or a file cut short', () => {
    const path = join(folder, 'cut.db')
    cpSync(join(folder, 'sound.db'), path)
    // The last page of all: zeros where a table's rows or an index should be.
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0, bytes.length - 4096))
    expect(new Set(Array.from(verifyCatalog(path), ({ code }) => code)).has('damaged-database')).toBe(true)
    truncateSync(path, 20_000)
    expect(Array.from(verifyCatalog(path), ({ code }) => code)).toEqual(['not-a-catalog'])
    writeFileSync(path, 'no database at all, but long enough to look like one')
    expect(Array.from(verifyCatalog(path), ({ code, message }) => [code, message])).toEqual([
      ['not-a-catalog', `"${path}" is not an SQLite database; restore the file or open another.`],
    ])
  })
})

describe('what the mock is known to leave behind', () => {
  it('is named as such, table by table, and nothing else is found', () => {
    const found = verifyCatalog(join(import.meta.dirname, 'mock/wounds.db'))
    expect(Array.from(found, ({ code, severity, place }) => `${severity} ${code} ${place}`)).toEqual([
      'note mock-version-number mock.version_number@2',
      'wound mock-deleted-stream mock.deleted_stream@1/-',
      'wound mock-deleted-stream mock.recreated_version/-',
      'note mock-replaced-stream mock.replaced_stream',
      'wound mock-in-place mock.in_place/-',
      'note values-join-equal mock.joined_values/a,b',
      'note values-not-strings mock.number_values/1',
      'wound mock-stale-commit mock.stale/-',
      'wound mock-lost-delta mock.late/-#1700000018000',
      'wound mock-lost-delta mock.deprecated/-#1700000023000',
      'wound mock-delete-parameters mock.delete_parameters/-#1700000037000',
      'wound mock-duplicate-commit mock.duplicate/-',
      'wound mock-vanished-delta cloudpickle://00000000-0000-4000-8000-000000000008',
      'wound mock-vanished-delta cloudpickle://00000000-0000-4000-8000-00000000000b',
    ])
  })
})
