import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openCatalog } from '../../../src/catalog/index.ts'
import { fc } from '../../chance.ts'
import { scaled } from '../../scale.ts'
import { type Peer, reference } from '../peer.ts'
import { idAt, timeAt } from './model.ts'
import { type Refs, runOurs } from './ours.ts'
import { rowsOf, withoutParquetLengths } from './rows.ts'
import { sequences } from './sequences.ts'
import type { Outcome, Sequence, Step } from './step.ts'

const folder = mkdtempSync(join(tmpdir(), 'deltacat-differential-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Part {
  readonly steps: readonly Step[]
  readonly ids: readonly string[]
  readonly times: readonly number[]
}

/** The steps from one to another, with the ids and times that they take. */
function part({ steps, taken }: Sequence, from: number, to: number): Part {
  const [before, after] = [taken[from - 1] ?? { ids: 0, times: 0 }, taken[to - 1] ?? { ids: 0, times: 0 }]
  const range = <T>(start: number, end: number, at: (n: number) => T): T[] =>
    Array.from({ length: end - start }, (_, i) => at(start + i))
  return {
    steps: steps.slice(from, to),
    ids: range(before.ids, after.ids, idAt),
    times: range(before.times, after.times, timeAt),
  }
}

function taker<T>(values: readonly T[], what: string): () => T {
  const remaining = values.values()
  return () => {
    const { done, value } = remaining.next()
    if (done) throw new Error(`Ours took more ${what} than the mock`)
    return value
  }
}

function playOurs(path: string, { steps, ids, times }: Part, refs: Refs): Outcome[] {
  const take = taker(ids, 'ids')
  using catalog = openCatalog(path, { ids: take, clock: taker(times, 'times') })
  return runOurs(catalog, steps, refs, take)
}

function playMock(
  peer: Peer,
  db: string,
  { steps, ids, times }: Part,
  refs: Record<string, unknown>,
): Promise<Outcome[]> {
  return peer.ask<Outcome[]>('run', { db, steps, ids, times, refs })
}

/** Each step beside what came of it, so that a difference says where it was. */
const told = (steps: readonly Step[], outcomes: readonly Outcome[]): unknown =>
  steps.map((step, i) => [step, withoutParquetLengths(outcomes[i])])

let count = 0

/** Runs the first steps on one file each, lets the files change hands, runs the rest, and compares all there is. */
async function compare(sequence: Sequence, share: number): Promise<void> {
  const peer = reference()
  const cut = Math.floor(sequence.steps.length * share)
  count += 1
  const [ourFile, mockFile] = [join(folder, `${count}-ours.db`), join(folder, `${count}-mock.db`)]
  const before = part(sequence, 0, cut)
  const ourRefs: Refs = new Map()
  const ours = playOurs(ourFile, before, ourRefs)
  const mock = await playMock(peer, mockFile, before, {})
  expect(told(before.steps, ours)).toEqual(told(before.steps, mock))

  const after = part(sequence, cut, sequence.steps.length)
  // Documents alone: whoever goes on knows nothing but what is in the file and what the other one returned.
  const documents = Object.fromEntries([...ourRefs].map(([name, { document }]) => [name, document]))
  const theirs: Refs = new Map(Object.entries(documents).map(([name, document]) => [name, { document }]))
  const oursOnMocks = playOurs(cut === 0 ? ourFile : mockFile, after, theirs)
  const mockOnOurs = await playMock(peer, cut === 0 ? mockFile : ourFile, after, documents)
  expect(told(after.steps, oursOnMocks)).toEqual(told(after.steps, mockOnOurs))

  expect(await rowsOf(peer, ourFile)).toEqual(await rowsOf(peer, mockFile))
  for (const file of [ourFile, mockFile]) rmSync(file)
}

it('does what the mock does, and goes on where the other one stopped', async () => {
  await fc.assert(fc.asyncProperty(sequences(30), fc.double({ min: 0, max: 1, noNaN: true }), compare), {
    numRuns: scaled(40, 500),
  })
})
