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
 * The classes of Vitest: what these ask for stands in their fields. Those of `expect.extend` are `CustomMatcher`, a class
 * of its own for each matcher.
 */
const classes: ReadonlySet<string> = new Set([
  'Any',
  'Anything',
  'ArrayContaining',
  'CloseTo',
  'CustomMatcher',
  'ObjectContaining',
  'SchemaMatching',
  'StringContaining',
  'StringMatching',
])

/**
 * Whether two asymmetric matchers ask for the same thing: they are one, or of one class of Vitest's and made of the same
 * parts. Never true for two that differ; two that only look different to this function are searched for one by one.
 */
export function askAlike(a: AsymmetricMatcher, b: AsymmetricMatcher): boolean {
  if (a === b) return true
  if (a.constructor !== b.constructor || !isOfVitest(a)) return false
  const [x, y] = [Object.entries(a), Object.entries(b)]
  return x.length === y.length && x.every(([name, value], i) => name === y[i]![0] && samePart(value, y[i]![1]))
}

/**
 * Any other class may ask by what nobody sees from outside: private fields, or variables around it. One that extends
 * Vitest's `AsymmetricMatcher` has its mark too, so that only the names tell Vitest's own.
 */
function isOfVitest(matcher: object): boolean {
  if ((matcher as { $$typeof?: unknown }).$$typeof !== Symbol.for('jest.asymmetricMatcher')) return false
  const { name } = matcher.constructor
  return classes.has(name) && Object.getPrototypeOf(matcher.constructor).name === 'AsymmetricMatcher'
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
