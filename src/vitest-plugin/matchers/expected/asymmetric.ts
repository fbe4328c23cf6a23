import { visible } from '../message/told-apart.ts'

/** What `expect.any(…)` and its kind are: Vitest's own, and those that `expect.extend` makes. */
export interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean
  readonly inverse?: boolean
  toAsymmetricMatcher?(): string
}

export function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return (
    typeof value === 'object' && value !== null && typeof (value as AsymmetricMatcher).asymmetricMatch === 'function'
  )
}

/** Whether an asymmetric matcher stands anywhere in the value. */
export function holdsAsymmetric(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date) return false
  if (isAsymmetric(value)) return true
  if (Array.isArray(value)) return value.some(holdsAsymmetric)
  if (value instanceof Map) return [...value.values()].some(holdsAsymmetric)
  return Object.values(value).some(holdsAsymmetric)
}

/** An asymmetric matcher as a failure prints it, on one line: `Any<Number>`, `StringMatching</^a/>`. */
export function asymmetricText(matcher: AsymmetricMatcher): string {
  if (typeof matcher.toAsymmetricMatcher === 'function') return visible(matcher.toAsymmetricMatcher())
  const { sample } = matcher as { sample?: unknown }
  return visible(sample === undefined ? String(matcher) : `${String(matcher)}<${sampleText(sample)}>`)
}

/** The number, or the time in milliseconds, that an asymmetric matcher is made of, such as `expect.closeTo(10.5)`. */
export function sampleNumber(matcher: AsymmetricMatcher): number | undefined {
  const { sample } = matcher as { sample?: unknown }
  if (typeof sample === 'number' || typeof sample === 'bigint') return Number(sample)
  return sample instanceof Date ? sample.getTime() : undefined
}

/**
 * Whether two asymmetric matchers ask for the same thing: they are of one class and made of the same parts. Never true
 * for two that differ; two that only look different to this function are searched for one by one.
 */
export function askAlike(a: AsymmetricMatcher, b: AsymmetricMatcher): boolean {
  if (a === b) return true
  if (a.constructor !== b.constructor) return false
  const [x, y] = [Object.entries(a), Object.entries(b)]
  return x.length === y.length && x.every(([name, value], i) => name === y[i]![0] && samePart(value, y[i]![1]))
}

function samePart(a: unknown, b: unknown): boolean {
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b)
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => samePart(item, b[i]))
  return Object.is(a, b)
}

function sampleText(sample: unknown): string {
  if (typeof sample === 'string') return `'${sample}'`
  if (typeof sample === 'function') return sample.name || 'function'
  if (Array.isArray(sample)) return sample.map(sampleText).join(', ')
  return typeof sample === 'object' && sample !== null && !(sample instanceof RegExp) ? '…' : String(sample)
}
