import { describe, expect, it } from 'vitest'
import { config, majors, makeProject, surprises } from './harness.ts'

const logistics = `schemas:
  scans: { id: int64!, hub: string, weight: 'decimal(8,3)', at: 'timestamp[us, UTC]' }
namespaces:
  logistics:
    tables:
      scans:
        schema: scans
        partitionKeys: [hub]
        partitions:
          - { values: [OSL], deltas: [[{ id: 1, weight: 1.500 }]] }
expected:
  first run:
    of: logistics.scans/OSL
    rows:
      - { id: 1, weight: 1.500 }
`

const tests = (body: string, source = './logistics.deltacat.yaml'): string => `
import { test } from 'vitest-deltacat/test'
test.override({ source: '${source}' })
const staged = (catalog, stream, values) => catalog.stagePartition(stream, values)
${body}
`

const made = tests(`
test('a partition', ({ catalog, fixture, expect }) => {
  const fresh = catalog.commitPartition(staged(catalog, fixture.stream('logistics.scans'), ['NEW']))
  catalog.commitDelta(catalog.stageDelta([{ id: 2, hub: 'NEW', weight: '2.500', at: '2024-03-01T00:00:00Z' }], fresh))
  expect(fresh).toHaveRecords('runtime partition')
})
test('a delta that is only staged', ({ catalog, fixture, expect }) => {
  const delta = catalog.stageDelta([{ id: 3, weight: 1 }], fixture.partition('logistics.scans/OSL'))
  expect(delta).toHaveRecords('runtime delta')
})
test('a version with other types', ({ catalog, fixture, expect }) => {
  const schema = { id: 'string!', 'the hub': 'string', sizes: 'list<float64>', flag: 'bool' }
  const { locator } = catalog.createTableVersion('logistics', 'scans', { schema: arrowSchema(schema) })
  const { tableVersion } = locator.tableVersionLocator
  const partition = catalog.commitPartition(staged(catalog, catalog.getStream('logistics', 'scans', { tableVersion })))
  catalog.commitDelta(catalog.stageDelta([{ id: '007', 'the hub': 'no', sizes: [1.5, null] }], partition))
  expect(catalog.getTableVersion('logistics', 'scans', tableVersion)).toHaveRecords('runtime version')
})
test('a table without a schema, and one without rows', ({ catalog, expect }) => {
  const partition = catalog.commitPartition(staged(catalog, catalog.createTableVersion('logistics', 'notes')))
  expect(partition).toHaveRecords('nothing yet')
  catalog.commitDelta(catalog.stageDelta([{ count: 1, text: 'a: b' }], partition))
  expect(catalog.getTable('logistics', 'notes')).toHaveRecords('runtime table')
})
`).replace(
  "'vitest-deltacat/test'\n",
  `'vitest-deltacat/test'
import { Bool, Field, Float64, List, Schema, Utf8 } from 'apache-arrow'
const types = { 'string!': new Utf8(), string: new Utf8(), bool: new Bool(), 'list<float64>': new List(new Field('item', new Float64(), true)) }
const arrowSchema = (columns) =>
  new Schema(Object.entries(columns).map(([name, type]) => new Field(name, types[type], !type.endsWith('!'))))
`,
)

const plugin = config({ maxWorkers: 2 })

