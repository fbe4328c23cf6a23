import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf } from '../docs/blocks.ts'
import { majors, makeProject, surprises } from './harness.ts'

const block = blocksOf(join(import.meta.dirname, '../../docs/plugin.md')).find(
  ({ attributes }) => attributes.file === 'workspace/vitest.config.ts',
)

const testOf = (namespace: string) => `
import { test } from 'vitest-deltacat/test'
test('has the namespace ${namespace}', ({ catalog, expect, onTestFinished }) => {
  expect(catalog.listNamespaces().items.map(({ locator }) => locator.namespace)).toEqual(['${namespace}'])
  onTestFinished(() => expect(() => catalog.listNamespaces()).toThrow('its test has ended'))
}, 600_000)
`

describe.for(majors)('Vitest %i', (major) => {
  it("runs projects that each have the plugin, as the page shows, without a word of Vitest's", async () => {
    const { run } = makeProject(major, {
      'vitest.config.ts': block!.text,
      'shop/shop.deltacat.yaml': 'namespaces: { shop: {} }\n',
      'shop/shop.test.ts': testOf('shop'),
      'lab/lab.deltacat.yaml': 'namespaces: { lab: {} }\n',
      'lab/lab.test.ts': testOf('lab'),
    })
    const done = await run()
    expect(surprises(done, { 'has the namespace shop': 'passed', 'has the namespace lab': 'passed' })).toEqual({})
    expect(done.output).not.toMatch(/multiple times|warn/i)
    expect(done.leftInTmp).toEqual([])
  })
})
