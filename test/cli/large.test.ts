import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { scaled } from '../scale.ts'
import { makeLarge } from './large.ts'
import { readReport } from './report-file.ts'
import { lines, run, testFolder } from './run.ts'

const folder = testFolder()
const deltas = scaled(2_000, 100_000)
const here = (): { readonly cwd: string } => ({ cwd: folder.path })
const at = (name: string): string => join(folder.path, name)
const grouped = deltas.toLocaleString('en-US')

beforeAll(() => makeLarge(at('large.db'), deltas))

describe(`a catalog of ${deltas} deltas`, () => {
  it('is inspected: ten deltas as text, all as JSON', async () => {
    const { code, out } = await run(['inspect', 'large.db'], here())
    expect(code).toBe(0)
    expect(out).toContain(`#9`)
    expect(out).toMatch(new RegExp(`└─ ${(deltas - 10).toLocaleString('en-US')} more; --deltas all lists them\\n$`))
    const json = lines((await run(['inspect', 'large.db', '--json'], here())).out)
    expect(json).toHaveLength(deltas + 6)
    expect(json.at(-2)).toMatchObject({
      kind: 'delta',
      path: `big.log/-#${deltas - 1}`,
      position: 1709251200000 + deltas,
    })
    expect(json.at(-1)).toMatchObject({ kind: 'summary', deltas, records: deltas })
  })

  it('is found sound, and one wound among its deltas is found', async () => {
    expect(await run(['verify', 'large.db'], here())).toMatchObject({ code: 0, out: '' })
    const database = new Database(at('large.db'))
    const uri = database
      .prepare('SELECT uri FROM data WHERE rowid = ?')
      .pluck()
      .get(deltas - 7)
    const value = database.prepare('SELECT value FROM data WHERE uri = ?').pluck().get(uri)
    database.prepare('DELETE FROM data WHERE uri = ?').run(uri)
    try {
      const { code, out } = await run(['verify', 'large.db', '--no-records', '--json'], here())
      expect(code).toBe(1)
      expect(lines(out)).toEqual([
        expect.objectContaining({ code: 'missing-data', place: `big.log/-#${1709251200000 + deltas - 7}` }),
        { kind: 'summary', path: 'large.db', wounds: 1, notes: 0 },
      ])
    } finally {
      database.prepare('INSERT INTO data VALUES (?, ?)').run(uri, value)
      database.close()
    }
  })

  it('is compared with itself', async () => {
    expect(await run(['diff', 'large.db', 'large.db', '--ids'], here())).toMatchObject({
      code: 0,
      out: '',
    })
  })

  it('is reported whole', async () => {
    expect(await run(['report', 'large.db', '-o', 'large.html'], here())).toMatchObject({ code: 0 })
    const report = readReport(at('large.html'))
    const node = report.node('big.log/-')
    expect(node.summary).toBe(`${grouped} deltas`)
    expect(report.deltas(node)).toHaveLength(deltas)
    expect(report.lineage(node)?.born).toHaveLength(deltas)
    expect(statSync(at('large.html')).size).toBeLessThan(200 * deltas + 200_000)
  })

  it('is dumped, checked and typed', async () => {
    writeFileSync(at('package.json'), '{}')
    expect(await run(['dump', 'large.db', '-o', 'dumped.deltacat.yaml'], here())).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(at('dumped.deltacat.yaml'), 'utf8')).toBe(dumped)
    expect(await run(['check', 'dumped.deltacat.yaml'], here())).toMatchObject({ code: 0, out: '' })
    expect(await run(['types', 'dumped.deltacat.yaml'], here())).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(at('dumped.deltacat.d.yaml.ts'), 'utf8')).toContain(`
  deltas:
    | \`big.log/-#\${number}\`
  expected: never
  rows: {
    'big.log@1': LogRow
    'big.log': LogRow
    'big.log/-': LogRow
    [delta: \`big.log/-#\${number}\`]: LogRow
  }
`)
  })

  it('is built from its dump, and is the same', async () => {
    writeFileSync(at('package.json'), '{}')
    writeFileSync(at('again.deltacat.yaml'), dumped)
    expect(await run(['build', 'again.deltacat.yaml', '-o', 'built.db'], here())).toMatchObject({
      code: 0,
      err: `✓ built.db from again.deltacat.yaml: ${grouped} deltas\n`,
    })
    expect(await run(['diff', 'large.db', 'built.db', '--ids'], here())).toMatchObject({ code: 0, out: '' })
  })
})

/** What `dump` writes of the large catalog. */
const dumped = `# Made by vitest-deltacat dump.
namespaces:
  big:
    tables:
      log:
        schema: { id: int64!, name: string }
        streamId: f782d3f4-59c7-51d2-aa38-eba54730dfe2
        partitions:
          - values: []
            commitAfter: 0
            id: 7f79e696-da71-5d8a-ae9b-bdb002cf9b1e
            position: 1709251200000
            deltas:
${Array.from(
  { length: deltas },
  (_, number) => `              - type: append
                id: ${number === 0 ? '5c2e940e-5077-58a7-82d9-de95adc6d57b' : `"5c2e940e-5077-58a7-82d9-de95adc6d57b-${number}"`}
                position: ${1709251200001 + number}
                rows:
                  - { id: 1, name: one }
`,
).join('')}`
