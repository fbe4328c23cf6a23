import { unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import { median, type Outcome, outcomeOf } from '../contest.ts'
import { makeShop } from '../shop.ts'
import { makeProject } from '../vitest.ts'

const ROUNDS = 9
const TESTS = 1000

/** Whole runs of Vitest on 1,000 tests in one file: what a test with a catalog costs more than an empty one. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  const project = makeProject(join(folder, 'project'))
  const template = join(folder, 'template.db')
  using shop = makeShop({ tables: 1, partitionsPerTable: 2, deltasPerPartition: 2 })
  const bytes = shop.serialize()
  writeFileSync(template, bytes)
  process.env.BENCH_TEMPLATE = template

  const times = { empty: [] as number[], isolated: [] as number[], copied: [] as number[], sqlite: [] as number[] }
  const floors: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const specs = Object.keys(times) as (keyof typeof times)[]
    for (const spec of round % 2 === 0 ? specs : specs.toReversed()) {
      // Of the tests, with their fixtures; the file's collecting is not in it.
      times[spec].push((await project.run(spec, (module) => module.diagnostic().duration)) / TESTS)
    }
    floors.push(floor(folder, bytes))
  }
  const empty = median(times.empty)
  const ours = median(times.isolated) - empty
  const note = `an empty test takes ${empty.toFixed(3)} ms`
  yield outcomeOf(
    { work: `a test's isolated .db in Vitest, over an empty test (of ${TESTS})`, rival: 'the floor', atMost: 3, note },
    'ms',
    ours,
    median(floors),
  )
  yield outcomeOf(
    { work: 'the same', rival: "tmp-promise's file() and copyFile in the test", atMost: 1 / 3, note },
    'ms',
    ours,
    median(times.copied) - empty,
  )
  yield outcomeOf(
    {
      work: 'the same',
      rival: 'better-sqlite3 alone in the test, in memory: open the same bytes, one read, one insert, close',
      note: 'the least that is possible: how much of the time is SQLite in a worker of Vitest',
    },
    'ms',
    ours,
    median(times.sqlite) - empty,
  )
}

/** As in isolated-database.contest.ts. */
function floor(folder: string, bytes: Buffer): number {
  const times: number[] = []
  for (let i = 0; i < TESTS; i++) {
    const path = join(folder, `floor-${i}.db`)
    const start = performance.now()
    writeFileSync(path, bytes, { flag: 'wx' })
    new Driver(path).close()
    unlinkSync(path)
    times.push(performance.now() - start)
  }
  return median(times)
}
