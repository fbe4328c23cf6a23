import { isFrame, isOurs, isPlace, linesOf } from './frames.ts'
import { reasonsOf } from './matchers/reasons.ts'

/** What of a test's error Vitest prints. */
interface PrintedError {
  message: string
  stack?: string | undefined
  diff?: string | undefined
}

/** A schema as entities hold it: the base64 of its message, which begins with four bytes of ones. */
const SCHEMA = /\/{5}[\w+/]{60,}={0,2}/g

/**
 * Makes of an error of a test on `catalog` what its author can read:
 * - The message has no places in fixtures, as the stack has them too. Only by a message can they come there, as it is
 *   Vitest that makes the error.
 * - It says why a matcher that stands in another value didn't accept an entity.
 * - The stack has no lines of this package between others, as where code of the test runs in a transaction. An error that
 *   arose here keeps them.
 * - The difference has the start of a schema in place of the whole of it.
 */
export function tidyError(error: PrintedError, catalog: object): void {
  if (error.stack !== undefined) error.stack = withoutOurs(error.stack, error.message)
  const reasons = reasonsOf(catalog, `${error.message}${error.diff ?? ''}`)
  error.message = [error.message, ...reasons.map(indented)].map(withoutPlaces).join('\n\n')
  if (error.diff !== undefined) error.diff = withShortSchemas(error.diff)
}

function withoutOurs(stack: string, message: string): string {
  const start = stack.includes(message) ? stack.indexOf(message) + message.length : 0
  const lines = linesOf(stack.slice(start))
  const first = lines.find((line) => isFrame(line) && !isPlace(line))
  if (first === undefined || isOurs(first)) return stack
  return stack.slice(0, start) + lines.filter((line) => !isOurs(line)).join('\n')
}

function withoutPlaces(message: string): string {
  return message.replace(/\n(?:\n +at [^\n]+\.ya?ml:\d+:\d+\))+$/, '')
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}

function withShortSchemas(diff: string): string {
  // Two that differ must not look the same.
  const isOne = new Set(diff.match(SCHEMA)).size === 1
  return isOne ? diff.replaceAll(SCHEMA, (schema) => `${schema.slice(0, 12)}…`) : diff
}
