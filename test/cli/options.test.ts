import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openCatalog, rowsFromTable } from '../../src/catalog/index.ts'
import { readReport } from './report-file.ts'
import { lines, type Ran, type RunOptions, run, testFolder } from './run.ts'

const COMMANDS = ['inspect', 'report', 'diff', 'verify', 'build', 'dump', 'check', 'schema', 'types']
const folder = testFolder()

/** What a command is called with, and what it then has found, read from what it printed or wrote. */
interface Case {
  readonly argv: readonly string[]
  found(ran: Ran, cwd: string): unknown
}

const ROWS = [{ id: 7n, note: 'outside' }]
const PARAMS = `params: { first: A, second: B }
namespaces:
  shop:
    tables:
      t:
        schema: { first: string, second: string, id: int64 }
        partitionKeys: [first, second]
        partitions: [{ values: [{ $param: first }, { $param: second }], deltas: [[{ id: 1 }]] }]
`

beforeAll(async () => {
  mkdirSync(join(folder.path, 'package'))
  writeFileSync(join(folder.path, 'outside.csv'), 'id,note\n7,outside\n')
  const file = (name: string, text: string) => writeFileSync(join(folder.path, 'package', name), text)
  file('package.json', '{}')
  const outside = (delta: string) =>
    `namespaces: { shop: { tables: { t: { schema: { id: int64, note: string }, deltas: [${delta}] } } } }\n`
  file('outside.deltacat.yaml', outside('{ label: one, file: ../outside.csv }'))
  file('inline.deltacat.yaml', outside('[{ id: 7, note: outside }]'))
  file('params.deltacat.yaml', PARAMS)
  file('given.deltacat.yaml', PARAMS.replace('first: A, second: B', 'first: X, second: Y'))
  await run(['build', 'given.deltacat.yaml', '-o', 'given.db'], { cwd: join(folder.path, 'package') })
})

/** A copy of the package for one run. */
function fresh(): string {
  const path = mkdtempSync(join(folder.path, 'run-'))
  cpSync(join(folder.path, 'package'), join(path, 'package'), { recursive: true })
  cpSync(join(folder.path, 'outside.csv'), join(path, 'outside.csv'))
  return join(path, 'package')
}

/** The commands whose help names an option. */
async function having(option: string): Promise<readonly string[]> {
  const helps = await Promise.all(COMMANDS.map((command) => run([command, '--help'])))
  return COMMANDS.filter((_, index) => helps[index]?.out.includes(` ${option} `))
}

function rowsIn(path: string): unknown {
  using catalog = openCatalog(path, { readonly: true })
  const partition = catalog.listPartitions('shop', 't').items[0]
  return partition && rowsFromTable(catalog.readPartition(partition))
}

const declared = (cwd: string, name: string) => readFileSync(join(cwd, `${name}.deltacat.d.yaml.ts`), 'utf8')

