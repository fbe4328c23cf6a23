import { type Catalog, CatalogError } from '../catalog/index.ts'
import type { Delta } from '../catalog/model/delta.ts'
import type { TableVersion } from '../catalog/model/table-version.ts'
import { lineageDelta } from './changes.ts'
import { deltasOf, type ListedDelta } from './deltas.ts'
import { deltaFacts, manifestTable } from './facts.ts'
import { deltaName, type PartitionNode } from './hierarchy.ts'
import { type Lineage, type LineageDelta, lineageOf } from './lineage.ts'
import { type ColumnView, DELTAS_PER_PAGE, type DeltaListView, type DeltaView, type EffectView } from './model.ts'
import type { Names } from './names.ts'
import type { Packer } from './pack.ts'
import type { RecordPages } from './record-pages.ts'
import { recordSet } from './records.ts'
import { deltaState } from './states.ts'
import { grouped } from './texts.ts'

/** What the lists of a report share. */
export interface ListContext {
  readonly catalog: Catalog
  readonly names: Names
  readonly packer: Packer
  readonly pages: RecordPages
  readonly declared: (delta: Delta) => string | null
  /** Rows that the report may still hold, and how many it could hold in all. */
  readonly budget: { left: number; readonly all: number }
  readonly onDelta: () => void
}

/** Rows of one partition whose lives are followed: above, memory would decide. */
const MOST_FOLLOWED = 2_000_000

/** The deltas of a partition with their records, and what each did to the rows before it. */
export function deltaList(
  context: ListContext,
  node: PartitionNode,
  version: TableVersion,
  isDead: boolean,
): DeltaListView {
  const columns = new Map<string, ColumnView>()
  const followed: LineageDelta[] = []
  const views: { readonly view: Omit<DeltaView, 'effect'>; readonly number: number }[] = []
  let note = isDead ? 'This partition counts no longer: what its deltas changed is not followed.' : null
  for (const listed of deltasOf(context.catalog, node.entity, { includeManifest: true })) {
    context.onDelta()
    const read = readDelta(context, listed)
    for (const column of read.columns) if (!columns.has(column.name)) columns.set(column.name, column)
    if (!listed.isStaged && note === null) {
      if (read.delta === null)
        note = `Delta #${deltaName(context.names, node, listed.entity, listed.number)}: ${read.note}`
      else followed.push(read.delta)
    }
    views.push({ number: listed.number, view: deltaView(context, node, listed, read.pages, read.note, isDead) })
  }
  if (node.totals.records > MOST_FOLLOWED)
    note = `Over ${grouped(MOST_FOLLOWED)} rows: what each delta changed is not followed.`
  const lineage = note === null ? follow(followed, version) : note
  const { rows, effects } =
    typeof lineage === 'string' ? { rows: null, effects: new Map<number, EffectView>() } : lineage
  const chunks: number[] = []
  for (let first = 0; first < views.length; first += DELTAS_PER_PAGE) {
    const page = views.slice(first, first + DELTAS_PER_PAGE)
    chunks.push(
      context.packer.add(page.map(({ view, number }): DeltaView => ({ ...view, effect: effects.get(number) ?? null }))),
    )
  }
  return {
    count: views.length,
    pages: chunks,
    lineage: rows && context.packer.add(rows),
    lineageNote: typeof lineage === 'string' ? lineage : null,
    columns: [...columns.values()],
    primaryKeys: version.primaryKeys ?? [],
    sortKeys: (version.sortKeys ?? []).map(([name, order]) => `${name} ${order}`),
  }
}

interface ReadDelta {
  readonly delta: LineageDelta | null
  readonly columns: readonly ColumnView[]
  readonly pages: DeltaView['pages']
  readonly note: string | null
}

function readDelta({ catalog, pages, budget }: ListContext, { entity, number }: ListedDelta): ReadDelta {
  const records = entity.meta?.recordCount ?? 0
  if (records > budget.left) {
    const note = `Left out: this report holds ${grouped(budget.all)} rows at most; --max-rows changes that.`
    return { delta: null, columns: [], pages: [], note }
  }
  try {
    const tables = [...catalog.downloadDelta(entity)]
    const set = recordSet(tables)
    budget.left -= set.count
    return {
      delta: lineageDelta(catalog, entity, number, tables),
      columns: set.columns,
      pages: pages.add(set),
      note: null,
    }
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    return { delta: null, columns: [], pages: [], note: `Its records can’t be read: ${error.message}` }
  }
}

function deltaView(
  { names, declared }: ListContext,
  node: PartitionNode,
  { entity, number, isStaged }: ListedDelta,
  pages: DeltaView['pages'],
  recordsNote: string | null,
  isDead: boolean,
): Omit<DeltaView, 'effect'> {
  return {
    name: deltaName(names, node, entity, number),
    position: entity.locator.streamPosition,
    type: entity.type ?? 'no type',
    state: deltaState(isStaged, isDead),
    records: entity.meta?.recordCount ?? null,
    bytes: entity.meta?.contentLength ?? null,
    facts: deltaFacts(entity, declared(entity)),
    manifest: manifestTable(entity),
    pages,
    recordsNote,
  }
}

/** The lineage, or why there is none. */
function follow(deltas: readonly LineageDelta[], { primaryKeys, sortKeys, schema }: TableVersion): Lineage | string {
  try {
    return lineageOf(deltas, { primaryKeys, sortKeys, schema })
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    return error.message
  }
}
