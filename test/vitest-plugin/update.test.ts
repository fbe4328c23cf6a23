import { describe, expect, it } from 'vitest'
import { config, majors, makeProject, surprises } from './harness.ts'

const shop = `# the shop, with numbers that no JSON holds
schemas:
  orders: { id: int64!, total: 'decimal(12,2)', big: uint64, note: string }
namespaces:
  shop:
    tables:
      orders:
        schema: orders
        primaryKeys: [id]
        deltas:
          - rows:
              - { id: 1, total: 10.50, big: 18446744073709551615 }
              - { id: 2, total: 2.00 }
              - { id: 3, total: 3.00 }
expected:
  now:                       # all of it
    of: shop.orders/-
    rows:
      - { id: 1,   total: 10.50, big: 18446744073709551615 }   # stays as it is
      # the second
      - { id: 2, total: 9.99 }   # wrong
      - id: 4
        note: never there

  flow: { of: shop.orders/-, rows: [{ id: 1, total: 10.50, big: 18446744073709551615 }, { id: 3, total: 3.00 }] } # !
  other: { rows: [{ id: 7 }] }
`

const test = (name: string, expectation: string): string => `
import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
test('${name}', ({ fixture, catalog, expect }) => {
  const partition = fixture.partition('shop.orders/-')
  ${expectation}
})
`

const files = {
  'vitest.config.ts': config({ maxWorkers: 2 }),
  'shop.deltacat.yaml': shop,
  'one.test.ts': test('one', "expect(partition).toHaveRecords('now')"),
  'two.test.ts': test('two', "expect(partition).toHaveRecords('flow'); expect(partition).toHaveRecords('now')"),
}

const all = { one: 'passed', two: 'passed' }
const updated = shop
  .replace('{ id: 2, total: 9.99 }   # wrong', '{ id: 2, total: 2.00 }   # wrong')
  .replace('id: 4\n        note: never there', '{ id: 3, total: 3.00 }')
  .replace('{ id: 3, total: 3.00 }] }', '{ id: 3, total: 3.00 },\n      { id: 2, total: 2.00 }\n    ] }')

