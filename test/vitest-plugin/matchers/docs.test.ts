import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matchersPage } from '../../../scripts/docs-matchers.ts'

test('docs/matchers.md says what the source says: run `node scripts/docs-matchers.ts` after a change', () => {
  expect(readFileSync(join(import.meta.dirname, '../../../docs/matchers.md'), 'utf8')).toBe(matchersPage())
})
