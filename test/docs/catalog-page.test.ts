import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { catalogPage } from '../../scripts/docs-catalog.ts'

it('docs/catalog.md says what the source says: run `node scripts/docs-catalog.ts` after a change', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/catalog.md'), 'utf8')).toBe(catalogPage())
})
