import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describedEntries, pluginPage } from '../../scripts/docs-plugin.ts'

const root = join(import.meta.dirname, '../..')

it('docs/plugin.md says what the source says: run `node scripts/docs-plugin.ts` after a change', () => {
  expect(readFileSync(join(root, 'docs/plugin.md'), 'utf8')).toBe(pluginPage())
})

it('describes every entry of the package', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object }
  expect(describedEntries).toEqual(Object.keys(exports))
})
