import { existsSync, readFileSync } from 'node:fs'

/**
 * Where a test file has a text in quotes, whole or as the last name of a path, as the place of a stack's line;
 * `undefined`: the test gets it from somewhere else.
 */
export function placeOf(text: string, testFile: string): string | undefined {
  const name = text.replaceAll(/[^\w-]/g, '\\$&')
  const lines = existsSync(testFile) ? readFileSync(testFile, 'utf8').split('\n') : []
  for (const [index, line] of lines.entries()) {
    const found = line.search(new RegExp(`(['"\`])(?:(?!\\1).)*?(?<![\\w.-])${name}\\1`))
    if (found !== -1) return `${testFile}:${index + 1}:${found + 1}`
  }
  return undefined
}
