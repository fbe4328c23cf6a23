import type { CatalogView, ComparisonView, NodeView, ReportView } from '../model.ts'
import type { Chunks } from './chunks.ts'
import { comparisonSheet, createDetail, factList, gridWithCaption, type ViewName } from './detail.ts'
import { openCell, openHelp } from './dialogs.ts'
import { h } from './dom.ts'
import { failureSections } from './failures.ts'
import { type PartitionRecords, partitionRecords } from './records.ts'
import { createSearchBox } from './search-box.ts'
import { tableSource } from './sources.ts'
import { createTimeline } from './timeline.ts'
import { createTree, type NodeAt } from './tree.ts'

/**
 * Builds the page in `root`. The address's fragment says what is shown, so that a link or Back leads there.
 *
 * @returns takes the page's listeners off the window again
 */
export function mountReport(root: HTMLElement, report: ReportView, chunks: Chunks): () => void {
  const gone = new AbortController()
  const { catalogs } = report
  const main = h('main', { id: 'main', tabindex: -1 })
  const tree = createTree(catalogs, (at) => showNode(at))
  const search = createSearchBox(catalogs, chunks, (hit) => {
    tree.show(hit)
    showNode(hit, hit.delta, hit.row >= 0 ? 'records' : view)
    main.focus()
  })
  const help = h('button', { type: 'button', class: 'help', 'aria-label': 'Keyboard', 'aria-keyshortcuts': '?' }, '?')
  const about = `${report.generator}, ${report.createdAt}`
  help.addEventListener('click', () => openHelp(about))
  root.replaceChildren(
    h('header', { class: 'bar' }, h('h1', {}, report.title), search.element, help),
    h('div', { class: 'frame' }, h('nav', { 'aria-label': 'Hierarchy' }, tree.element), main),
  )

  let view: ViewName = 'records'
  let ownFragment = ''

  const say = (at: NodeAt, delta: number): void => {
    const node = catalogs[at.catalog]?.nodes[at.node]
    if (!node) return
    const fragment = new URLSearchParams({ catalog: String(at.catalog), node: String(at.node) })
    if (delta >= 0) fragment.set('delta', String(delta))
    if (delta >= 0) fragment.set('view', view)
    ownFragment = `#${fragment}`
    if (location.hash !== ownFragment) history.replaceState(null, '', ownFragment)
  }

  const comparisonsOf = (catalog: CatalogView): readonly ComparisonView[] =>
    (catalog.failure?.errors ?? []).flatMap((error) => (error.comparison ? [error.comparison] : []))

  /** Shows a node; of a partition the delta of that number or name, else its last. */
  const showNode = (at: NodeAt, delta: number | string = -1, wanted: ViewName | null = null): void => {
    const catalog = catalogs[at.catalog]
    const node = catalog?.nodes[at.node]
    if (!catalog || !node) return
    const failure = node.depth === 0 ? catalog.failure : null
    const title = h('div', { class: 'title' }, h('h2', {}, failure?.test ?? (node.depth === 0 ? node.name : node.path)))
    if (failure) title.append(h('span', { class: 'badge', 'data-state': 'failed' }, 'failed'))
    if (node.state) title.append(h('span', { class: 'badge', 'data-state': node.state }, node.state))
    main.replaceChildren(title, factList(failure ? [['Test file', failure.file], ...node.facts] : node.facts))
    if (node.depth === 0)
      main.append(
        ...failureSections(catalog, openCell, (node, wantedDelta) => {
          tree.show({ catalog: at.catalog, node })
          showNode({ catalog: at.catalog, node }, wantedDelta, 'expected')
          main.focus()
        }),
      )
    if (node.schema)
      main.append(gridWithCaption(`Schema of ${node.path}`, 'Schema', tableSource(node.schema), openCell))
    const own = comparisonsOf(catalog).filter((comparison) => comparison.subject === node.path)
    const onPartition = node.deltas && node.deltas.count > 0
    if (!onPartition) for (const comparison of own) main.append(comparisonSheet(comparison, openCell))
    if (wanted) view = wanted
    if (node.deltas && onPartition) showPartition(at, node, partitionRecords(node.deltas, chunks), delta)
    else say(at, -1)
  }

  const showPartition = (at: NodeAt, node: NodeView, records: PartitionRecords, delta: number | string): void => {
    const place = h('div', { class: 'detail' })
    const comparisons = comparisonsOf(catalogs[at.catalog] as CatalogView)
    let opened = false
    const open = (index: number): void => {
      opened = true
      const name = records.delta(index)?.name ?? String(index)
      const path = `${node.path}#${name}`
      const comparison =
        comparisons.find((each) => each.subject === path || each.subject === `${node.path}#${index}`) ??
        comparisons.find((each) => each.subject === node.path) ??
        null
      const onView = (next: ViewName): void => {
        view = next
        say(at, index)
      }
      place.replaceChildren(
        h('h3', {}, `#${name}`),
        createDetail(records, index, path, comparison, view, onView, openCell),
      )
    }
    const timeline = createTimeline(records, `Deltas of ${node.path}`, open)
    main.append(h('h3', {}, node.summary), timeline.element, place)
    findDelta(records, delta).then(
      (index) => {
        // The reader may have been quicker.
        if (opened) return
        timeline.show(index)
        open(index)
      },
      (error: unknown) => place.replaceChildren(h('p', { role: 'alert' }, `This can't be shown: ${String(error)}`)),
    )
  }

  const followFragment = (): void => {
    if (ownFragment !== '' && location.hash === ownFragment) return
    const wanted = new URLSearchParams(location.hash.slice(1))
    const catalog = Math.min(Math.max(0, Number(wanted.get('catalog')) || 0), catalogs.length - 1)
    const last = (catalogs[catalog]?.nodes.length ?? 1) - 1
    const at = { catalog, node: Math.min(Math.max(0, Number(wanted.get('node')) || 0), last) }
    const delta = wanted.get('delta')
    tree.show(at)
    showNode(at, delta === null ? -1 : Number(delta), wanted.get('view') as ViewName | null)
  }
  addEventListener('hashchange', followFragment, { signal: gone.signal })
  const onKey = (event: KeyboardEvent): void => {
    const typing = event.target instanceof HTMLInputElement
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
    if (event.key === '/') {
      event.preventDefault()
      search.focus()
    } else if (event.key === '?') {
      event.preventDefault()
      openHelp(about)
    }
  }
  document.addEventListener('keydown', onKey, { signal: gone.signal })
  if (catalogs.length === 0) main.replaceChildren(h('p', { class: 'caption' }, 'There is no catalog in this report.'))
  else followFragment()
  return () => gone.abort()
}

/** The number of a delta, given that or its name; the last one where there is no such. Its page has been read. */
async function findDelta(records: PartitionRecords, wanted: number | string): Promise<number> {
  const last = records.list.count - 1
  if (typeof wanted === 'string') {
    for (let index = 0; index <= last; index += 1) if ((await records.readDelta(index)).name === wanted) return index
  }
  const index = typeof wanted === 'number' && wanted >= 0 && wanted <= last ? wanted : last
  await records.readDelta(index)
  return index
}
