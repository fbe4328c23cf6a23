import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildFixture } from '../../src/fixtures/index.ts'
import { finding } from '../../src/inspector/verify/codes.ts'
import { shortPlaces } from '../../src/inspector/verify/places.ts'
import { openRows } from '../../src/inspector/verify/rows.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'places-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('only what is below the version that a path without one means is named without it', () => {
  const path = join(folder, 'versions.db')
  const version = { schema: { id: 'int64' } }
  const active = { ...version, lifecycleState: 'active' } as const
  const tables = {
    active: { versions: { 2: active, 10: active, 11: version } },
    never: { versions: { 9: version, 10: version } },
    'a/b@1': version,
  } as const
  buildFixture({ namespaces: { shop: { tables } } }, path).close()
  const rows = openRows(path)
  try {
    const short = shortPlaces(rows)
    const placed = (table: string, place: string) => short(finding('wrong-shape', table, 'key', place, '')).place
    const same = [
      ['table_versions', 'shop.active@10'],
      ['partitions', 'shop.active@2/NO'],
      ['partitions', 'shop.active@11/NO'],
      ['partitions', 'shop.never@9/-'],
      ['partitions', 'shop.gone@1/-'],
      ['partitions', 'a key'],
    ] as const
    expect(same.map(([table, place]) => placed(table, place))).toEqual(same.map(([, place]) => place))
    expect(placed('streams', 'shop.active@10')).toBe('shop.active')
    expect(placed('partitions', 'shop.active@10/a,b')).toBe('shop.active/a,b')
    expect(placed('deltas', 'shop.never@10/-#1709251200001')).toBe('shop.never/-#1709251200001')
    expect(placed('partitions', 'shop."a/b@1"@1/x@1/y')).toBe('shop."a/b@1"/x@1/y')
  } finally {
    rows.close()
  }
})
