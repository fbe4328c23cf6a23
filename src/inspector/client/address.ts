import type { NodeAt } from './tree-nodes.ts'

/** What the page shows, as the address's fragment says it. */
export interface Place extends NodeAt {
  /** The delta's number, or -1. */
  readonly delta: number
  /** The view of the delta, as `ViewName` spells them; `null`: the one last looked at. */
  readonly view: string | null
}

/** `#catalog=0&node=5&delta=1&view=records` */
export function fragmentOf({ catalog, node, delta, view }: Place): string {
  const fragment = new URLSearchParams({ catalog: String(catalog), node: String(node) })
  if (delta >= 0) fragment.set('delta', String(delta))
  if (delta >= 0 && view !== null) fragment.set('view', view)
  return `#${fragment}`
}

/** What a fragment names; what it leaves out, or says wrong, is the first catalog and its top. */
export function placeOf(fragment: string): Place {
  const wanted = new URLSearchParams(fragment.slice(1))
  const number = (name: string, otherwise: number): number => {
    const value = Number(wanted.get(name) ?? otherwise)
    return Number.isInteger(value) && value >= 0 ? value : otherwise
  }
  return {
    catalog: number('catalog', 0),
    node: number('node', 0),
    delta: number('delta', -1),
    view: wanted.get('view'),
  }
}

/** Milliseconds before the address follows: browsers refuse when it changes with every repeat of a held key. */
const SETTLING = 250

export interface Address {
  /**
   * The reader has gone to a place: Back leads from there to the one before. Steps of one `walk` (a list's name) by the
   * arrow keys share one entry of the history.
   */
  go(place: Place, walk?: string | null): void
  /** Says more of the place where the reader already is. */
  settle(place: Place): void
}

/**
 * Keeps the address's fragment at what the page shows. Fragments alone are used, which every browser allows for a file.
 *
 * @param onMove the reader used Back or Forward, followed a link or wrote an address
 */
export function createAddress(onMove: (place: Place) => void, gone: AbortSignal): Address {
  let written = location.hash
  let walking: string | null = null
  let waiting: ReturnType<typeof setTimeout> | undefined
  let late: string | null = null

  const write = (): void => {
    clearTimeout(waiting)
    // Back and Forward lead to another address a moment before they say so: what was late is of the place before.
    if (late === null || late === location.hash || location.hash !== written) {
      late = null
      return
    }
    written = late
    late = null
    try {
      history.replaceState(null, '', written)
    } catch {
      location.replace(written)
    }
  }
  const writeLater = (fragment: string): void => {
    late = fragment
    clearTimeout(waiting)
    waiting = setTimeout(write, SETTLING)
  }
  addEventListener(
    'hashchange',
    () => {
      if (location.hash === written) return
      clearTimeout(waiting)
      late = null
      walking = null
      written = location.hash
      onMove(placeOf(written))
    },
    { signal: gone },
  )
  gone.addEventListener('abort', () => clearTimeout(waiting))
  return {
    go(place, walk = null) {
      const fragment = fragmentOf(place)
      if (walk !== null && walk === walking) {
        writeLater(fragment)
        return
      }
      write()
      walking = walk
      written = fragment
      location.hash = fragment
    },
    settle: (place) => writeLater(fragmentOf(place)),
  }
}
