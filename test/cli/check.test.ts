import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { lines, run, testFolder } from './run.ts'

const folder = testFolder()
const here = () => ({ cwd: folder.path })

beforeAll(() => {
  mkdirSync(join(folder.path, 'deep'))
  writeFileSync(join(folder.path, 'package.json'), '{}')
  writeFileSync(join(folder.path, 'right.deltacat.yaml'), 'namespaces: { shop: {} }\n')
  writeFileSync(join(folder.path, 'deep/wrong.deltacat.yaml'), 'namespaces: { shop: { tabels: {} } }\nclok: 1\n')
})

describe('check', () => {
  it('finds nothing in the gallery', async () => {
    const { code, out, err } = await run(['check', 'fixtures/*.deltacat.yaml'])
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err.split('\n')).toContain('✓ fixtures/orders.deltacat.yaml')
  })

  it('takes a path that is there for a path, whatever its name', async () => {
    mkdirSync(join(folder.path, 'pages'))
    mkdirSync(join(folder.path, 'pages/[id]'))
    writeFileSync(join(folder.path, 'pages/[id]/a.deltacat.yaml'), 'namespaces: { shop: {} }\n')
    expect(await run(['check', 'pages/[id]/a.deltacat.yaml'], here())).toEqual({
      code: 0,
      out: '',
      err: '✓ pages/[id]/a.deltacat.yaml\n',
    })
    expect(await run(['check', 'pages/[x]/a.deltacat.yaml'], here())).toMatchObject({
      code: 1,
      err: 'error No file matches pages/[x]/a.deltacat.yaml; correct the pattern.\n',
    })
    rmSync(join(folder.path, 'pages'), { recursive: true })
  })

  it('shows all mistakes of all files at once, with place and mend', async () => {
    const { code, out, err } = await run(['check', '**/*.deltacat.yaml'], here())
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('deep/wrong.deltacat.yaml:1:23 ')
    expect(err).toContain('deep/wrong.deltacat.yaml:2:1 ')
    expect(err).toContain('tables')
    expect(err).toContain('✓ right.deltacat.yaml\n')
    expect(err).toMatch(/✗ 2 mistakes in 2 files\n$/)
  })

  it('gives mistakes as JSON, an object a line', async () => {
    const { code, out, err } = await run(['check', 'right.deltacat.yaml', 'deep/wrong.deltacat.yaml', '--json'], here())
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(lines(out)).toEqual([
      expect.objectContaining({
        kind: 'mistake',
        code: 'unknown-key',
        line: 1,
        column: 23,
        file: join(folder.path, 'deep/wrong.deltacat.yaml'),
      }),
      expect.objectContaining({ kind: 'mistake', code: 'unknown-key', line: 2, column: 1 }),
      { kind: 'summary', files: 2, mistakes: 2 },
    ])
  })

  it('says nothing but mistakes with --quiet', async () => {
    expect(await run(['check', 'right.deltacat.yaml', '--quiet'], here())).toEqual({ code: 0, out: '', err: '' })
    const { err } = await run(['check', 'deep/wrong.deltacat.yaml', '--quiet'], here())
    expect(err).not.toContain('✗')
    expect(err).toContain('deep/wrong.deltacat.yaml:2:1 ')
  })

  const table = (text: string) => `namespaces: { shop: { tables: { orders: { ${text} } } } }\n`
  const schema = 'schema: { id: int64, at: date32 }'

  it.each([
    [
      `${schema}, partitionSpec: [{ bucket: 4, columns: [id, at], strategy: iceberg }]`,
      'shop.orders',
      'An iceberg bucket transform takes one column, not 2',
      'name one',
    ],
    [
      'deltas: [{ storeAs: csv, rows: [{ a: [1, 2] }] }]',
      'shop.orders/-#0',
      'CSV can\'t hold column "a" of type list<int64>',
      'store it as Parquet, Feather or JSON',
    ],
    [
      `${schema}, schemaConsistency: { id: validate }, deltas: [{ schema: { id: string }, rows: [{ id: x }] }]`,
      'shop.orders/-#0',
      'Column "id" is string, but the schema says int64',
      'convert it, or let the version coerce it',
    ],
    [
      `${schema}, deltas: [{ partitionSpec: [{ identity: idd }], rows: [{ id: 1 }] }]`,
      'shop.orders/-#0',
      'The partition spec names column "idd", which the records lack',
      'they have "id", "at"',
    ],
  ])('builds what has no other mistake, and shows what the catalog refuses: %s', async (text, path, message, mend) => {
    writeFileSync(join(folder.path, 'refused.deltacat.yaml'), table(text))
    const { code, out } = await run(['check', 'refused.deltacat.yaml', '--json'], here())
    expect(code).toBe(1)
    expect(lines(out)).toEqual([
      expect.objectContaining({
        kind: 'mistake',
        code: 'build-failed',
        path,
        message: `the catalog refuses it: ${message}`,
        mend,
        file: join(folder.path, 'refused.deltacat.yaml'),
        line: 1,
      }),
      { kind: 'summary', files: 1, mistakes: 1 },
    ])
    rmSync(join(folder.path, 'refused.deltacat.yaml'))
  })

  it('shows no refusal beside other mistakes, which come first', async () => {
    const text = 'tabel: 1, deltas: [{ storeAs: csv, rows: [{ a: [1, 2] }] }]'
    writeFileSync(join(folder.path, 'refused.deltacat.yaml'), table(text))
    const { code, err } = await run(['check', 'refused.deltacat.yaml'], here())
    expect(code).toBe(1)
    expect(err).toContain("'tabel' is no key of a table")
    expect(err).not.toContain('the catalog refuses it')
    expect(err).toMatch(/✗ 1 mistake in 1 file\n$/)
    rmSync(join(folder.path, 'refused.deltacat.yaml'))
  })
})
