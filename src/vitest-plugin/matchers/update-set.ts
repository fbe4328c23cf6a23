import { nearest } from '../../catalog/records/nearest.ts'
import type { ExpectedSet, FixtureAccessor } from '../../fixtures/accessor.ts'
import { originOf } from '../origin.ts'
import { collectsUpdates } from './collect-updates.ts'
import type { Expected } from './compare/columns.ts'
import type { Comparison } from './compare/compare.ts'
import { isAsymmetricCall, type MatcherContext } from './context.ts'
import type { ReceivedRecords } from './records-of.ts'
import { noteUpdate, updateMode } from './update.ts'
import { type EditOptions, editsOf, neededRows } from './update-edits.ts'
import { impliedCells, newSet } from './update-forms.ts'

/** What is compared with a set: all rows, or some. Only who knows all can write them. */
export interface SetUse {
  readonly rows: 'all' | 'some'
  readonly order: EditOptions['order']
}

/**
 * In a run with `-u`: records what would make the set equal the received records. Returns whether the set is as good
 * as equal now. A set whose rows stand in no list of its own, as those of an inline fixture, can't be updated.
 */
export function updateSet(
  context: MatcherContext,
  set: ExpectedSet,
  records: ReceivedRecords,
  { table: expected }: Expected,
  comparison: Comparison,
  options: Omit<EditOptions, 'implied'> & SetUse,
): boolean {
  if (updateMode(context) !== 'all' || whyNotUpdated(set, records, options) !== null) return false
  if (comparison.schema.length > 0) return false
  const implied = impliedCells(records, set.of)
  const { file, params } = originOf(records.owner!.catalog)!
  const edits = editsOf(records.table, expected, comparison, { ...options, implied })
  noteUpdate(context.task!, { file: file!, params, set: set.name, ...edits, source: set.source!, created: null })
  return true
}

/** Why a run with `-u` didn't update a set. */
export function updateHints(
  context: MatcherContext,
  set: ExpectedSet,
  records: ReceivedRecords,
  use: SetUse,
): string[] {
  const why = updateMode(context) === 'all' ? whyNotUpdated(set, records, use) : null
  return why === null ? [] : [why]
}

function whyNotUpdated(set: ExpectedSet, { owner }: ReceivedRecords, { rows }: SetUse): string | null {
  if (originOf(owner!.catalog)?.file !== set.at.file) {
    return "-u can't update the set: it stands in no file that is this test's source"
  }
  if (rows === 'some') return '-u updates a set where toHaveRecords names it: toContainRecords need not know all rows'
  if (set.source !== undefined) return null
  return '-u updates sets that list `rows` of their own: mend the csv, file, alias or parameter of this one by hand'
}

/**
 * Where a run may write new snapshots: records the set that isn't there yet, and returns `null`. Else returns why it
 * will not be written.
 */
export function createSet(
  context: MatcherContext,
  name: string,
  fixture: FixtureAccessor,
  records: ReceivedRecords,
  use: SetUse,
): string | null {
  const why = whyNotCreated(context, name, fixture, records, use)
  if (why !== null) return why
  const { file, params } = originOf(records.owner!.catalog)!
  noteUpdate(context.task!, {
    file: file!,
    params,
    set: name,
    ...neededRows(records.table, use.order),
    edits: null,
    source: null,
    created: newSet(records),
  })
  return null
}

function whyNotCreated(
  context: MatcherContext,
  name: string,
  { index }: FixtureAccessor,
  { owner }: ReceivedRecords,
  { rows }: SetUse,
): string | null {
  const mode = updateMode(context)
  const origin = originOf(owner!.catalog)
  if (context.isNot) return 'after .not none is written: name a set that is there, or pass rows'
  if (origin === undefined)
    return 'no set is written for a catalog that vitest-deltacat/test did not open; pass rows or an Arrow table'
  if (origin.file === null) {
    return "no set can be written, as the test's source is no fixture file; pass rows or an Arrow table"
  }
  if (rows === 'some') {
    return 'toContainRecords writes no set, as it need not know all rows; write it under `expected`, or have toHaveRecords write it'
  }
  if (isAsymmetricCall(context))
    return 'in another value no set is written; name it after an expect(…) of its own first'
  if (context.poll === true) return 'no set is written while expect.poll waits; name it in an expect(…) after that'
  if (!collectsUpdates()) return 'with deltacat() in the Vitest config, a set that is missing is written'
  if (mode === 'none') return 'in CI no set is written: run the test elsewhere, or with -u, and commit what it writes'
  const names = index.expected.map((set) => set.name)
  if (mode === 'new' && nearest(name, names) !== undefined) {
    return 'a new set whose name is so near to another is written only with -u, as it may be a slip'
  }
  return null
}
