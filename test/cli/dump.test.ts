import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root, run, testFolder } from './run.ts'

const folder = testFolder()
const here = () => ({ cwd: folder.path })
const at = (name: string): string => join(folder.path, name)

const sources = [
  ...globSync('fixtures/*.deltacat.yaml', { cwd: root }).sort(),
  'test/conformance/peer-db/types.db',
  'test/conformance/compaction/cases.db',
]

beforeAll(() => {
  writeFileSync(at('package.json'), '{}')
})

describe('dump', () => {
  it('refuses a fixture: it is YAML already', async () => {
    expect(await run(['dump', 'fixtures/minimal.deltacat.yaml', '-o', at('copy.deltacat.yaml')])).toEqual({
      code: 2,
      out: '',
      err: 'error fixtures/minimal.deltacat.yaml is a fixture already; dump reads a .db.\n',
    })
  })

  it.each(['copy.db', 'copy.yaml', 'copy'])(
    'refuses to write to %s: nothing would take it for a fixture',
    async (name) => {
      const refused = {
        code: 2,
        out: '',
        err: `error ${name} is not named *.deltacat.yaml, so it can’t be imported; give another name.\n`,
      }
      const argv = ['dump', join(root, 'test/conformance/peer-db/types.db'), '-o', name]
      expect(await run(argv, here())).toEqual(refused)
      expect(await run([...argv, '--force'], here())).toEqual(refused)
      expect(readdirSync(folder.path)).not.toContain(name)
    },
  )

  it('writes to a name that ends in .yml too', async () => {
    const argv = ['dump', join(root, 'test/conformance/peer-db/types.db'), '-o', 'copy.deltacat.yml']
    expect(await run(argv, here())).toMatchObject({ code: 0, out: '' })
    expect(await run(['check', 'copy.deltacat.yml'], here())).toMatchObject({ code: 0 })
  })

  it.each(sources)('of %s, built again, is the same catalog, ids and positions too', async (source) => {
    const original = source.endsWith('.db') ? join(root, source) : at('original.db')
    if (!source.endsWith('.db')) expect(await run(['build', source, '-o', original])).toMatchObject({ code: 0 })
    expect(await run(['dump', original, '-o', 'dump.deltacat.yaml', '--force'], here())).toMatchObject({
      code: 0,
      out: '',
    })
    expect(await run(['build', 'dump.deltacat.yaml', '-o', 'again.db'], here())).toMatchObject({ code: 0 })
    const diff = await run(['diff', original, 'again.db', '--ids'], here())
    expect(diff).toEqual({ code: 0, out: '', err: `✓ ${original} and again.db are equal\n` })
    expect(await run(['verify', 'again.db'], here())).toMatchObject({ code: 0, out: '' })
  })

  it('puts larger deltas into files beside it, and says so', async () => {
    await run(['build', 'fixtures/orders.deltacat.yaml', '-o', at('orders.db')])
    const argv = ['dump', 'orders.db', '-o', 'orders.deltacat.yaml', '--max-inline-rows', '10']
    expect(await run(argv, here())).toEqual({
      code: 0,
      out: '',
      err: '✓ orders.deltacat.yaml and 1 data file from orders.db\n',
    })
    expect(readFileSync(at('orders.deltacat.yaml'), 'utf8')).toMatch(/^# Made by vitest-deltacat dump\.\nnamespaces:\n/)
    expect(readdirSync(folder.path)).toContain('orders.1.parquet')
    expect(
      (await run(['dump', 'orders.db', '-o', 'inline.deltacat.yaml', '--max-inline-rows', 'all'], here())).err,
    ).toBe('✓ inline.deltacat.yaml from orders.db\n')
  })

  it('takes one table alone, and leaves out ids', async () => {
    await run(['build', 'fixtures/partitions.deltacat.yaml', '-o', at('partitions.db')])
    const argv = ['dump', 'partitions.db', '-o', 'one.deltacat.yaml', '--table', 'shop.by_bucket', '--normalize-ids']
    expect(await run(argv, here())).toMatchObject({ code: 0 })
    const yaml = readFileSync(at('one.deltacat.yaml'), 'utf8')
    expect(yaml).toContain('by_bucket:')
    expect(yaml).not.toMatch(/by_country|position:| id: [0-9a-f]{8}-/)
    const none = await run(['dump', 'partitions.db', '-o', 'none.deltacat.yaml', '--table', 'shop.by_buckets'], here())
    expect(none.code).toBe(1)
    expect(none.err).toMatch(/^error .*shop\.by_buckets.*\[not-found\]\n$/)
    expect(readdirSync(folder.path)).not.toContain('none.deltacat.yaml')
  })

  it('overwrites what it made, and nothing else without --force', async () => {
    await run(['build', 'fixtures/minimal.deltacat.yaml', '-o', at('minimal.db')])
    writeFileSync(at('mine.deltacat.yaml'), 'namespaces: {}\n')
    const argv = ['dump', 'minimal.db', '-o', 'mine.deltacat.yaml']
    expect(await run(argv, here())).toEqual({
      code: 1,
      out: '',
      err: 'error mine.deltacat.yaml exists, and this command did not make it; give another path, or --force to overwrite it.\n',
    })
    expect(await run([...argv, '--force'], here())).toMatchObject({ code: 0 })
    expect(await run(argv, here())).toMatchObject({ code: 0 })
    await run(['build', 'fixtures/orders.deltacat.yaml', '-o', at('orders.db')])
    writeFileSync(at('foreign.1.parquet'), 'mine')
    const large = await run(['dump', 'orders.db', '-o', 'foreign.deltacat.yaml', '--max-inline-rows', '10'], here())
    expect(large.err).toBe(
      'error foreign.1.parquet exists beside foreign.deltacat.yaml, and this command did not make it; give another path, or --force to overwrite it.\n',
    )
    expect(readdirSync(folder.path)).not.toContain('foreign.deltacat.yaml')
    writeFileSync(at('foreign.deltacat.yaml'), '')
    expect(
      (await run(['dump', 'orders.db', '-o', 'foreign.deltacat.yaml', '--max-inline-rows', '10'], here())).err,
    ).toBe(large.err)
    expect(readFileSync(at('foreign.1.parquet'), 'utf8')).toBe('mine')
  })

  it('replaces the data files of its last dump, and removes those that it needs no more', async () => {
    await run(['build', 'fixtures/orders.deltacat.yaml', '-o', at('orders.db')])
    const dumped = () =>
      readdirSync(folder.path)
        .filter((name) => name.startsWith('twice.'))
        .sort()
    const argv = ['dump', 'orders.db', '-o', 'twice.deltacat.yaml', '--max-inline-rows']
    expect(await run([...argv, '0'], here())).toMatchObject({ code: 0 })
    const [first, ...others] = dumped()
    expect(first).toBe('twice.1.parquet')
    expect(others.length).toBeGreaterThan(2)
    writeFileSync(at('twice.99.parquet'), 'mine')
    writeFileSync(at('twice.1.parquet'), 'damaged')
    expect(await run([...argv, '10'], here())).toMatchObject({ code: 0 })
    expect(dumped()).toEqual(['twice.1.parquet', 'twice.99.parquet', 'twice.deltacat.yaml'])
    expect(await run(['diff', 'orders.db', 'twice.deltacat.yaml'], here())).toMatchObject({ code: 0 })
    expect(await run([...argv, '1000'], here())).toMatchObject({ code: 0 })
    expect(dumped()).toEqual(['twice.99.parquet', 'twice.deltacat.yaml'])
  })

  it('dumps an empty catalog, and says what is wrong with a damaged one', async () => {
    writeFileSync(at('empty.db'), '')
    expect(await run(['dump', 'empty.db', '-o', 'empty.deltacat.yaml'], here())).toMatchObject({ code: 0 })
    expect(await run(['diff', 'empty.db', 'empty.deltacat.yaml'], here())).toMatchObject({ code: 0, out: '' })
    writeFileSync(at('text.db'), 'no database')
    const { code, err } = await run(['dump', 'text.db', '-o', 'text.deltacat.yaml'], here())
    expect([code, err]).toEqual([
      1,
      `error "${at('text.db')}" is not an SQLite database; restore the file or open another. [corrupt]\n`,
    ])
  })
})
