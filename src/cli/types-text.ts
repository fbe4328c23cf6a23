import type { Field } from 'apache-arrow'
import type { Catalog } from '../catalog/index.ts'
import { schemaFromText } from '../catalog/records/schema.ts'
import type { FixtureIndex } from '../fixtures/index.ts'
import { formatTable, formatValues } from '../fixtures/paths.ts'
import { deltasOf } from '../inspector/deltas.ts'
import {
  type HierarchyNode,
  nodesOf,
  type PartitionNode,
  readHierarchy,
  type StreamNode,
  type VersionNode,
} from '../inspector/hierarchy.ts'
import { rowType } from './row-type.ts'

/** How each file that `types` made begins. */
export const TYPES_MARK = '// Made by vitest-deltacat types from '

/** The declaration of a fixture's module: every path that its accessor takes, and the rows that each leads to. */
export function typesOf(catalog: Catalog, index: FixtureIndex, file: string): string {
  const { namespaces, names } = readHierarchy(catalog, index)
  const nodes = [...nodesOf(namespaces)]
  const paths = {
    namespaces: new Set<string>(),
    tables: new Set<string>(),
    versions: new Set<string>(),
    streams: new Set<string>(),
    partitions: new Set<string>(),
    deltas: new Set<string>(),
  }
  const rows = new Map<string, string>()
  const rowTypes = new RowTypes()

  const addDeltas = (node: PartitionNode, partition: string, type: string): void => {
    for (const { entity, number } of deltasOf(catalog, node.entity)) {
      for (const name of new Set([names.delta(entity, number), String(number)])) {
        paths.deltas.add(`${partition}#${name}`)
        rows.set(`${partition}#${name}`, type)
      }
    }
  }
  const addStream = (stream: StreamNode, path: string, type: string): void => {
    paths.streams.add(path)
    rows.set(path, type)
    for (const node of stream.children) {
      // By its values it is found where it is the committed one, or the only one.
      const values = formatValues(node.entity.locator.partitionValues)
      const rivals = stream.children.filter((each) => formatValues(each.entity.locator.partitionValues) === values)
      const byValues = node.entity.state === 'committed' || rivals.length === 1 ? [`${path}/${values}`] : []
      const label = node.path.slice(stream.path.length)
      for (const partition of new Set([`${path}${label}`, ...byValues])) {
        if (!byValues.includes(partition) && label === `/${values}`) continue
        paths.partitions.add(partition)
        rows.set(partition, type)
        addDeltas(node, partition, type)
      }
    }
  }
  const addVersion = (node: VersionNode, path: string): void => {
    const type = rowTypes.of(node)
    paths.versions.add(path)
    rows.set(path, type)
    node.children.forEach((stream, number) => {
      const isCurrent = node.entity.properties?.stream_id === stream.entity.locator.streamId
      const label = /~(.*)$/.exec(stream.path)?.[1]
      if (isCurrent) addStream(stream, path, type)
      for (const name of new Set([String(number), ...(label ? [label] : [])]))
        addStream(stream, `${path}~${name}`, type)
    })
  }
  for (const node of nodes) {
    if (node.kind === 'namespace') paths.namespaces.add(node.path)
    else if (node.kind === 'table') {
      paths.tables.add(node.path)
      for (const version of node.children) {
        const { tableLocator, tableVersion } = version.entity.locator
        addVersion(version, formatTable(tableLocator.namespaceLocator.namespace, tableLocator.tableName, tableVersion))
        if (isUsual(version)) addVersion(version, node.path)
      }
    }
  }
  const union = (set: Iterable<string>): string =>
    [...set]
      .sort()
      .map((path) => `\n    | ${quote(path)}`)
      .join('') || ' never'
  return [
    `${TYPES_MARK}${file}: run it again when that changes.`,
    "import type { FixtureModule } from 'vitest-deltacat/test'",
    '',
    ...rowTypes.declarations(),
    'declare const fixture: FixtureModule<{',
    ...Object.entries(paths).map(([name, set]) => `  ${name}:${union(set)}`),
    `  expected:${union(index.expected.map(({ name }) => name))}`,
    '  rows: {',
    ...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, type]) => `    ${quote(path)}: ${type}`),
    '  }',
    '}>',
    'export default fixture',
    '',
  ].join('\n')
}

/** Whether a path without a version means this one: its streams' paths say so. */
function isUsual(version: VersionNode): boolean {
  return version.children.some(({ path }) => !/^[^~]*@/.test(path.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')))
}

/** The row types of a fixture's versions, each declared once under a name of its own. */
class RowTypes {
  readonly #byFields = new Map<string, string>()
  readonly #taken = new Set<string>()

  of(node: HierarchyNode & { kind: 'version' }): string {
    const { schema, locator } = node.entity
    const fields = schema === null ? null : schemaFromText(schema)?.fields
    if (!fields) return 'Readonly<Record<string, unknown>>'
    const body = fieldLines(fields)
    const known = this.#byFields.get(body)
    if (known !== undefined) return known
    const base = `${pascal(locator.tableLocator.tableName)}Row`
    let name = base
    for (let number = 2; this.#taken.has(name); number += 1) name = `${base}${number}`
    this.#taken.add(name)
    this.#byFields.set(body, name)
    return name
  }

  *declarations(): Generator<string> {
    for (const [body, name] of this.#byFields) yield `interface ${name} {\n${body}\n}\n`
  }
}

function fieldLines(fields: readonly Field[]): string {
  return fields.map((field) => `  readonly ${quote(field.name)}: ${rowType(field)}`).join('\n')
}

function pascal(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? []
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(joined) ? joined : `Table${joined}`
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
