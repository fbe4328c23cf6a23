import type { Table } from 'apache-arrow'
import { cellReader } from '../../catalog/records/cells.ts'
import { hash } from '../../door/crypto.ts'
import type { ExpectedSet } from '../../fixtures/accessor.ts'
import { collectsUpdates } from './collect-updates.ts'
import type { Comparison } from './compare/compare.ts'
import { pairChanges } from './compare/pair-changes.ts'
import type { MatcherContext, MatcherTask } from './context.ts'
import { yamlRow } from './yaml-row.ts'

/**
 * What one use of an `expected` set found in a run that may write (`-u`, or a set that isn't there yet). The plugin's
 * reporter collects them from `task.meta`, and after the run changes the fixture's file: only the rows named here.
 * Plain JSON. A use that found the set as it should be is recorded too, without edits: so that a test that needs other
 * rows is seen to disagree.
 */
export interface ExpectedUpdate {
  /** The fixture's file, absolute. */
  readonly file: string
  /** The set's name. */
  readonly set: string
  /** The test that used it, for messages. */
  readonly test: string
  /** Which of the test's runs it was: those of an earlier attempt no longer count. */
  readonly attempt: string
  /** A digest of the rows that the set has to have for this test. Uses of one set have to agree on it. */
  readonly rows: string
  /** What to change in the set as it is; `null`: there is no such set yet. */
  readonly edits: readonly RowEdit[] | null
  /** Where the set's rows stand in the file; `null`: there is no such set yet. */
  readonly source: NonNullable<ExpectedSet['source']> | null
  /** The set to be written, where there is none: the path of what has these rows, and the rows as YAML. */
  readonly created: { readonly of: string; readonly rows: readonly string[] } | null
}

/** A change of a set's list of rows. Rows count as they are in the file; edits come in the order of the rows. */
export type RowEdit =
  | { readonly kind: 'replace'; readonly row: number; readonly text: string }
  | { readonly kind: 'remove'; readonly row: number }
  /** Before the row of this number; the number of rows: at the end. */
  | { readonly kind: 'insert'; readonly row: number; readonly text: string }

const KEY = 'deltacatUpdates'

/** The updates that a task's `meta` carries. */
export function updatesOf(meta: object): readonly ExpectedUpdate[] {
  return (meta as { [KEY]?: readonly ExpectedUpdate[] })[KEY] ?? []
}

/** What a matcher may do with a set that isn't as it finds it. */
export type UpdateMode = 'all' | 'new' | 'none'

/**
 * Vitest's own setting for snapshots: `all` with `-u`, `new` without, `none` in CI. Always `none` where an update
 * could not be meant or not be kept: after `.not`, while polling, in another value, or when nobody collects updates.
 */
export function updateMode(context: MatcherContext): UpdateMode {
  if (!collectsUpdates() || context.isNot || context.poll === true || context.task === undefined) return 'none'
  const mode = (context.snapshotState as { snapshotUpdateState?: UpdateMode } | undefined)?.snapshotUpdateState
  return mode ?? 'none'
}

/** Records what a use of a set found. */
export function noteUpdate(task: MatcherTask, update: Omit<ExpectedUpdate, 'test' | 'attempt'>): void {
  const attempt = `${task.result?.repeatCount ?? 0}.${task.result?.retryCount ?? 0}`
  const before = updatesOf(task.meta).filter((other) => other.attempt === attempt)
  const noted: ExpectedUpdate = { ...update, test: task.fullTestName ?? task.name, attempt }
  Object.assign(task.meta, { [KEY]: [...before, noted] })
}

/** How a set's rows are compared and written. */
export interface EditOptions {
  readonly order: 'ignore' | 'strict'
  readonly key: readonly string[]
  /** What a cell left out of a row means, by column: the values of the partition that the set is expected of. */
  readonly implied: ReadonlyMap<string, string>
}

/** The edits that make a set's rows the received ones, with the digest of the rows that it has then. */
export function editsOf(
  received: Table,
  expected: Table,
  comparison: Comparison,
  options: EditOptions,
): { edits: RowEdit[]; rows: string } {
  const fields = expected.schema.fields
  const [found, wanted] = [received, expected].map((table) => rowTexts(table, expected, options.implied)) as [
    string[],
    string[],
  ]
  const edits =
    options.order === 'strict' && !comparison.equal
      ? replaceMiddle(wanted, found)
      : replaceChanged(
          comparison,
          options.key.filter((name) => fields.some((field) => field.name === name)),
          found,
        )
  const rows = applied(wanted, edits)
  return { edits, rows: digest(options.order === 'strict' ? rows : rows.toSorted()) }
}

/** The rows of a table as YAML, with the columns of another that it has too; cells that are implied are left out. */
export function rowTexts(table: Table, columnsOf: Table, implied: EditOptions['implied']): string[] {
  const fields = columnsOf.schema.fields.filter(({ name }) => table.getChild(name) !== null)
  const readers = fields.map(({ name }) => {
    const [read, value] = [cellReader(table.getChild(name)!), implied.get(name)]
    return (row: number) => {
      const cell = read(row)
      return value !== undefined && String(cell) === value ? null : cell
    }
  })
  return Array.from({ length: table.numRows }, (_, row) =>
    yamlRow(
      fields,
      readers.map((read) => read(row)),
    ),
  )
}

/** The digest of rows whose order doesn't count. */
export function digestOf(rows: readonly string[]): string {
  return digest(rows.toSorted())
}

function replaceChanged(
  { columns, missing, unexpected, expectedRows }: Comparison,
  key: string[],
  found: string[],
): RowEdit[] {
  const changed = pairChanges(columns, key, missing, unexpected)
  const replaced = new Map(changed.map(({ expected, received }) => [expected, received]))
  const placed = new Set(replaced.values())
  const added = [...unexpected].filter((row) => !placed.has(row))
  return [
    ...[...missing].map((row): RowEdit => {
      const by = replaced.get(row)
      return by === undefined ? { kind: 'remove', row } : { kind: 'replace', row, text: found[by]! }
    }),
    ...added.map((row): RowEdit => ({ kind: 'insert', row: expectedRows, text: found[row]! })),
  ]
}

/** Where the order counts, the rows between the first and the last that differ are written anew. */
function replaceMiddle(wanted: readonly string[], found: readonly string[]): RowEdit[] {
  let from = 0
  while (from < wanted.length && from < found.length && wanted[from] === found[from]) from++
  let [end, foundEnd] = [wanted.length, found.length]
  while (end > from && foundEnd > from && wanted[end - 1] === found[foundEnd - 1])
    [end, foundEnd] = [end - 1, foundEnd - 1]
  const edits: RowEdit[] = []
  for (let row = from; row < Math.max(end, foundEnd); row++) {
    if (row >= foundEnd) edits.push({ kind: 'remove', row })
    else if (row >= end) edits.push({ kind: 'insert', row: end, text: found[row]! })
    else if (wanted[row] !== found[row]) edits.push({ kind: 'replace', row, text: found[row]! })
  }
  return edits
}

function applied(rows: readonly string[], edits: readonly RowEdit[]): string[] {
  const at = Map.groupBy(edits, ({ row }) => row)
  return Array.from({ length: rows.length + 1 }, (_, row) => {
    const here = at.get(row) ?? []
    const written = here.flatMap((edit) => (edit.kind === 'remove' ? [] : [edit.text]))
    return row < rows.length && here.every(({ kind }) => kind === 'insert') ? [...written, rows[row]!] : written
  }).flat()
}

function digest(rows: readonly string[]): string {
  return hash('sha1', JSON.stringify(rows))
}
