import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import { loadFixture } from '../fixtures/index.ts'
import { databaseSource, keptSources, type ReportSource, reportMark, writeReport } from '../inspector/index.ts'
import { counted } from '../inspector/texts.ts'
import { type Action, collect, countOption, type Runner } from './command.ts'
import { guardOutput, guardSources, textMark } from './files.ts'
import { CliError, type Io } from './io.ts'
import { isYaml, loadOptions, optionsFor, refuseUnused, requireFile, type SourceOptions } from './source.ts'

interface ReportOptions extends SourceOptions {
  readonly output: string
  readonly title?: string
  readonly maxRows: number
  readonly force?: boolean
}

/** `report`: catalogs as one HTML file. */
export function addReport(program: Command, run: Runner): void {
  program
    .command('report')
    .summary('write catalogs as one HTML file to look into')
    .description(
      'Writes one HTML file that needs nothing else: the hierarchy, each partition’s deltas, records as they were written and merged, what each delta changed, and for a failed test what it expected.',
    )
    .argument('<db|yaml|folder...>', 'catalogs’ files, fixtures, or the folder of a run’s kept catalogs')
    .requiredOption('-o, --output <html>', 'the file to write')
    .option('--title <text>', 'the title; the sources’ names unless given')
    .option(
      '--max-rows <n>',
      'the most rows in the file, or "all"; deltas beyond are listed without their records',
      countOption,
      1_000_000,
    )
    .option('--param <name=value>', 'a parameter of the fixtures; may be given several times', collect)
    .option('--root <folder>', 'the folder that data files must be in')
    .option('--force', 'overwrite a file that this command did not make')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vitest-deltacat report orders.db -o report.html\n  $ vitest-deltacat report .vitest/deltacat -o report.html',
    )
    .action(run(report))
}

const report: Action<ReportOptions> = (context, paths, options) => {
  const { io, say, paintError } = context
  refuseUnused(paths, options)
  const output = resolve(io.cwd, options.output)
  guardOutput(output, options.output, textMark(reportMark), options.force === true)
  guardSources(
    output,
    options.output,
    paths.map((path) => resolve(io.cwd, path)),
  )
  const own = optionsFor(io, paths, options)
  const sources = paths.flatMap((path) => sourcesOf(io, path, own(path)))
  const bar = context.progress('Reading deltas')
  const count = writeReport(output, sources, {
    title: options.title ?? titleOf(io, paths, sources),
    maxRows: options.maxRows,
    onDelta: (done) => bar.step(done),
  })
  bar.end()
  say(`${paintError('✓', 'green')} ${options.output}: ${counted(count, 'catalog')}\n  ${pathToFileURL(output).href}`)
  return 0
}

function sourcesOf(io: Io, path: string, options: SourceOptions): ReportSource[] {
  const folder = resolve(io.cwd, path)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    const kept = keptSources(folder)
    if (kept.length === 0)
      throw new CliError(
        `${path} holds no .db; give the folder that failed tests’ catalogs are kept in (.vitest/deltacat).`,
      )
    return kept
  }
  const file = requireFile(io, path)
  if (!isYaml(path)) return [databaseSource(file, path)]
  const fixture = loadFixture(file, loadOptions(io, options))
  return [{ open: () => fixture.build(':memory:'), index: fixture.index, path, failure: null }]
}

/** The sources' names; of a run's folder how many tests failed. */
function titleOf(io: Io, paths: readonly string[], sources: readonly ReportSource[]): string {
  const failed = sources.filter(({ failure }) => failure !== null).length
  if (failed === sources.length) return counted(failed, 'failed test')
  return paths.map((path) => basename(resolve(io.cwd, path))).join(', ')
}
