import type { LineageView } from './model.ts'

/** What one delta did to the rows before it: numbers of rows in the lineage. */
export interface RowChanges {
  readonly changed: readonly { readonly before: number; readonly after: number }[]
  readonly added: readonly number[]
  readonly removed: readonly number[]
}

/** What the delta of that number did. A row that its own delta took back was never there. */
export function rowChanges({ born, gone, before }: LineageView, delta: number): RowChanges {
  const changed: { before: number; after: number }[] = []
  const added: number[] = []
  const replaced = new Set<number>()
  born.forEach((by, row) => {
    if (by !== delta || gone[row] === delta) return
    const older = before[row] as number
    if (older < 0) added.push(row)
    else {
      replaced.add(older)
      changed.push({ before: older, after: row })
    }
  })
  const removed: number[] = []
  gone.forEach((by, row) => {
    if (by === delta && born[row] !== delta && !replaced.has(row)) removed.push(row)
  })
  return { changed, added, removed }
}
