import type { Catalog } from '../catalog/index.ts'
import { schemaFromText } from '../catalog/records/schema.ts'
import { columnView } from '../inspector/cell-text.ts'
import { deltasOf } from '../inspector/deltas.ts'
import { deltaName, type Hierarchy, type HierarchyNode, nodesOf, type VersionNode } from '../inspector/hierarchy.ts'
import { deltaState } from '../inspector/states.ts'
import { jsonLine } from './json.ts'

/** A catalog as one JSON object a line: each level, then what is below it, down to the deltas. */
export function* hierarchyLines(
  catalog: Catalog,
  { namespaces, names, totals }: Hierarchy,
  most: number,
): Generator<string> {
  const dead = new Set<string>()
  for (const node of nodesOf(namespaces)) {
    yield jsonLine(node.kind, { path: node.path, ...ownFacts(node), ...node.totals })
    if (node.kind === 'stream' && node.entity.state === 'deprecated')
      for (const each of node.children) dead.add(each.path)
    if (node.kind !== 'partition' || most === 0) continue
    const isDead = node.entity.state === 'deprecated' || dead.has(node.path)
    for (const { entity, number, isStaged } of deltasOf(catalog, node.entity, { most })) {
      if (number >= most) break
      yield jsonLine('delta', {
        path: `${node.path}#${deltaName(names, node, entity, number)}`,
        position: entity.locator.streamPosition,
        type: entity.type,
        state: deltaState(isStaged, isDead),
        records: entity.meta?.recordCount ?? null,
        bytes: entity.meta?.contentLength ?? null,
        properties: entity.properties,
        ...(entity.deleteParameters && { equalityColumns: entity.deleteParameters.equalityColumnNames ?? [] }),
      })
    }
  }
  yield jsonLine('summary', { ...totals })
}

function ownFacts(node: HierarchyNode): Readonly<Record<string, unknown>> {
  switch (node.kind) {
    case 'namespace':
      return { permissions: node.entity.permissions }
    case 'table': {
      const { description, permissions, properties } = node.entity
      return { description, permissions, properties }
    }
    case 'version': {
      const { locator, lifecycleState, primaryKeys, sortKeys, partitionKeys, description, properties } = node.entity
      const version = locator.tableVersion
      return {
        version,
        lifecycleState,
        ...schemaFacts(node),
        primaryKeys,
        sortKeys,
        partitionKeys,
        description,
        properties,
      }
    }
    case 'stream':
      return { id: node.entity.locator.streamId, state: node.entity.state }
    case 'partition': {
      const { locator, state, streamPosition, previousPartitionId } = node.entity
      return {
        id: locator.partitionId,
        values: locator.partitionValues ?? [],
        state,
        position: streamPosition,
        replaces: previousPartitionId,
      }
    }
  }
}

/** A version's columns; the text itself of a schema that is no Arrow schema. */
function schemaFacts({ entity: { schema } }: VersionNode): Readonly<Record<string, unknown>> {
  const fields = schema === null ? null : schemaFromText(schema)?.fields
  if (fields)
    return {
      columns: fields.map(({ name, type, nullable }) => ({ name, type: columnView(name, type, nullable).type })),
    }
  return { columns: null, ...(schema !== null && { schema }) }
}
