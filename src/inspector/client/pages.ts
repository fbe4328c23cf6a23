import type { CatalogView, ComparisonView, NodeView } from '../model.ts'
import type { Place } from './address.ts'
import { childList, totalFacts } from './children.ts'
import type { Chunks } from './chunks.ts'
import {
  comparisonSheet,
  createDetail,
  deltaHead,
  factList,
  gridWithCaption,
  type ViewName,
  viewNamed,
} from './detail.ts'
import { openCell } from './dialogs.ts'
import { h } from './dom.ts'
import { failureSections, gridsOfErrors, sizesOfComparison } from './failures.ts'
import type { OpenCell } from './grid.ts'
import { type PartitionRecords, partitionRecords } from './records.ts'
import type { GridSize } from './room.ts'
import { type RowSource, tableSource } from './sources.ts'
import { createTimeline } from './timeline.ts'
import type { NodeAt } from './tree-nodes.ts'

export interface PageOptions {
  readonly catalogs: readonly CatalogView[]
  readonly chunks: Chunks
  /** Where the pages are shown. */
  readonly main: HTMLElement
  /** The reader has gone to another delta or view of the page; `walk`: by the arrow keys, in this list. */
  readonly onStep: (place: Place, walk: string | null) => void
  /** More is known of the place that is shown. */
  readonly onSettle: (place: Place) => void
  /** The reader wants to see another page. */
  readonly onOpen: (place: Place) => void
}

/** The pages of all nodes; returns the function that shows one. */
export function createPages({ catalogs, chunks, main, onStep, onSettle, onOpen }: PageOptions): (place: Place) => void {
  let view: ViewName = 'records'
  let turn = 0

  const show = (place: Place): void => {
    turn += 1
    const catalog = catalogs[place.catalog]
    const node = catalog?.nodes[place.node]
    if (!catalog || !node) return
    view = viewNamed(place.view) ?? view
    const failure = node.depth === 0 ? catalog.failure : null
    const facts = [...node.facts, ...totalFacts(node.totals)]
    main.replaceChildren(
      titleOf(node, failure !== null),
      factList(failure ? [['Test file', failure.file], ...facts] : facts),
    )
    if (node.deltas && node.deltas.count > 0) showPartition(place, node, partitionRecords(node.deltas, chunks))
    else showLevel(place, catalog, node)
  }

  /** Everything but a partition's deltas: failures, the schema, what stands below. */
  const showLevel = (place: Place, catalog: CatalogView, node: NodeView): void => {
    const errors = node.depth === 0 ? (catalog.failure?.errors ?? []) : []
    // The test's own page has them all.
    const [comparison] = comparisonsOf(catalog).filter(({ subject }) => subject === node.path)
    const list = childList(catalog, place)
    const possible: readonly (PagePart | null | false | undefined)[] = [
      errors.length > 0 && {
        grids: gridsOfErrors(errors),
        draw: (others) => failureSections(catalog, { onCell: openCell, onOpen: openSubject(place), others }),
      },
      node.schema && gridPart(`Schema of ${node.path}`, 'Schema', tableSource(node.schema), openCell),
      comparison && {
        grids: sizesOfComparison(comparison),
        draw: (others) => [comparisonSheet(comparison, openCell, others)],
      },
      list && gridPart(`Inside ${node.path}`, list.caption, tableSource(list.table, list.links), followLink),
    ]
    const parts = possible.filter((part) => part !== null && part !== undefined && part !== false)
    for (const part of parts) {
      const others = parts.flatMap((other) => (other === part ? [] : other.grids))
      main.append(...part.draw(others))
    }
  }

  const openSubject =
    ({ catalog }: NodeAt) =>
    (node: number, delta: string | null): void => {
      const place: Place = { catalog, node, delta: -1, view: 'expected' }
      const list = catalogs[catalog]?.nodes[node]?.deltas
      if (!list || delta === null) {
        onOpen(place)
        return
      }
      deltaNamed(partitionRecords(list, chunks), delta).then(
        (index) => onOpen({ ...place, delta: index }),
        () => onOpen(place),
      )
    }

  const showPartition = (place: Place, node: NodeView, records: PartitionRecords): void => {
    const mine = turn
    const box = h('div', { class: 'detail' })
    const comparisons = comparisonsOf(catalogs[place.catalog] as CatalogView)
    let opened = false
    const open = (index: number): void => {
      opened = true
      const delta = records.delta(index)
      const path = `${node.path}#${delta?.name ?? index}`
      const comparison =
        comparisons.find(({ subject }) => subject === path || subject === `${node.path}#${index}`) ??
        comparisons.find(({ subject }) => subject === node.path) ??
        null
      const onView = (next: ViewName, byKey: boolean): void => {
        view = next
        onStep({ ...place, delta: index, view }, byKey ? 'views' : null)
      }
      box.replaceChildren(
        delta ? deltaHead(delta) : h('h3', {}, `#${index}`),
        createDetail(records, index, path, comparison, view, onView, openCell),
      )
    }
    const timeline = createTimeline(records, `Deltas of ${node.path}`, (index, byKey) => {
      onStep({ ...place, delta: index, view }, byKey ? 'deltas' : null)
      open(index)
    })
    main.append(h('h3', {}, node.summary), timeline.element, box)
    const last = records.list.count - 1
    const index = place.delta >= 0 && place.delta <= last ? place.delta : last
    records.readDelta(index).then(
      () => {
        // The reader may have been quicker.
        if (opened || mine !== turn) return
        timeline.show(index)
        open(index)
        onSettle({ ...place, delta: index, view })
      },
      (error: unknown) => box.replaceChildren(h('p', { role: 'alert' }, `This can't be shown: ${String(error)}`)),
    )
  }

  return show
}

/** What stands on a page beside what: its grids share the nodes that the page may hold. */
interface PagePart {
  readonly grids: readonly GridSize[]
  readonly draw: (others: readonly GridSize[]) => readonly HTMLElement[]
}

function gridPart(label: string, caption: string, source: RowSource, onCell: OpenCell): PagePart {
  return {
    grids: source.count > 0 ? [source] : [],
    draw: (others) => [gridWithCaption(label, caption, source, onCell, others)],
  }
}

/** Goes where a row leads; the address's change does the rest. */
const followLink: OpenCell = (_, { link = '' }) => {
  location.hash = link
}

function titleOf(node: NodeView, isFailed: boolean): HTMLElement {
  const title = h('div', { class: 'title' }, h('h2', {}, node.depth === 0 ? node.name : node.path))
  if (isFailed) title.append(h('span', { class: 'badge', 'data-state': 'failed' }, 'failed'))
  if (node.state) title.append(h('span', { class: 'badge', 'data-state': node.state }, node.state))
  return title
}

function comparisonsOf({ failure }: CatalogView): readonly ComparisonView[] {
  return (failure?.errors ?? []).flatMap(({ comparison }) => comparison ?? [])
}

/** The number of the delta of that name; the last one's where there is none. */
async function deltaNamed(records: PartitionRecords, name: string): Promise<number> {
  const last = records.list.count - 1
  for (let index = 0; index <= last; index += 1) if ((await records.readDelta(index)).name === name) return index
  return last
}
