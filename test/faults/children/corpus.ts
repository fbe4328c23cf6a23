import {
  type Catalog,
  type ContentType,
  openCatalog,
  type Row,
  seededClock,
  seededIds,
} from '../../../src/catalog/index.ts'
import { tableFromRows } from '../../../src/catalog/records/rows.ts'
import { schemaOf } from './schema-of.ts'

const fields = {
  id: 'int64',
  small: 'uint8',
  ratio: 'double',
  ok: 'bool',
  name: 'string',
  blob: 'binary',
  price: 'decimal(12,2)',
  day: 'date32',
  clock: 'time64[us]',
  at: 'timestamp[ns]',
  tags: 'list<int64>',
  point: 'struct<x: int32, y: string>',
  map: 'map<string, int64>',
  kind: 'dictionary<int32, string>',
}
const plain = ['id', 'small', 'ratio', 'ok', 'name'] as const

const rows: readonly Row[] = Array.from({ length: 40 }, (_, i) => ({
  id: 2n ** 60n + BigInt(i),
  small: i,
  ratio: i % 7 === 0 ? null : i / 3,
  ok: i % 2 === 0,
  name: `row ${i}`,
  blob: Uint8Array.of(i, 255 - i),
  price: `${i}.50`,
  day: '2024-02-29',
  clock: '23:59:59.999999',
  at: '2024-02-29T23:59:59.123456789',
  tags: i % 5 === 0 ? null : [BigInt(i), null],
  point: { x: i, y: i % 3 === 0 ? null : 'y' },
  map: [['k', BigInt(i)]],
  kind: i % 2 === 0 ? 'even' : 'odd',
}))

export const contentTypes: readonly ContentType[] = [
  'application/parquet',
  'application/x-amzn-unescaped-tsv',
  'text/csv',
  'text/tsv',
  'text/psv',
  'application/json',
  'application/feather',
]

/** A small catalog with one delta of each content type, two versions, a replaced partition and staged entities. */
export function corpus(): Catalog {
  const catalog = openCatalog(':memory:', { clock: seededClock(1_700_000_000_000), ids: seededIds('corpus') })
  catalog.createNamespace('shop', { read: true })
  const stream = catalog.createTableVersion('shop', 'events', {
    schema: schemaOf(fields),
    partitionKeys: [{ keyName: 'name', keyType: 'string' }],
    primaryKeyColumnNames: ['id'],
    sortKeys: [['at', 'descending']],
  })
  const partition = catalog.commitPartition(catalog.stagePartition(stream, { partitionValues: ['NO'] }))
  for (const contentType of contentTypes) {
    const whole = contentType === 'application/parquet' || contentType === 'application/feather'
    const schema = whole ? schemaOf(fields) : schemaOf(fields, plain)
    const picked = rows.map((row) => Object.fromEntries(schema.names.map((name) => [name, row[String(name)]])))
    const records = tableFromRows(picked, schema)
    catalog.commitDelta(catalog.stageDelta(records, partition, { deltaType: 'upsert', contentType }))
  }
  const deleted = tableFromRows([{ id: 2n ** 60n }], schemaOf(fields, ['id']))
  const deleteParameters = { equalityColumnNames: ['id'] }
  catalog.commitDelta(catalog.stageDelta(deleted, partition, { deltaType: 'delete', deleteParameters }))
  catalog.stageDelta(null, partition)
  catalog.stagePartition(stream, { partitionValues: ['NO'] })
  catalog.commitPartition(catalog.stagePartition(stream))
  catalog.commitPartition(catalog.stagePartition(stream))
  catalog.stageStream('shop', 'events')
  catalog.createTableVersion('shop', 'events')
  return catalog
}
