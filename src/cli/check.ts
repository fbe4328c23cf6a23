import type { Command } from 'commander'
import { checkFixture, type Diagnostic, FixtureError, formatDiagnostics, type LoadOptions } from '../fixtures/index.ts'
import { counted } from '../inspector/texts.ts'
import { type Action, collect, type Runner } from './command.ts'
import { jsonLine } from './json.ts'
import { expandFiles, loadOptions, optionsFor, requireFile, type SourceOptions } from './source.ts'

interface CheckOptions extends SourceOptions {
  readonly json?: boolean
}

/** `check`: all mistakes of fixtures. */
export function addCheck(program: Command, run: Runner): void {
  program
    .command('check')
    .summary('find the mistakes in fixtures')
    .description(
      'Reads fixtures and shows every mistake at once, each with its place and how to mend it; one without a mistake is built in memory. Exit code 1 if there is a mistake.',
    )
    .argument('<yaml...>', 'fixtures, or quoted patterns of their paths')
    .option('--param <name=value>', 'a parameter of the fixtures; may be given several times', collect)
    .option('--root <folder>', 'the folder that data files must be in')
    .option('--json', 'one JSON object a line')
    .addHelpText('after', "\nExample:\n  $ vitest-deltacat check 'test/**/*.deltacat.yaml'")
    .action(run(check))
}

const check: Action<CheckOptions> = async (context, patterns, options) => {
  const { io, say, paintError } = context
  const files = expandFiles(io, patterns)
  const own = optionsFor(io, files, options)
  let mistakes = 0
  for (const path of files) {
    const diagnostics = mistakesOf(requireFile(io, path), loadOptions(io, own(path)))
    mistakes += diagnostics.length
    if (options.json) await context.print(diagnostics.map((diagnostic) => jsonLine('mistake', { ...diagnostic })))
    else if (diagnostics.length > 0) io.stderr.write(`${formatDiagnostics(diagnostics, { cwd: io.cwd })}\n\n`)
    else say(`${paintError('✓', 'green')} ${path}`)
  }
  if (options.json) await context.print([jsonLine('summary', { files: files.length, mistakes })])
  else if (mistakes > 0)
    say(`${paintError('✗', 'red')} ${counted(mistakes, 'mistake')} in ${counted(files.length, 'file')}`)
  return mistakes > 0 ? 1 : 0
}

/** What is wrong with a fixture: its own mistakes, else what the catalog refuses when it is built in memory. */
function mistakesOf(file: string, options: LoadOptions): readonly Diagnostic[] {
  const { diagnostics, loaded } = checkFixture(file, options)
  if (loaded === undefined) return diagnostics
  try {
    loaded.build().close()
    return []
  } catch (error) {
    if (error instanceof FixtureError) return error.diagnostics
    throw error
  }
}
