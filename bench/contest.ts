import { Bench } from 'tinybench'

/** What a side of a contest returns: nothing, or the milliseconds to count instead of the whole call's. */
export type Timed = unknown | { readonly overriddenDuration: number }

/** Work that is timed where it is done, in another process: the median milliseconds of so many times. */
export interface Remote {
  round(iterations: number): Promise<number>
}

export type Side = (() => Timed | Promise<Timed>) | Remote

/** A piece of work, done by us and by a rival in the same run. */
export interface Contest {
  /** The row of docs/performance.md. */
  readonly work: string
  readonly rival: string
  /**
   * Ours may take at most this many times the rival's time: 2, or 1/10 where it has to be ten times as fast. Without
   * one the contest only shows where time goes.
   */
  readonly atMost?: number
  readonly rounds?: number
  /** How often each side does the work in a round, before a round counts too. */
  readonly iterations?: number
  readonly note?: string
  readonly ours: Side
  readonly theirs: Side
}

/** A contest's outcome: the medians over all rounds, and their ratio. */
export interface Outcome {
  readonly work: string
  readonly rival: string
  readonly unit: 'ms' | 'MB'
  readonly ours: number
  readonly theirs: number
  readonly ratio: number
  readonly atMost?: number
  readonly held?: boolean
  readonly note?: string
}

/**
 * Rounds of both sides, one after the other and the order turned each time, so that a machine that slows down slows
 * both; the median of each side's rounds.
 */
export async function hold(contest: Contest): Promise<Outcome> {
  const { rounds = 11, iterations = 20 } = contest
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
  return outcomeOf(contest, 'ms', median(ours), median(theirs))
}

/** The outcome of something that was measured otherwise. */
export function outcomeOf(
  { work, rival, atMost, note }: Pick<Contest, 'work' | 'rival' | 'atMost' | 'note'>,
  unit: Outcome['unit'],
  ours: number,
  theirs: number,
): Outcome {
  const ratio = ours / theirs
  const target = atMost === undefined ? {} : { atMost, held: ratio <= atMost }
  return { work, rival, unit, ours, theirs, ratio, ...target, ...(note !== undefined && { note }) }
}

/** Counts only `work`'s time, where a side has to prepare each call. */
export function timed(work: () => unknown): { readonly overriddenDuration: number } {
  const start = performance.now()
  work()
  return { overriddenDuration: performance.now() - start }
}

async function timeOf(side: Side, iterations: number, warmup: boolean): Promise<number> {
  if (typeof side !== 'function') {
    if (warmup) await side.round(iterations)
    return side.round(iterations)
  }
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
