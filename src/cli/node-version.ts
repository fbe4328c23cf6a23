import { readFileSync } from 'node:fs'

/** The package's `engines.node`. Its `package.json` is two folders up, from `src` and from `dist` alike. */
export function supportedNode(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { engines: { node: string } }).engines.node
}

/**
 * What to say where this Node is too old or between two supported ones; `null` where it is supported.
 *
 * @param supported alternatives with `||` between: `^22.14` and `^24` are that major alone, `>=26` it and all later
 * @param version `process.versions.node`
 */
export function unsupportedNode(supported: string, version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const ranges = supported.split(' || ').map((range) => {
    const [fromMajor = 0, fromMinor = 0] = range.replace(/^\D+/, '').split('.').map(Number)
    return { isOpen: range.startsWith('>='), fromMajor, fromMinor }
  })
  const isSupported = ranges.some(
    ({ isOpen, fromMajor, fromMinor }) => (major === fromMajor && minor >= fromMinor) || (isOpen && major > fromMajor),
  )
  if (isSupported) return null
  const names = ranges.map(({ isOpen, fromMajor, fromMinor }) =>
    fromMinor > 0 ? `${fromMajor} from ${fromMajor}.${fromMinor}` : `${fromMajor}${isOpen ? ' and newer' : ''}`,
  )
  return `vitest-deltacat needs Node ${names.slice(0, -1).join(', ')}, or ${names.at(-1)}; this is ${version}.`
}
