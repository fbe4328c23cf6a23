import type { JsonValue } from '../../catalog/model/common.ts'
import type { Delta } from '../../catalog/model/delta.ts'
import { sameJson } from '../../catalog/model/document.ts'
import { schemaFromText } from '../../catalog/records/schema.ts'
import { columnView } from '../cell-text.ts'
import type { HierarchyNode } from '../hierarchy.ts'
import type { Difference, Level } from './difference.ts'

type Fields = Readonly<Record<string, unknown>>

/** What of an entity is compared; ids and positions only where asked for. */
export function fieldsOf(node: HierarchyNode, withIds: boolean): Fields {
  switch (node.kind) {
    case 'namespace':
      return { permissions: node.entity.permissions }
    case 'table': {
      const { permissions, description, properties } = node.entity
      return { permissions, description, properties }
    }
    case 'version': {
      const { locator: _locator, schema, properties, ...fields } = node.entity
      const { stream_id: streamId, ...others } = properties ?? {}
      // An opaque schema is compared as the text that it is; others column by column.
      const opaque = schema !== null && schemaFromText(schema) === null ? { schema } : {}
      return {
        ...fields,
        ...opaque,
        properties: Object.keys(others).length > 0 ? others : null,
        ...(withIds && { streamId }),
      }
    }
    case 'stream': {
      const { locator, state, partitionKeys, partitionSpec, previousStreamDigest } = node.entity
      return { state, partitionKeys, partitionSpec, ...(withIds && { id: locator.streamId, previousStreamDigest }) }
    }
    case 'partition': {
      const { locator, state, contentTypes, streamPosition, previousPartitionId, previousStreamPosition } = node.entity
      const ids = { id: locator.partitionId, streamPosition, previousPartitionId, previousStreamPosition }
      return { values: locator.partitionValues ?? [], state, contentTypes, ...(withIds && ids) }
    }
  }
}

/** What of a delta is compared beside its records. */
export function deltaFields(delta: Delta, isStaged: boolean, withIds: boolean): Fields {
  const { type, properties, deleteParameters, partitionSpec, manifest, locator, previousStreamPosition } = delta
  const ids = { position: locator.streamPosition, previousStreamPosition, manifestId: manifest?.id ?? null }
  return {
    type,
    state: isStaged ? 'staged' : 'committed',
    properties,
    equalityColumns: deleteParameters?.equalityColumnNames ?? null,
    partitionSpec,
    author: manifest?.author ?? null,
    entries:
      manifest?.entries.map(({ meta }) => ({
        contentType: meta.contentType ?? null,
        partitionValues: meta.partitionValues ?? null,
      })) ?? null,
    ...(withIds && ids),
  }
}

/** The fields in which two entities differ. */
export function* fieldDifferences(level: Level, path: string, a: Fields, b: Fields): Generator<Difference> {
  for (const field of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [left, right] = [jsonOf(a[field]), jsonOf(b[field])]
    if (!sameJson(left, right)) yield { kind: 'field', level, path, field, a: left, b: right }
  }
}

function jsonOf(value: unknown): JsonValue {
  return value === undefined ? null : (value as JsonValue)
}

/** The columns in which two schemas differ. */
export function* schemaDifferences(path: string, a: string | null, b: string | null): Generator<Difference> {
  if (a === b) return
  const [left, right] = [columnsOf(a), columnsOf(b)]
  for (const column of new Set([...left.keys(), ...right.keys()])) {
    const [one, other] = [left.get(column) ?? null, right.get(column) ?? null]
    if (one !== other) yield { kind: 'column', path, column, a: one, b: other }
  }
}

function columnsOf(schema: string | null): ReadonlyMap<string, string> {
  const fields = (schema === null ? null : schemaFromText(schema))?.fields ?? []
  return new Map(fields.map(({ name, type, nullable }) => [name, columnView(name, type, nullable).type]))
}
