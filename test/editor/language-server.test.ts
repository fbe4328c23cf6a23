import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dirSync } from 'tmp-promise'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { fixtureJsonSchema } from '../../src/fixtures/index.ts'
import { type LanguageServer, startLanguageServer } from './language-server.ts'

const table = 'namespaces:\n  shop:\n    tables:\n      orders:\n'
const delta = `${table}        deltas:\n          - `
const partition = `${table}        partitions:\n          - `

const folder = dirSync({ prefix: 'deltacat-editor-', unsafeCleanup: true })
let server: LanguageServer
beforeAll(async () => {
  const schema = join(folder.name, 'fixture.schema.json')
  writeFileSync(schema, JSON.stringify(fixtureJsonSchema()))
  server = await startLanguageServer(folder.name, schema)
  // It answers before it has read its settings; from the first flag on it knows the schema.
  await vi.waitFor(
    async () => expect(await server.check('clocks: 1\n')).toEqual(['1:1 Property clocks is not allowed.']),
    600_000,
  )
})
afterAll(async () => {
  await server.stop()
  folder.removeCallback()
})

it.for<[place: string, text: string, labels: readonly string[]]>([
  [
    'a fixture',
    'clock: 2024-01-01T00:00:00Z\n|',
    ['defaults', 'expected', 'include', 'namespaces', 'params', 'schemas', 'stored'],
  ],
  ['a namespace', 'namespaces:\n  shop:\n    |', ['document', 'permissions', 'tables']],
  ['the defaults', 'defaults:\n  |', ['delta', 'table', 'version']],
  ['a lifecycle state', `${table}        lifecycleState: |`, ['active', 'beta', 'deleted', 'deprecated', 'unreleased']],
  ['a consistency', `${table}        schemaConsistency:\n          id: |`, ['coerce', 'none', 'validate']],
  ['a transform', `${table}        partitionSpec:\n          - |`, ['bucket', 'columns', 'identity', 'strategy']],
  ["a partition's state", `${partition}values: [NO]\n            state: |`, ['committed', 'deprecated', 'staged']],
  ["a delta's type", `${delta}type: |`, ['append', 'delete', 'upsert']],
  ['a content type', `${delta}storeAs: |`, ['csv', 'feather', 'json', 'parquet', 'psv', 'tsv', 'unescaped-tsv']],
  [
    'a generator',
    `${delta}count: 1\n            generate:\n              id:\n                |`,
    ['const', 'null', 'pick', 'seq', 'times', 'uniform'],
  ],
  ['an expected set', 'expected:\n  now:\n    |', ['csv', 'file', 'format', 'of', 'rows', 'schema']],
])('offers what may stand in %s', async ([, text, labels]) => {
  expect(await server.complete(text)).toEqual(labels)
})

it.for<[key: string, text: string, about: string]>([
  ['clock', 'clo|ck: 2024-01-01T00:00:00Z\n', 'The first reading of the clock that stream positions come from'],
  ['params', 'par|ams: { bulk: 1 }\n', 'Parameters with their defaults'],
  ['include', 'inclu|de: [./a.deltacat.yaml]\n', 'Other fixtures, whose schemas and defaults this one may use.'],
  ['primaryKeys', `${table}        primary|Keys: [id]\n`, 'The columns whose values an upsert replaces a row by.'],
  [
    'sortKeys',
    `${table}        sort|Keys: [at desc]\n`,
    'Columns that decide which of two rows with the same primary key',
  ],
  ['replaces', `${partition}repla|ces: norway\n`, 'The label of the sibling before it'],
  ['values', `${partition}val|ues: [NO]\n`, 'The partition values, one for each partition key'],
  ['equalityColumns', `${delta}equality|Columns: [id]\n`, 'the columns whose equality decides which rows go'],
  ['generate', `${delta}gener|ate: { id: { seq: 1 } }\n`, 'A generator for each column.'],
  ['maxRecordsPerEntry', `${delta}maxRecords|PerEntry: 5\n`, 'Splits the records into entries of at most so many.'],
])('explains %s', async ([, text, about]) => {
  expect(await server.hover(text)).toContain(about)
})

it.for<[mistake: string, text: string, flag: string]>([
  ['an unknown key', 'clocks: 1\n', '1:1 Property clocks is not allowed.'],
  ['a key twice', 'clock: 1\nclock: 2\n', '2:1 Map keys must be unique'],
  ['a list of namespaces', 'namespaces: []\n', '1:13 Incorrect type.'],
  ['a key that is no list', `${table}        primaryKeys: id\n`, '5:22 Incorrect type. Expected "array".'],
  ['a half-known state', `${table}        lifecycleState: activ\n`, '5:25 Value is not accepted.'],
  ['values that are no list', `${partition}values: NO\n`, '6:21 Incorrect type.'],
  ['an empty label', `${partition}label: ""\n`, '6:20 String is shorter than the minimum length of 1.'],
  [
    'a misspelt type',
    `${delta}type: upsrt\n`,
    '6:19 Value is not accepted. Valid values: "append", "upsert", "delete".',
  ],
  ['a deprecated delta', `${delta}state: deprecated\n`, '6:20 Value is not accepted.'],
  ['a negative count', `${delta}count: -1\n`, '6:20 Value is below the minimum of 0.'],
  ['rows that are no maps', `${delta}rows: [1, 2]\n`, '6:20 Incorrect type.'],
])('flags %s', async ([, text, flag]) => {
  const flags = await server.check(text)
  expect(flags.filter((each) => each.startsWith(flag))).toHaveLength(1)
})
