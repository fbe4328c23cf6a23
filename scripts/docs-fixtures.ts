import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from '../src/fixtures/codes.ts'
import { fixtureJsonSchema } from '../src/fixtures/json-schema.ts'
import { cell } from './tsdoc.ts'

const root = join(import.meta.dirname, '..')
type Schema = { readonly [key: string]: unknown }

/** docs/fixtures.md: the introduction, then every key as the shape defines it. */
export function fixturesPage(): string {
  const intro = readFileSync(join(root, 'docs/parts/fixtures.md'), 'utf8').trimEnd()
  const schema = fixtureJsonSchema()
  const definitions = schema.definitions as Readonly<Record<string, Schema>>
  const order = [
    'namespace',
    'table',
    'version',
    'stream',
    'partition',
    'delta',
    'entry',
    'generator',
    'transform',
    'expected',
    'stored',
  ]
  const sections = order.map((name) => {
    const definition = definitions[name]!
    return `### ${title(name)}\n\n${String(definition.description)}\n\n${table(definition)}`
  })
  return [intro, '## Keys', `### Fixture\n\n${String(schema.description)}\n\n${table(schema)}`, ...sections, ''].join(
    '\n\n',
  )
}

/** docs/fixture-errors.md: every code of a diagnostic, as `src/fixtures/codes.ts` defines it. */
export function fixtureErrorsPage(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, [cause, mend]]) => `| \`${code}\` | ${cell(cause)} | ${cell(mend)} |`,
  )
  return `# Fixture errors

A fixture that can't be used throws a \`FixtureError\`, which tells all mistakes at once. Each of its \`diagnostics\` has the
file, line and column, the path of the entity and the key within it, a code frame, a \`code\`, what is wrong (\`message\`) and
how to mend it (\`mend\`); where the mistake is in a data file, also its row and column (\`data\`). \`checkFixture\` returns them
without throwing, \`formatDiagnostics\` writes them as text.

| code | what is wrong | how to mend it |
| --- | --- | --- |
${rows.join('\n')}
`
}

function table({ properties }: Schema): string {
  const rows = Object.entries(properties as Readonly<Record<string, Schema>>).map(([key, property]) => {
    const { description, examples, default: preset } = property
    const example = (examples as readonly unknown[] | undefined)?.[0]
    const more = [
      ...(preset === undefined ? [] : [`Default: \`${flow(preset)}\`.`]),
      ...(example === undefined || preset !== undefined ? [] : [`For example \`${flow(example)}\`.`]),
    ]
    return `| \`${key}\` | ${cell([description ?? reference(property), ...more].join(' '))} |`
  })
  return `| key | |\n| --- | --- |\n${rows.join('\n')}`
}

function reference({ $ref }: Schema): string {
  return `See [${String($ref).split('/').at(-1)}](#${String($ref).split('/').at(-1)}).`
}

/** A value as YAML writes it in one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${flow(each)}`)
      .join(', ')} }`
  }
  return typeof value === 'string' && /[,[\]{}\n]/.test(value) ? JSON.stringify(value) : String(value)
}

function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

if (import.meta.main) {
  writeFileSync(join(root, 'docs/fixtures.md'), fixturesPage())
  writeFileSync(join(root, 'docs/fixture-errors.md'), fixtureErrorsPage())
}
