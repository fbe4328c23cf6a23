import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type Rows, rowsOf, withoutParquetLengths } from './differential/rows.ts'
import type { Outcome, Step } from './differential/step.ts'
import { reference } from './peer.ts'

interface Transcript {
  readonly ids: readonly string[]
  readonly times: readonly number[]
  readonly steps: readonly (Step & Outcome)[]
  readonly rows: Rows
}

const vectors = join(import.meta.dirname, '../conformance/vectors')
const folder = mkdtempSync(join(tmpdir(), 'deltacat-transcripts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// What the conformance tests replay is a recording; this asks the mock itself.
it.each(globSync('*.json', { cwd: vectors }).sort())('%s is what the installed mock does', async (file) => {
  const { ids, times, steps, rows } = JSON.parse(readFileSync(join(vectors, file), 'utf8')) as Transcript
  const db = join(folder, `${file}.db`)
  const outcomes = await reference().ask<Outcome[]>('run', { db, steps, ids, times })
  const recorded = steps.map((step) =>
    'returns' in step ? { returns: step.returns } : 'raises' in step ? { raises: step.raises } : {},
  )
  expect(outcomes).toEqual(recorded)
  expect(await rowsOf(reference(), db)).toEqual(withoutParquetLengths(rows))
})
