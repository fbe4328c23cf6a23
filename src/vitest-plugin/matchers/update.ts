import type { ExpectedSet } from '../../fixtures/accessor.ts'
import type { Params } from '../source.ts'
import { collectsUpdates } from './collect-updates.ts'
import { isAsymmetricCall, type MatcherContext, type MatcherTask } from './context.ts'

/**
 * What one use of an `expected` set found in a run that may write (`-u`, or a set that isn't there yet). The plugin's
 * reporter collects them from `task.meta`, and after the run changes the fixture's file: only the rows named here.
 * Plain JSON. A use that found the set as it should be is recorded too, without edits: so that a test that needs other
 * rows is seen to disagree.
 */
export interface ExpectedUpdate {
  /** The fixture's file, absolute. */
  readonly file: string
  /** The parameters that the fixture was read with. */
  readonly params: Params
  /** The set's name. */
  readonly set: string
  /** The test that used it, for messages. */
  readonly test: string
  /** Which of the test's runs it was: those of an earlier attempt no longer count. */
  readonly attempt: string
  /** The columns by whose types this test reads the set, in the DSL's spelling. */
  readonly columns: readonly Column[]
  /** A digest of the rows that the set has to have for this test. Uses of one set have to agree on it. */
  readonly rows: string
  /** One of the rows in their order, where it counts for this test. */
  readonly order: string | null
  /** What to change in the set as it is; `null`: there is no such set yet. */
  readonly edits: readonly RowEdit[] | null
  /** Where the set's rows stand in the file; `null`: there is no such set yet. */
  readonly source: NonNullable<ExpectedSet['source']> | null
  /** The set to be written, where there is none. */
  readonly created: NewRows | null
}

/** A column's name and type, with `!` where it may not be null. */
export type Column = readonly [name: string, type: string]

/** The rows of a set to be written, each as a flow mapping. */
export interface NewRows {
  readonly rows: readonly string[]
  /**
   * Paths that may type them, best first; none may. `rows`: without the cells that the path implies; `null`: there are
   * none such.
   */
  readonly of: readonly { readonly path: string; readonly rows: readonly string[] | null }[]
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
  if (!collectsUpdates() || context.isNot || context.poll === true || isAsymmetricCall(context)) return 'none'
  if (context.task === undefined) return 'none'
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
