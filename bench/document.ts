import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Result, readResults } from './results.ts'
import { cellsOf, markdown } from './table.ts'

const path = join(import.meta.dirname, '../docs/performance.md')
const BEGIN = '<!-- made from bench/results by `npm run bench` -->\n'
const END = '<!-- end -->'

/** Writes the tables of all results into the document. */
export function writeDocument(): void {
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), readResults()))
}

/** `text` with the tables of the results between its two marks. */
export function withTables(text: string, results: readonly Result[]): string {
  const begin = text.indexOf(BEGIN) + BEGIN.length
  const end = text.indexOf(END, begin)
  if (begin < BEGIN.length || end < 0) throw new Error(`the document lacks its marks ${BEGIN}…${END}`)
  return `${text.slice(0, begin)}\n${tables(results)}\n${text.slice(end)}`
}

function tables(results: readonly Result[]): string {
  const scripts = ['bench', 'bench:peer'] as const
  const sections = scripts.map((script) => {
    const rows = results.filter((result) => result.script === script).flatMap(({ outcomes }) => outcomes)
    return `\`npm run ${script}\`:\n\n${markdown(rows.map(cellsOf))}\n`
  })
  const notes = results.flatMap(({ outcomes }) => outcomes).filter(({ note }) => note !== undefined)
  const remarks = notes.map(({ work, rival, note }) => `- ${work} | ${rival}: ${note}.\n`)
  return `${sections.join('\n')}\n${remarks.join('')}\n${conditions(results)}\n`
}

function conditions(results: readonly Result[]): string {
  const machines = new Set(
    results.map(({ machine: { cpu, cores, memoryGB, system } }) => `${cpu}, ${cores} cores, ${memoryGB} GB, ${system}`),
  )
  const versions = new Map(results.flatMap((result) => Object.entries(result.versions)))
  const dates = results.map(({ date }) => date.slice(0, 10)).toSorted()
  const [first, last] = [dates[0], dates.at(-1)]
  const when = first === last ? first : `${first} to ${last}`
  const busiest = Math.max(...results.map(({ machine }) => machine.load))
  const names = [...versions].map(([name, version]) => `${name} ${version}`).join(', ')
  return `Measured ${when} on ${[...machines].join('; ')}, load average at most ${busiest.toFixed(1)} at a contest's start. ${names}.`
}
