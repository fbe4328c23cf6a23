import { describe, expect, it } from 'vitest'
import type { Delta } from '../../src/catalog/index.ts'
import { backends, START, thrownBy } from './backends.ts'
import { commitIds, committedPartition, idsOf, shopIn, stageIds } from './shop.ts'

describe.each(backends)('downloading from a $name', ({ open }) => {
  function files() {
    const catalog = open()
    const partition = committedPartition(catalog, shopIn(catalog))
    const rows = [1, 2, 3].map((id) => ({ id, name: `n${id}` }))
    const delta = catalog.commitDelta(catalog.stageDelta(rows, partition, { maxRecordsPerEntry: 2 }))
    return { catalog, partition, delta }
  }

  it('gives one item a file: tables, rows, or the bytes', () => {
    const { catalog, delta } = files()
    const tables = catalog.downloadDelta(delta)
    expect(tables.map((table) => table.numRows)).toEqual([2, 1])
    expect(catalog.downloadDelta(delta, { tableType: 'rows' })).toEqual([
      [
        { id: 1n, name: 'n1' },
        { id: 2n, name: 'n2' },
      ],
      [{ id: 3n, name: 'n3' }],
    ])
    const bytes = catalog.downloadDelta(delta, { tableType: 'parquet' })
    expect(bytes.map((each) => Buffer.from(each).toString('latin1', 0, 4))).toEqual(['PAR1', 'PAR1'])
    expect(bytes.map((each) => each.byteLength)).toEqual(delta.manifest?.entries.map(({ meta }) => meta.contentLength))
  })

  it('takes locators and deltas without a manifest', () => {
    const { catalog, delta } = files()
    const rows = catalog.downloadDelta(delta, { tableType: 'rows' })
    expect(catalog.downloadDelta(delta.locator, { tableType: 'rows' })).toEqual(rows)
    expect(catalog.downloadDelta({ ...delta, manifest: null }, { tableType: 'rows' })).toEqual(rows)
    expect(catalog.downloadDeltaManifestEntry(delta.locator, 1, { tableType: 'rows' })).toEqual(rows[1])
  })

  it('selects columns, in the order that is given', () => {
    const { catalog, delta } = files()
    const [first] = catalog.downloadDelta(delta, { columns: ['name', 'id'] })
    expect(first?.schema.fields.map(({ name }) => name)).toEqual(['name', 'id'])
    expect(catalog.downloadDeltaManifestEntry(delta, 1, { columns: ['name'], tableType: 'rows' })).toEqual([
      { name: 'n3' },
    ])
    expect(thrownBy(() => catalog.downloadDelta(delta, { columns: ['nome'] })).code).toBe('invalid-argument')
  })

  it('reads lazily where the storage is distributed', () => {
    const { catalog, delta } = files()
    const lazy = catalog.downloadDelta(delta, { storageType: 'distributed', tableType: 'rows' })
    const again = lazy[Symbol.iterator]()
    expect(again.next().value).toEqual([
      { id: 1n, name: 'n1' },
      { id: 2n, name: 'n2' },
    ])
    expect(Array.from(lazy, (rows) => rows.length)).toEqual([2, 1])
    catalog.deleteStream('shop', 'orders')
    expect(thrownBy(() => again.next()).code).toBe('not-found')
    catalog.close()
    expect(thrownBy(() => [...lazy])).toEqual({
      code: 'closed',
      message: `The catalog ${JSON.stringify(catalog.path)} is closed; open it again to use it.`,
    })
  })

  it('finds a delta whose partition was replaced, by the id', () => {
    const { catalog, partition, delta } = files()
    const stream = catalog.getStream('shop', 'orders')
    committedPartition(catalog, stream as NonNullable<typeof stream>)
    expect(catalog.stateOf(partition)).toBe('deprecated')
    expect(idsOf(catalog, { ...delta, manifest: null })).toEqual([1, 2, 3])
    const values = { ...delta.locator, partitionLocator: { ...partition.locator, partitionValues: ['other spelling'] } }
    expect(catalog.downloadDelta(values).map((table) => table.numRows)).toEqual([2, 1])
  })

  it('says what is missing', () => {
    const { catalog, delta } = files()
    const locator = { ...delta.locator, streamPosition: 5 }
    expect(thrownBy(() => catalog.downloadDelta(locator))).toEqual({
      code: 'not-found',
      message: "There is no delta at position 5 of shop.orders@1/-; list the partition's deltas to see what is there.",
    })
    expect(thrownBy(() => catalog.downloadDeltaManifestEntry(delta, 2))).toEqual({
      code: 'invalid-argument',
      message: 'The manifest has no entry 2; valid are 0 to 1.',
    })
    expect(thrownBy(() => catalog.downloadDeltaManifestEntry(delta, -1)).message).toBe(
      'The manifest has no entry -1; valid are 0 to 1.',
    )
    const empty = catalog.stageDelta(null, delta.locator.partitionLocator)
    expect(thrownBy(() => catalog.downloadDeltaManifestEntry(empty, 0)).message).toBe(
      'The manifest has no entry 0; it has none.',
    )
    const foreign: Delta = {
      ...empty,
      manifest: {
        id: 'm',
        meta: {},
        entries: [{ uri: 's3://bucket/a', url: 's3://bucket/a', meta: {}, mandatory: true }],
      },
    }
    expect(thrownBy(() => catalog.downloadDelta(foreign))).toEqual({
      code: 'not-found',
      message: 'The catalog has no records at "s3://bucket/a"; they are elsewhere, or their stream was deleted.',
    })
  })

  it.each([
    ['tableType is "pandas"; give "arrow", "rows" or "parquet".', { tableType: 'pandas' }],
    ['storageType is "remote"; give "local" or "distributed".', { storageType: 'remote' }],
  ])('refuses: %s', (message, options) => {
    const { catalog, delta } = files()
    expect(thrownBy(() => catalog.downloadDelta(delta, options as { tableType: 'rows' }))).toEqual({
      code: 'invalid-argument',
      message,
    })
  })
})

