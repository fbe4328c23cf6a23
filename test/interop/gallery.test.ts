import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildFixture } from '../../src/fixtures/index.ts'
import { walkBoth } from './both.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'deltacat-gallery-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const fixtures = globSync('{fixtures,examples/*}/*.deltacat.yaml', { cwd: root })
  // Only included by others: it has no namespace, and so no tables for Python to find.
  .filter((path) => basename(path) !== 'schemas.deltacat.yaml')
  .sort()

describe('the fixtures that ship, built by us', () => {
  it.each(fixtures)('%s holds in Python what it holds here', async (fixture) => {
    const db = join(folder, `${basename(fixture)}.db`)
    buildFixture(join(root, fixture), db).close()
    // One of every type, half floats among them, which pyarrow 12 can't read.
    const { namespaces } = await walkBoth(db, basename(fixture).startsWith('types.') ? 'newest' : 'mock')
    expect(namespaces).toBeGreaterThan(0)
  })
})
