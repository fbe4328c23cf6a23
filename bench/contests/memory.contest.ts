import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Outcome, outcomeOf } from '../contest.ts'
import { makeShop } from '../shop.ts'
import type { Sample } from '../vitest/memory.ts'
import { makeProject } from '../vitest.ts'

const MB = 2 ** 20

/** What a worker keeps of tests that have ended: 10,000 that stage, commit, download and compare, in one file. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  const project = makeProject(join(folder, 'project'))
  const template = join(folder, 'template.db')
  using shop = makeShop({ tables: 1, partitionsPerTable: 2, deltasPerPartition: 2 })
  writeFileSync(template, shop.serialize())
  process.env.BENCH_TEMPLATE = template

  const samplesOf = (spec: string) =>
    project.run(spec, (module) =>
      [...module.children.allTests()].flatMap((test) => (test.meta() as { sample?: Sample }).sample ?? []),
    )
  const ours = await samplesOf('memory-ours')
  const empty = await samplesOf('memory-empty')

  // Vitest itself keeps something of each test; what it keeps of empty ones is not ours.
  const vitest = growth(empty, 'heap')
  const note =
    `${(slope(ours) - slope(empty)).toFixed(0)} bytes more heap a test than empty tests (least squares, from the 1,000th on); ` +
    `resident set: ${(growth(ours, 'resident') / MB).toFixed(0)} MB more at the end, empty tests ${(growth(empty, 'resident') / MB).toFixed(0)} MB`
  yield outcomeOf(
    {
      work: 'memory after 10,000 tests in one worker (less what Vitest keeps)',
      rival: 'after 100',
      atMost: 1.05,
      note,
    },
    'MB',
    (ours.at(-1)!.heap - vitest) / MB,
    ours[0]!.heap / MB,
  )
}

function growth(samples: readonly Sample[], what: 'heap' | 'resident'): number {
  return samples.at(-1)![what] - samples[0]![what]
}

/** Bytes of heap a test, by least squares, once everything that is loaded late is loaded. */
function slope(samples: readonly Sample[]): number {
  const warm = samples.slice(1)
  const mean = (of: (sample: Sample) => number) => warm.reduce((sum, each) => sum + of(each), 0) / warm.length
  const [x, y] = [mean(({ tests }) => tests), mean(({ heap }) => heap)]
  const over = warm.reduce((sum, each) => sum + (each.tests - x) * (each.heap - y), 0)
  return over / warm.reduce((sum, each) => sum + (each.tests - x) ** 2, 0)
}
