import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './contest.ts'

/** What a contest file exports as `contest`. */
export type ContestFile = (folder: string) => AsyncGenerator<Outcome, void>

/** What this process tells run.ts. */
export interface Report {
  readonly load: number
  readonly versions: Readonly<Record<string, string>>
  readonly outcomes: readonly Outcome[]
}

// One contest in a process of its own: no contest finds the heap, the compiled code or the open files of another.
const [path, reportPath] = process.argv.slice(2)
if (path === undefined || reportPath === undefined) throw new Error('usage: one.ts <contest file> <report>')
const load = loadavg()[0] ?? 0
const folder = mkdtempSync(join(tmpdir(), 'deltacat-bench-'))
try {
  const { contest, versions } = (await import(path)) as {
    contest: ContestFile
    versions?: () => Promise<Record<string, string>>
  }
  const outcomes: Outcome[] = []
  for await (const outcome of contest(folder)) outcomes.push(outcome)
  const report: Report = { load, versions: (await versions?.()) ?? {}, outcomes }
  writeFileSync(reportPath, JSON.stringify(report))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
