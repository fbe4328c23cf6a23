import type { NodeKind, TotalsView } from './model.ts'
import { deltaState } from './states.ts'

/** A {@link TotalsView} while it is added up. */
export interface Totals extends TotalsView {
  readonly states: Record<string, Record<string, number>>
  records: number
  bytes: number
}

/** Totals of nothing, to add to. */
export function noTotals(): Totals {
  return { states: {}, records: 0, bytes: 0 }
}

/** The totals of a partition: its deltas in the states that people see; `isDead`: it counts no longer. */
export function deltaTotals(
  { totals }: { readonly totals: { deltas: number; staged: number; records: number; bytes: number } },
  isDead: boolean,
): Totals {
  const own: Totals = { ...noTotals(), records: totals.records, bytes: totals.bytes }
  add(own, 'delta', deltaState(false, isDead), totals.deltas - totals.staged)
  add(own, 'delta', deltaState(true, isDead), totals.staged)
  return own
}

/** Adds a child of that kind and state, and all below it. */
export function addBelow(totals: Totals, kind: NodeKind, state: string | null, child: TotalsView): void {
  add(totals, kind, state ?? '', 1)
  for (const [below, states] of Object.entries(child.states)) {
    for (const [each, count] of Object.entries(states)) add(totals, below, each, count)
  }
  totals.records += child.records
  totals.bytes += child.bytes
}

function add({ states }: Totals, kind: string, state: string, count: number): void {
  if (count === 0) return
  states[kind] ??= {}
  const ofKind = states[kind]
  ofKind[state] = (ofKind[state] ?? 0) + count
}
