import type { ExpectedSet, FixtureAccessor } from '../../fixtures/accessor.ts'
import type { Expected } from './compare/columns.ts'
import type { Comparison } from './compare/compare.ts'
import type { MatcherContext } from './context.ts'
import type { ReceivedRecords } from './records-of.ts'
import { digestOf, editsOf, noteUpdate, rowTexts, updateMode } from './update.ts'

/**
 * In a run with `-u`: records what would make the set equal the received records. Returns whether the set is as good
 * as equal now. A set whose rows stand in no list of its own, as those of an inline fixture, can't be updated.
 */
export function updateSet(
  context: MatcherContext,
  set: ExpectedSet,
  { table }: ReceivedRecords,
  { table: expected }: Expected,
  comparison: Comparison,
  options: { readonly order: 'ignore' | 'strict'; readonly key: readonly string[] },
): boolean {
  if (updateMode(context) !== 'all' || set.source === undefined || set.at.file === '') return false
  if (comparison.schema.length > 0) return false
  const { edits, rows } = editsOf(table, expected, comparison, options)
  noteUpdate(context.task!, { file: set.at.file, set: set.name, rows, edits, source: set.source, created: null })
  return true
}

/** Where a run may write new snapshots: records the set that isn't there yet. Returns whether it will be written. */
export function createSet(
  context: MatcherContext,
  name: string,
  { index }: FixtureAccessor,
  { table, path }: ReceivedRecords,
): boolean {
  // The fixture's own file is the one that declares most of it; the first entity stands in it.
  const file = index.expected[0]?.at.file ?? index.entities[0]?.at.file ?? ''
  if (updateMode(context) === 'none' || file === '') return false
  const rows = rowTexts(table, table)
  const created = { of: path, rows }
  noteUpdate(context.task!, { file, set: name, rows: digestOf(rows), edits: null, source: null, created })
  return true
}
