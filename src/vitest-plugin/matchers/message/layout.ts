import type { Difference } from '../../findings.ts'

/** A place in a fixture's source, as `SourcePosition` has it. */
export interface SourcePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A place that a failure points to, and what stands there. */
export interface Frame extends SourcePlace {
  readonly name: string
}

/** What a matcher has to say when it fails. */
export interface Failure {
  /** One line: what was found of which entity. */
  readonly headline: string
  /** One line for each thing that differs. */
  readonly details: readonly string[]
  /** What of the details a report shows side by side. */
  readonly differences?: readonly Difference[]
  /** Texts for Vitest to draw the difference of. */
  readonly actual?: string
  readonly expected?: string
}

/**
 * The text of a failure, laid out the same for every matcher: the headline, the details, and the places in the
 * fixture. These look like lines of a stack trace, and as a message is the start of its error's stack, Vitest makes
 * frames of them that can be clicked.
 */
export function layOut({ headline, details }: Pick<Failure, 'headline' | 'details'>, frames: readonly Frame[]): string {
  const lines = [headline]
  if (details.length > 0) lines.push('', ...details.map((line) => `  ${line}`))
  const places = frames
    .filter(({ file, line }) => file !== '' && line > 0)
    .map(({ name, file, line, column }) => `    at ${name} (${file}:${line}:${column})`)
  // What two entities of a failure have nearest in the fixture can be the same.
  if (places.length > 0) lines.push('', ...new Set(places))
  return lines.join('\n')
}

/** `1 row`, `2 rows`, `1,000 rows`; with no noun the number alone. */
export function counted(count: number, noun: string): string {
  const number = count.toLocaleString('en')
  return noun === '' ? number : `${number} ${noun}${count === 1 ? '' : 's'}`
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.replace(/^.*[/\\]/, '')
}
