import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestModule } from 'vitest/node'
import { median, type Outcome, outcomeOf } from '../contest.ts'
import { makeShop } from '../shop.ts'
import { makeProject } from '../vitest.ts'

const ROUNDS = 11

/** What a new worker pays once, in workers of Vitest. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  const project = makeProject(join(folder, 'project'))
  const template = join(folder, 'template.db')
  using shop = makeShop({ tables: 1, partitionsPerTable: 2, deltasPerPartition: 2 })
  writeFileSync(template, shop.serialize())
  process.env.BENCH_TEMPLATE = template

  const ours: number[] = []
  const imports: number[] = []
  const theirs: number[] = []
  const least: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const { imported, firstTest } = await project.run('start-ours', timesOf)
    imports.push(imported)
    ours.push(imported + firstTest)
    theirs.push((await project.run('start-driver', timesOf)).imported)
    const leastTimes = await project.run('start-least', timesOf)
    least.push(leastTimes.imported + leastTimes.firstTest)
  }
  yield outcomeOf(
    {
      work: 'start of a worker whose template exists: import /test and /vitest, first catalog',
      rival: 'importing better-sqlite3 alone',
      atMost: 2,
      note: `the imports alone take ${median(imports).toFixed(1)} ms`,
    },
    'ms',
    median(ours),
    median(theirs),
  )
  yield outcomeOf(
    {
      work: 'the least: two entries with one test.extend and one expect.extend, the same bytes opened and read with the driver, no code of ours',
      rival: 'importing better-sqlite3 alone',
    },
    'ms',
    median(least),
    median(theirs),
  )
}

function timesOf(module: TestModule): { readonly imported: number; readonly firstTest: number } {
  const [test] = [...module.children.allTests()]
  if (test === undefined) throw new Error('the spec has no test')
  const { imported } = test.meta() as unknown as { readonly imported: number }
  return { imported, firstTest: test.diagnostic()?.duration ?? Number.NaN }
}
