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
})