describe.for(majors)('Vitest %i', (major) => {
  it('writes a set of what the test made in a form that the fixture can read', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': plugin,
      'logistics.deltacat.yaml': logistics,
      'made.test.ts': made,
    })
    const all = {
      'a partition': 'passed',
      'a delta that is only staged': 'passed',
      'a version with other types': 'passed',
      'a table without a schema, and one without rows': 'passed',
    }
    const run = await project.run()
    expect(surprises(run, all)).toEqual({})
    expect(run.code).toBe(0)
    const text = `${logistics}  runtime partition:
    of: logistics.scans
    rows:
      - { id: 2, hub: NEW, weight: 2.500, at: 2024-03-01T00:00:00Z }
  runtime delta:
    of: logistics.scans
    rows:
      - { id: 3, weight: 1.000 }
  runtime version:
    schema: { id: string!, the hub: string, sizes: list<float64>, flag: bool }
    rows:
      - { id: "007", the hub: "no", sizes: [1.5, null] }
  nothing yet:
    rows: []
  runtime table:
    schema: { count: int64, text: string }
    rows:
      - { count: 1, text: "a: b" }
`
    expect(project.read('logistics.deltacat.yaml')).toBe(text)
    expect(run.output).toContain(
      ' deltacat  logistics.deltacat.yaml: wrote "runtime partition", "runtime delta", "runtime version", "nothing yet", "runtime table"\n',
    )
    const again = await project.run([], { CI: 'true' })
    expect(surprises(again, all)).toEqual({})
    expect(surprises(await project.run(['-u']), all)).toEqual({})
    expect(project.read('logistics.deltacat.yaml')).toBe(text)
  })

  it('writes nothing that would not load, says why, and fails', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': plugin,
      'logistics.deltacat.yaml': logistics,
      'column.test.ts': tests(`
test('a new column', ({ catalog, fixture, expect }) => {
  const schema = catalog.getTableVersionSchema('logistics', 'scans').assign(new Schema([new Field('note', new Utf8(), true)]))
  catalog.updateTableVersion('logistics', 'scans', '1', { schema })
  const osl = fixture.partition('logistics.scans/OSL')
  catalog.commitDelta(catalog.stageDelta([{ id: 2, hub: 'OSL', note: 'a note' }], osl))
  expect(osl).toHaveRecords('first run')
  expect(fixture.table('logistics.scans')).toHaveRecords('anew')
})
`).replace('\n', "\nimport { Field, Schema, Utf8 } from 'apache-arrow'\n"),
    })
    const run = await project.run(['-u'])
    expect(surprises(run, { 'a new column': 'passed' })).toEqual({})
    expect(run.code).toBe(1)
    expect(run.output).toMatch(
      / deltacat {2}"first run" of <project>\/logistics\.deltacat\.yaml is not written: the fixture could not be read any more: .*note/,
    )
    expect(project.read('logistics.deltacat.yaml')).toBe(`${logistics}  anew:
    schema: { id: int64!, hub: string, weight: "decimal(8,3)", at: "timestamp[us, UTC]", note: string }
    rows:
      - { id: 1, hub: OSL, weight: 1.500 }
      - { id: 2, hub: OSL, note: a note }
`)
  })

  it('refuses a set that is not there after .not, in any run', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': plugin,
      'logistics.deltacat.yaml': logistics,
      'not.test.ts': tests(`
test('records', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/OSL')).not.toHaveRecords('first rum')
})
test('some of them', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/OSL')).not.toContainRecords('totally unknown')
})
test('in another value', ({ fixture, expect }) => {
  expect({ at: fixture.partition('logistics.scans/OSL') }).toEqual({ at: expect.not.toHaveRecords('unknown too') })
})
test('in another value, unnegated', ({ fixture, expect }) => {
  expect({ at: fixture.partition('logistics.scans/OSL') }).not.toEqual({ at: expect.toContainRecords('unknown too') })
})
`),
    })
    for (const [args, env] of [
      [[], {}],
      [[], { CI: 'true' }],
      [['-u'], {}],
    ] as const) {
      const run = await project.run(args, env)
      const failed = 'failed'
      expect(
        surprises(run, {
          records: failed,
          'some of them': failed,
          'in another value': failed,
          'in another value, unnegated': failed,
        }),
      ).toEqual({})
      expect(run.output).toContain(
        'logistics.scans/OSL: the fixture has no expected set "first rum"; it has "first run"; did you mean "first run"?',
      )
      expect(run.output).toContain('the fixture has no expected set "unknown too"; it has "first run".')
      expect(project.read('logistics.deltacat.yaml')).toBe(logistics)
    }
  })

  it('writes a set whose name is near another’s only when it is told to', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': plugin,
      'logistics.deltacat.yaml': logistics,
      'near.test.ts': tests(`
test('near', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/OSL')).toHaveRecords('first run 2')
})
`),
    })
    const run = await project.run()
    expect(surprises(run, { near: 'failed' })).toEqual({})
    expect(run.output).toContain(
      'logistics.scans/OSL: the fixture has no expected set "first run 2"; it has "first run"; did you mean "first run"?\n\n' +
        '  a new set whose name is so near to another is written only with -u, as it may be a slip\n',
    )
    expect(project.read('logistics.deltacat.yaml')).toBe(logistics)
    const updated = await project.run(['-u'])
    expect(surprises(updated, { near: 'passed' })).toEqual({})
    expect(project.read('logistics.deltacat.yaml')).toBe(`${logistics}  first run 2:
    of: logistics.scans/OSL
    rows:
      - { id: 1, weight: 1.500 }
`)
  })

  it('promises to write only what it can write', async () => {
    const project = makeProject(major, {
      'vitest.config.ts': plugin,
      'logistics.deltacat.yaml': `${logistics}  text:
    of: logistics.scans
    csv: |
      id,hub,weight
      9,OSL,1.500
`,
      'make.test.ts': tests(`
test('make', ({ catalog }) => {
  fs.writeFileSync('logistics.db', catalog.serialize())
})
`).replace('\n', "\nimport fs from 'node:fs'\n"),
      'some.test.ts': tests(`
test('some', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/OSL')).toContainRecords('contained')
})
test('some of a set', ({ catalog, fixture, expect }) => {
  expect(catalog.stageDelta([{ id: 4 }], fixture.partition('logistics.scans/OSL'))).toContainRecords('first run')
})
test('text', ({ fixture, expect }) => {
  expect(fixture.table('logistics.scans')).toHaveRecords('text')
})
test('poll', async ({ fixture, expect }) => {
  await expect.poll(() => fixture.table('logistics.scans'), { timeout: 50 }).toHaveRecords('polled')
})
`),
      'db.test.ts': tests(
        `
test('db', ({ fixture, expect }) => {
  expect(fixture.partition('logistics.scans/OSL')).toHaveRecords('of a db')
})
`,
        './logistics.db',
      ),
    })
    await project.run(['make'])
    const before = project.read('logistics.deltacat.yaml')
    const run = await project.run(['some', 'db', '-u'])
    const failed = 'failed'
    expect(surprises(run, { some: failed, 'some of a set': failed, text: failed, poll: failed, db: failed })).toEqual(
      {},
    )
    for (const said of [
      'toContainRecords writes no set, as it need not know all rows; write it under `expected`, or have toHaveRecords write it',
      '-u updates a set where toHaveRecords names it: toContainRecords need not know all rows',
      '-u updates sets that list `rows` of their own: mend the csv, file, alias or parameter of this one by hand',
      'no set is written while expect.poll waits; name it in an expect(…) after that',
      "no set can be written, as the test's source is no fixture file; pass rows or an Arrow table",
    ]) {
      expect(run.output).toContain(said)
    }
    expect(run.output).not.toContain('-u writes a set')
    expect(project.read('logistics.deltacat.yaml')).toBe(before)
  })
})
