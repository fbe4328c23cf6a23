/** The lines of a row, or of some rows, on both sides. */
export interface Lines {
  readonly expected: readonly string[]
  readonly received: readonly string[]
}

/** Rows that Vitest is to draw together. */
interface Group extends Lines {
  /** Whether they are one row on both sides; else rows that stand on one side alone, and belong to nothing. */
  readonly isPair: boolean
}

/** How many characters both sides of a group share at their ends, and how long the changes next to those are. */
interface Changes {
  readonly head: number
  readonly first: number
  readonly last: number
  readonly tail: number
}

/**
 * The lines of rows, with rules between those that would be drawn apart. Vitest compares texts character by character,
 * and takes what they share between two changes for a coincidence where it is shorter than both: the rows on either
 * side become one change, all of their `-` before all of their `+`. A rule is longer than any change.
 */
export function ruled(rows: readonly Lines[], rule: string): Lines[] {
  return grouped(rows).flatMap((group, k, groups) =>
    k > 0 && areDrawnApart(groups[k - 1]!, group) ? [{ expected: [rule], received: [rule] }, group] : [group],
  )
}

function grouped(rows: readonly Lines[]): Group[] {
  const groups: Group[] = []
  for (const row of rows) {
    const isPair = row.expected.length > 0 && row.received.length > 0
    const above = isPair || groups.at(-1)?.isPair !== false ? undefined : groups.pop()
    const expected = [...(above?.expected ?? []), ...row.expected]
    groups.push({ isPair, expected, received: [...(above?.received ?? []), ...row.received] })
  }
  return groups
}

function areDrawnApart(above: Group, below: Group): boolean {
  const [a, b] = [changesIn(above), changesIn(below)]
  return a === null || b === null || a.tail + '\n'.length + b.head <= Math.min(a.last, b.first)
}

/** `null`: they have too little in common to tell what Vitest makes of them. */
function changesIn({ isPair, expected, received }: Group): Changes | null {
  if (expected.length !== 1 || received.length !== 1) return null
  const [a, b] = [expected[0]!, received[0]!]
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const change = Math.max(a.length, b.length) - head - tail
  // Two rows that only happen to stand beside each other may well begin with a coincidence.
  let first = isPair ? change : 1
  while (first < change && a[head + first] !== b[head + first]) first++
  return { head, first, last: change, tail }
}
