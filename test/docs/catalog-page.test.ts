import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { catalogPage } from '../../scripts/docs-catalog.ts'

it('docs/catalog.md says what the source says: run `node scripts/docs-catalog.ts` after a change', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/catalog.md'), 'utf8')).toBe(catalogPage())
})

it('says something of every option, and nothing of what is internal', () => {
  const [calls = ''] = catalogPage().split('\n## Entities\n')
  expect(calls.match(/^\| `\w+` \|\s*\|$/gm)).toBeNull()
  expect(calls).not.toContain('FaultRunner')
})
