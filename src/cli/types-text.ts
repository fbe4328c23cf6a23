import type { Field } from 'apache-arrow'
import type { Catalog } from '../catalog/index.ts'
import { schemaFromText } from '../catalog/records/schema.ts'
import type { FixtureIndex } from '../fixtures/index.ts'
import { type HierarchyNode, nodesOf, readHierarchy, type VersionNode } from '../inspector/hierarchy.ts'
import { rowType } from './row-type.ts'
import { listedPartitions, type PathDelta, pathDeltas } from './types-deltas.ts'

/** How each file that `types` made begins. */
export const TYPES_MARK = '// Made by vitest-deltacat types from '

/**
 * The declaration of a fixture's module: the path of each entity, as messages print it, and the rows that it leads to.
 * A partition with a label has a path by its values as well. The accessor takes other spellings too (versions that needn't
 * be said, numbers of deltas with labels); these are enough to complete and check. The deltas are those of the index, and the others that are in the catalog.
 */
export function typesOf(catalog: Catalog, index: FixtureIndex, file: string): string {
  const { namespaces } = readHierarchy(catalog, index, { counts: false })
  const partitions = Array.from(nodesOf(namespaces)).filter((node) => node.kind === 'partition')
  const deltas = pathDeltas(
    catalog,
    index,
    partitions.map(({ entity }) => entity),
  )
  const listed = listedPartitions(deltas)
  const paths: Record<HierarchyNode['kind'] | 'delta', Set<string>> = {
    namespace: new Set(),
    table: new Set(),
    version: new Set(),
    stream: new Set(),
    partition: new Set(),
    delta: new Set(),
  }
  const rows = new Map<string, string>()
  const rowTypes = new Map<string, string>()
  const add = (kind: keyof typeof paths, path: string, type: string | null): void => {
    paths[kind].add(quote(path))
    if (type !== null) rows.set(quote(path), type)
  }
  const addDeltas = (partition: string, all: readonly PathDelta[], lists: boolean, type: string): void => {
    // A delete has the columns that it goes by, and often no other.
    const rowOf = (isDelete: boolean): string => (isDelete ? `Partial<${type}>` : type)
    for (const { name, isLabel, isDelete } of all)
      if (isLabel || lists) add('delta', `${partition}#${name}`, rowOf(isDelete))
    const numbered = all.filter(({ isLabel }) => !isLabel)
    if (lists || numbered.length === 0) return
    const pattern = anyNumber(partition)
    paths.delta.add(pattern)
    rows.set(`[delta: ${pattern}]`, rowOf(numbered.some(({ isDelete }) => isDelete)))
  }
  const walk = (node: HierarchyNode, type: string | null): void => {
    const own = node.kind === 'version' ? rowTypeOf(node, rowTypes) : type
    add(node.kind, node.path, own)
    if (node.kind === 'table' && node.children.length > 0) add('version', node.path, null)
    if (node.kind === 'partition' && own !== null) {
      const { partitionId } = node.entity.locator
      addDeltas(node.path, deltas.get(partitionId) ?? [], listed.has(partitionId), own)
      // A label stays with its partition; its values lead to the one that takes its place.
      if (node.valuesPath !== null) {
        add('partition', node.valuesPath, own)
        addDeltas(node.valuesPath, deltas.get(partitionId) ?? [], listed.has(partitionId), own)
      }
    }
    // Of several partitions of the same values and no label a path means the one that counts, or none.
    const children = node.kind === 'stream' ? node.children.filter(({ isLedTo }) => isLedTo) : node.children
    for (const child of children) walk(child, own)
  }
  for (const namespace of namespaces) walk(namespace, null)
  const union = (set: Iterable<string>): string => Array.from(set, (path) => `\n    | ${path}`).join('') || ' never'
  return [
    `${TYPES_MARK}${file}: run it again when that changes.`,
    "import type { FixtureModule } from 'vitest-deltacat/test'",
    '',
    ...Array.from(rowTypes, ([body, name]) => `interface ${name} {\n${body}\n}\n`),
    'declare const fixture: FixtureModule<{',
    ...Object.entries(paths).map(([kind, set]) => `  ${kind}s:${union(set)}`),
    `  expected:${union(index.expected.map(({ name }) => quote(name)))}`,
    '  rows: {',
    ...Array.from(rows, ([path, type]) => `    ${path}: ${type}`),
    '  }',
    '}>',
    'export default fixture',
    '',
  ].join('\n')
}

/** The name of the type of a version's rows; equal rows share one. `names` maps the types' bodies to their names. */
function rowTypeOf({ entity: { schema, locator } }: VersionNode, names: Map<string, string>): string {
  const fields = schema === null ? null : schemaFromText(schema)?.fields
  if (!fields) return 'Readonly<Record<string, unknown>>'
  const body = fieldLines(fields)
  const known = names.get(body)
  if (known !== undefined) return known
  const base = `${pascal(locator.tableLocator.tableName)}Row`
  const taken = new Set(names.values())
  let name = base
  for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`
  names.set(body, name)
  return name
}

function fieldLines(fields: readonly Field[]): string {
  return fields
    .map(
      (field) =>
        `  readonly ${/^[A-Za-z_$][\w$]*$/.test(field.name) ? field.name : quote(field.name)}: ${rowType(field)}`,
    )
    .join('\n')
}

function pascal(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? []
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(joined) ? joined : `Table${joined}`
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** The type of the paths of a partition's deltas by their numbers. */
function anyNumber(partition: string): string {
  const text = JSON.stringify(partition).slice(1, -1).replaceAll('\\"', '"')
  return `\`${text.replaceAll('`', '\\`').replaceAll('${', '\\${')}#\${number}\``
}
