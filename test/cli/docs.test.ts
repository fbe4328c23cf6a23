import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cliPage } from '../../scripts/docs-cli.ts'

it('docs/cli.md says what the commands say: run `node scripts/docs-cli.ts` after a change', async () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8')).toBe(await cliPage())
})
