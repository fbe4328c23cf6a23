import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cell, functionOf, type Interface, interfacesOf } from './tsdoc.ts'

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

/** The files of the entities, from the top down. */
const entities = ['namespace', 'table', 'table-version', 'stream', 'partition', 'delta', 'manifest']
/** What is no user's, in files that hold what is. */
const internal = ['Calls', 'FaultRunner']
/** The functions beside the catalog, by the files that document them. */
const functions: Readonly<Record<string, readonly string[]>> = {
  catalog: ['openCatalog', 'deserializeCatalog', 'catalogOf'],
  determinism: ['seededClock', 'seededIds'],
  'merge-deltas': ['mergeDeltas'],
  manifests: ['mergeManifests'],
  'records/rows': ['tableFromRows', 'rowsFromTable'],
  'model/locators': ['canonicalString', 'hexDigest'],
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
  const rest = [...whole, ...faults].filter(({ name }) => !internal.includes(name))
  return [
    intro,
    '## Calls',
    ...sections,
    '### Opening, transactions, faults',
    ...rest.map(section),
    '## Lists',
    ...interfacesOf(join(root, 'src/catalog/paging.ts'))
      .filter(({ name }) => name === 'PageOptions')
      .map(section),
    ...interfacesOf(join(root, 'src/catalog/model/list-result.ts')).map(fields),
    '## Functions',
    functionTable(),
    '## Entities',
    ...entities.flatMap((name) => interfacesOf(join(root, `src/catalog/model/${name}.ts`)).map(fields)),
    '',
  ].join('\n\n')
}

function functionTable(): string {
  const rows = Object.entries(functions).flatMap(([file, names]) =>
    names.map((name) => {
      const { signature, text } = functionOf(join(root, `src/catalog/${file}.ts`), name)
      return `| \`${cell(signature)}\` | ${cell(text)} |`
    }),
  )
  return `| function | |\n| --- | --- |\n${rows.join('\n')}`
}

/** What an interface's objects have, with their types. */
function fields({ name, text, members }: Interface): string {
  const lines = members.map(
    (member) => `| \`${cell(member.signature.replace(/^readonly /, ''))}\` | ${cell(member.text)} |`,
  )
  return `\`${name}\`: ${text}\n\n| field | |\n| --- | --- |\n${lines.join('\n')}`
}

const isCalls = ({ name }: Interface): boolean => /Calls$|Writes$|^Catalog$|^Faults$/.test(name)

function section(found: Interface): string {
  const lines = found.members.map(({ name, signature, text }) => {
    const shown = isCalls(found) ? signature : name
    return `| \`${cell(shown)}\` | ${cell(text)} |`
  })
  const title = isCalls(found) ? '' : `\`${found.name}\`: ${found.text}\n\n`
  const head = isCalls(found) ? '| call | |' : '| option | |'
  return `${title}${head}\n| --- | --- |\n${lines.join('\n')}`
}

if (import.meta.main) writeFileSync(join(root, 'docs/catalog.md'), catalogPage())
