import type { Catalog } from '../catalog/index.ts'
import { schemaFromText } from '../catalog/records/schema.ts'
import { columnView } from '../inspector/cell-text.ts'
import { deltasOf, type ListedDelta } from '../inspector/deltas.ts'
import {
  deltaName,
  type Hierarchy,
  type HierarchyNode,
  type PartitionNode,
  type Totals,
} from '../inspector/hierarchy.ts'
import { deltaState } from '../inspector/states.ts'
import { counted, grouped, instantOf, sized } from '../inspector/texts.ts'
import type { Colour, Paint } from './colour.ts'
import { type Clip, oneLine, pad, widthOf } from './width.ts'

const WIDEST = 56
/** Digits of a position that is a time in milliseconds, as nearly all are. */
const WIDEST_POSITION = 13
const stateColours: Readonly<Record<string, readonly Colour[]>> = {
  committed: ['green'],
  active: ['green'],
  staged: ['yellow'],
  deprecated: ['dim'],
}

interface TreeLine {
  readonly label: string
  readonly state: string
  readonly deltas: string
  readonly rows: string
  readonly size: string
  readonly detail: string
}

/**
 * A catalog as a tree with aligned columns: state, counts, sizes, and what there is to know of each.
 *
 * @param most how many deltas of a partition are listed
 */
export function* textTree(
  catalog: Catalog,
  hierarchy: Hierarchy,
  most: number,
  { paint, clip }: { readonly paint: Paint; readonly clip: Clip },
): Generator<string> {
  const { namespaces, names, totals } = hierarchy
  const widths = {
    label: Math.min(WIDEST, Math.max(0, ...Array.from(labelWidths(namespaces, 0, names.widestDelta, most > 0)))),
    deltas: Math.max(6, grouped(totals.deltas).length),
    rows: Math.max(4, grouped(totals.records).length),
  }
  const print = ({ label, state, deltas, rows, size, detail }: TreeLine): string =>
    [
      pad(clip(label, widths.label), widths.label),
      paint(pad(state, 10), ...(stateColours[state] ?? [])),
      pad(deltas, widths.deltas, 'start'),
      pad(rows, widths.rows, 'start'),
      pad(size, 7, 'start'),
      paint(detail, 'dim'),
    ]
      .join('  ')
      .trimEnd()
      .concat('\n')
  const title = { label: '', state: 'state', deltas: 'deltas', rows: 'rows', size: 'size', detail: '' }
  yield paint(print(title), 'dim')

  function* walk(nodes: readonly HierarchyNode[], indent: string, isTop: boolean, isDead: boolean): Generator<string> {
    for (const [index, node] of nodes.entries()) {
      const isLast = index === nodes.length - 1
      const branch = isTop ? '' : `${indent}${isLast ? '└─ ' : '├─ '}`
      const below = isTop ? '' : `${indent}${isLast ? '   ' : '│  '}`
      const state = stateOf(node)
      yield print({
        label: `${branch}${oneLine(node.name)}`,
        state,
        ...totalsText(node.totals),
        detail: oneLine(detailOf(node)),
      })
      // A version that is deprecated keeps its records; a stream or partition that is replaced does not.
      const isDeadBelow = isDead || (state === 'deprecated' && node.kind !== 'version')
      if (node.kind === 'partition') yield* deltaLines(node, below, isDeadBelow)
      else yield* walk(node.children, below, false, isDeadBelow)
    }
  }
  function* deltaLines(node: PartitionNode, indent: string, isDead: boolean): Generator<string> {
    const { deltas } = node.totals
    for (const delta of most > 0 ? deltasOf(catalog, node.entity, { most }) : []) {
      if (delta.number >= most) break
      const branch = `${indent}${delta.number === deltas - 1 ? '└─ ' : '├─ '}`
      yield print({
        label: `${branch}#${oneLine(deltaName(names, node, delta.entity, delta.number))}`,
        state: deltaState(delta.isStaged, isDead),
        ...deltaText(delta),
      })
    }
    if (deltas > most && most > 0)
      yield paint(`${indent}└─ ${grouped(deltas - most)} more; --deltas all lists them\n`, 'dim')
  }
  yield* walk(namespaces, '', true, false)
  if (namespaces.length === 0) yield paint('an empty catalog: no namespace\n', 'dim')
}

function* labelWidths(
  nodes: readonly HierarchyNode[],
  depth: number,
  widestDelta: number,
  isListed: boolean,
): Generator<number> {
  for (const node of nodes) {
    yield depth * 3 + widthOf(oneLine(node.name))
    if (node.kind === 'partition') {
      const { deltas } = node.totals
      const number = isListed && !node.isLedTo && deltas > 0 ? WIDEST_POSITION : String(deltas).length
      yield (depth + 1) * 3 + 1 + Math.max(isListed ? widestDelta : 0, number)
    }
    yield* labelWidths(node.children, depth + 1, widestDelta, isListed)
  }
}

function stateOf({ kind, entity }: HierarchyNode): string {
  if (kind === 'version') return entity.lifecycleState
  return kind === 'stream' || kind === 'partition' ? entity.state : ''
}

function totalsText({ deltas, records, bytes }: Totals): Pick<TreeLine, 'deltas' | 'rows' | 'size'> {
  return { deltas: grouped(deltas), rows: grouped(records), size: sized(bytes) }
}

function deltaText({ entity }: ListedDelta): Pick<TreeLine, 'deltas' | 'rows' | 'size' | 'detail'> {
  const { meta, type, locator } = entity
  const position = locator.streamPosition
  const at = position === null ? '' : (instantOf(position) ?? `position ${grouped(position)}`)
  return {
    deltas: '',
    rows: meta?.recordCount === undefined ? '' : grouped(meta.recordCount),
    size: meta?.contentLength === undefined ? '' : sized(meta.contentLength),
    detail: [type ?? 'no type', at].filter(Boolean).join('  '),
  }
}

function detailOf(node: HierarchyNode): string {
  switch (node.kind) {
    case 'namespace':
      return counted(node.children.length, 'table')
    case 'table':
      return node.entity.description ?? ''
    case 'version':
      return versionText(node.entity)
    case 'stream':
      return counted(node.children.length, 'partition')
    case 'partition': {
      const values = node.entity.locator.partitionValues ?? []
      const staged = node.totals.staged > 0 ? `${grouped(node.totals.staged)} staged` : ''
      return [values.length > 0 ? JSON.stringify(values) : 'unpartitioned', staged].filter(Boolean).join(' · ')
    }
  }
}

function versionText({
  schema,
  primaryKeys,
  sortKeys,
  description,
}: Extract<HierarchyNode, { kind: 'version' }>['entity']): string {
  const columns =
    schema === null
      ? null
      : schemaFromText(schema)?.fields.map(({ name, type, nullable }) => columnView(name, type, nullable))
  const shown = columns?.slice(0, 4).map(({ name, type }) => `${name} ${type}`)
  const parts = [
    columns
      ? `${shown?.join(', ')}${columns.length > 4 ? ` … ${columns.length} columns` : ''}`
      : schema === null
        ? 'no schema'
        : 'opaque schema',
    primaryKeys && primaryKeys.length > 0 && `key ${primaryKeys.join(', ')}`,
    sortKeys &&
      sortKeys.length > 0 &&
      `sort ${sortKeys.map(([name, order]) => (order === 'descending' ? `${name} desc` : name)).join(', ')}`,
    description,
  ]
  return parts.filter(Boolean).join(' · ')
}
