import { sharedMap } from './shared-map.ts'

/**
 * What a matcher compared before it failed, as plain JSON: it goes beside the kept `.db`, where a report shows it. Its
 * form is the report's (`ComparisonView` of the inspector); nothing here looks into it.
 */
export type Comparison = Readonly<Record<string, unknown>>

// By catalog, as tests run concurrently.
const comparisons = sharedMap<Map<string, Comparison>>('comparisons')

/** Notes what a matcher compared that fails with `message` on an entity of `catalog`. */
export function noteComparison(catalog: object, message: string, comparison: Comparison): void {
  const noted = comparisons.get(catalog) ?? new Map<string, Comparison>()
  comparisons.set(catalog, noted.set(withoutColour(message), comparison))
}

/** What was noted for an error of this message, or `null`. */
export function comparisonOf(catalog: object, message: string): Comparison | null {
  return comparisons.get(catalog)?.get(withoutColour(message)) ?? null
}

/** `text` without the codes that colour it in a terminal. */
export function withoutColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '')
}
