import type { CatalogView } from '../model.ts'
import { counted } from '../texts.ts'
import type { Chunks } from './chunks.ts'
import { h } from './dom.ts'
import { reserveNodes } from './room.ts'
import type { Hit } from './search.ts'
import { type Found, findLines, type HitLine, hitOf, isGroup, lineTexts } from './search-lines.ts'
import { HIT_MOST_ROWS, HIT_ROW } from './sizes.ts'
import { createVirtualRows } from './virtual.ts'

/** Milliseconds without a key before a search begins. */
const PAUSE = 150

const nothing: Found = { lines: [], count: 0, isCut: false }

/**
 * The search field with its list of hits; of several catalogs (failed tests) under the name of each.
 *
 * @param onHit told which one was chosen
 */
export function createSearchBox(
  catalogs: readonly CatalogView[],
  chunks: Chunks,
  onHit: (hit: Hit) => void,
): {
  readonly element: HTMLElement
  focus(): void
} {
  const { element, input, drop, status, list } = searchElements()
  /** The first line that is no catalog's name. */
  const firstHit = catalogs.length > 1 ? 1 : 0
  let found = nothing
  let search = new AbortController()

  const rows = createVirtualRows({
    host: list,
    rowHeight: HIT_ROW,
    maxRows: () => HIT_MOST_ROWS,
    render: (index) => {
      const line = found.lines[index] as HitLine
      const selected = String(index === rows.active)
      const labels = { 'aria-posinset': index + 1, 'aria-setsize': found.lines.length, 'aria-selected': selected }
      const [text, where] = lineTexts(line, catalogs)
      const kind = isGroup(line) ? 'hit group' : 'hit'
      return h('div', { role: 'option', ...labels, class: kind }, h('b', {}, text), h('span', {}, where))
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
    const line = found.lines[index]
    drop.hidden = true
    if (line) onHit(hitOf(line))
  }
  const say = (text: string): void => {
    if (status.textContent !== text) status.textContent = text
  }
  const show = ({ lines, count }: Found, more: string): void => {
    list.hidden = lines.length === 0
    list.style.height = `${Math.min(lines.length, HIT_MOST_ROWS - 2) * HIT_ROW}px`
    rows.setCount(lines.length)
    const groups = lines.length - count
    say(`${counted(count, 'result')}${groups > 0 ? ` in ${counted(groups, 'catalog')}` : ''}${more}`)
  }
  const run = async (words: string): Promise<void> => {
    search.abort()
    search = new AbortController()
    const { signal } = search
    found = nothing
    rows.setCount(0)
    drop.hidden = words === ''
    if (words === '') return
    const all = await findLines(catalogs, chunks, words, signal, (step) => {
      found = step
      show(step, '…')
    })
    if (!signal.aborted) show(all, all.isCut ? ' and more: these are the first' : '')
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
    } else if (event.key === 'ArrowDown' && event.target === input && found.lines.length > 0) {
      event.preventDefault()
      drop.hidden = false
      rows.setActive(firstHit)
      list.focus()
    } else if (event.key === 'Enter' && event.target === input) {
      take(firstHit)
    }
  })
  element.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) drop.hidden = true
  })
  return { element, focus: () => input.focus() }
}

/** The field, and what drops down from it: how the search goes, and its list of hits. */
function searchElements() {
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
  // They lie over the page: see OVERLAY_NODES.
  reserveNodes(list, () => 1)
  const drop = h('div', { class: 'drop' }, status, list)
  drop.hidden = true
  const label = h('label', { for: 'search', class: 'unseen' }, 'Search')
  return { element: h('div', { role: 'search', class: 'search' }, label, input, drop), input, drop, status, list }
}
