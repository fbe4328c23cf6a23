import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { main } from '../src/cli/main.ts'
import { createProgram } from '../src/cli/program.ts'
import { type FindingKind, findingKinds } from '../src/inspector/verify/codes.ts'

const root = join(import.meta.dirname, '..')
const part = (name: string): string => readFileSync(join(root, 'docs/parts', name), 'utf8').trimEnd()

/** docs/cli.md: the introduction, what it shows, every command as it is defined, and every finding of `verify`. */
export async function cliPage(): Promise<string> {
  const intro = part('cli.md')
  const fixture = /```yaml file=(\S+)\n([\s\S]*?)```/.exec(intro)
  const name = fixture?.[1] ?? ''
  const shown = await outputs(name, fixture?.[2] ?? '', [
    ['inspect', name],
    ['inspect', name, '--delta', 'shop.orders/norway#fix', '--view', 'changes'],
  ])
  const program = createProgram(silent, () => undefined)
  return [
    intro,
    ...shown.map((text) => `<pre>\n${text.trimEnd().replaceAll('&', '&amp;').replaceAll('<', '&lt;')}\n</pre>`),
    picture('delta', 'The report: a partition’s deltas, and what one of them changed, cell by cell'),
    'A failed test’s report shows what it expected beside what it found:',
    picture('failure', 'The report of a failed test: expected and actual rows, the differing cells marked'),
    ...program.commands.filter((command) => command.name() !== 'help').map(commandSection),
    part('cli-json.md'),
    findings(),
    '',
  ].join('\n\n')
}

const silent = {
  stdout: { write: () => true, once: () => undefined },
  stderr: { write: () => true, once: () => undefined },
  cwd: root,
  env: {},
}

/** What commands print about a fixture in a folder of its own. */
async function outputs(name: string, text: string, commands: readonly (readonly string[])[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'deltacat-docs-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{}')
    writeFileSync(join(folder, name), text)
    const printed: string[] = []
    for (const argv of commands) {
      let out = ''
      const stdout = {
        write: (chunk: string) => {
          out += chunk
          return true
        },
        once: () => undefined,
      }
      const code = await main(argv, { ...silent, stdout, cwd: folder })
      if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`)
      printed.push(out)
    }
    return printed
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function picture(name: string, alt: string): string {
  return `<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="screenshots/${name}-dark-wide.png">\n  <img alt="${alt}" src="screenshots/${name}-light-wide.png">\n</picture>`
}

function commandSection(command: Command): string {
  const usage = `\`vitest-deltacat ${command.name()} ${command.registeredArguments.map((argument) => usageOf(argument)).join(' ')}\``
  const rows = [
    ...command.registeredArguments.map((argument) => [usageOf(argument), argument.description]),
    ...command.options.map(({ flags, description, mandatory, defaultValue }) => [
      flags,
      [
        description,
        mandatory && 'required',
        defaultValue !== undefined && defaultValue !== true && `default: ${String(defaultValue)}`,
      ]
        .filter(Boolean)
        .join('; '),
    ]),
  ]
  const table = rows.map(([name = '', text = '']) => `| \`${cellOf(name)}\` | ${cellOf(text)} |`).join('\n')
  return [`## \`${command.name()}\``, usage, command.description(), `| | |\n| --- | --- |\n${table}`].join('\n\n')
}

function usageOf(argument: { readonly variadic: boolean; name(): string }): string {
  return `<${argument.name()}${argument.variadic ? '…' : ''}>`
}

function findings(): string {
  const rows = Object.entries<FindingKind>(findingKinds).map(
    ([code, { severity, what, mend, mock }]) =>
      `| \`${code}\` | ${severity} | ${what}${mock ? ` The Python mock: ${mock}` : ''} | ${mend} |`,
  )
  return `| code | | what | what to do |\n| --- | --- | --- | --- |\n${rows.join('\n')}`
}

function cellOf(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) writeFileSync(join(root, 'docs/cli.md'), await cliPage())
