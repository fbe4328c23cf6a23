import { DELTAS_PER_PAGE, type DeltaView } from '../model.ts'
import { counted, grouped, instantOf, sized } from '../texts.ts'
import { h } from './dom.ts'
import type { PartitionRecords } from './records.ts'
import { reserveNodes } from './room.ts'
import { DELTA_MOST_ROWS, DELTA_ROW, DELTA_ROW_NODES } from './sizes.ts'
import { createVirtualRows } from './virtual.ts'

export interface Timeline {
  readonly element: HTMLElement
  /** Makes a delta the current one. */
  show(index: number): void
}

/** `2 added, 1 removed`: what is none is left out. */
function effectText(delta: DeltaView): string {
  if (!delta.effect) return ''
  const parts = Object.entries(delta.effect).filter(([, count]) => count > 0)
  return parts.map(([what, count]) => `${grouped(count)} ${what}`).join(', ') || 'no effect'
}

function positionText(position: number | null): string {
  if (position === null) return 'no position yet'
  return instantOf(position) ?? `position ${grouped(position)}`
}

/** `delete by parcel` */
function typeText({ type, facts }: DeltaView): string {
  const by = facts.find(([name]) => name === 'Deletes by')?.[1]
  return by === undefined ? type : `${type} by ${by}`
}

/**
 * A partition's deltas as a line through time, one row each; the current one's records are shown beside it.
 *
 * @param onOpen told which delta was chosen, and whether by a step of the arrow keys
 */
export function createTimeline(
  records: PartitionRecords,
  label: string,
  onOpen: (index: number, byKey: boolean) => void,
): Timeline {
  const host = h('div', { role: 'listbox', 'aria-label': label, class: 'timeline scroller' })
  host.style.maxHeight = `${Math.min(records.list.count, DELTA_MOST_ROWS - 2) * DELTA_ROW + 2}px`
  const asked = new Set<number>()

  const render = (index: number): HTMLElement => {
    const delta = records.delta(index)
    const row = h('div', {
      role: 'option',
      'aria-posinset': index + 1,
      'aria-setsize': records.list.count,
      'aria-selected': index === rows.active ? 'true' : 'false',
      'data-type': delta?.type ?? null,
      'data-state': delta?.state ?? null,
      class: 'delta',
    })
    if (!delta) {
      row.append('…')
      return row
    }
    const facts = [
      typeText(delta),
      delta.state === 'committed' ? null : delta.state,
      delta.records === null ? null : counted(delta.records, 'row'),
      delta.bytes === null ? null : sized(delta.bytes),
      positionText(delta.position),
    ]
    const [said, effect] = [facts.filter(Boolean).join(' · '), effectText(delta)]
    row.setAttribute('aria-label', [`#${delta.name}`, said, effect].filter(Boolean).join(' '))
    // What it did stands at the end of the row without an element of its own, as a tree's summary does.
    row.dataset.effect = effect
    row.style.paddingInlineEnd = `${effect === '' ? 12 : 24 + effect.length * 7.6}px`
    row.append(h('b', {}, `#${delta.name}`), ` ${said}`)
    return row
  }

  const readInView = (): void => {
    const [first, end] = rows.range
    for (const index of [first, end - 1]) {
      const page = records.list.pages[Math.floor(index / DELTAS_PER_PAGE)]
      if (index < 0 || page === undefined || records.delta(index) || asked.has(page)) continue
      asked.add(page)
      records.readDelta(index).then(
        () => {
          asked.delete(page)
          rows.refresh()
        },
        // Stays asked: a page that can't be read is not asked for again.
        () => undefined,
      )
    }
  }
  const rows = createVirtualRows({
    host,
    rowHeight: DELTA_ROW,
    maxRows: () => DELTA_MOST_ROWS,
    render,
    onActive: (index, byKey) => {
      readInView()
      onOpen(index, byKey)
    },
    onOpen: (index) => onOpen(index, false),
  })
  reserveNodes(host, () => 2 + DELTA_ROW_NODES * Math.min(records.list.count, DELTA_MOST_ROWS))
  host.addEventListener('scroll', readInView, { passive: true })
  rows.setCount(records.list.count)
  readInView()
  return {
    element: host,
    show(index) {
      rows.setActive(index)
      readInView()
    },
  }
}
