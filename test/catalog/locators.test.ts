import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Locator, PartitionValues } from '../../src/catalog/index.ts'
import { canonicalString, hexDigest } from '../../src/catalog/index.ts'
import { placeOf } from '../../src/catalog/model/locators.ts'
import { pythonText } from '../../src/catalog/model/python-text.ts'
import { backends, thrownBy } from './backends.ts'
import { committedPartition, shopIn, stageIds } from './shop.ts'

interface Golden {
  readonly names: readonly [namespace: string, table: string, version: string]
  readonly values: PartitionValues | null
  readonly canonical: readonly string[]
  readonly digest: readonly string[]
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'golden/locators.json'), 'utf8')) as Golden[]

function chainOf({ names, values }: Golden): readonly Locator[] {
  const [namespace, tableName, tableVersion] = names
  const namespaceLocator = { namespace }
  const tableLocator = { namespaceLocator, tableName }
  const tableVersionLocator = { tableLocator, tableVersion }
  const streamLocator = { tableVersionLocator, streamId: 'stream-id', storageType: 'SQLITE3' }
  const partitionLocator = { streamLocator, partitionValues: values, partitionId: 'partition-id' }
  const delta = { partitionLocator, streamPosition: 1700000000000 }
  const unplaced = { partitionLocator, streamPosition: null }
  return [namespaceLocator, tableLocator, tableVersionLocator, streamLocator, partitionLocator, delta, unplaced]
}

describe('the canonical string', () => {
  it.each(golden.map((each) => [JSON.stringify(each.values), each] as const))(
    'of %s is what DeltaCAT writes',
    (_, each) => {
      expect(chainOf(each).map(canonicalString)).toEqual(each.canonical)
      expect(chainOf(each).map(hexDigest)).toEqual(each.digest)
    },
  )

  it.each(backends)('of an entity in a $name is that of its locator', ({ open }) => {
    const catalog = open()
    const stream = shopIn(catalog)
    const partition = committedPartition(catalog, stream, ['NO'])
    const delta = stageIds(catalog, partition, 1)
    for (const entity of [stream, partition, delta]) {
      expect(canonicalString(entity)).toBe(canonicalString(entity.locator))
      expect(hexDigest(entity)).toBe(hexDigest(entity.locator))
    }
  })

  it('refuses a lone surrogate', () => {
    expect(thrownBy(() => canonicalString({ namespaceLocator: { namespace: 'a\ud800' }, tableName: 't' }))).toEqual({
      code: 'invalid-argument',
      message: '"a\\ud800" holds a lone surrogate, which has no UTF-8 form; use well-formed text.',
    })
  })
})

it('writes floats, which only a file can bring, as Python does', () => {
  expect(pythonText([1.5, 1e-7, 1e21, -0.5, 1.25e-10])).toBe('[1.5, 1e-07, 1e+21, -0.5, 1.25e-10]')
})

it('names places as fixtures do', () => {
  const places = golden.slice(0, 4).map((each) => placeOf(chainOf(each)[5] as Locator))
  expect(places).toEqual([
    'shop.orders@1/-#1700000000000',
    'shop.orders@1/-#1700000000000',
    'shop.orders@1/NO#1700000000000',
    'shop.orders@1/"it\'s"#1700000000000',
  ])
  expect(placeOf({ namespaceLocator: { namespace: 'a b' }, tableName: 'c.d' })).toBe('"a b"."c.d"')
})
