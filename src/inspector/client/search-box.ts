import type { CatalogView } from '../model.ts'
import { counted } from '../texts.ts'
import type { Chunks } from './chunks.ts'
import { h } from './dom.ts'
import { reserveNodes } from './room.ts'
import { type Hit, MOST_HITS, MOST_HITS_OF_ONE, searchCatalog } from './search.ts'
import { HIT_MOST_ROWS, HIT_ROW } from './sizes.ts'
import { createVirtualRows } from './virtual.ts'

/** Milliseconds without a key before a search begins. */
const PAUSE = 150

/** The line above a catalog's hits: itself a hit, of the catalog. */
interface HitGroup {
  readonly catalog: number
  count: number
  /** It holds more than are listed. */
  more: boolean
}

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

  const several = catalogs.length > 1
  const nameOf = (catalog: number): string => catalogs[catalog]?.nodes[0]?.name ?? ''
  let lines: (Hit | HitGroup)[] = []
  let found = 0
  let cut = false
  let turn = 0
  const hitLine = (hit: Hit): [string, string] => [
    hit.text,
    several ? `${hit.where} · ${nameOf(hit.catalog)}` : hit.where,
  ]
  const groupLine = ({ catalog, count, more }: HitGroup): [string, string] => [
    nameOf(catalog),
    `${counted(count, 'result')}${more ? ' and more' : ''} · ${catalogs[catalog]?.nodes[0]?.path ?? ''}`,
  ]
  const rows = createVirtualRows({
    host: list,
    rowHeight: HIT_ROW,
    maxRows: () => HIT_MOST_ROWS,
    render: (index) => {
      const line = lines[index] as Hit | HitGroup
      const selected = String(index === rows.active)
      const labels = { 'aria-posinset': index + 1, 'aria-setsize': lines.length, 'aria-selected': selected }
      const [text, where] = 'where' in line ? hitLine(line) : groupLine(line)
      const kind = 'where' in line ? 'hit' : 'hit group'
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
    const line = lines[index]
    drop.hidden = true
    if (!line) return
    onHit(
      'where' in line ? line : { catalog: line.catalog, node: 0, delta: -1, row: -1, column: -1, where: '', text: '' },
    )
  }
  /** The first line that is no catalog's name. */
  const firstHit = (): number => (several ? 1 : 0)
  const say = (text: string): void => {
    if (status.textContent !== text) status.textContent = text
  }
  const show = (more: string): void => {
    list.hidden = lines.length === 0
    list.style.height = `${Math.min(lines.length, HIT_MOST_ROWS - 2) * HIT_ROW}px`
    rows.setCount(lines.length)
    const groups = lines.length - found
    say(`${counted(found, 'result')}${groups > 0 ? ` in ${counted(groups, 'catalog')}` : ''}${more}`)
  }
  /** Adds a catalog's hits as they are found; `false`: the search is over, or another has begun. */
  const addCatalog = async (catalog: number, words: string, isMine: () => boolean): Promise<boolean> => {
    const group: HitGroup = { catalog, count: 0, more: false }
    for await (const hit of searchCatalog(catalogs[catalog] as CatalogView, catalog, chunks, words)) {
      if (!isMine()) return false
      const isOver = found === MOST_HITS
      if (isOver || (several && group.count === MOST_HITS_OF_ONE)) {
        cut = true
        group.more = true
        return !isOver
      }
      if (several && group.count === 0) lines.push(group)
      lines.push(hit)
      found += 1
      group.count += 1
      // The first ones at once, the rest in steps: drawing each would be the slowest part.
      if (found < 10 || found % 100 === 0) show('…')
    }
    return isMine()
  }
  const run = async (words: string): Promise<void> => {
    turn += 1
    const mine = turn
    lines = []
    found = 0
    cut = false
    rows.setCount(0)
    drop.hidden = words === ''
    if (words === '') return
    show('…')
    for (let catalog = 0; catalog < catalogs.length; catalog += 1) {
      if (!(await addCatalog(catalog, words, () => mine === turn))) break
    }
    if (mine === turn) show(cut ? ' and more: these are the first' : '')
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
    } else if (event.key === 'ArrowDown' && event.target === input && lines.length > 0) {
      event.preventDefault()
      drop.hidden = false
      rows.setActive(firstHit())
      list.focus()
    } else if (event.key === 'Enter' && event.target === input) {
      take(firstHit())
    }
  })
  element.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) drop.hidden = true
  })
  // They lie over the page: see OVERLAY_NODES.
  reserveNodes(list, () => 1)
  return { element, focus: () => input.focus() }
}
