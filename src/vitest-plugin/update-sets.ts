import { readFileSync, writeFileSync } from 'node:fs'
import { hashOf } from './hash.ts'
import type { ExpectedUpdate } from './matchers/update.ts'
import { newSetSplice } from './new-set.ts'
import { type Splice, spliced, splicesFor } from './splice.ts'

/** What became of the updates of a run. */
export interface UpdateResult {
  /** By file: the names of the sets that were written. */
  readonly written: ReadonlyMap<string, readonly string[]>
  /** Why a file was left as it is, a sentence each. */
  readonly problems: readonly string[]
}

/**
 * Writes what the tests of a run found in place of their fixtures' named sets: only the bytes of rows that changed.
 * `hashes` are those of the files as the tests read them: a file that is another one now is left alone.
 */
export function updateSets(updates: readonly ExpectedUpdate[], hashes: ReadonlyMap<string, string>): UpdateResult {
  const written = new Map<string, readonly string[]>()
  const problems: string[] = []
  for (const [file, ofFile] of Map.groupBy(updates, (update) => update.file)) {
    const sets = [...Map.groupBy(ofFile, (update) => update.set).values()]
    const bytes = readFileSync(file)
    const wrong = sets.flatMap(disagreement)
    if (hashOf(bytes) !== hashes.get(file)) {
      wrong.push(`${file} has changed while the tests ran; nothing is written to it. Run them again.`)
    }
    problems.push(...wrong)
    if (wrong.length > 0) continue
    // Those of one set agree; one that found the set as it is has no edits.
    const { text, names } = updated(
      bytes.toString('utf8'),
      sets.map((uses) => uses.find(({ edits }) => edits?.length !== 0) ?? uses[0]!),
    )
    if (names.length === 0) continue
    writeFileSync(file, text)
    written.set(file, names)
  }
  return { written, problems }
}

function updated(text: string, sets: readonly ExpectedUpdate[]): { text: string; names: string[] } {
  // A byte order mark is part of the file, not of what the places count.
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const body = text.slice(mark.length)
  const changed = sets.filter(({ edits, created }) => created !== null || edits?.length !== 0)
  const splices: Splice[] = changed.flatMap(({ source, edits }) =>
    source === null ? [] : splicesFor(body, source, edits ?? []),
  )
  const created = changed.flatMap(({ set, created }) => (created === null ? [] : [{ set, ...created }]))
  if (created.length > 0) splices.push(newSetSplice(body, created))
  return { text: mark + spliced(body, splices), names: changed.map(({ set }) => set) }
}

function disagreement(uses: readonly ExpectedUpdate[]): string[] {
  const first = uses[0]!
  const other = uses.find(({ rows }) => rows !== first.rows)
  if (other === undefined) return []
  return [
    `${JSON.stringify(first.set)} of ${first.file} is not written, nor is any other set of that file: two tests disagree ` +
      `on its rows, “${first.test}” and “${other.test}”. Give each a set of its own.`,
  ]
}
