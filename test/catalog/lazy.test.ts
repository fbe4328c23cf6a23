import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('loads the packages for records when records are touched, not before', () => {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, 'lazy-child.ts')], { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual({ open: [], metadata: [], records: ['apache-arrow', 'parquet-wasm'] })
})
