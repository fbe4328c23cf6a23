import { Bool, Field, Float64, Int64, Schema, type Table, TimestampMicrosecond, Utf8 } from 'apache-arrow'
import { type Catalog, openCatalog, seededClock, seededIds } from '../src/catalog/index.ts'
import { tableFromRows } from '../src/catalog/records/rows.ts'

/** The columns of every small delta here; bench/peer/peer.py makes the same in pyarrow. */
const schema = new Schema([
  new Field('id', new Int64(), false),
  new Field('country', new Utf8(), true),
  new Field('total', new Float64(), true),
  new Field('paid', new Bool(), true),
  new Field('at', new TimestampMicrosecond('UTC'), true),
])

/** 3 rows of 5 cells. */
export function threeRows(): Table {
  const rows = ['NO', 'SE', null].map((country, id) => {
    return { id, country, total: id * 1.5, paid: id % 2 === 0, at: '2024-03-01T00:00:00.000001Z' }
  })
  return tableFromRows(rows, schema)
}

/** What a sample catalog holds. */
export interface Size {
  readonly tables: number
  readonly partitionsPerTable: number
  readonly deltasPerPartition: number
}

/** A catalog whose tables have partitions, whose partitions have committed deltas of {@link threeRows}. */
export function makeShop({ tables, partitionsPerTable, deltasPerPartition }: Size, path = ':memory:'): Catalog {
  const catalog = openCatalog(path, { clock: seededClock('2024-03-01'), ids: seededIds('bench') })
  const records = threeRows()
  catalog.transaction(() => {
    catalog.createNamespace('shop')
    for (let table = 0; table < tables; table++) {
      const partitionKeys = [{ keyName: 'country', keyType: 'string' }]
      const stream = catalog.createTableVersion('shop', `table${table}`, { partitionKeys })
      for (let value = 0; value < partitionsPerTable; value++) {
        const partition = catalog.commitPartition(catalog.stagePartition(stream, [`value${value}`]))
        for (let delta = 0; delta < deltasPerPartition; delta++) {
          catalog.commitDelta(catalog.stageDelta(records, partition))
        }
      }
    }
  })
  return catalog
}
