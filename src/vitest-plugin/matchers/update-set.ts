import { nearest } from '../../catalog/records/nearest.ts'
import type { ExpectedSet, FixtureAccessor } from '../../fixtures/accessor.ts'
import { fixtureOf } from '../../fixtures/accessor.ts'
import type { Expected } from './compare/columns.ts'
import type { Comparison } from './compare/compare.ts'
import type { MatcherContext } from './context.ts'
import { type ReceivedRecords, versionOf } from './records-of.ts'
import { digestOf, type EditOptions, editsOf, noteUpdate, rowTexts, updateMode } from './update.ts'

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
  options: Omit<EditOptions, 'implied'>,
): boolean {
  if (updateMode(context) !== 'all' || set.source === undefined || set.at.file === '') return false
  if (comparison.schema.length > 0) return false
  const implied = impliedCells(records, set.of)
  const { edits, rows } = editsOf(records.table, expected, comparison, { ...options, implied })
  noteUpdate(context.task!, { file: set.at.file, set: set.name, rows, edits, source: set.source, created: null })
  return true
}

/** Why a run with `-u` didn't update a set. */
export function updateHints(context: MatcherContext, set: ExpectedSet): string[] {
  if (updateMode(context) !== 'all') return []
  if (set.at.file === '') return ["-u can't update the set: its fixture stands in no file"]
  return set.source === undefined ? ["-u can't update the set: its rows are no list in the fixture"] : []
}

/** Where a run may write new snapshots: records the set that isn't there yet. Returns whether it will be written. */
export function createSet(
  context: MatcherContext,
  name: string,
  { index }: FixtureAccessor,
  records: ReceivedRecords,
): boolean {
  // Sets stand beside other sets; else in the file that declares the first entity.
  const file = index.expected[0]?.at.file ?? index.entities[0]?.at.file ?? ''
  if (updateMode(context) === 'none' || file === '') return false
  // A name that is nearly another's is a slip: the message asks whether that one was meant.
  const names = index.expected.map((set) => set.name)
  if (nearest(name, names) !== undefined) return false
  const { table, path } = records
  const rows = rowTexts(table, table, impliedCells(records, path))
  noteUpdate(context.task!, {
    file,
    set: name,
    rows: digestOf(rows),
    edits: null,
    source: null,
    created: { of: path, rows },
  })
  return true
}

/** In a set of a partition or delta, a partition column that is left out has the partition's value. */
function impliedCells({ owner }: ReceivedRecords, of: string | null): EditOptions['implied'] {
  const none: EditOptions['implied'] = new Map()
  if (of === null || (owner?.kind !== 'partition' && owner?.kind !== 'delta')) return none
  const locator = owner.kind === 'delta' ? owner.entity.locator.partitionLocator : owner.entity.locator
  try {
    if (fixtureOf(owner.catalog)?.partition(of).locator.partitionId !== locator.partitionId) return none
  } catch {
    // The set is expected of something else, perhaps of something that is gone.
    return none
  }
  const keys = versionOf(owner)?.partitionKeys ?? []
  return new Map(
    (locator.partitionValues ?? []).flatMap((value, index): [string, string][] => {
      const key = keys[index]
      const name = typeof key === 'string' ? key : key?.keyName
      return typeof name === 'string' && value !== null ? [[name, String(value)]] : []
    }),
  )
}
