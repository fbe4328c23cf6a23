import type { DifferenceView } from './model.ts'

/**
 * How the matchers' messages say, one thing a line, what was expected and what was found. Records have their own form
 * beside the message (`ComparisonView`); of schemas, lists of entities and whole catalogs there is the message alone.
 */
const forms: readonly RegExp[] = [
  /^(?<what>.+?):? should be (?<expected>.+), but is (?<actual>.+)$/,
  /^(?<what>.+?) is missing; expected (?<expected>.+)$/,
  /^(?<what>.+?) is unexpected; it is (?<actual>.+)$/,
  /^(?<what>\S+): expected (?<expected>.+), found (?<actual>.+)$/,
  /^(?<what>\S+): expected (?<expected>.+)$/,
  /^(?<what>\S+): unexpected (?<actual>.+)$/,
  /^(?<what>\S+): (?<expected>.+) is missing$/,
  /^(?<what>\S+: [^:]+): (?<expected>.+?) → (?<actual>.+)$/,
]

/** The differences that a message tells of, in its order; none where it has another layout. */
export function differencesOf(message: string): DifferenceView[] {
  const [, details = ''] = message.split(/\n\n/)
  return details.split('\n').flatMap((line): DifferenceView[] => {
    // Deeper lines belong to the one above.
    if (!/^ {2}\S/.test(line)) return []
    const groups = firstMatch(line.trim())
    if (!groups) return []
    return [{ what: groups.what ?? '', expected: groups.expected ?? null, actual: groups.actual ?? null }]
  })
}

function firstMatch(line: string): Readonly<Record<string, string | undefined>> | null {
  for (const form of forms) {
    const groups = form.exec(line)?.groups
    if (groups) return groups
  }
  return null
}
