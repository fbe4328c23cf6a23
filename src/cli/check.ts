import type { Command } from 'commander'
import { checkFixture, formatDiagnostics } from '../fixtures/index.ts'
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
      'Reads fixtures and shows every mistake at once, each with its place and how to mend it. Exit code 1 if there is one.',
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
    const { diagnostics } = checkFixture(requireFile(io, path), loadOptions(io, own(path)))
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
