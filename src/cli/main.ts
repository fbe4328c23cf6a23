import { CommanderError } from 'commander'
import { CatalogError } from '../catalog/index.ts'
import { FixtureError, formatDiagnostics } from '../fixtures/index.ts'
import { paintFor } from './colour.ts'
import { CliError, type Io } from './io.ts'
import { createProgram } from './program.ts'

/**
 * Runs the command line.
 *
 * @param argv without the program's name
 * @returns the exit code: 0, 1 (it failed, or found something), 2 (wrong usage)
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code = 0
  const program = createProgram(io, (exit) => {
    code = exit
  })
  try {
    if (argv.length === 0) {
      program.outputHelp({ error: true })
      return 2
    }
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    return failed(error, io)
  }
}

function failed(error: unknown, io: Io): number {
  // Commander has written its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const paint = paintFor(io.stderr, io.env)
  const say = (text: string): void => {
    io.stderr.write(`${paint('error', 'red', 'bold')} ${text}\n`)
  }
  if (error instanceof CliError) {
    say(error.message)
    return error.exitCode
  }
  if (error instanceof FixtureError) {
    const count = error.diagnostics.length
    if (count === 0) say(error.message)
    else
      io.stderr.write(
        `${formatDiagnostics(error.diagnostics, { cwd: io.cwd })}\n\n${count === 1 ? '1 mistake' : `${count} mistakes`}\n`,
      )
    return 1
  }
  if (error instanceof CatalogError) say(`${error.message} [${error.code}]`)
  else if (isSystemError(error)) say(error.message)
  else say(`This should not happen: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return 1
}

/** An error of the operating system, whose message says enough: no space, no permission. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
