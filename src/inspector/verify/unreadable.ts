import type { Schema, Table } from 'apache-arrow'
import { canonicalString, deltaPrefix, placeOf } from '../../catalog/model/locators.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { requireOwnNames } from '../../catalog/records/merge.ts'
import { comparesAsIs } from '../../catalog/records/merge-index.ts'
import { orderOf } from '../../catalog/records/merge-order.ts'
import { columnPlaces, mergedSchema } from '../../catalog/records/merge-schema.ts'
import { formatType, sharedSchemaFromText } from '../../catalog/records/schema.ts'
import { shapeOf } from '../../catalog/records/shape.ts'
import { type Finding, finding } from './codes.ts'
import type { Levels } from './levels.ts'
import type { Kind, MergedPartition, Merging } from './merging.ts'
import { type RawRows, refusalOf } from './rows.ts'
import { checkValues, type Doubt } from './values.ts'

type Say = (position: number, message: string) => Finding

/** Finds the committed deltas that keep their partition from being read as a table, as `readPartition` reads it. */
export function* checkMerging(rows: RawRows, levels: Levels, merging: Merging): Generator<Finding> {
  const doubts = new Map<string, Doubt>()
  for (const merged of merging.partitions()) {
    const { streamLocator } = merged.partition.entity.locator
    const version = levels.versions.get(canonicalString(streamLocator.tableVersionLocator))?.entity
    if (version === undefined) continue
    const doubt = yield* checkPartition(merged, version)
    if (doubt !== null) doubts.set(merged.partition.locator, doubt)
  }
  if (doubts.size > 0) yield* checkValues(rows, doubts)
}

/** What is wrong with a partition by the schemas of its deltas; returns what its values must be looked at for. */
function* checkPartition(merged: MergedPartition, version: TableVersion): Generator<Finding, Doubt | null> {
  const { partition, kinds, firstRow } = merged
  const say: Say = (position, message) => {
    const place = placeOf({ partitionLocator: partition.entity.locator, streamPosition: position })
    return finding('unreadable-partition', 'deltas', deltaPrefix(partition.locator) + position, place, message)
  }
  for (const { table, first } of kinds) {
    const error = refusalOf(() => requireOwnNames(table))
    if (!error) continue
    yield say(first, error.message)
    return null
  }
  const given = version.schema === null ? null : sharedSchemaFromText(version.schema)
  const added = kinds.filter(({ type }) => type !== 'delete')
  const schema = yield* commonSchema(added, given, say)
  if (schema === null) return null
  const upsert = added.find(({ type, hasRows }) => type === 'upsert' && hasRows)
  if (upsert && version.primaryKeys?.length) {
    const error = refusalOf(() => {
      columnPlaces(schema, version.primaryKeys ?? [], 'The primary key')
      if (version.sortKeys?.length) orderOf(schema, [], version.sortKeys)
    })
    if (error) yield say(upsert.first, error.message)
  }
  let isDoubtful = added.some(({ table }) => mayNotFit(table, schema))
  for (const { type, hasRows, equality, table, first, last } of kinds) {
    const position = first > firstRow ? first : last
    if (type !== 'delete' || !hasRows || position <= firstRow) continue
    const names = equality ?? version.primaryKeys ?? []
    if (names.length === 0) {
      yield say(position, 'A delete has no equality columns, and its table no primary key.')
      continue
    }
    const error = refusalOf(() => {
      if (!comparesAsIs(schema, table.schema, names)) isDoubtful = true
    })
    if (error) yield say(position, error.message)
  }
  return isDoubtful ? { partition, schema, version, firstRow } : null
}

/** The schema of all that is added; where there is none the first delta is told that has another type than one before. */
function* commonSchema(added: readonly Kind[], given: Schema | null, say: Say): Generator<Finding, Schema | null> {
  const nameOf = (table: number): string => `#${added[table]?.first}`
  const merged = (count: number): Schema =>
    mergedSchema(
      added.slice(0, count).map(({ table }) => table),
      given,
      nameOf,
    )
  if (!refusalOf(() => merged(added.length))) return merged(added.length)
  for (const [index, { first }] of added.entries()) {
    const error = refusalOf(() => merged(index + 1))
    if (!error) continue
    yield say(first, error.message)
    break
  }
  return null
}

/** Whether a value of the table may be none of the merged column's type: times in a finer unit reach less far. */
function mayNotFit(table: Table, schema: Schema): boolean {
  return table.schema.fields.some(({ name, type }) => {
    const wanted = schema.fields.find((field) => field.name === name)
    if (wanted === undefined || formatType(wanted.type) === formatType(type)) return false
    return ['timestamp', 'duration', 'date'].includes(shapeOf(wanted.type).kind)
  })
}
