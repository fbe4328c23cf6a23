import { readFileSync } from 'node:fs'
import { hashOf } from './hash.ts'
import type { ExpectedUpdate } from './matchers/update.ts'
import { type NewSet, newSetSplice } from './new-set.ts'
import { refusal } from './refusal.ts'
import type { Splice } from './spans.ts'
import { spliced, splicesFor } from './splice.ts'
import { rewrite } from './write-whole.ts'

/** What became of the updates of a run. */
export interface UpdateResult {
  /** By file: the names of the sets that were written. */
  readonly written: ReadonlyMap<string, readonly string[]>
  /** Why a set or a whole file was left as it is, a sentence each. */
  readonly problems: readonly string[]
}

/** The fixtures' files as the tests of a run have read them. */
export interface FilesRead {
  /** The folder that a fixture's files have to be inside. */
  readonly root: string
  /** By path. A file that has another hash now is left alone. */
  readonly hashes: ReadonlyMap<string, string>
}

/**
 * Writes what the tests of a run found in place of their fixtures' named sets: only the bytes of rows that changed. A
 * set on which tests disagree, or with which the fixture could not be read any more, is left as it is.
 */
export function updateSets(updates: readonly ExpectedUpdate[], { root, hashes }: FilesRead): UpdateResult {
  const written = new Map<string, readonly string[]>()
  const problems: string[] = []
  for (const [file, ofFile] of Map.groupBy(updates, (update) => update.file)) {
    const sets = [...Map.groupBy(ofFile, (update) => update.set).values()]
    const disputed = new Map(sets.map((uses) => [uses, disagreement(uses)]))
    problems.push(...[...disputed.values()].filter((problem) => problem !== null))
    const changes = sets.filter((uses) => disputed.get(uses) === null).flatMap(changeOf)
    if (changes.length === 0) continue
    const bytes = readFileSync(file)
    if (hashOf(bytes) !== hashes.get(file)) {
      problems.push(`${file} has changed while the tests ran; nothing is written to it. Run them again.`)
      continue
    }
    const text = bytes.toString('utf8')
    const { accepted, refused } = tried(changes, (some) =>
      refusal(
        file,
        changed(text, some),
        root,
        some.flatMap(({ uses }) => uses),
      ),
    )
    problems.push(...refused.map(([set, why]) => `${JSON.stringify(set)} of ${file} is not written: ${why}`))
    if (accepted.length === 0) continue
    rewrite(file, changed(text, accepted))
    written.set(
      file,
      accepted.map(({ set }) => set),
    )
  }
  return { written, problems }
}

/** A way to write a set. */
interface Writing {
  readonly set: string
  /** Those who need it so. */
  readonly uses: readonly ExpectedUpdate[]
  readonly how: ExpectedUpdate | NewSet
}

/** The ways to write a set, best first. */
type Ways = readonly [Writing, ...Writing[]]

/** Of uses that agree on the set's rows; none where it is as they need it. */
function changeOf(uses: readonly ExpectedUpdate[]): Ways[] {
  // Those that found the set as it is have no edits. Who needs an order knows it best.
  const changing = uses.filter(({ edits, created }) => created !== null || edits?.length !== 0)
  const use = changing.find(({ order }) => order !== null) ?? changing[0]
  if (use === undefined) return []
  const { set, created, columns } = use
  if (created === null) return [[{ set, uses, how: use }]]
  const { rows, of } = created
  const written = (how: Omit<NewSet, 'set'>): Writing => ({ set, uses, how: { set, ...how } })
  const own = written({ of: null, schema: columns, rows })
  const [first, ...others] = of.map(({ path, rows: left }) => written({ of: path, schema: [], rows: left ?? rows }))
  return [first === undefined ? [own] : [first, ...others, own]]
}

interface Tried {
  readonly accepted: readonly Writing[]
  /** The sets that can't be written, each with the reason. */
  readonly refused: readonly (readonly [set: string, why: string])[]
}

/** All in their best ways; where that doesn't do, one after the other, in the first way in which each does. */
function tried(changes: readonly Ways[], refusalOf: (some: readonly Writing[]) => string | null): Tried {
  const best = changes.map(([first]) => first)
  if (refusalOf(best) === null) return { accepted: best, refused: [] }
  const accepted: Writing[] = []
  const refused: [string, string][] = []
  for (const ways of changes) {
    let why: string | null = null
    const found = ways.find((way) => {
      why = refusalOf([...accepted, way])
      return why === null
    })
    if (found !== undefined) accepted.push(found)
    else if (why !== null) refused.push([ways[0].set, why])
  }
  return { accepted, refused }
}

function changed(text: string, writings: readonly Writing[]): string {
  const created: NewSet[] = []
  const splices: Splice[] = []
  for (const { how } of writings) {
    if ('schema' in how) created.push(how)
    else splices.push(...splicesFor(text, how.source!, how.edits ?? []))
  }
  const edited = spliced(text, splices)
  return created.length === 0 ? edited : spliced(edited, [newSetSplice(edited, created)])
}

function disagreement(uses: readonly ExpectedUpdate[]): string | null {
  const first = uses[0]!
  const ordered = uses.find(({ order }) => order !== null)
  const other =
    uses.find(({ rows }) => rows !== first.rows) ?? uses.find(({ order }) => order !== null && order !== ordered!.order)
  if (other === undefined) return null
  const [one, another] = other.rows === first.rows ? [ordered!, other] : [first, other]
  return (
    `${JSON.stringify(one.set)} of ${one.file} is not written: two tests disagree on its rows, “${one.test}” and ` +
    `“${another.test}”. Give each a set of its own.`
  )
}