describe.each(backends)('reading a partition of a $name as a table', ({ open }) => {
  it('applies its deltas in order, up to a position', () => {
    const catalog = open()
    const stream = shopIn(catalog, { primaryKeyColumnNames: ['id'] })
    const partition = committedPartition(catalog, stream)
    const commit = (
      rows: { id: number; v?: string }[],
      deltaType: 'upsert' | 'delete',
      equalityColumnNames?: string[],
    ) =>
      catalog.commitDelta(
        catalog.stageDelta(rows, partition, {
          deltaType,
          ...(equalityColumnNames && { deleteParameters: { equalityColumnNames } }),
        }),
      )
    const first = commit(
      [
        { id: 1, v: 'a' },
        { id: 2, v: 'b' },
      ],
      'upsert',
    )
    commit([{ id: 2, v: 'c' }], 'upsert')
    commit([{ id: 1 }], 'delete', ['id'])
    stageIds(catalog, partition, 9)
    const rows = (options?: Parameters<typeof catalog.readPartition>[1]) =>
      [...catalog.readPartition(partition, options)].map((row) => row?.toJSON())
    expect(rows()).toEqual([{ id: 2n, v: 'c' }])
    expect(rows({ until: first.locator.streamPosition })).toEqual([
      { id: 1n, v: 'a' },
      { id: 2n, v: 'b' },
    ])
    expect(rows({ columns: ['v'] })).toEqual([{ v: 'c' }])
    expect(rows({ dropDuplicates: false })).toEqual([
      { id: 2n, v: 'b' },
      { id: 2n, v: 'c' },
    ])
    expect(thrownBy(() => catalog.readPartition(partition, { until: 0.5 })).message).toBe(
      'until is 0.5; give an integer within ±9007199254740991.',
    )
  })

  it('names the partition and the delta that it cannot be read for', () => {
    const catalog = open()
    const stream = shopIn(catalog, { primaryKeyColumnNames: ['scan_id'] })
    const norway = committedPartition(catalog, stream, ['NO'])
    catalog.commitDelta(catalog.stageDelta([{ scan_id: 1, parcel: 'P1' }], norway))
    catalog.commitDelta(catalog.stageDelta([{ parcel: 'P1' }], norway, { deltaType: 'delete' }))
    expect(thrownBy(() => catalog.readPartition(norway))).toEqual({
      code: 'invalid-argument',
      message: `shop.orders@1/NO#${START + 2} can't be merged: the equality column "scan_id" is no column of the delete's records; they have parcel; stage it again, corrected, in a partition that replaces this one.`,
    })
    const sweden = committedPartition(catalog, stream, ['SE'])
    catalog.commitDelta(catalog.stageDelta([{ scan_id: 1, parcel: 'P1' }], sweden))
    catalog.commitDelta(catalog.stageDelta([{ scan_id: 'x', parcel: 'x' }], sweden))
    expect(thrownBy(() => catalog.readPartition(sweden))).toEqual({
      code: 'invalid-argument',
      message: `Column "scan_id" is int64 in shop.orders@1/SE#${START + 4} and string in shop.orders@1/SE#${START + 5}; stage one of them again as the other's type, in a partition that replaces this one.`,
    })
  })

  it('reads deprecated and staged partitions too', () => {
    const catalog = open()
    const stream = shopIn(catalog)
    const replaced = committedPartition(catalog, stream)
    commitIds(catalog, replaced, 1, 2)
    const current = catalog.stagePartition(stream)
    commitIds(catalog, current, 3)
    catalog.commitPartition(current)
    const staged = catalog.stagePartition(stream)
    commitIds(catalog, staged, 4, 5)
    const partitions = [replaced, current, staged]
    expect(partitions.map((partition) => catalog.stateOf(partition))).toEqual(['deprecated', 'committed', 'staged'])
    const ids = ({ locator }: (typeof partitions)[number]) =>
      [...catalog.readPartition(locator)].map((row) => Number(row?.toJSON().id))
    expect(partitions.map(ids)).toEqual([[1, 2], [3], [4, 5]])
  })
})
