import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const script = join(import.meta.dirname, '../scripts/ci-summary.ts')

function summary(reports: Readonly<Record<string, string>>, failedSteps: number) {
  const folder = mkdtempSync(join(tmpdir(), 'summary-'))
  for (const [name, text] of Object.entries(reports)) writeFileSync(join(folder, name), text)
  const { status, stdout } = spawnSync(process.execPath, [script, folder, String(failedSteps)], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return { status, stdout }
}

const passing = JSON.stringify({ numPassedTests: 3, numFailedTests: 0, success: true, testResults: [] })
const failing = JSON.stringify({
  numPassedTests: 1,
  numFailedTests: 1,
  success: false,
  testResults: [
    {
      name: 'a.test.ts',
      status: 'failed',
      message: '',
      assertionResults: [
        { fullName: 'is right', status: 'passed', failureMessages: [] },
        { fullName: 'is wrong', status: 'failed', failureMessages: ['Error: 1 is not 2\n    at a.test.ts:1:1'] },
      ],
    },
  ],
})
const broken = JSON.stringify({
  numPassedTests: 0,
  numFailedTests: 0,
  success: false,
  testResults: [{ name: 'b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] }],
})

it('adds up the runs, and ends with one line', () => {
  expect(summary({ 'one.json': passing, 'two.json': passing }, 0)).toEqual({
    status: 0,
    stdout: '\n6 passed, 0 failed\n',
  })
})

it('names what failed, and counts a step whose tests did not even run', () => {
  expect(summary({ 'one.json': failing, 'two.json': broken }, 2)).toEqual({
    status: 1,
    stdout: [
      '',
      'FAILED a.test.ts > is wrong',
      'Error: 1 is not 2',
      '    at a.test.ts:1:1',
      '',
      'FAILED b.test.ts',
      'Cannot find module',
      '',
      '1 passed, 2 failed',
      '',
    ].join('\n'),
  })
})

it('counts half a report as a failure, and no test at all', () => {
  const { status, stdout } = summary({ 'one.json': passing, 'two.json': '{"numPassedTests":3' }, 1)
  expect(status).toBe(1)
  expect(stdout).toMatch(/^\nFAILED two\.json\nSyntaxError: .*\n\n3 passed, 1 failed\n$/)
  expect(summary({}, 0)).toEqual({ status: 1, stdout: '\n0 passed, 0 failed\n' })
})
