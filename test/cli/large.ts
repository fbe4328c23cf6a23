import { Schema } from 'apache-arrow'
import Database from 'better-sqlite3'
import { openCatalog, seededClock, seededIds } from '../../src/catalog/index.ts'
import { parseField } from '../../src/catalog/records/schema.ts'

/**
 * A catalog of one partition (`big.log`) with many deltas of one row each. The catalog stages and commits the first; SQL
 * copies it, with positions, ids and URIs of their own.
 */
export function makeLarge(path: string, deltas: number): void {
  const catalog = openCatalog(path, { clock: seededClock('2024-03-01T00:00:00Z'), ids: seededIds('large') })
  catalog.createNamespace('big', {})
  const schema = new Schema([parseField('id', 'int64!'), parseField('name', 'string')])
  const stream = catalog.createTableVersion('big', 'log', { schema })
  const partition = catalog.commitPartition(catalog.stagePartition(stream, []))
  catalog.commitDelta(catalog.stageDelta([{ id: 1, name: 'one' }], partition, { deltaType: 'append' }))
  catalog.close()
  const database = new Database(path)
  database.pragma('foreign_keys = OFF')
  database.exec(`
    CREATE TEMP TABLE numbers AS WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < ${deltas - 1}) SELECT n FROM counting;
    CREATE TEMP TABLE one AS SELECT locator, partition_locator, value, json_extract(value, '$.manifest.id') AS id,
      json_extract(value, '$.deltaLocator.streamPosition') AS position FROM deltas;
    INSERT INTO deltas SELECT substr(locator, 1, 41) || (position + n), partition_locator,
      replace(replace(value, '"streamPosition":' || position, '"streamPosition":' || (position + n)), id, id || '-' || n)
      FROM one, numbers ORDER BY n;
    INSERT INTO data SELECT 'cloudpickle://' || id || '-' || n, data.value FROM one, numbers, data ORDER BY n;
  `)
  database.close()
}
