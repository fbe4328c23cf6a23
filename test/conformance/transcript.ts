import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonValue } from '../../src/catalog/index.ts'

/** A call on the reference, with what came of it. */
export interface CallStep {
  readonly call: string
  readonly args: { readonly [name: string]: JsonValue }
  readonly as?: string
  readonly returns?: JsonValue
  readonly raises?: { readonly type: string; readonly message: string }
}
/** A part of an earlier result, bound to a name. */
export interface TakeStep {
  readonly take: string
  readonly as: string
}
export type Step = CallStep | TakeStep

/** One run of calls on the reference. */
export interface Transcript {
  readonly name: string
  readonly ids: readonly string[]
  readonly times: readonly number[]
  readonly steps: readonly Step[]
  readonly rows: { readonly [table: string]: readonly (readonly JsonValue[])[] }
}

const NAMES = ['walkthrough', 'table_versions', 'streams', 'partitions', 'deltas', 'in_place_compaction', 'every_call']

export function readTranscripts(): readonly Transcript[] {
  return NAMES.map((name) => {
    const text = readFileSync(join(import.meta.dirname, 'vectors', `${name}.json`), 'utf8')
    return { ...(JSON.parse(text) as Transcript), name }
  })
}
