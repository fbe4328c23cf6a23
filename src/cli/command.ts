import type { Command } from 'commander'
import { type Paint, paintFor } from './colour.ts'
import { CliError, type Io, type Lines, writeLines } from './io.ts'
import { type Progress, progressBar } from './progress.ts'
import { type Clip, clipFor } from './width.ts'

/** What every command gets. */
export interface Context {
  readonly io: Io
  /** Says what a command did, on stderr, so that stdout stays what was asked for; nothing with `--quiet`. */
  say(text: string): void
  print(lines: Lines): Promise<void>
  readonly paint: Paint
  readonly paintError: Paint
  /** How long texts come to stdout. */
  readonly clip: Clip
  progress(label: string): Progress
}

/** Options that every command has. */
export interface CommonOptions {
  readonly quiet?: boolean
}

/** What a command does: returns its exit code. */
export type Action<Options> = (
  context: Context,
  sources: readonly string[],
  options: Options & CommonOptions,
) => number | Promise<number>

/** Runs actions for the commands that are put together in `program.ts`, and keeps the exit code. */
export type Runner = <Options>(
  action: Action<Options>,
) => (this: Command, ...parameters: readonly unknown[]) => Promise<void>

/** A runner for one call of the program. */
export function runnerFor(io: Io, onExit: (code: number) => void): Runner {
  return (action) =>
    async function (this: Command) {
      const options = this.opts()
      const quiet = options.quiet === true
      const context: Context = {
        io,
        say: (text) => {
          if (!quiet) io.stderr.write(`${text}\n`)
        },
        print: (lines) => writeLines(io.stdout, lines),
        paint: paintFor(io.stdout, io.env),
        paintError: paintFor(io.stderr, io.env),
        clip: clipFor(io.stdout),
        progress: (label) => progressBar(io, label, quiet),
      }
      onExit(await action(context, this.processedArgs.flat() as string[], options as never))
    }
}

/** How many rows are shown, unless `--rows` says it. */
export const ROWS = 50

/** An option's value that is a whole number, or `all`. */
export function countOption(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new CliError(`"${text}" is no number of rows: give one from 0, or "all".`, 2)
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
