import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { seed } from '../chance.ts'
import { scaled } from '../scale.ts'
import { startChild } from './child.ts'

interface Said {
  readonly begun?: number
  readonly done?: number
  readonly milliseconds?: number
  readonly codes?: Readonly<Record<string, number>>
}

const folder = mkdtempSync(join(tmpdir(), 'deltacat-damage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const processes = 2
const cases = scaled(500, 10_000) / processes

describe(`${processes * cases} damaged files and record blobs (seed ${seed})`, () => {
  it.concurrent.for(Array.from({ length: processes }, (_, i) => i))(
    'each are refused by name or read (%i)',
    async (i) => {
      const own = mkdtempSync(join(folder, `${i}-`))
      const child = startChild<Said>('fuzzer.ts', own, seed, i * cases, (i + 1) * cases)
      const { code, signal, said, complaints } = await child.ended
      const last = said.findLast((line) => line.begun !== undefined)?.begun
      expect({ code, signal, complaints }, `case ${last} of seed ${seed}`).toEqual({
        code: 0,
        signal: null,
        complaints: '',
      })
      expect(said.filter((line) => line.done !== undefined)).toHaveLength(cases)
      // Processor time, so that a busy machine is not taken for a slow decoder.
      expect(said.filter(({ milliseconds = 0 }) => milliseconds >= 2000)).toEqual([])
      const { codes } = said.at(-1) ?? {}
      expect(codes).toMatchObject({ data: expect.any(Number), corrupt: expect.any(Number) })
    },
  )
})