describe('--root', () => {
  const cases: Readonly<Record<string, Case>> = {
    inspect: {
      argv: ['outside.deltacat.yaml', '--table', 'shop.t', '--view', 'raw', '--json'],
      found: ({ out }) => expect(lines(out)[1]).toMatchObject({ cells: { id: 7, note: 'outside' } }),
    },
    report: {
      argv: ['outside.deltacat.yaml', '-o', 'report.html'],
      found(_, cwd) {
        const report = readReport(join(cwd, 'report.html'))
        const [delta] = report.deltas(report.node('shop.t/-'))
        expect(report.rows(delta!)).toEqual([['7', 'outside']])
      },
    },
    diff: {
      argv: ['outside.deltacat.yaml', 'inline.deltacat.yaml'],
      found: ({ err }) => expect(err).toBe('✓ outside.deltacat.yaml and inline.deltacat.yaml are equal\n'),
    },
    build: {
      argv: ['outside.deltacat.yaml', '-o', 'built.db'],
      found: (_, cwd) => expect(rowsIn(join(cwd, 'built.db'))).toEqual(ROWS),
    },
    check: {
      argv: ['outside.deltacat.yaml'],
      found: ({ err }) => expect(err).toBe('✓ outside.deltacat.yaml\n'),
    },
    types: {
      argv: ['outside.deltacat.yaml'],
      found: (_, cwd) => expect(declared(cwd, 'outside')).toContain("'shop.t/-#one'"),
    },
  }

  it('is an option of these', async () => {
    expect((await having('--root <folder>')).toSorted()).toEqual(Object.keys(cases).toSorted())
  })

  it.each(Object.entries(cases))(
    'of %s lets it read a data file outside the package',
    async (name, { argv, found }) => {
      const cwd = fresh()
      const refused = await run([name, ...argv], { cwd })
      expect({ code: refused.code, out: refused.out }).toEqual({ code: 1, out: '' })
      expect(refused.err.split('\n').slice(0, 2)).toEqual([
        expect.stringMatching(/^outside\.deltacat\.yaml:1:\d+ file-outside-root at shop\.t\/-#one file$/),
        expect.stringMatching(
          /^ {2}'\.\.\/outside\.csv' is outside .*package, where the files of this fixture must be$/,
        ),
      ])
      const ran = await run([name, ...argv, '--root', '..'], { cwd })
      expect(ran.code).toBe(0)
      found(ran, cwd)
    },
  )
})

describe('--param, given several times,', () => {
  const path = 'shop.t/X,Y'
  const cases: Readonly<Record<string, Case>> = {
    inspect: {
      argv: ['params.deltacat.yaml', '--json'],
      found: ({ out }) => expect(lines(out)).toContainEqual(expect.objectContaining({ kind: 'partition', path })),
    },
    report: {
      argv: ['params.deltacat.yaml', '-o', 'report.html'],
      found(_, cwd) {
        const report = readReport(join(cwd, 'report.html'))
        expect(report.rows(report.deltas(report.node(path))[0]!)).toEqual([['X', 'Y', '1']])
      },
    },
    diff: {
      argv: ['params.deltacat.yaml', 'given.db'],
      found: ({ err }) => expect(err).toBe('✓ params.deltacat.yaml and given.db are equal\n'),
    },
    build: {
      argv: ['params.deltacat.yaml', '-o', 'built.db'],
      found: (_, cwd) => expect(rowsIn(join(cwd, 'built.db'))).toEqual([{ first: 'X', second: 'Y', id: 1n }]),
    },
    check: {
      argv: ['params.deltacat.yaml'],
      found: ({ err }) => expect(err).toBe('✓ params.deltacat.yaml\n'),
    },
    types: {
      argv: ['params.deltacat.yaml'],
      found: (_, cwd) => expect(declared(cwd, 'params')).toContain(`'${path}#0'`),
    },
  }

  it('is an option of these', async () => {
    expect((await having('--param <name=value>')).toSorted()).toEqual(Object.keys(cases).toSorted())
  })

  it.each(Object.entries(cases))('gives %s all of them', async (name, { argv, found }) => {
    const cwd = fresh()
    const ran = await run([name, ...argv, '--param', 'first=X', '--param', 'second=Y'], { cwd })
    expect(ran.code).toBe(0)
    found(ran, cwd)
    const wrong = await run([name, ...argv, '--param', 'one=X', '--param', 'two=Y'], { cwd })
    expect(wrong.code).toBe(1)
    expect(Array.from(wrong.err.matchAll(/gives the parameter '(\w+)'/g), ([, param]) => param)).toEqual(['one', 'two'])
  })
})

it('--table of dump, given several times, takes each of them', async () => {
  const cwd = fresh()
  const tables = ['a', 'b', 'c'].map((name) => `${name}: { schema: { id: int64 }, deltas: [[{ id: 1 }]] }`)
  writeFileSync(join(cwd, 'three.deltacat.yaml'), `namespaces: { shop: { tables: { ${tables.join(', ')} } } }\n`)
  await run(['build', 'three.deltacat.yaml', '-o', 'three.db'], { cwd })
  const argv = ['dump', 'three.db', '-o', 'two.deltacat.yaml', '--table', 'shop.a', '--table', 'shop.c']
  expect(await run(argv, { cwd })).toEqual({ code: 0, out: '', err: '✓ two.deltacat.yaml from three.db\n' })
  expect(await run(['build', 'two.deltacat.yaml', '-o', 'two.db'], { cwd })).toMatchObject({ code: 0 })
  using catalog = openCatalog(join(cwd, 'two.db'), { readonly: true })
  expect(Array.from(catalog.listTables('shop'), ({ locator }) => locator.tableName)).toEqual(['a', 'c'])
})

describe('--quiet', () => {
  const missing = 'error none.db does not exist; correct the path.\n'
  /** What is said without it, and a call that fails. */
  const cases: Readonly<Record<string, readonly [readonly string[], RegExp | '', readonly string[], string]>> = {
    inspect: [['given.db'], '', ['none.db'], missing],
    report: [
      ['given.db', '-o', 'r.html'],
      /^✓ r\.html: 1 catalog\n {2}file:.*\n$/,
      ['none.db', '-o', 'r.html'],
      missing,
    ],
    diff: [['given.db', 'given.deltacat.yaml'], /^✓ .* are equal\n$/, ['given.db', 'none.db'], missing],
    verify: [['given.db'], /^✓ /, ['none.db'], missing],
    build: [
      ['given.deltacat.yaml', '-o', 'new.db'],
      /^✓ new\.db from .*\n$/,
      ['none.yaml', '-o', 'new.db'],
      missing.replace('db', 'yaml'),
    ],
    dump: [['given.db', '-o', 'd.deltacat.yaml'], /^✓ d\..* from .*\n$/, ['none.db', '-o', 'd.deltacat.yaml'], missing],
    check: [['given.deltacat.yaml'], /^✓ given.*\n$/, ['none.yaml'], missing.replace('db', 'yaml')],
    schema: [
      ['-o', 'schema.json'],
      /^✓ schema\.json\n$/,
      ['-o', 'no/schema.json'],
      'error no/schema.json: the folder no does not exist; create it first.\n',
    ],
    types: [['given.deltacat.yaml'], /^✓ given.*\n$/, ['none.deltacat.yaml'], missing.replace('db', 'deltacat.yaml')],
  }

  it('is an option of all commands', () => {
    expect(Object.keys(cases)).toEqual(COMMANDS)
  })

  it.each(Object.entries(cases))(
    'leaves of %s what was asked for, and errors',
    async (name, [argv, said, bad, error]) => {
      for (const options of [{}, { isTTY: true, env: { NO_COLOR: '1' } }] satisfies RunOptions[]) {
        const loud = await run([name, ...argv], { ...options, cwd: fresh() })
        expect(loud.code).toBe(0)
        if (said === '') expect(loud.err).toBe('')
        else expect(loud.err).toMatch(said)
        const quiet = await run([name, ...argv, '--quiet'], { ...options, cwd: fresh() })
        expect(quiet).toEqual({ code: 0, out: loud.out, err: '' })
        const failed = await run([name, ...bad, '--quiet'], { ...options, cwd: fresh() })
        expect(failed).toEqual({ code: 1, out: '', err: error })
      }
    },
  )

  it.each([
    ['diff', ['given.db', 'params.deltacat.yaml']],
    ['types', ['params.deltacat.yaml', '--check']],
    ['check', ['outside.deltacat.yaml']],
  ])('of %s keeps what it found', async (name, argv) => {
    const loud = await run([name, ...argv], { cwd: `${folder.path}/package` })
    const quiet = await run([name, ...argv, '--quiet'], { cwd: `${folder.path}/package` })
    expect({ code: quiet.code, out: quiet.out }).toEqual({ code: 1, out: loud.out })
    expect(quiet.out + quiet.err).not.toBe('')
    expect(loud.err.startsWith(quiet.err.trimEnd())).toBe(true)
  })
})
