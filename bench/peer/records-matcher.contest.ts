import { hold, type Outcome } from '../contest.ts'
import { checkRecords } from '../records-matcher.ts'
import { tenColumns } from '../ten-columns.ts'
import { startPython } from './python.ts'

const python = startPython()
const ROWS = 100_000
const DIFFERENCES = 1_000

export const versions = () => python.ask<Record<string, string>>('frames.versions')

/** The matcher on Arrow tables, against pandas' on frames of the same cells. */
export async function* contest(): AsyncGenerator<Outcome, void> {
  await python.ask('frames.make', { rows: ROWS, differences: DIFFERENCES })
  const received = tenColumns(ROWS)
  const same = tenColumns(ROWS)
  const changed = tenColumns(ROWS, ROWS / DIFFERENCES)
  const shared = { rival: "pandas' assert_frame_equal", atMost: 3, rounds: 9, iterations: 5 }
  const size = `${ROWS.toLocaleString('en')} x ${received.numCols}`
  yield await hold({
    ...shared,
    work: `toHaveRecords, ${size} equal rows`,
    ours: () => checkRecords(received, same, true),
    theirs: python.side('frames.equal'),
  })
  yield await hold({
    ...shared,
    work: `toHaveRecords, ${size}, ${DIFFERENCES.toLocaleString('en')} rows differ`,
    note: 'pandas stops at the first column that differs and names no row',
    ours: () => checkRecords(received, changed, false),
    theirs: python.side('frames.different'),
  })
}
