import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCatalog, rowsFromTable } from '../../src/catalog/index.ts'
import { run, testFolder } from './run.ts'

const folder = testFolder()
const minimal = 'fixtures/minimal.deltacat.yaml'
const at = (name: string): string => join(folder.path, name)

describe('build', () => {
  it('builds the same bytes twice, and says what it built', async () => {
    expect(await run(['build', minimal, '-o', at('one.db')])).toEqual({
      code: 0,
      out: '',
      err: `✓ ${at('one.db')} from ${minimal}: 1 delta\n`,
    })
    await run(['build', minimal, '-o', at('two.db')])
    expect(readFileSync(at('one.db')).equals(readFileSync(at('two.db')))).toBe(true)
  })

  it('overwrites what it made itself', async () => {
    await run(['build', 'fixtures/orders.deltacat.yaml', '-o', at('again.db')])
    expect(await run(['build', minimal, '-o', at('again.db')])).toMatchObject({ code: 0 })
    await run(['build', minimal, '-o', at('fresh.db')])
    expect(readFileSync(at('again.db')).equals(readFileSync(at('fresh.db')))).toBe(true)
  })

  it.each([
    ['another database', () => readFileSync('test/conformance/peer-db/types.db')],
    ['some text', () => 'not a database, and short'],
  ])('overwrites %s only with --force', async (_what, content) => {
    writeFileSync(at('foreign.db'), content())
    expect(await run(['build', minimal, '-o', at('foreign.db')])).toEqual({
      code: 1,
      out: '',
      err: `error ${at('foreign.db')} exists, and this command did not make it; give another path, or --force to overwrite it.\n`,
    })
    expect(readFileSync(at('foreign.db'))).toEqual(Buffer.from(content()))
    expect(await run(['build', minimal, '-o', at('foreign.db'), '--force'])).toMatchObject({ code: 0 })
    expect((await run(['verify', at('foreign.db')])).code).toBe(0)
  })

  it('never overwrites a file that it reads, however that is named', async () => {
    const own = `namespaces: { shop: { tables: { orders: { deltas: [{ file: rows.csv }] } } } }\n`
    writeFileSync(at('own.deltacat.yaml'), own)
    writeFileSync(at('rows.csv'), 'id\n1\n')
    for (const output of [at('own.deltacat.yaml'), `${folder.path}/./rows.csv`]) {
      expect(await run(['build', at('own.deltacat.yaml'), '-o', output, '--force'])).toEqual({
        code: 1,
        out: '',
        err: `error ${output} is a file that this command reads; give another path.\n`,
      })
    }
    expect(readFileSync(at('own.deltacat.yaml'), 'utf8')).toBe(own)
    expect(readFileSync(at('rows.csv'), 'utf8')).toBe('id\n1\n')

    await run(['build', minimal, '-o', at('read.db')])
    const bytes = readFileSync(at('read.db'))
    for (const [command, linked] of [
      ['dump', at('linked.deltacat.yaml')],
      ['report', at('linked.html')],
    ] as const) {
      symlinkSync(at('read.db'), linked)
      expect(await run([command, at('read.db'), '-o', linked, '--force'])).toEqual({
        code: 1,
        out: '',
        err: `error ${linked} is a file that this command reads; give another path.\n`,
      })
    }
    expect(readFileSync(at('read.db')).equals(bytes)).toBe(true)
  })

  it('reads a parameter from its text, to the last digit', async () => {
    writeFileSync(
      at('big.deltacat.yaml'),
      'params: { big: 1 }\nnamespaces: { shop: { tables: { t: { schema: { id: int64 }, deltas: [[{ id: { $param: big } }]] } } } }\n',
    )
    await run(['build', at('big.deltacat.yaml'), '-o', at('big.db'), '--param', 'big=9007199254740993'])
    using catalog = openCatalog(at('big.db'), { readonly: true })
    const [partition] = catalog.listPartitions('shop', 't')
    expect(rowsFromTable(catalog.readPartition(partition!))).toEqual([{ id: 9007199254740993n }])
  })

  it('writes nothing where the fixture is wrong', async () => {
    writeFileSync(
      at('wrong.deltacat.yaml'),
      'namespaces: { shop: { tables: { orders: { deltas: [[{ id: 1 }, { id: x }]] } } } }\n',
    )
    const before = readdirSync(folder.path)
    const { code, err } = await run(['build', 'wrong.deltacat.yaml', '-o', 'wrong.db'], { cwd: folder.path })
    expect(code).toBe(1)
    expect(err).toMatch(/^wrong\.deltacat\.yaml:1:\d+ /)
    expect(readdirSync(folder.path)).toEqual(before)
  })

  it('refuses a folder as its output', async () => {
    expect(await run(['build', minimal, '-o', folder.path])).toEqual({
      code: 1,
      out: '',
      err: `error ${folder.path} is a folder; give the path of a file in it.\n`,
    })
  })
})
