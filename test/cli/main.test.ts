import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const commands = ['inspect', 'report', 'diff', 'verify', 'build', 'dump', 'check', 'schema', 'types']

describe('vitest-deltacat', () => {
  it('shows its commands, and fails, when it is told nothing', async () => {
    const { code, out, err } = await run([])
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err.match(/^ {2}(\w+) .*(?=\n)/gm)?.map((line) => line.trim().split(' ')[0])).toEqual(
      expect.arrayContaining([...commands, 'help']),
    )
  })

  it('shows the same as help, and its version, on standard output', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    expect(out).toBe((await run([])).err)
    expect(await run(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  })

  it.each(commands)('%s has help with an example', async (command) => {
    const { code, out, err } = await run([command, '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(new RegExp(`^Usage: vitest-deltacat ${command} `))
    expect(out).toMatch(new RegExp(`\\nExamples?:\\n {2}\\$ vitest-deltacat ${command}`))
    expect(await run(['help', command])).toEqual({ code: 0, out, err: '' })
  })

  it.each(['build', 'dump', 'report'])('%s marks the option that it can’t do without', async (command) => {
    const { out } = await run([command, '--help'])
    expect(out.match(/^ {2}(-\S+).*\(required\)$/gm)?.map((line) => line.trim().split(',')[0])).toEqual(['-o'])
  })

  it('guesses what was meant', async () => {
    expect(await run(['inspct'])).toEqual({
      code: 2,
      out: '',
      err: "error: unknown command 'inspct'\n(Did you mean inspect?)\n",
    })
    expect(await run(['inspect', 'x.db', '--tabel', 'y'])).toEqual({
      code: 2,
      out: '',
      err: "error: unknown option '--tabel'\n(Did you mean --table?)\n",
    })
  })

  it.each([
    [['inspect'], "error: missing required argument 'db|yaml'\n"],
    [['diff', 'a.db'], "error: missing required argument 'b'\n"],
    [['build', 'a.yaml'], "error: required option '-o, --output <db>' not specified\n"],
    [['verify', 'a.db', 'b.db'], "error: too many arguments for 'verify'. Expected 1 argument but got 2.\n"],
    [['inspect', 'a.db', '--rows', 'many'], 'error "many" is no number of rows: give one from 0, or "all".\n'],
    [
      ['inspect', 'a.db', '--rows', '3'],
      'error --rows needs --delta, or --table and --view: the tree shows no rows.\n',
    ],
    [
      ['inspect', 'a.db', '--table', 'shop.orders', '--rows', 'all', '--json'],
      'error --rows needs --delta, or --table and --view: the tree shows no rows.\n',
    ],
    [
      ['inspect', 'a.db', '--delta', 'shop.orders/NO#0', '--deltas', '3'],
      'error --deltas is for the tree, and --delta and --view show records in its place; leave it out.\n',
    ],
    [
      ['inspect', 'a.db', '--table', 'shop.orders', '--view', 'raw', '--deltas', 'all'],
      'error --deltas is for the tree, and --delta and --view show records in its place; leave it out.\n',
    ],
    [
      ['inspect', 'a.db', '--table', 'shop.orders', '--delta', 'shop.orders/NO#0'],
      'error --table and --delta each say what to show; leave one of them out.\n',
    ],
    [['inspect', 'a.db', '--param', 'a=1'], 'error --param is for fixtures, and a.db is none; leave it out.\n'],
    [['inspect', 'a.db', '--root', '..'], 'error --root is for fixtures, and a.db is none; leave it out.\n'],
    [
      ['diff', 'a.db', 'b.db', '--param', 'a=1', '--root', '..'],
      'error --param is for fixtures, and none of a.db, b.db is one; leave it out.\n',
    ],
    [
      ['report', 'kept', '-o', 'x.html', '--root', '..'],
      'error --root is for fixtures, and kept is none; leave it out.\n',
    ],
    [['inspect', 'a.db', '--view', 'best'], 'error --view "best" is none of raw, merged, changes.\n'],
    [['inspect', 'a.db', '--view', 'raw'], 'error --view raw needs --table or --delta: say whose records to show.\n'],
    [['inspect', 'a.db', '--table', 'a.b', '--view', 'changes'], 'error --view changes needs --delta.\n'],
    [['diff', 'a.db', 'b.db', '--view', 'raw'], 'error --view "raw" is none of deltas, merged.\n'],
    [
      ['verify', 'a.deltacat.yaml'],
      'error a.deltacat.yaml is a fixture; verify reads a .db: "check" looks at fixtures.\n',
    ],
    [
      ['inspect', 'fixtures/orders.deltacat.yaml', '--param', 'bulk'],
      'error --param "bulk" has no "=": write --param name=value.\n',
    ],
  ])('says what is wrong with %j and exits with 2', async (argv, err) => {
    expect(await run(argv)).toEqual({ code: 2, out: '', err })
  })

  it.each([
    [['inspect', 'none.db'], 'error none.db does not exist; correct the path.\n'],
    [['verify', 'fixtures'], 'error fixtures is a folder; give the path of a file in it.\n'],
    [['report', 'none', '-o', 'report.html'], 'error none does not exist; correct the path.\n'],
    [
      ['report', 'src', '-o', 'report.html'],
      'error src holds no .db; give the folder that failed tests’ catalogs are kept in (.vitest/deltacat).\n',
    ],
    [
      ['build', 'fixtures/orders.deltacat.yaml', '-o', 'none/orders.db'],
      'error none/orders.db: the folder none does not exist; create it first.\n',
    ],
    [['check', 'none/*.yaml'], 'error No file matches none/*.yaml; correct the pattern.\n'],
    [
      ['inspect', 'package.json'],
      'error "/…/package.json" is not an SQLite database; restore the file or open another. [corrupt]\n',
    ],
  ])('says why %j can’t be done and exits with 1', async (argv, expected) => {
    const { code, out, err } = await run(argv)
    expect({ code, out, err: err.replaceAll(/"\/[^"]*\//g, '"/…/') }).toEqual({ code: 1, out: '', err: expected })
  })

  it('prints in colour on a terminal, unless NO_COLOR says otherwise', async () => {
    const bare = { code: 1, out: '', err: 'error none.db does not exist; correct the path.\n' }
    expect(await run(['inspect', 'none.db'], { isTTY: true, env: { NO_COLOR: '1' } })).toEqual(bare)
    expect(await run(['inspect', 'none.db'], { isTTY: true, env: { TERM: 'dumb' } })).toEqual(bare)
    const coloured = { ...bare, err: bare.err.replace('error', '\u001b[1m\u001b[31merror\u001b[39m\u001b[22m') }
    expect(await run(['inspect', 'none.db'], { isTTY: true })).toEqual(coloured)
    expect(await run(['inspect', 'none.db'], { env: { FORCE_COLOR: '1' } })).toEqual(coloured)
  })
})
