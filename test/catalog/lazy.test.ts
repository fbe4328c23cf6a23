import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('loads the packages for records when records are touched, not before', () => {
  const child = fileURLToPath(new URL('./lazy-child.ts', import.meta.url))
  const output = execFileSync(process.execPath, [child], { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual({
    open: [],
    metadata: [],
    staged: ['apache-arrow'],
    downloaded: ['apache-arrow', 'parquet-wasm'],
  })
})
