import { Bench } from 'tinybench'

/** A piece of work, done by us and by a rival in the same run. */
export interface Contest {
  /** The row of docs/performance.md. */
  readonly work: string
  readonly rival: string
  /** Ours may take at most this many times the rival's time. */
  readonly atMost: number
  readonly rounds?: number
  /** How often each side does the work in a round. */
  readonly iterations?: number
  readonly ours: () => unknown
  readonly theirs: () => unknown
}

/** A contest's outcome: the medians over all rounds, in milliseconds, and their ratio. */
export interface Outcome {
  readonly work: string
  readonly rival: string
  readonly ours: number
  readonly theirs: number
  readonly ratio: number
  readonly atMost: number
  readonly held: boolean
}

/**
 * Rounds of both sides, one after the other and the order turned each time, so that a machine that slows down slows
 * both; the median of each side's rounds.
 */
export async function hold(contest: Contest): Promise<Outcome> {
  const { work, rival, atMost, rounds = 11, iterations = 20 } = contest
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const sides = [
      [ours, contest.ours],
      [theirs, contest.theirs],
    ] as const
    for (const [times, side] of round % 2 === 0 ? sides : sides.toReversed()) {
      times.push(await timeOf(side, iterations, round === 0))
    }
  }
  const ratio = median(ours) / median(theirs)
  return { work, rival, ours: median(ours), theirs: median(theirs), ratio, atMost, held: ratio <= atMost }
}

async function timeOf(side: () => unknown, iterations: number, warmup: boolean): Promise<number> {
  const bench = new Bench({ iterations, time: 0, warmup, warmupIterations: iterations, warmupTime: 0, throws: true })
  const [task] = await bench.add('side', side).run()
  const result = task?.result
  if (result === undefined || !('latency' in result)) throw new Error('the side was not timed')
  return result.latency.p50
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
