import { CatalogError } from '../../catalog/index.ts'
import type { TableVersion } from '../../catalog/model/table-version.ts'
import { type HierarchyNode, type PartitionNode, readHierarchy } from '../hierarchy.ts'
import { recordSet } from '../records.ts'
import type { Compared, DiffSide } from './compared.ts'
import { deltaDifferences } from './deltas.ts'
import type { Difference, Side } from './difference.ts'
import { fieldDifferences, fieldsOf, schemaDifferences } from './fields.ts'
import { pairUp } from './pairs.ts'
import { rowDifferences } from './rows.ts'

export interface DiffOptions {
  /** Ids and positions differ between runs: they are compared only if this is `true`. */
  readonly ids?: boolean
  /** `deltas`: the records of each delta. `merged`: what readers of a partition see, whatever the deltas were. */
  readonly view?: 'deltas' | 'merged'
  /** Called for each pair of deltas compared, with the number done. */
  readonly onProgress?: (done: number) => void
}

/** What differs between two catalogs, from the top down; the deltas of one partition are in memory a page at a time. */
export function* diffCatalogs(a: DiffSide, b: DiffSide, options: DiffOptions = {}): Generator<Difference> {
  const { ids = false, view = 'deltas', onProgress = () => undefined } = options
  const left = readHierarchy(a.catalog, a.index, { counts: false })
  const right = readHierarchy(b.catalog, b.index, { counts: false })
  let done = 0
  const compared: Compared = {
    a: { ...a, hierarchy: left },
    b: { ...b, hierarchy: right },
    ids,
    step: () => {
      done += 1
      onProgress(done)
    },
  }

  function* level(
    ones: readonly HierarchyNode[],
    others: readonly HierarchyNode[],
    version: TableVersion | null,
  ): Generator<Difference> {
    for (const { a: one, b: other } of pairUp(ones, others, keysOf(ones[0] ?? others[0]))) {
      const node = one ?? other
      if (!node) continue
      if (!one || !other) {
        yield { kind: 'entity', level: node.kind, path: node.path, in: one ? 'a' : 'b' }
        continue
      }
      yield* fieldDifferences(node.kind, node.path, fieldsOf(one, ids), fieldsOf(other, ids))
      if (one.kind === 'version' && other.kind === 'version') {
        yield* schemaDifferences(one.path, one.entity.schema, other.entity.schema)
        yield* level(one.children, other.children, one.entity)
      } else if (one.kind === 'partition' && other.kind === 'partition') {
        yield* view === 'merged'
          ? mergedDifferences(compared, one, other, version)
          : deltaDifferences(compared, one, other, version)
      } else yield* level(one.children, other.children, version)
    }
  }
  yield* level(left.namespaces, right.namespaces, null)
}

/** By what counterparts are found on a level, the surest first. */
function keysOf(node: HierarchyNode | undefined): readonly ((node: HierarchyNode) => string)[] {
  switch (node?.kind) {
    case 'stream':
      // The streams that count are counterparts, whatever their ids.
      return [({ path }) => path, (each) => (each.kind === 'stream' ? each.entity.state : '')]
    case 'partition':
      return [
        (each) =>
          each.kind === 'partition'
            ? JSON.stringify([each.entity.locator.partitionId, each.entity.locator.partitionValues ?? []])
            : '',
        (each) =>
          each.kind === 'partition'
            ? JSON.stringify([each.entity.locator.partitionValues ?? [], each.entity.state])
            : '',
        (each) => (each.kind === 'partition' ? JSON.stringify(each.entity.locator.partitionValues ?? []) : ''),
      ]
    default:
      return [({ name }) => name]
  }
}

function* mergedDifferences(
  { a, b }: Compared,
  one: PartitionNode,
  other: PartitionNode,
  version: TableVersion | null,
): Generator<Difference> {
  if (one.entity.state !== 'committed' || other.entity.state !== 'committed') return
  const read = (side: Side): ReturnType<typeof recordSet> | Difference => {
    try {
      const [catalog, partition] = side === 'a' ? [a.catalog, one.entity] : [b.catalog, other.entity]
      return recordSet([catalog.readPartition(partition)])
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error
      return { kind: 'unreadable', path: one.path, in: side, reason: error.message }
    }
  }
  const [left, right] = [read('a'), read('b')]
  if ('kind' in left) yield left
  else if ('kind' in right) yield right
  else yield* rowDifferences(one.path, left, right, version?.primaryKeys ?? [])
}
