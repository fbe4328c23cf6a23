import { sharedMap } from './shared-map.ts'

/** One thing of which something else was expected than was found. */
export interface Difference {
  /** A column, a path, a place in a list. */
  readonly what: string
  /** `null`: it is not expected to be there. */
  readonly expected: string | null
  /** `null`: it is not there. */
  readonly actual: string | null
}

/**
 * What a matcher found before it failed, as plain JSON: it goes beside the kept `.db`, where a report shows it. Its form
 * is the report's (`FailureErrorView` of the inspector).
 */
export interface Findings {
  /** Records beside those that were expected; nothing here looks into it. */
  readonly comparison: object | null
  readonly differences: readonly Difference[]
  /** How many more differences there are than those. */
  readonly moreDifferences: number
}

/** How many differences of one failure are kept. */
const MOST = 1000
const NOTHING: Findings = { comparison: null, differences: [], moreDifferences: 0 }

// By catalog, as tests run concurrently.
const noted = sharedMap<Map<string, Findings>>('findings')

/** Notes what a matcher found that fails with `message` on an entity of `catalog`. */
export function noteFindings(catalog: object, message: string, findings: Partial<Findings>): void {
  const { comparison, differences, moreDifferences } = { ...NOTHING, ...findings }
  const kept = differences.slice(0, MOST)
  const of = noted.get(catalog) ?? new Map<string, Findings>()
  const left = moreDifferences + differences.length - kept.length
  noted.set(catalog, of.set(withoutColour(message), { comparison, differences: kept, moreDifferences: left }))
}

/** What was noted for an error of this message: its own, or what a test has put its own words before. */
export function findingsOf(catalog: object, message: string): Findings {
  const text = withoutColour(message)
  const of = noted.get(catalog)
  const ending = () => [...(of ?? [])].find(([each]) => text.endsWith(each))?.[1]
  return of?.get(text) ?? ending() ?? NOTHING
}

/** `text` without the codes that colour it in a terminal. */
export function withoutColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '')
}
