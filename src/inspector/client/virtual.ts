import { h, idPrefix, within } from './dom.ts'

/** What a list of any length needs to be drawn a window at a time. */
export interface VirtualOptions {
  /** The element that scrolls and has the keyboard's focus; its role and name are the caller's. */
  readonly host: HTMLElement
  /** Height of one row in CSS pixels. */
  readonly rowHeight: number
  /** Height in pixels of what stands above the rows inside the host (a sticky header). */
  readonly top?: number
  /** The most rows that may be drawn at once; the host must be two rows less high, whatever the window. */
  readonly maxRows: () => number
  /** Draws one row; the row's id and place are set here. */
  readonly render: (index: number) => HTMLElement
  /** The active row changed; `byKey` tells a step of a walk from a click. */
  readonly onActive?: (index: number, byKey: boolean) => void
  /** Enter, or a click on the active row. */
  readonly onOpen?: (index: number) => void
  /** A click on any row opens it, where there is nothing to see of a row before. */
  readonly opensAtOnce?: boolean
  /** The id of the element inside the active row that the keyboard is on (a grid's cell); the row itself by default. */
  readonly activeId?: (index: number) => string
  /** Any other key; `true` if it was used. */
  readonly onKey?: (event: KeyboardEvent) => boolean
}

export interface VirtualRows {
  readonly count: number
  /** The active row, or -1. */
  readonly active: number
  setCount(count: number): void
  /** Makes a row the active one and brings it into view, at the edge or in the middle; tells nobody. */
  setActive(index: number, where?: 'edge' | 'middle'): void
  /** Draws the rows again, for instance when one has been loaded. */
  refresh(): void
  /** The rows now drawn: first, and one past the last. */
  readonly range: readonly [first: number, end: number]
}

/** Browsers stop laying out somewhere above 17 million pixels; a longer list scrolls in proportion. */
const TALLEST = 8_000_000
const OVERSCAN = 1

/** Draws the rows in view and no others, and moves the active one by keyboard (aria-activedescendant). */
export function createVirtualRows(options: VirtualOptions): VirtualRows {
  const { host, rowHeight, top = 0 } = options
  const prefix = idPrefix('rows')
  const sizer = h('div', { role: 'presentation', class: 'sizer' })
  host.append(sizer)
  host.tabIndex = 0
  let count = 0
  let active = -1
  let first = 0
  let end = 0

  const tall = () => Math.min(count * rowHeight, TALLEST)
  // Without layout (a test's DOM) the host has no height: as if it showed all that may be drawn.
  const viewHeight = () => (host.clientHeight || (options.maxRows() - 2 * OVERSCAN) * rowHeight + top) - top
  const rowsInView = () => Math.max(1, Math.floor(viewHeight() / rowHeight))
  /** How many rows lie above the view, as a fraction. */
  const above = () => {
    const room = tall() - viewHeight()
    const hidden = count - viewHeight() / rowHeight
    return room <= 0 || hidden <= 0 ? 0 : Math.min(1, host.scrollTop / room) * hidden
  }

  const draw = (): void => {
    // First, so that a list that became shorter has its scroll position clamped before rows are placed by it.
    sizer.style.height = `${tall()}px`
    const offset = above()
    first = Math.max(0, Math.floor(offset) - OVERSCAN)
    end = Math.min(count, Math.ceil(offset + viewHeight() / rowHeight) + OVERSCAN, first + options.maxRows())
    const rows: HTMLElement[] = []
    for (let index = first; index < end; index += 1) {
      const row = options.render(index)
      row.id = `${prefix}${index}`
      row.dataset.index = String(index)
      row.style.transform = `translateY(${Math.round(host.scrollTop + (index - offset) * rowHeight)}px)`
      row.classList.toggle('active', index === active)
      rows.push(row)
    }
    sizer.replaceChildren(...rows)
    const shown = active >= first && active < end
    if (shown) host.setAttribute('aria-activedescendant', options.activeId?.(active) ?? `${prefix}${active}`)
    else host.removeAttribute('aria-activedescendant')
  }

  const reveal = (index: number, where: 'edge' | 'middle' = 'edge'): void => {
    const room = tall() - viewHeight()
    const inView = viewHeight() / rowHeight
    const hidden = count - inView
    if (room <= 0 || hidden <= 0) return
    const offset = above()
    const last = index + 1 - inView
    if (index >= offset && last <= offset) return
    const target = where === 'middle' ? (index + last) / 2 : index < offset ? index : last
    host.scrollTop = (Math.max(0, Math.min(hidden, target)) / hidden) * room
  }

  const setActive = (index: number, where?: 'edge' | 'middle'): void => {
    active = Math.max(-1, Math.min(count - 1, index))
    if (active >= 0) reveal(active, where)
    draw()
  }
  const move = (index: number, byKey: boolean): void => {
    const target = Math.max(0, Math.min(count - 1, index))
    if (count === 0 || target === active) return
    setActive(target)
    options.onActive?.(target, byKey)
  }

  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => active + 1,
    ArrowUp: () => active - 1,
    PageDown: () => active + rowsInView(),
    PageUp: () => active - rowsInView(),
    Home: () => 0,
    End: () => count - 1,
  }
  host.addEventListener('keydown', (event) => {
    if (event.altKey || event.metaKey || options.onKey?.(event)) return
    const step = steps[event.key]
    if (step && !event.ctrlKey) {
      event.preventDefault()
      move(step(), true)
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      options.onOpen?.(active)
    }
  })
  host.addEventListener('click', (event) => {
    const row = within(event, '[data-index]')
    if (!row) return
    const index = Number(row.dataset.index)
    if (options.opensAtOnce) setActive(index)
    if (index === active) options.onOpen?.(index)
    else move(index, false)
  })
  // A pointer brings focus too, before its click: rows must not be drawn anew under it.
  let pointing = false
  host.addEventListener('pointerdown', () => {
    pointing = true
  })
  host.addEventListener('focus', () => {
    if (!pointing && active < 0 && count > 0) setActive(Math.ceil(above()))
    pointing = false
  })
  host.addEventListener('scroll', draw, { passive: true })
  new ResizeObserver(() => {
    // A window that becomes lower must not leave what was in view behind.
    if (active >= first && active < end) reveal(active)
    draw()
  }).observe(host)

  return {
    get count() {
      return count
    },
    get active() {
      return active
    },
    get range() {
      return [first, end] as const
    },
    setCount(next) {
      count = next
      if (active >= count) active = count - 1
      draw()
    },
    setActive,
    refresh: draw,
  }
}
