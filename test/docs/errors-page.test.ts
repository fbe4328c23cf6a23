import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { errorsPage } from '../../scripts/docs-errors.ts'

it('docs/errors.md says what the source says: run `node scripts/docs-errors.ts` after a change', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8')).toBe(errorsPage())
})
