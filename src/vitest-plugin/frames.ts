import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * The error without the lines of its stack that lead into this package. Where a fixture is wrong they say nothing: what
 * is left are the places in the fixture, if any.
 */
export function withoutFrames<E extends Error>(error: E): E {
  const lines = error.stack?.split('\n') ?? []
  const own = (line: string) => /^\s+at /.test(line) && (line.includes(packageFolder) || line.includes('node:internal'))
  error.stack = lines.filter((line) => !own(line)).join('\n')
  return error
}
