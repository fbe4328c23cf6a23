import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { settings } from './settings.ts'
import type { ListSource } from './splice.ts'

/**
 * What a matcher found in place of a named set, under `-u`, be it equal or not. It goes to the main process in the
 * test's `meta`, as plain JSON: only there is it known what all tests of a run found.
 */
export interface SetUpdate {
  /** The YAML file, absolute. */
  readonly file: string
  /** The set's name under `expected`. */
  readonly set: string
  /** The path of the entity that was compared: a new set's `of`. */
  readonly of: string | null
  /** Where the set's rows stand; `null`: there is no such set yet. */
  readonly source: ListSource | null
  /** All rows that the set is to have, in order. */
  readonly rows: readonly UpdatedRow[]
}

export interface UpdatedRow {
  /** The row of the set that this one is, or takes the place of; `null`: a new one. */
  readonly from: number | null
  /** The row as a flow mapping; `null`: as it is written already. */
  readonly text: string | null
}

/** A {@link SetUpdate} with what is needed to tell whether it still holds. */
export interface NotedUpdate extends SetUpdate {
  /** What an attempt found that was retried does not count. */
  readonly attempt: string
  /** The hash of the file that the places in `source` belong to. */
  readonly hash: string
}

/** What a matcher knows of its test, as its `this.task`. */
export interface UpdatingTest {
  readonly meta: object
  readonly result?: { readonly retryCount?: number; readonly repeatCount?: number } | undefined
}

const KEY = 'deltacatUpdates'

/** Notes an update for the end of the run. Returns false where nobody collects it: the project lacks the plugin. */
export function noteSetUpdate({ meta, result }: UpdatingTest, update: SetUpdate): boolean {
  if (settings() === undefined) return false
  const attempt = `${result?.repeatCount ?? 0}.${result?.retryCount ?? 0}`
  const noted: NotedUpdate = { ...update, attempt, hash: hashOf(readFileSync(update.file)) }
  Object.assign(meta, { [KEY]: [...notedUpdates(meta), noted] })
  return true
}

/** The updates noted in a test's `meta` by its last attempt. */
export function setUpdatesOf(meta: object): readonly NotedUpdate[] {
  const noted = notedUpdates(meta)
  return noted.filter(({ attempt }) => attempt === noted.at(-1)?.attempt)
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function notedUpdates(meta: object): readonly NotedUpdate[] {
  return (meta as { [KEY]?: readonly NotedUpdate[] })[KEY] ?? []
}
