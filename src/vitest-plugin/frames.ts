import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = withSlashes(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * The error without the lines of its stack that lead into this package. Where a fixture is wrong they say nothing: what
 * is left are the places in the fixture, if any.
 */
export function withoutFrames<E extends Error>(error: E): E {
  error.stack = linesOf(error.stack)
    .filter((line) => !isOurs(line) && !(isFrame(line) && line.includes('node:internal')))
    .join('\n')
  return error
}

/** The error with a stack of one line: `name`, and where that stands. */
export function withPlace<E extends Error>(error: E, name: string, place: string | undefined): E {
  if (place !== undefined) error.stack = `${error.name}: ${error.message}\n    at ${name} (${place})`
  return error
}

/** The error with a stack that goes on at the caller of `called`, after the places in fixtures that it begins with. */
export function fromCaller<E extends Error>(error: E, called: (...args: never[]) => unknown): E {
  const caller: { stack?: string } = {}
  Error.captureStackTrace(caller, called)
  const lines = linesOf(error.stack)
  const end = lines.findIndex((line) => isFrame(line) && !isPlace(line))
  error.stack = [...lines.slice(0, end === -1 ? lines.length : end), ...linesOf(caller.stack).slice(1)].join('\n')
  return error
}

export function linesOf(stack: string | undefined): string[] {
  return stack?.split('\n') ?? []
}

export function isFrame(line: string): boolean {
  return /^\s+at /.test(line)
}

export function isPlace(line: string): boolean {
  return /^\s+at .*\.ya?ml:\d+:\d+\)$/.test(line)
}

export function isOurs(line: string): boolean {
  return isFrame(line) && withSlashes(line).includes(packageFolder)
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/')
}
