import type { CatalogView } from '../model.ts'
import { counted } from '../texts.ts'
import type { Chunks } from './chunks.ts'
import { h } from './dom.ts'
import { type Hit, MOST_HITS, search } from './search.ts'
import { HIT_MOST_ROWS, HIT_ROW } from './sizes.ts'
import { createVirtualRows } from './virtual.ts'

/** Milliseconds without a key before a search begins. */
const PAUSE = 150

/** The search field with its list of hits; `onHit` is told which one was chosen. */
export function createSearchBox(
  catalogs: readonly CatalogView[],
  chunks: Chunks,
  onHit: (hit: Hit) => void,
): {
  readonly element: HTMLElement
  focus(): void
} {
  const input = h('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search names and cells',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'search-status',
    'aria-keyshortcuts': '/',
  })
  const status = h('p', { id: 'search-status', role: 'status', class: 'caption' })
  const list = h('div', { role: 'listbox', 'aria-label': 'Search results', class: 'hits scroller' })
  const drop = h('div', { class: 'drop' }, status, list)
  drop.hidden = true
  const element = h(
    'div',
    { role: 'search', class: 'search' },
    h('label', { for: 'search', class: 'unseen' }, 'Search'),
    input,
    drop,
  )

  let hits: Hit[] = []
  let turn = 0
  const rows = createVirtualRows({
    host: list,
    rowHeight: HIT_ROW,
    maxRows: () => HIT_MOST_ROWS,
    render: (index) => {
      const hit = hits[index] as Hit
      const selected = String(index === rows.active)
      const labels = { 'aria-posinset': index + 1, 'aria-setsize': hits.length, 'aria-selected': selected }
      return h('div', { role: 'option', ...labels, class: 'hit' }, h('b', {}, hit.text), h('span', {}, hit.where))
    },
    onOpen: (index) => take(index),
    opensAtOnce: true,
    onActive: () => rows.refresh(),
    onKey: (event) => {
      if (event.key !== 'ArrowUp' || rows.active > 0) return false
      event.preventDefault()
      input.focus()
      return true
    },
  })
  const take = (index: number): void => {
    const hit = hits[index]
    drop.hidden = true
    if (hit) onHit(hit)
  }
  const say = (text: string): void => {
    if (status.textContent !== text) status.textContent = text
  }
  const show = (more: string): void => {
    list.hidden = hits.length === 0
    list.style.height = `${Math.min(hits.length, HIT_MOST_ROWS - 2) * HIT_ROW}px`
    rows.setCount(hits.length)
    say(`${counted(hits.length, 'result')}${more}`)
  }
  const run = async (words: string): Promise<void> => {
    turn += 1
    const mine = turn
    hits = []
    drop.hidden = words === ''
    if (words === '') return
    show('…')
    let shown = 0
    for await (const hit of search(catalogs, chunks, words)) {
      if (mine !== turn) return
      hits.push(hit)
      if (hits.length >= MOST_HITS) break
      // The first ones at once, the rest in steps: drawing each would be the slowest part.
      if (hits.length < 10 || hits.length - shown >= 100) {
        shown = hits.length
        show('…')
      }
    }
    if (mine === turn) show(hits.length >= MOST_HITS ? ' and more: these are the first' : '')
  }
  let waiting: ReturnType<typeof setTimeout> | undefined
  input.addEventListener('input', () => {
    clearTimeout(waiting)
    say('Searching…')
    waiting = setTimeout(() => {
      run(input.value.trim()).catch((error: unknown) => say(`The search stopped: ${String(error)}`))
    }, PAUSE)
  })
  input.addEventListener('focus', () => {
    drop.hidden = input.value.trim() === ''
  })
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !drop.hidden) {
      event.preventDefault()
      input.focus()
      drop.hidden = true
    } else if (event.key === 'ArrowDown' && event.target === input && hits.length > 0) {
      event.preventDefault()
      drop.hidden = false
      rows.setActive(0)
      list.focus()
    } else if (event.key === 'Enter' && event.target === input) {
      take(0)
    }
  })
  element.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) drop.hidden = true
  })
  return { element, focus: () => input.focus() }
}
