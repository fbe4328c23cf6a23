import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildFixture } from '../../src/fixtures/load.ts'
import { hold, type Outcome } from '../contest.ts'
import { startPython } from './python.ts'

const python = startPython()
const ROWS = 1_000_000

const FIXTURE = `namespaces:
  shop:
    tables:
      orders:
        schema: { id: int64!, country: string, total: "decimal(12,2)", at: "timestamp[us, UTC]", weight: double }
        primaryKeys: [id]
        deltas:
          - label: bulk
            count: ${ROWS}
            generate:
              id: { seq: 1 }
              country: { pick: [NO, SE, DK, FI, IS] }
              total: { uniform: [0, 500] }
              at: { times: { start: 2024-03-01T00:00:00Z, step: 1s } }
              weight: { uniform: [0, 1] }
`

export const versions = () => python.ask<Record<string, string>>('generated.versions')

/** From the file to the closed `.db`, rows made and written, against writing them alone. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  const source = join(folder, 'generated.deltacat.yaml')
  writeFileSync(source, FIXTURE)
  const target = join(folder, 'generated.db')
  const rows = await python.ask<number>('generated.load', { paths: filesOf(source, folder) })
  if (rows !== ROWS) throw new Error(`Python reads ${rows} rows of ${ROWS}`)

  let highest = 0
  const outcome = await hold({
    work: `build of ${ROWS.toLocaleString('en')} generated rows of 5 columns`,
    rival: 'pyarrow writing the same Parquet',
    atMost: 2,
    rounds: 5,
    iterations: 1,
    ours() {
      buildFixture(source, target, { root: folder }).close()
      highest = Math.max(highest, process.memoryUsage().heapUsed)
      rmSync(target)
    },
    theirs: python.side('generated.write'),
  })
  const resident = process.resourceUsage().maxRSS / 1024
  const note = `JavaScript's heap: ${(highest / 2 ** 20).toFixed(0)} MB at the end of a build; most memory resident: ${resident.toFixed(0)} MB`
  yield { ...outcome, note }
}

/** The fixture's records as Parquet files. */
function filesOf(source: string, folder: string): string[] {
  using catalog = buildFixture(source, ':memory:', { root: folder })
  const delta = catalog.getLatestDelta('shop', 'orders', { includeManifest: true })
  if (delta === null) throw new Error('the fixture has no delta')
  return catalog.downloadDelta(delta, { tableType: 'parquet' }).map((bytes, index) => {
    const path = join(folder, `${index}.parquet`)
    writeFileSync(path, bytes)
    return path
  })
}
