/** A stream of text that a command writes to. */
export interface TextStream {
  /** `false`: full for now, `drain` follows. */
  write(text: string): boolean
  once(event: 'drain', listener: () => void): unknown
  readonly isTTY?: boolean
  /** Columns of a terminal. */
  readonly columns?: number
}

/** What a command has of the world outside. */
export interface Io {
  readonly stdout: TextStream
  readonly stderr: TextStream
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Wrong usage, or a command that can't do what it was asked: its message is all that the user sees. */
export class CliError extends Error {
  override readonly name = 'CliError'
  /** 1: it failed; 2: it was called wrongly. */
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** What lines of output are made of: texts, one or more lines each, with their line ends. */
export type Lines = Iterable<string>

/** Writes lines one by one and waits where the reader is slower, so that output of any length takes no memory. */
export async function writeLines(stream: TextStream, lines: Lines): Promise<void> {
  let waiting = ''
  const flush = async (): Promise<void> => {
    const full = waiting !== '' && !stream.write(waiting)
    waiting = ''
    if (full) await new Promise<void>((resolve) => stream.once('drain', () => resolve()))
  }
  for (const line of lines) {
    waiting += line
    if (waiting.length >= CHUNK) await flush()
  }
  await flush()
}

/** Characters that are written at once. */
const CHUNK = 16_384
