import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { seed } from '../chance.ts'
import { type Random, randomFrom } from '../random.ts'
import { scaled } from '../scale.ts'
import { startChild } from './child.ts'
import { type Findings, survey } from './survey.ts'

interface Said {
  readonly ready?: true
  readonly committed?: string
  readonly replaced?: string
  readonly by?: string
  readonly deleted?: string
}

const folder = mkdtempSync(join(tmpdir(), 'deltacat-kills-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = 2
const kills = scaled(6, 100)
/** A new file now and then: old ones grow, and so does the time that a look through all their records takes. */
const killsOfFile = 20

/** Returns as soon as a file is written to, or after half a second. */
function untilWritten(path: string): void {
  const before = statSync(path, { bigint: true }).mtimeNs
  const deadline = performance.now() + 500
  while (statSync(path, { bigint: true }).mtimeNs === before && performance.now() < deadline);
}

/**
 * Starts a process that commits, and kills it: every other time whenever chance says, else just after it has begun to
 * write to the file, since a commit thinks for long and writes for an instant.
 */
async function killAt(path: string, childSeed: number, random: Random): Promise<readonly Said[]> {
  const child = startChild<Said>('committer.ts', path, childSeed)
  await child.until((line) => line.ready === true)
  await setTimeout(random.int(100))
  if (childSeed % 2 === 0) untilWritten(path)
  const pause = performance.now() + random.int(2000) / 1000
  while (performance.now() < pause);
  child.process.kill('SIGKILL')
  const ending = await child.ended
  expect(ending).toMatchObject({ signal: 'SIGKILL', complaints: '' })
  return ending.said
}

const whole: Findings = {
  integrity: 'ok',
  missingData: [],
  orphanedData: [],
  brokenGroups: [],
  committedTwice: [],
  brokenVersions: [],
  brokenRecords: [],
}

describe.concurrent(`${files * kills} processes killed at random instants (seed ${seed})`, () => {
  it.for(Array.from({ length: files }, (_, file) => file))(
    'leave a whole file behind (%i)',
    async (file, { expect }) => {
      const random = randomFrom(seed + file)
      let path = ''
      let said: Said[] = []
      let journals = 0
      for (let kill = 0; kill < kills; kill += 1) {
        if (kill % killsOfFile === 0) {
          path = join(folder, `${file}-${kill}.db`)
          said = []
        }
        said.push(...(await killAt(path, seed + 1000 * file + kill, random)))
        const journal = `${path}-journal`
        if (existsSync(journal) && statSync(journal).size > 0) journals += 1

        const { findings, committed, deprecated, streams } = survey(path)
        expect(findings).toEqual(whole)
        expect(said.flatMap((line) => line.committed ?? []).filter((id) => !committed.has(id))).toEqual([])
        expect(said.flatMap((line) => line.replaced ?? []).filter((id) => !deprecated.has(id))).toEqual([])
        expect(said.flatMap((line) => line.deleted ?? []).filter((id) => streams.has(id))).toEqual([])
      }
      // Only what was interrupted inside a transaction leaves a journal: without one, chance has tested nothing.
      if (kills >= 100) expect(journals).toBeGreaterThan(0)
      const database = new Database(path, { readonly: true })
      expect(database.pragma('journal_mode', { simple: true })).toBe('delete')
      database.close()
    },
  )
})
