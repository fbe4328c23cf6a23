import { Command, Help } from 'commander'
import { packageVersion } from '../inspector/version.ts'
import { addBuild } from './build.ts'
import { addCheck } from './check.ts'
import { type Runner, runnerFor } from './command.ts'
import { addDiff } from './diff.ts'
import { addDump } from './dump.ts'
import { addInspect } from './inspect.ts'
import type { Io } from './io.ts'
import { addReport } from './report.ts'
import { addSchema } from './schema.ts'
import { addTypes } from './types.ts'
import { addVerify } from './verify.ts'

/** The whole command line: every command with its options and an example. */
export function createProgram(io: Io, onExit: (code: number) => void): Command {
  const program = new Command('vitest-deltacat')
    .description('Builds, looks into, compares and checks DeltaCAT catalogs in SQLite files.')
    .version(packageVersion(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError(true)
    .addHelpText('after', '\nWhat each command prints and returns is in docs/cli.md.')
  program.exitOverride()
  program.configureHelp({
    optionDescription(option) {
      const text = Help.prototype.optionDescription.call(this, option)
      return option.mandatory ? `${text} (required)` : text
    },
  })
  program.configureOutput({
    writeOut: (text) => {
      io.stdout.write(text)
    },
    writeErr: (text) => {
      io.stderr.write(text)
    },
    getOutHelpWidth: () => io.stdout.columns ?? 100,
    getErrHelpWidth: () => io.stderr.columns ?? 100,
  })
  const run: Runner = runnerFor(io, onExit)
  for (const add of [addInspect, addReport, addDiff, addVerify, addBuild, addDump, addCheck, addSchema, addTypes])
    add(program, run)
  for (const command of program.commands) {
    command.option('--quiet', 'no progress and no messages but errors').helpOption('-h, --help', 'show this help')
    command.copyInheritedSettings(program)
  }
  return program
}
