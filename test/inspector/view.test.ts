import { expect, it } from 'vitest'
import { loadFixture } from '../../src/fixtures/index.ts'
import { createPacker } from '../../src/inspector/pack.ts'
import { catalogView } from '../../src/inspector/view.ts'

it('adds up what stands below each level, by state', () => {
  const fixture = loadFixture({
    namespaces: {
      shop: {
        tables: {
          orders: {
            versions: {
              1: {
                schema: { id: 'int64', country: 'string' },
                partitionKeys: ['country'],
                lifecycleState: 'active',
                streams: [
                  { label: 'old', state: 'deprecated', partitions: [{ values: ['NO'], deltas: [[{ id: 5 }]] }] },
                  {
                    label: 'new',
                    replaces: 'old',
                    partitions: [
                      {
                        values: ['NO'],
                        deltas: [
                          { type: 'append', rows: [{ id: 1 }, { id: 2 }] },
                          { type: 'append', state: 'staged', rows: [{ id: 3 }] },
                        ],
                      },
                      { values: ['SE'], state: 'staged', deltas: [] },
                      { values: ['DK'], label: 'older', state: 'deprecated', deltas: [[{ id: 4 }]] },
                      { values: ['DK'], replaces: 'older', deltas: [] },
                    ],
                  },
                ],
              },
            },
          },
          empty: { schema: { id: 'int64' } },
        },
      },
    },
  })
  using catalog = fixture.build(':memory:')
  const options = { packer: createPacker(), budget: { left: 100, all: 100 } }
  const source = { open: () => catalog, index: fixture.index, path: 'shop.yaml', failure: null }
  const { nodes } = catalogView(catalog, source, options)
  const totals = new Map(nodes.map((node) => [`${node.kind} ${node.path}`, node.totals]))
  const orders = {
    stream: { committed: 1, deprecated: 1 },
    partition: { committed: 3, staged: 1, deprecated: 1 },
    // What is committed in a partition or stream that is replaced counts no longer.
    delta: { committed: 1, staged: 1, deprecated: 2 },
  }
  expect(totals.get('version shop.orders@1')).toMatchObject({ states: orders, records: 5 })
  expect(totals.get('table shop.orders')?.states).toEqual({ version: { active: 1 }, ...orders })
  expect(totals.get('partition shop.orders/NO')?.states).toEqual({ delta: { committed: 1, staged: 1 } })
  expect(totals.get('partition shop.orders/SE')).toEqual({ states: {}, records: 0, bytes: 0 })
  expect(totals.get('catalog shop.yaml')?.states).toMatchObject({
    namespace: { '': 1 },
    table: { '': 2 },
    version: { active: 1, unreleased: 1 },
  })
  const bytes = nodes.filter(({ kind }) => kind === 'partition').map((node) => node.totals?.bytes ?? 0)
  expect(totals.get('catalog shop.yaml')?.bytes).toBe(bytes.reduce((sum, each) => sum + each, 0))
})
