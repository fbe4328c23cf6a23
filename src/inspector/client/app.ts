import type { ReportView } from '../model.ts'
import { createAddress, type Place, placeOf } from './address.ts'
import type { Chunks } from './chunks.ts'
import { openHelp } from './dialogs.ts'
import { h } from './dom.ts'
import { createPages } from './pages.ts'
import { createSearchBox } from './search-box.ts'
import { createTree } from './tree.ts'

/**
 * Builds the page in `root`. The address's fragment says what is shown: a link with one opens there, Back and Forward
 * walk through what was looked at.
 *
 * @returns takes the page's listeners off the window again
 */
export function mountReport(root: HTMLElement, report: ReportView, chunks: Chunks): () => void {
  const gone = new AbortController()
  const { catalogs } = report
  const main = h('main', { id: 'main', tabindex: -1 })

  /** Shows a place that stands elsewhere than where the reader is; the focus goes there too. */
  const open = (place: Place): void => {
    tree.show(place)
    go(place)
    main.focus()
  }
  const go = (place: Place, walk: string | null = null): void => {
    address.go(place, walk)
    show(place)
  }
  const address = createAddress((place) => {
    const wasInside = main.contains(document.activeElement)
    showPlace(place)
    if (wasInside) main.focus()
  }, gone.signal)
  const show = createPages({
    catalogs,
    chunks,
    main,
    onStep: (place, walk) => address.go(place, walk),
    onSettle: (place) => address.settle(place),
    onOpen: open,
  })
  const tree = createTree(catalogs, (at, byKey) => go({ ...at, delta: -1, view: null }, byKey ? 'tree' : null))
  const search = createSearchBox(catalogs, chunks, ({ catalog, node, delta, row }) =>
    open({ catalog, node, delta, view: row >= 0 ? 'records' : null }),
  )
  /** Shows what the address names, or what is nearest to it. */
  const showPlace = (named: Place): void => {
    const catalog = Math.min(named.catalog, catalogs.length - 1)
    const node = Math.min(named.node, (catalogs[catalog]?.nodes.length ?? 1) - 1)
    const place = { ...named, catalog, node }
    tree.show(place)
    address.settle(place)
    show(place)
  }

  const about = `${report.generator}, ${report.createdAt}`
  const help = h('button', { type: 'button', class: 'help', 'aria-label': 'Keyboard', 'aria-keyshortcuts': '?' }, '?')
  help.addEventListener('click', () => openHelp(about))
  const levels = (['Expand all', 'Collapse all'] as const).map((text) => {
    const button = h('button', { type: 'button' }, text)
    button.addEventListener('click', () => tree.openAll(text === 'Expand all'))
    return button
  })
  root.replaceChildren(
    h('header', { class: 'bar' }, h('h1', {}, report.title), search.element, help),
    h(
      'div',
      { class: 'frame' },
      h('nav', { 'aria-label': 'Hierarchy' }, h('div', { class: 'levels' }, ...levels), tree.element),
      main,
    ),
  )

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
  else showPlace(placeOf(location.hash))
  return () => gone.abort()
}
