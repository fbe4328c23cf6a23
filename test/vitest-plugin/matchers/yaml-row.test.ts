import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Cell, cellKey, cellReader } from '../../../src/catalog/records/cells.ts'
import { buildFixture } from '../../../src/fixtures/index.ts'
import { yamlRow } from '../../../src/vitest-plugin/matchers/yaml-row.ts'
import { fc } from '../../chance.ts'
import { columns, table, toTable } from './tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'deltacat-yaml-row-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fixtureFile(yaml: string): string {
  const file = join(folder, 'random.deltacat.yaml')
  writeFileSync(file, yaml)
  return file
}

function texts(received: ReturnType<typeof toTable>): string[] {
  const { fields } = received.schema
  const readers = fields.map((_, k) => cellReader(received.getChildAt(k)!))
  return Array.from({ length: received.numRows }, (_, row) =>
    yamlRow(
      fields,
      readers.map((read) => read(row)),
    ),
  )
}

test('writes cells by their types', () => {
  const types = {
    id: 'int64',
    s: 'string',
    d: 'decimal(12,2)',
    f: 'float64',
    b: 'binary',
    l: 'list<string>',
    t: 'struct<a: int64>',
    m: 'map<string, int64>',
  }
  const rows = [
    { id: 1, s: 'two words', d: '10.50', f: 1.5, b: new Uint8Array([1]), l: ['a', null], t: { a: 1 }, m: [['k', 1]] },
    { id: 2, s: 'NO', f: -0, l: [], t: {}, m: [] },
    { id: 3, s: 'it: is #1', f: Number.NaN },
    { id: 4, s: '', f: Number.NEGATIVE_INFINITY },
    {},
  ]
  expect(texts(table(types, rows))).toEqual([
    '{ id: 1, s: two words, d: 10.50, f: 1.5, b: !!binary "AQ==", l: [a, null], t: { a: 1 }, m: [[k, 1]] }',
    '{ id: 2, s: "NO", f: -0.0, l: [], t: {}, m: [] }',
    '{ id: 3, s: "it: is #1", f: .nan }',
    '{ id: 4, s: "", f: -.inf }',
    '{}',
  ])
})

test('is read back by a fixture as the very same cells, of every type', () => {
  fc.assert(
    fc.property(columns, (random) => {
      // Parquet has no timestamps and times in whole seconds: what is stored has three digits more.
      fc.pre(!random.types.some((type) => type.endsWith('[s]')))
      const written = toTable(random)
      const schema = Object.fromEntries(random.types.map((type, k) => [`c${k}`, type]))
      const yaml = [
        'namespaces:',
        '  n:',
        '    tables:',
        '      t:',
        `        schema: ${JSON.stringify(schema)}`,
        '        deltas:',
        `          - rows: [${texts(written).join(', ')}]`,
        '            type: append',
      ].join('\n')
      const catalog = buildFixture(fixtureFile(yaml), ':memory:', { root: folder })
      try {
        const [delta] = catalog.listDeltas('n', 't', { includeManifest: true }).items
        const tables = delta === undefined ? [] : catalog.downloadDelta(delta)
        const read = tables.flatMap((part) => {
          const readers = part.schema.fields.map((_, k) => cellReader(part.getChildAt(k)!))
          return Array.from({ length: part.numRows }, (_, row) => readers.map((cell) => cellKey(cell(row))))
        })
        expect(read).toEqual(
          random.cells[0]!.map((_, row) => random.cells.map((column) => cellKey(column[row] as Cell))),
        )
      } finally {
        catalog.close()
      }
    }),
    { numRuns: 60 },
  )
})