describe.for(majors)('Vitest %i', (major) => {
  it('updates named sets with -u: the bytes of changed rows, and no others', async () => {
    const project = makeProject(major, files)
    const before = await project.run()
    expect(surprises(before, { one: 'failed', two: 'failed' })).toEqual({})
    expect(project.read('shop.deltacat.yaml')).toBe(shop)

    const run = await project.run(['-u'])
    expect(surprises(run, all)).toEqual({})
    expect(run.code).toBe(0)
    expect(project.read('shop.deltacat.yaml')).toBe(updated)
    expect(run.output).toMatch(/ deltacat {2}shop\.deltacat\.yaml: wrote "(now", "flow|flow", "now)"\n/)

    const after = await project.run()
    expect(surprises(after, all)).toEqual({})
    const written = project.read('shop.deltacat.yaml')
    const again = await project.run(['-u'])
    expect(project.read('shop.deltacat.yaml')).toBe(written)
    expect(again.output).not.toContain(' deltacat  ')
  })

  it('leaves a set as it is on which two tests disagree, says which, and fails; the others are written', async () => {
    const project = makeProject(major, {
      ...files,
      'two.test.ts': test(
        'two',
        "catalog.commitDelta(catalog.stageDelta([{ id: 8 }], partition)); expect(partition).toHaveRecords('now')",
      ),
      'three.test.ts': test('three', "expect(partition).toHaveRecords('flow')"),
    })
    const run = await project.run(['-u'])
    expect(surprises(run, { ...all, three: 'passed' })).toEqual({})
    expect(run.code).toBe(1)
    expect(project.read('shop.deltacat.yaml')).toBe(
      shop.replace('{ id: 3, total: 3.00 }] }', '{ id: 3, total: 3.00 },\n      { id: 2, total: 2.00 }\n    ] }'),
    )
    expect(run.output).toContain(' deltacat  shop.deltacat.yaml: wrote "flow"\n')
    expect(run.output).toMatch(
      / deltacat {2}"now" of <project>\/shop\.deltacat\.yaml is not written: two tests disagree on its rows, “(.*one.*” and “.*two.*|.*two.*” and “.*one.*)”\. Give each a set of its own\.\n/,
    )
  })

  it('reads a fixture with the parameters of the test before it writes', async () => {
    const sized = shop
      .replace('schemas:', 'params: { big: none, id: 3 }\nschemas:')
      .replace(
        '{ id: 1, total: 10.50, big: 18446744073709551615 }\n',
        '{ id: 1, total: 10.50, big: { $param: big } }\n',
      )
      .replace('      # the second', '      - { id: { $param: id }, total: 3.00 }')
      .replace('      - id: 4\n        note: never there\n', '')
      .replace('{ id: 1,   total: 10.50, big: 18446744073709551615 }', '{ id: 1, total: 10.50, big: 7 }')
    const project = makeProject(major, {
      'vitest.config.ts': config({}, "deltacat({ source: './shop.deltacat.yaml', params: { big: 7 } })"),
      'shop.deltacat.yaml': sized,
      'one.test.ts': test('one', "expect(partition).toHaveRecords('now')").replace(/test.override.*\n/, ''),
    })
    const run = await project.run(['-u'])
    expect(surprises(run, { one: 'passed' })).toEqual({})
    expect(run.output).toContain(' deltacat  shop.deltacat.yaml: wrote "now"\n')
    expect(run.code).toBe(0)
    expect(project.read('shop.deltacat.yaml')).toBe(sized.replace('total: 9.99', 'total: 2.00'))
  })

  it('writes a set that is missing, as a snapshot, but not in CI', async () => {
    const project = makeProject(major, {
      ...files,
      'one.test.ts': test('one', "expect(partition).toHaveRecords('brand new')"),
      'two.test.ts': '',
    })
    const inCi = await project.run(['one'], { CI: 'true' })
    expect(surprises(inCi, { one: 'failed' })).toEqual({})
    expect(inCi.output).toContain('brand new')
    expect(project.read('shop.deltacat.yaml')).toBe(shop)

    const run = await project.run(['one'])
    expect(surprises(run, { one: 'passed' })).toEqual({})
    expect(project.read('shop.deltacat.yaml')).toBe(`${shop}  brand new:
    of: shop.orders/-
    rows:
      - { id: 1, total: 10.50, big: 18446744073709551615 }
      - { id: 2, total: 2.00 }
      - { id: 3, total: 3.00 }
`)
    expect(run.output).toContain(' deltacat  shop.deltacat.yaml: wrote "brand new"\n')
    expect(surprises(await project.run(['one'], { CI: 'true' }), { one: 'passed' })).toEqual({})
  })

  it('counts the last attempt alone, and leaves a file alone that changed meanwhile', async () => {
    const project = makeProject(major, {
      ...files,
      'one.test.ts': `
import { test } from 'vitest-deltacat/test'
test.override({ source: './shop.deltacat.yaml' })
let attempt = 0
test('one', { retry: 1 }, ({ fixture, catalog, expect }) => {
  const partition = fixture.partition('shop.orders/-')
  attempt += 1
  if (attempt === 1) catalog.commitDelta(catalog.stageDelta([{ id: 8 }], partition))
  expect(partition).toHaveRecords('now')
  expect(attempt).toBe(2)
})
`,
    })
    expect(surprises(await project.run(['-u']), all)).toEqual({})
    expect(project.read('shop.deltacat.yaml')).toBe(updated)

    const meddling = `${shop}# meanwhile\n`
    project.write({
      'shop.deltacat.yaml': shop,
      'one.test.ts': test(
        'one',
        `expect(partition).toHaveRecords('now')
  ;(await import('node:fs')).writeFileSync('shop.deltacat.yaml', ${JSON.stringify(meddling)})`,
      ).replace('({ fixture', 'async ({ fixture'),
    })
    const run = await project.run(['-u', 'one'])
    expect(run.code).toBe(1)
    expect(run.output).toContain(
      ' deltacat  <project>/shop.deltacat.yaml has changed while the tests ran; nothing is written to it. Run them again.\n',
    )
    expect(project.read('shop.deltacat.yaml')).toBe(meddling)
  })
})
