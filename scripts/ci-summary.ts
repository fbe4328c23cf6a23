import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// usage: ci-summary <folder of Vitest JSON reports> <number of failed steps>
const [folder = '', steps = '0'] = process.argv.slice(2)

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly success: boolean
}

let passed = 0
let failed = 0
let unexplained = Number(steps)
for (const name of readdirSync(folder)) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report
  passed += report.numPassedTests
  failed += report.numFailedTests
  // A step that failed because of its failed tests is counted by them already.
  if (!report.success && report.numFailedTests > 0) unexplained -= 1
}
failed += Math.max(0, unexplained)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
