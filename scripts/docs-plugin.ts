import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cell, functionOf, type Interface, interfacesOf, type Member } from './tsdoc.ts'

const root = join(import.meta.dirname, '..')
const source = (path: string): string => join(root, 'src', path)

/** What each entry of the package has. */
const entries: Readonly<Record<string, string>> = {
  '.': 'the catalog and fixtures, as functions',
  './catalog': 'the catalog alone: it loads less',
  './test': '`test`, `it`, `expect` and `withCatalog`, with the matchers',
  './vitest': 'the matchers, added to Vitest’s `expect`: for `setupFiles`, or a test file that makes its own catalogs',
  './matchers': 'the matchers as functions, for an `expect.extend` of one’s own',
  './plugin': '`deltacat()`, for the Vitest config',
  './yaml': 'types of imported fixtures that have no generated ones, for `types` in `tsconfig.json`',
  './package.json': 'the package’s own description',
}

/** docs/plugin.md: the hand-written introduction, then options, what a test gets, and functions, from the source. */
export function pluginPage(): string {
  const intro = readFileSync(join(root, 'docs/parts/plugin.md'), 'utf8').trimEnd()
  return [
    intro,
    '## The options of `deltacat()`',
    table('option', find('vitest-plugin/plugin.ts', 'DeltacatOptions').members),
    '## What a test gets',
    table('name', find('vitest-plugin/test.ts', 'CatalogContext').members),
    '## `fixture`',
    find('fixtures/accessor.ts', 'FixtureAccessor').text,
    table('name', find('fixtures/accessor.ts', 'FixtureAccessor').members),
    fields(find('fixtures/accessor.ts', 'ExpectedSet')),
    '## Functions',
    table(
      'function',
      [
        ['fixtures/load.ts', 'loadFixture'],
        ['fixtures/load.ts', 'checkFixture'],
        ['fixtures/load.ts', 'buildFixture'],
        ['fixtures/dump.ts', 'dumpCatalog'],
        ['fixtures/accessor.ts', 'openFixture'],
        ['fixtures/accessor.ts', 'bindFixture'],
        ['fixtures/accessor.ts', 'fixtureOf'],
        ['fixtures/format.ts', 'formatDiagnostics'],
        ['fixtures/json-schema.ts', 'fixtureJsonSchema'],
      ].map(([path = '', name = '']) => functionOf(source(path), name)),
    ),
    '`LoadOptions`, of those that read a fixture:',
    table('option', [
      ...find('fixtures/params.ts', 'ParamOverrides').members,
      ...find('fixtures/load-options.ts', 'LoadOptions').members,
    ]),
    fields(find('fixtures/load.ts', 'LoadedFixture')),
    fields(find('fixtures/load.ts', 'CheckedFixture')),
    '`DumpOptions`, of `dumpCatalog`:',
    table('option', find('fixtures/dump-options.ts', 'DumpOptions').members),
    fields(find('fixtures/dump.ts', 'Dump')),
    '## The entries of the package',
    `| import | |\n| --- | --- |\n${Object.entries(entries)
      .map(([entry, what]) => `| \`${entry.replace('.', 'vitest-deltacat')}\` | ${what} |`)
      .join('\n')}`,
    '',
  ].join('\n\n')
}

/** The entries that the page describes. */
export const describedEntries: readonly string[] = Object.keys(entries)

function find(path: string, name: string): Interface {
  const found = interfacesOf(source(path)).find((each) => each.name === name)
  if (found === undefined) throw new Error(`${path} has no interface ${name}`)
  return found
}

function fields({ name, text, members }: Interface): string {
  return `\`${name}\`: ${text}\n\n${table('field', members)}`
}

function table(head: string, members: readonly Member[]): string {
  const rows = members.map(({ signature, text }) => {
    const described = text.replaceAll(/@throws /g, 'Throws ').replaceAll(/\s+/g, ' ')
    return `| \`${cell(signature.replace(/^readonly /, ''))}\` | ${cell(described)} |`
  })
  return `| ${head} | |\n| --- | --- |\n${rows.join('\n')}`
}

if (import.meta.main) writeFileSync(join(root, 'docs/plugin.md'), pluginPage())
