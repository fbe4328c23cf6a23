import type { TestContext } from 'vitest'

/** How much memory is in use after so many tests, in bytes, the garbage collected. */
export interface Sample {
  readonly tests: number
  readonly heap: number
  readonly resident: number
}

export const TESTS = 10_000
const FIRST = 100
const EVERY = 1_000

/** Called in each test: takes a sample at the 100th and at every 1,000th. */
export function sampleMemory(number: number, { task }: Pick<TestContext, 'task'>): void {
  if (number !== FIRST && number % EVERY !== 0) return
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  const sample: Sample = { tests: number, heap: heapUsed + external, resident: rss }
  Object.assign(task.meta, { sample })
}
