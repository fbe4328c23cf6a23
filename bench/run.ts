import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { writeDocument } from './document.ts'
import type { Report } from './one.ts'
import { resultOf, writeResult } from './results.ts'
import { cellsOf, HEADINGS } from './table.ts'

// run.ts [--peer] [name…]: the contests that need no Python, or those that do; all of them, or the named ones.
const args = process.argv.slice(2)
const script = args.includes('--peer') ? 'bench:peer' : 'bench'
const wanted = args.filter((arg) => !arg.startsWith('--'))
const folder = join(import.meta.dirname, script === 'bench' ? 'contests' : 'peer')

const temporary = mkdtempSync(join(tmpdir(), 'deltacat-bench-'))
let failed = 0
console.log(HEADINGS.join(' | '))
try {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.contest.ts'))
    .toSorted()) {
    const name = basename(file, '.contest.ts')
    if (wanted.length > 0 && !wanted.some((each) => name.includes(each))) continue
    const reportPath = join(temporary, `${name}.json`)
    const options = ['--expose-gc', '--max-old-space-size=6144', '--disable-warning=ExperimentalWarning']
    const one = [...options, join(import.meta.dirname, 'one.ts'), join(folder, file), reportPath]
    const start = performance.now()
    const { status } = spawnSync(process.execPath, one, { stdio: 'inherit' })
    if (status !== 0) {
      failed += 1
      console.log(`${name}: FAILED`)
      continue
    }
    const { load, versions, outcomes } = JSON.parse(readFileSync(reportPath, 'utf8')) as Report
    for (const outcome of outcomes) console.log(cellsOf(outcome).join(' | '))
    console.log(`  ${name}: ${((performance.now() - start) / 1000).toFixed(0)} s, load ${load.toFixed(1)}`)
    writeResult(resultOf(name, script, load, versions, outcomes))
  }
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
writeDocument()
if (failed > 0) process.exit(1)
