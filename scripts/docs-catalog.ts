import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Interface, interfacesOf } from './tsdoc.ts'

const root = join(import.meta.dirname, '..')

/** The files of the calls, in the order of the hierarchy. */
const files = [
  'namespaces',
  'tables',
  'table-versions',
  'create-table-version',
  'streams',
  'delete-stream',
  'partitions',
  'commit-partition',
  'deltas',
  'stage-delta',
  'commit-delta',
  'downloads',
  'read-partition',
  'states',
  'categories',
]
const areas: Readonly<Record<string, string>> = {
  namespaces: 'Namespaces',
  tables: 'Tables',
  'table-versions': 'Table versions',
  streams: 'Streams',
  partitions: 'Partitions',
  deltas: 'Deltas',
  downloads: 'Records',
  states: 'States and errors',
}

/** docs/catalog.md: the hand-written introduction, then every call and option as its source documents it. */
export function catalogPage(): string {
  const intro = readFileSync(join(root, 'docs/parts/catalog.md'), 'utf8').trimEnd()
  const faults = interfacesOf(join(root, 'src/catalog/faults.ts'))
  const whole = interfacesOf(join(root, 'src/catalog/catalog.ts'))
  const sections = files.map((name) => {
    const found = interfacesOf(join(root, `src/catalog/${name}.ts`))
    const heading = areas[name] ? `### ${areas[name]}\n\n` : ''
    return heading + found.map(section).join('\n\n')
  })
  const rest = [...whole, ...faults].filter(({ name }) => name !== 'Calls')
  return [intro, '## Calls', ...sections, '### Opening, transactions, faults', ...rest.map(section), ''].join('\n\n')
}

const isCalls = ({ name }: Interface): boolean => /Calls$|Writes$|^Catalog$|^Faults$/.test(name)

function section(found: Interface): string {
  const lines = found.members.map(({ name, signature, text }) => {
    const shown = isCalls(found) ? signature : name
    return `| \`${escaped(shown)}\` | ${escaped(text.replaceAll('\n', ' '))} |`
  })
  const title = isCalls(found) ? '' : `\`${found.name}\`: ${found.text}\n\n`
  const head = isCalls(found) ? '| call | |' : '| option | |'
  return `${title}${head}\n| --- | --- |\n${lines.join('\n')}`
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) writeFileSync(join(root, 'docs/catalog.md'), catalogPage())
