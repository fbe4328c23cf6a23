import { describe, expect, it } from 'vitest'
import type { Catalog, Delta, Partition, Stream } from '../../src/catalog/index.ts'
import {
  canonicalString,
  hexDigest,
  mergeDeltas,
  mergeManifests,
  openCatalog,
  rowsFromTable,
  seededIds,
  tableFromRows,
} from '../../src/catalog/index.ts'
import { backends, closing, thrownBy } from './backends.ts'
import { commitIds, committedPartition, shopIn } from './shop.ts'

const { open } = backends[1]!

interface Shop {
  readonly catalog: Catalog
  readonly stream: Stream
  readonly partition: Partition
  readonly delta: Delta
}

function shop(): Shop {
  const catalog = open()
  const stream = shopIn(catalog, { partitionKeys: ['country'] })
  const partition = committedPartition(catalog, stream, ['NO'])
  return { catalog, stream, partition, delta: commitIds(catalog, partition, 1) }
}

/** What a mistaken caller hands in, whatever the types say. */
const wrong = (value: unknown) => value as never
const notALocator = 'What was given is neither an entity nor a locator; give one that a call of the catalog returned.'
const both = '"arrow" or "rows"'

/** Each mistake with the whole message that it meets. */
const mistakes: readonly (readonly [message: string, work: (shop: Shop) => unknown])[] = [
  [
    'partitionValues is a Set of 1; give a list of values, or null.',
    ({ catalog, stream }) => catalog.stagePartition(stream, wrong(new Set(['NO']))),
  ],
  [
    'partitionValues is a Map of 1; give a list of values, or null.',
    ({ catalog, stream }) => catalog.getPartition(stream, wrong(new Map([['country', 'NO']]))),
  ],
  [
    'partitionFilter has no option "values"; it takes partitionValues.',
    ({ catalog }) => catalog.listDeltas('shop', 'orders', { partitionFilter: wrong({ values: ['NO'] }) }),
  ],
  [
    'partitionFilter is ["NO"]; give an object with partitionValues.',
    ({ catalog }) => catalog.getLatestDelta('shop', 'orders', { partitionFilter: wrong(['NO']) }),
  ],
  [
    'partitionFilter is ["XX"]; give an object with partitionValues.',
    ({ catalog, delta }) => catalog.downloadDelta(delta, { partitionFilter: wrong(['XX']) }),
  ],
  [
    'columns is "id"; give a list of columns\' names.',
    ({ catalog, delta }) => catalog.downloadDelta(delta, { columns: wrong('id') }),
  ],
  [
    "columns is [1]; give a list of columns' names.",
    ({ catalog, delta }) => catalog.downloadDeltaManifestEntry(delta, 0, { columns: wrong([1]) }),
  ],
  [
    'columns is "id"; give a list of columns\' names.',
    ({ catalog, partition }) => catalog.readPartition(partition, { columns: wrong('id') }),
  ],
  [
    `columns are given for files as they are stored; leave them out, or download ${both}.`,
    ({ catalog, delta }) => catalog.downloadDelta(delta, { tableType: 'parquet', columns: ['id'] }),
  ],
  [
    'author is "me"; give an object with name, version.',
    ({ catalog, partition }) => catalog.stageDelta([{ id: 1 }], partition, { author: wrong('me') }),
  ],
  [
    'author has no option "nmae"; it takes name, version; did you mean "name"?',
    ({ catalog, partition }) => catalog.stageDelta([{ id: 1 }], partition, { author: wrong({ nmae: 'me' }) }),
  ],
  ['author.name is 5; give a text.', ({ delta }) => mergeDeltas([delta], { manifestAuthor: wrong({ name: 5 }) })],
  [
    'properties is ""; give an object.',
    ({ catalog }) => catalog.updateTable('shop', 'orders', { properties: wrong('') }),
  ],
  [
    'tablePermissions is false; give an object.',
    ({ catalog }) => catalog.createTableVersion('shop', 'more', { tablePermissions: wrong(false) }),
  ],
  [
    'properties is 0; give an object.',
    ({ catalog, partition }) => catalog.stageDelta([{ id: 1 }], partition, { properties: wrong(0) }),
  ],
  [
    'partitionKeys[0].keyName is Date 1970-01-01T00:00:00.000Z, which JSON cannot hold; give text, a finite number, a list or an object.',
    ({ catalog }) => catalog.createTableVersion('shop', 'more', { partitionKeys: [wrong({ keyName: new Date(0) })] }),
  ],
  [
    'partitionKeys[1] is ""; give a text that is not empty.',
    ({ catalog }) => catalog.createTableVersion('shop', 'more', { partitionKeys: ['country', ''] }),
  ],
  [
    'previousStreamPosition is "1"; give an integer within ±9007199254740991.',
    ({ catalog, delta }) => catalog.commitDelta(delta, { previousStreamPosition: wrong('1') }),
  ],
  [
    'The manifest has no list of entries; make it with mergeManifests.',
    ({ catalog, delta }) => catalog.commitDelta({ ...delta, manifest: wrong({}) }),
  ],
  [
    'The delta lacks type; give all that the catalog returned of it.',
    ({ catalog, delta }) => catalog.commitDelta(wrong({ locator: delta.locator })),
  ],
  [
    'The partition lacks previousPartitionId; give all that the catalog returned of it.',
    ({ catalog, stream }) => catalog.commitPartition(wrong({ locator: catalog.stagePartition(stream).locator })),
  ],
  [
    'The stream lacks previousStreamDigest; give all that the catalog returned of it.',
    ({ catalog }) => catalog.commitStream(wrong({ locator: catalog.stageStream('shop', 'orders').locator })),
  ],
  ['The work of a transaction is undefined; give a function.', ({ catalog }) => catalog.transaction(wrong(undefined))],
  ['The deltas to merge are null; give a list of deltas.', () => mergeDeltas(wrong(null))],
  ['The delta is given as a locator; give the delta itself.', ({ delta }) => mergeDeltas([wrong(delta.locator)])],
  [
    'The delta is a partition; give one that stageDelta, mergeDeltas or getDelta returned.',
    ({ partition }) => mergeDeltas([wrong(partition)]),
  ],
  [
    'streamPosition is "7"; give an integer within ±9007199254740991.',
    ({ delta }) => mergeDeltas([delta], { streamPosition: wrong('7') }),
  ],
  ['The manifests to merge are null; give a list of them.', () => mergeManifests(wrong(null))],
  [
    'Item 1 of the manifests to merge is null; give a manifest, which has entries.',
    ({ delta }) => mergeManifests([delta.manifest!, wrong(null)]),
  ],
  [
    'mergeManifests has no option "id"; it takes author, ids; did you mean "ids"?',
    ({ delta }) => mergeManifests([delta.manifest!], wrong({ id: 'x' })),
  ],
  [notALocator, () => canonicalString(wrong(undefined))],
  [notALocator, () => canonicalString(wrong({}))],
  [notALocator, () => hexDigest(wrong({ locator: null }))],
  [notALocator, () => hexDigest(wrong({ tableName: 'orders' }))],
  ['The rows are an object (id); give a list of them.', () => tableFromRows(wrong({ id: 1 }))],
  ['The table is undefined; give an Arrow table.', () => rowsFromTable(wrong(undefined))],
  ['The table is a list of 1; give an Arrow table.', () => rowsFromTable(wrong([{ id: 1 }]))],
  [
    "The catalog's clock gave 5n; it must give milliseconds.",
    ({ stream }) => {
      const catalog = closing(openCatalog(':memory:', { clock: () => wrong(5n) }))
      catalog.stagePartition({ ...stream, locator: shopIn(catalog).locator })
    },
  ],
  [
    "The catalog's ids gave 5n; they must give unique text.",
    () => shopIn(closing(openCatalog(':memory:', { ids: () => wrong(5n) }))),
  ],
  ['The seed of the ids is undefined; give a text.', () => seededIds(wrong(undefined))],
  ['The number of ids to leave out is "x"; give a count.', () => seededIds('seed', wrong('x'))],
  [
    'The options of openCatalog are a Map of 0; give an object with readonly, clock, ids, pageSize, busyTimeout, maxPageCount.',
    () => openCatalog(':memory:', wrong(new Map())),
  ],
]

describe('an argument that is none', () => {
  it.each(mistakes)('is refused: %s', (message, work) => {
    expect(thrownBy(() => work(shop()))).toEqual({ code: 'invalid-argument', message })
  })

  it('changes nothing', () => {
    const { catalog, stream, partition, delta } = shop()
    expect(() => catalog.stagePartition(stream, wrong(new Set(['NO'])))).toThrow('partitionValues is a Set of 1')
    expect(() => catalog.stageDelta([{ id: 1 }], partition, { author: wrong('me') })).toThrow('author is "me"')
    expect(catalog.listAllPartitions(stream).items).toEqual([catalog.getPartition(stream, ['NO'])])
    expect(catalog.listStagedDeltas(partition).items).toEqual([])
    expect(catalog.listPartitionDeltas(partition, { includeManifest: true }).items).toEqual([delta])
  })
})

it('partition keys are copied, and hold what JSON holds', () => {
  const { catalog } = shop()
  const key = { keyName: 'country', keyType: 'string' }
  const { partitionKeys } = catalog.createTableVersion('shop', 'more', { partitionKeys: [key, 'day'] })
  expect(partitionKeys).toEqual([key, 'day'])
})
