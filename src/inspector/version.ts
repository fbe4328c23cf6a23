import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The package's version. Its `package.json` is two folders up, from `src` and from `dist` alike. */
export function packageVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
