import { readFileSync, writeFileSync } from 'node:fs'
import { newSetSplice } from './new-set.ts'
import { hashOf, type NotedUpdate } from './set-updates.ts'
import { type Splice, spliced, splicesFor } from './splice.ts'

/** An update with the test that found it. */
export interface FoundUpdate {
  readonly update: NotedUpdate
  readonly test: string
}

/** What became of the updates of a run. */
export interface UpdateResult {
  /** By file: the names of the sets that were written. */
  readonly written: ReadonlyMap<string, readonly string[]>
  /** Why a file was left as it is, a sentence each. */
  readonly problems: readonly string[]
}

/** Writes what the tests of a run found in place of their fixtures' named sets: only bytes of rows that changed. */
export function updateSets(found: readonly FoundUpdate[]): UpdateResult {
  const written = new Map<string, readonly string[]>()
  const problems: string[] = []
  for (const [file, updates] of groupBy(found, ({ update }) => update.file)) {
    const bytes = readFileSync(file)
    const sets = groupBy(updates, ({ update }) => update.set)
    const wrong = [...sets.values()].flatMap((each) => disagreement(each))
    if (updates.some(({ update }) => update.hash !== hashOf(bytes))) {
      wrong.push(`${file} has changed while the tests ran; nothing is written to it. Run them again.`)
    }
    problems.push(...wrong)
    if (wrong.length > 0) continue
    const { text, names } = updated(
      bytes.toString('utf8'),
      [...sets.values()].map(([first]) => first!.update),
    )
    if (names.length === 0) continue
    writeFileSync(file, text)
    written.set(file, names)
  }
  return { written, problems }
}

function updated(text: string, sets: readonly NotedUpdate[]): { text: string; names: string[] } {
  // A byte order mark is part of the file, not of what the places count.
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const body = text.slice(mark.length)
  const splices: Splice[] = []
  const names: string[] = []
  for (const { set, source, rows } of sets) {
    const needed = source === null ? [] : splicesFor(body, source, rows).filter((splice) => isChange(body, splice))
    if (needed.length > 0) names.push(set)
    splices.push(...needed)
  }
  const missing = sets.filter(({ source }) => source === null)
  if (missing.length > 0) splices.push(newSetSplice(body, missing))
  return { text: mark + spliced(body, splices), names: [...names, ...missing.map(({ set }) => set)] }
}

function isChange(text: string, { start, end, text: part }: Splice): boolean {
  return text.slice(start, end) !== part
}

function disagreement(updates: readonly FoundUpdate[]): string[] {
  const [first] = updates
  // Rows are compared as a set by most tests, and so may have been found in any order.
  const rowsOf = ({ update }: FoundUpdate) => JSON.stringify(update.rows.map((row) => JSON.stringify(row)).sort())
  const other = updates.find((each) => rowsOf(each) !== rowsOf(first!))
  if (other === undefined) return []
  const { set, file } = other.update
  return [
    `${JSON.stringify(set)} of ${file} is not updated, nor is the rest of the file: two tests disagree on its rows, ` +
      `“${first!.test}” and “${other.test}”. Give each a set of its own.`,
  ]
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
