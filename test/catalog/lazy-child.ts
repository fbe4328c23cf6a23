import { registerHooks } from 'node:module'

// Prints which of the heavy packages are loaded, after each kind of work.
const heavy = new Set<string>()
registerHooks({
  load(url, context, next) {
    for (const name of ['apache-arrow', 'parquet-wasm', 'csv-parse', 'lz4js']) {
      if (url.includes(`/node_modules/${name}/`)) heavy.add(name)
    }
    return next(url, context)
  },
})

const { openCatalog } = await import('../../src/catalog/index.ts')
const after: Record<string, readonly string[]> = {}
using catalog = openCatalog(':memory:')
after.open = [...heavy]

catalog.createNamespace('shop')
const stream = catalog.createTableVersion('shop', 'orders', {
  partitionKeys: ['country'],
  primaryKeyColumnNames: ['id'],
})
const partition = catalog.stagePartition(stream, ['NO'])
const delta = catalog.commitDelta(catalog.stageDelta(null, partition))
catalog.commitPartition(partition)
catalog.listDeltas('shop', 'orders', { partitionValues: ['NO'], includeManifest: true }).allItems()
catalog.updateTableVersion('shop', 'orders', '1', { lifecycleState: 'active' })
catalog.stateOf(delta)
catalog.serialize()
catalog.commitStream(catalog.stageStream('shop', 'orders'))
catalog.deleteStream('shop', 'orders')
after.metadata = [...heavy]

const again = catalog.stagePartition(catalog.createTableVersion('shop', 'orders'))
const small = catalog.stageDelta([{ id: 1 }], again)
after.staged = [...heavy].sort()
catalog.downloadDelta(small)
after.downloaded = [...heavy].sort()
process.stdout.write(JSON.stringify(after))
