import { hold, type Outcome } from '../contest.ts'
import { checkRecords } from '../records-matcher.ts'
import { tenColumns } from '../ten-columns.ts'

const FEW = 1_000
const MANY = 1_000_000
const ROUNDS = 7

/** Whether the matcher's time grows with the rows and no faster; against pandas it is in `npm run bench:peer`. */
export async function* contest(): AsyncGenerator<Outcome, void> {
  for (const [what, changeEvery] of [
    ['equal rows', 0],
    ['one row in 100 differs', 100],
  ] as const) {
    const few = [tenColumns(FEW), tenColumns(FEW, changeEvery)] as const
    const many = [tenColumns(MANY), tenColumns(MANY, changeEvery)] as const
    const check = ([received, expected]: typeof few) => checkRecords(received, expected, changeEvery === 0)
    yield await hold({
      work: `toHaveRecords, ${MANY.toLocaleString('en')} x 10, ${what}: time of 1,000 rows`,
      rival: `the same at ${FEW.toLocaleString('en')}`,
      atMost: 2,
      rounds: ROUNDS,
      iterations: 3,
      ours() {
        const start = performance.now()
        check(many)
        return { overriddenDuration: ((performance.now() - start) * FEW) / MANY }
      },
      theirs() {
        const start = performance.now()
        for (let i = 0; i < 20; i++) check(few)
        return { overriddenDuration: (performance.now() - start) / 20 }
      },
    })
  }
}
