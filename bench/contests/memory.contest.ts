import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Outcome, outcomeOf } from '../contest.ts'
import { makeShop } from '../shop.ts'
import type { Sample } from '../vitest/memory.ts'
import { makeProject } from '../vitest.ts'

const MB = 2 ** 20

/** What a worker keeps of tests that have ended: 10,000 that stage, commit, read and compare, in one file. */
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
  const empty = await samplesOf('memory-rival')

  // Vitest itself keeps something of each test; what it keeps of those that do nothing is not ours.
  const leak = slope(ours) - slope(empty)
  const [first, last] = [ours[0]!, ours.at(-1)!]
  const resident = (samples: readonly Sample[]) => (samples.at(-1)!.resident - samples[0]!.resident) / MB
  const note =
    `${leak.toFixed(0)} bytes of heap a test remain, beside what Vitest keeps of one with an empty fixture; ` +
    `resident set: ${resident(ours).toFixed(0)} MB more at the end, with empty tests ${resident(empty).toFixed(0)} MB`
  yield outcomeOf(
    {
      work: 'memory after 10,000 tests in one worker, by the slope of the heap',
      rival: 'after 100',
      atMost: 1.05,
      note,
    },
    'MB',
    (first.heap + leak * (last.tests - first.tests)) / MB,
    first.heap / MB,
  )
}

/** Bytes of heap a test, by least squares, once everything that is loaded late is loaded. */
function slope(samples: readonly Sample[]): number {
  const warm = samples.slice(1)
  const mean = (of: (sample: Sample) => number) => warm.reduce((sum, each) => sum + of(each), 0) / warm.length
  const [x, y] = [mean(({ tests }) => tests), mean(({ heap }) => heap)]
  const over = warm.reduce((sum, each) => sum + (each.tests - x) * (each.heap - y), 0)
  return over / warm.reduce((sum, each) => sum + (each.tests - x) ** 2, 0)
}
