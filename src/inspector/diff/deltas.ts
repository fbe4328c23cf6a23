import { type Catalog, CatalogError } from '../../catalog/index.ts'
import type { Delta } from '../../catalog/model/delta.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { deltasOf, type ListedDelta } from '../deltas.ts'
import { deltaName, type PartitionNode } from '../hierarchy.ts'
import { deltaRecords, type RecordSet } from '../records.ts'
import type { Compared } from './compared.ts'
import type { Difference, Side } from './difference.ts'
import { deltaFields, fieldDifferences } from './fields.ts'
import { pairUp } from './pairs.ts'
import { rowDifferences } from './rows.ts'

/** What differs between the deltas of two partitions, taken in the order of their positions. */
export function* deltaDifferences(
  compared: Compared,
  one: PartitionNode,
  other: PartitionNode,
  version: TableVersion | null,
): Generator<Difference> {
  const { a, b } = compared
  for (const [left, right] of counterparts(compared, one, other)) {
    compared.step()
    const listed = left ?? right
    if (!listed) continue
    const names = (left ? a : b).hierarchy.names
    const node = left ? one : other
    const path = `${node.path}#${deltaName(names, node, listed.entity, listed.number)}`
    if (!left || !right) yield { kind: 'entity', level: 'delta', path, in: left ? 'a' : 'b' }
    else {
      const fields = [left, right].map(({ entity, isStaged }) => deltaFields(entity, isStaged, compared.ids)) as [
        object,
        object,
      ]
      yield* fieldDifferences('delta', path, fields[0] as never, fields[1] as never)
      yield* recordDifferences(path, a.catalog, left.entity, b.catalog, right.entity, keysOf(left.entity, version))
    }
  }
}

type Step = readonly [ListedDelta | null, ListedDelta | null]

/** Counterparts: by label where both fixtures have labels, by position where the two have one in common, else by number. */
function counterparts({ a, b }: Compared, one: PartitionNode, other: PartitionNode): Iterable<Step> {
  const { widestDelta, delta } = a.hierarchy.names
  if (widestDelta === 0 || b.hierarchy.names.widestDelta === 0) return inStep(a.catalog, one, b.catalog, other)
  const left = [...deltasOf(a.catalog, one.entity, { includeManifest: true })]
  const right = [...deltasOf(b.catalog, other.entity, { includeManifest: true })]
  const names = new Map([
    ...left.map((each) => [each, delta(each.entity, each.number)] as const),
    ...right.map((each) => [each, b.hierarchy.names.delta(each.entity, each.number)] as const),
  ])
  return pairUp(left, right, [(each) => names.get(each) ?? '']).map((pair) => [pair.a, pair.b])
}

function* inStep(a: Catalog, one: PartitionNode, b: Catalog, other: PartitionNode): Generator<Step> {
  const left = deltasOf(a, one.entity, { includeManifest: true })
  const right = deltasOf(b, other.entity, { includeManifest: true })
  const byPosition = shareAPosition(a, one, b, other)
  let nextLeft = left.next()
  let nextRight = right.next()
  while (!nextLeft.done || !nextRight.done) {
    const before =
      byPosition && !nextLeft.done && !nextRight.done ? positionOf(nextLeft.value) - positionOf(nextRight.value) : 0
    const takesLeft = !nextLeft.done && before <= 0
    const takesRight = !nextRight.done && before >= 0
    yield [takesLeft ? (nextLeft.value as ListedDelta) : null, takesRight ? (nextRight.value as ListedDelta) : null]
    if (takesLeft) nextLeft = left.next()
    if (takesRight) nextRight = right.next()
  }
}

function shareAPosition(a: Catalog, one: PartitionNode, b: Catalog, other: PartitionNode): boolean {
  const first = (catalog: Catalog, node: PartitionNode): number | null => {
    const { value } = deltasOf(catalog, node.entity, { most: 1 }).next()
    return value ? positionOf(value as ListedDelta) : null
  }
  const [left, right] = [first(a, one), first(b, other)]
  if (left === null || right === null || left === right) return true
  const positions = new Set(Array.from(deltasOf(a, one.entity), positionOf))
  for (const delta of deltasOf(b, other.entity)) if (positions.has(positionOf(delta))) return true
  return false
}

function positionOf({ entity }: ListedDelta): number {
  return entity.locator.streamPosition ?? Number.MAX_SAFE_INTEGER
}

/** The columns by which a delta's rows are told apart. */
function keysOf(delta: Delta, version: TableVersion | null): readonly string[] {
  const own = delta.type === 'delete' ? delta.deleteParameters?.equalityColumnNames : null
  return own ?? version?.primaryKeys ?? []
}

function* recordDifferences(
  path: string,
  a: Catalog,
  one: Delta,
  b: Catalog,
  other: Delta,
  keys: readonly string[],
): Generator<Difference> {
  const read = (side: Side): RecordSet | Difference => {
    try {
      return side === 'a' ? deltaRecords(a, one) : deltaRecords(b, other)
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error
      return { kind: 'unreadable', path, in: side, reason: error.message }
    }
  }
  if (sameBytes(a, one, b, other)) return
  const [left, right] = [read('a'), read('b')]
  if ('kind' in left) yield left
  else if ('kind' in right) yield right
  else yield* rowDifferences(path, left, right, keys)
}

/** Whether all entries are Parquet files of the same bytes: then their records need no decoding. */
function sameBytes(a: Catalog, one: Delta, b: Catalog, other: Delta): boolean {
  const [left, right] = [one.manifest?.entries ?? [], other.manifest?.entries ?? []]
  if (left.length !== right.length) return false
  if ([...left, ...right].some(({ meta }) => meta.contentType !== 'application/parquet')) return false
  if (left.some(({ meta }, index) => meta.contentLength !== right[index]?.meta.contentLength)) return false
  try {
    const bytes = [...a.downloadDelta(one, { tableType: 'parquet' })]
    const others = [...b.downloadDelta(other, { tableType: 'parquet' })]
    return bytes.every((each, index) => Buffer.compare(each, others[index] as Uint8Array) === 0)
  } catch (error) {
    if (error instanceof CatalogError) return false
    throw error
  }
}
