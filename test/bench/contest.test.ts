import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hold, median, outcomeOf } from '../../bench/contest.ts'
import { withTables } from '../../bench/document.ts'
import type { Result } from '../../bench/results.ts'
import { readResults } from '../../bench/results.ts'
import { cellsOf } from '../../bench/table.ts'

const taking = (milliseconds: number) => () => ({ overriddenDuration: milliseconds })

describe('a contest', () => {
  it('compares the medians of its rounds', async () => {
    const outcome = await hold({ work: 'w', rival: 'r', atMost: 2, rounds: 3, ours: taking(3), theirs: taking(2) })
    expect(outcome).toEqual({
      ...{ work: 'w', rival: 'r', unit: 'ms', ours: 3, theirs: 2, ratio: 1.5, atMost: 2, held: true },
    })
  })

  it('turns the order of its sides in every round', async () => {
    const order: string[] = []
    const side = (name: string) => ({ round: async () => order.push(name) })
    await hold({ work: 'w', rival: 'r', atMost: 1, rounds: 3, ours: side('ours'), theirs: side('theirs') })
    // The first round is done twice, the first time to warm up.
    expect(order).toEqual(['ours', 'ours', 'theirs', 'theirs', 'theirs', 'ours', 'ours', 'theirs'])
  })

  it('is missed above its ratio', () => {
    const contest = { work: 'w', rival: 'r', atMost: 1 / 10 }
    expect(outcomeOf(contest, 'ms', 1, 10)).toMatchObject({ ratio: 0.1, held: true })
    expect(outcomeOf(contest, 'ms', 1.1, 10)).toMatchObject({ held: false })
  })

  it('takes the middle, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([])).toBeNaN()
  })
})

describe('the table', () => {
  it('says how many times as long, or how much faster where that was asked for', () => {
    const outcome = outcomeOf({ work: 'stage', rival: 'the mock', atMost: 2 }, 'ms', 0.05, 0.04)
    expect(cellsOf(outcome)).toEqual(['stage', 'the mock', '50.0 µs', '40.0 µs', '1.25x', '≤ 2.00x', 'held'])
    const faster = outcomeOf({ work: 'stage', rival: 'the mock', atMost: 1 / 10 }, 'ms', 1, 8)
    expect(cellsOf(faster).slice(4)).toEqual(['8.00x faster', '≥ 10.0x faster', '**missed**'])
  })

  it('stands between the marks of the document', () => {
    const marks = '<!-- made from bench/results by `npm run bench` -->\nold\n<!-- end -->'
    const result: Result = {
      contest: 'c',
      script: 'bench',
      date: '2026-01-02T03:04:05.000Z',
      commit: 'abc',
      machine: { cpu: 'a CPU', cores: 2, memoryGB: 4, system: 'Linux 6', load: 0.25 },
      versions: { node: '24.0.0' },
      outcomes: [outcomeOf({ work: 'w', rival: 'r', atMost: 2, note: 'a remark' }, 'MB', 10, 5)],
    }
    expect(withTables(`before\n${marks}\nafter`, [result])).toMatchInlineSnapshot(`
      "before
      <!-- made from bench/results by \`npm run bench\` -->

      \`npm run bench\`:

      | work | rival | ours | theirs | ratio | target |  |
      | --- | --- | --- | --- | --- | --- | --- |
      | w | r | 10.0 MB | 5.00 MB | 2.00x | ≤ 2.00x | held |

      \`npm run bench:peer\`:

      | work | rival | ours | theirs | ratio | target |  |
      | --- | --- | --- | --- | --- | --- | --- |

      - w | r: a remark.

      Measured 2026-01-02 on a CPU, 2 cores, 4 GB, Linux 6, load average at most 0.3 at a contest's start. node 24.0.0.

      <!-- end -->
      after"
    `)
  })

  it('is the one that the results give', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8')
    expect(withTables(text, readResults())).toBe(text)
  })
})
