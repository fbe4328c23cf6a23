import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { buildFixture } from '../../src/fixtures/load.ts'
import { hold, type Outcome } from '../contest.ts'

const ROWS = 100_000

/** From the file to the closed `.db`, against reading the text alone. */
export async function* contest(folder: string): AsyncGenerator<Outcome, void> {
  const text = fixtureText()
  const source = join(folder, 'rows.deltacat.yaml')
  writeFileSync(source, text)
  const target = join(folder, 'rows.db')
  yield await hold({
    work: `YAML of ${ROWS.toLocaleString('en')} inline rows (${(text.length / 1e6).toFixed(1)} MB) to .db`,
    rival: "yaml's parse of it alone",
    atMost: 1.5,
    rounds: 3,
    iterations: 1,
    ours() {
      buildFixture(source, target, { root: folder }).close()
      rmSync(target)
    },
    theirs: () => parse(text, { maxAliasCount: 0 }),
  })
}

function fixtureText(): string {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const at = new Date(1.7e12 + row * 1000).toISOString()
    return `    - { id: ${row}, country: ${row % 2 === 0 ? 'NO' : 'SE'}, total: ${(row % 1000) / 4}, at: ${at}, note: order ${row} }`
  })
  return `namespaces:
  shop:
    tables:
      orders:
        schema: { id: int64!, country: string, total: "decimal(12,2)", at: "timestamp[us, UTC]", note: string }
        primaryKeys: [id]
        deltas:
          - rows:
${rows.map((row) => `          ${row}`).join('\n')}
`
}
