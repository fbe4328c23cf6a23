import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'
import { openCatalog } from '../../src/catalog/index.ts'
import { blocksOf } from '../docs/blocks.ts'

const folder = mkdtempSync(join(tmpdir(), 'deltacat-docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the Python of docs/catalog.md reads a file of ours', () => {
  const page = join(import.meta.dirname, '../../docs/catalog.md')
  const [script] = blocksOf(page).filter(({ language }) => language === 'python')
  const path = join(folder, 'count_orders.py')
  writeFileSync(path, script!.text)
  const db = join(folder, 'orders.db')
  const positions = writeOrders(db)
  const { stdout, stderr } = spawnSync(inject('interpreters').reference, [path, db], {
    // The AWS clients look for a region that no test has.
    env: { ...process.env, PYTHONUTF8: '1', AWS_DEFAULT_REGION: 'us-east-1', RAY_USAGE_STATS_ENABLED: '0' },
    encoding: 'utf8',
  })
  // The mock lists the newest delta first.
  expect(stdout.trim().split('\n'), stderr).toEqual([`${positions[1]} 1`, `${positions[0]} 2`])
})

function writeOrders(path: string): readonly (number | null)[] {
  using catalog = openCatalog(path)
  catalog.createNamespace('shop')
  const stream = catalog.createTableVersion('shop', 'orders')
  const partition = catalog.commitPartition(catalog.stagePartition(stream))
  return [[{ id: 1 }, { id: 2 }], [{ id: 3 }]].map(
    (rows) => catalog.commitDelta(catalog.stageDelta(rows, partition)).locator.streamPosition,
  )
}
