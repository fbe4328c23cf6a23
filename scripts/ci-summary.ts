import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// usage: ci-summary <folder of Vitest JSON reports> <number of failed steps>
const [folder = '', steps = '0'] = process.argv.slice(2)

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly success: boolean
  readonly testResults: readonly TestFile[]
}

interface TestFile {
  readonly name: string
  readonly status: string
  readonly message: string
  readonly assertionResults: readonly {
    readonly fullName: string
    readonly status: string
    readonly failureMessages: readonly string[] | null
  }[]
}

let passed = 0
let failed = 0
let unexplained = Number(steps)
for (const name of readdirSync(folder)) {
  const report = reportIn(name)
  if (report === undefined) continue
  passed += report.numPassedTests
  failed += report.numFailedTests
  // A step that failed because of its failed tests is counted by them already.
  if (!report.success && report.numFailedTests > 0) unexplained -= 1
  for (const file of report.testResults) process.stdout.write(failuresOf(file))
}
failed += Math.max(0, unexplained)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

// A run that broke off may leave half a report: its step has failed, and counts as that.
function reportIn(name: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report
  } catch (error) {
    process.stdout.write(failure(name, String(error)))
    return undefined
  }
}

// Told once more at the end, as the end is what is kept of a long output.
function failuresOf({ name, status, message, assertionResults }: TestFile): string {
  const failures = assertionResults.filter((result) => result.status === 'failed')
  if (failures.length === 0) return status === 'failed' ? failure(name, message) : ''
  return failures.map((result) => failure(`${name} > ${result.fullName}`, ...(result.failureMessages ?? []))).join('')
}

function failure(title: string, ...messages: readonly string[]): string {
  return `\nFAILED ${title}\n${messages.map(beginning).join('\n')}\n`
}

function beginning(message: string): string {
  return message.slice(0, 4000).split('\n').slice(0, 40).join('\n')
}
