import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../src/catalog/index.ts'
import { CatalogError } from '../../src/catalog/index.ts'
import { comparable, resultAsJson } from './as-json.ts'
import { deviations, errors, rowDeviations } from './deviations.ts'
import { fileRows } from './file-rows.ts'
import { openFor, replayCall } from './replay.ts'
import type { Step } from './transcript.ts'
import { readTranscripts } from './transcript.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transcripts-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe.each(readTranscripts())('the transcript $name', (transcript) => {
  it.each(['file', 'memory'])('replays step by step, in a %s', (backend) => {
    const path = backend === 'file' ? join(folder, 'catalog.db') : ':memory:'
    const { catalog, left } = openFor(transcript, path)
    const bound = new Map<string, unknown>()
    for (const [index, step] of transcript.steps.entries()) {
      if (isTake(step)) {
        bound.set(step.as, take(step.take, bound))
        continue
      }
      const deviation = deviations[transcript.name]?.[index]
      const call = deviation?.args ? { ...step, args: { ...step.args, ...deviation.args } } : step
      const outcome = outcomeOf(() => replayCall(catalog, call, bound))
      const where = `step ${index}, ${step.call}`
      const thrown = step.raises ? errors[transcript.name]?.[index] : deviation?.throws
      if (step.raises || thrown) {
        expect(outcome.error, where).toBeInstanceOf(CatalogError)
        expect(outcome.error, where).toMatchObject(thrown ?? { message: 'a message in deviations.ts' })
      } else {
        if (outcome.error !== undefined) throw new Error(where, { cause: outcome.error })
        const theirs = comparable(step.returns ?? null)
        const expected = deviation?.returns ? comparable(deviation.returns(theirs, transcript)) : theirs
        expect(comparable(resultAsJson(outcome.result)), where).toEqual(expected)
      }
      if (step.as !== undefined) bound.set(step.as, outcome.result)
    }
    expect(left(), 'ids and readings of the clock that are left').toBe(0)
    const rows = rowDeviations[transcript.name]?.rows(transcript.rows) ?? transcript.rows
    expect(comparable(fileRows(catalog) as JsonValue)).toEqual(comparable(rows as JsonValue))
    catalog.close()
  })
})

function isTake(step: Step): step is Extract<Step, { take: string }> {
  return 'take' in step
}

function take(path: string, bound: ReadonlyMap<string, unknown>): unknown {
  const [name = '', ...keys] = path.split('.')
  return keys.reduce((value, key) => (value as Record<string, unknown>)[key], bound.get(name))
}

function outcomeOf(work: () => unknown): { readonly result?: unknown; readonly error?: unknown } {
  try {
    return { result: work() }
  } catch (error) {
    return { error }
  }
}
