export { databaseSource, keptSources, writeRunReport } from './kept.ts'
export { reportMark } from './page.ts'
export type { ReportSource } from './view.ts'
export { writeReport } from './write-report.ts'
