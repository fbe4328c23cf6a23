import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cell, type Interface, interfacesOf, type Member } from './tsdoc.ts'

const root = join(import.meta.dirname, '..')
const source = join(root, 'src/vitest-plugin/matchers/types.ts')

/** docs/matchers.md: the hand-written introduction, then every matcher and option as its source documents it. */
export function matchersPage(): string {
  const intro = readFileSync(join(root, 'docs/parts/matchers.md'), 'utf8').trimEnd()
  const [matchers, ...options] = [
    ...interfacesOf(source).filter(({ name }) => name === 'DeltacatMatchers'),
    ...interfacesOf(source).filter(({ name }) => name !== 'DeltacatMatchers'),
  ]
  const examples = examplesOf(readFileSync(source, 'utf8'))
  return [
    intro,
    '## Every matcher',
    ...matchers!.members.map((member) => matcherSection(member, examples.get(member.name) ?? [])),
    '## Options',
    ...options.map(optionSection),
    '',
  ].join('\n\n')
}

function matcherSection({ name, signature, text }: Member, examples: readonly string[]): string {
  const parameters = /\((.*)\):/.exec(signature)?.[1] ?? ''
  const lines = examples.map((line) => `- \`${line}\``)
  const [described = ''] = text.split('@example')
  return [`### \`${name}(${parameters})\``, described.trim(), lines.join('\n')].join('\n\n')
}

function optionSection({ name, text, members }: Interface): string {
  const rows = members.map((member) => `| \`${member.name}\` | ${cell(member.text)} |`)
  return `\`${name}\`: ${text}\n\n| option | |\n| --- | --- |\n${rows.join('\n')}`
}

/** The lines of code after each method's `@example`. */
function examplesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const documented = text.matchAll(/@example\n((?: +\* .*\n)+) +\*\/\n +(\w+)\(/g)
  return new Map(
    Array.from(documented, ([, lines = '', name = '']) => [
      name,
      lines
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^ +\* /, '')),
    ]),
  )
}

if (import.meta.main) writeFileSync(join(root, 'docs/matchers.md'), matchersPage())
