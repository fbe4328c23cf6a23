/** What a matcher reads of the `this` that Vitest calls it with. */
export interface MatcherContext {
  readonly isNot: boolean
  /** `''`, `resolves` or `rejects`; the key is missing where the matcher stands in another value, asymmetric. */
  readonly promise?: string
  /** Inside `expect.poll`. */
  readonly poll?: boolean | undefined
  readonly task?: MatcherTask | undefined
  readonly snapshotState?: unknown
  /** The test file. */
  readonly testPath?: string | undefined
}

/** What a matcher reads of the running test. */
export interface MatcherTask {
  readonly id: string
  readonly name: string
  readonly fullTestName?: string
  /** Plain data that Vitest carries to the main process. */
  readonly meta: object
  readonly result?: { readonly retryCount?: number; readonly repeatCount?: number } | undefined
}

/** What a matcher returns. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
  /** Texts for Vitest to draw the difference of. */
  readonly actual?: string
  readonly expected?: string
}

/** Whether the matcher stands in another value (`expect.toHaveRecords(…)`) instead of after `expect(…)`. */
export function isAsymmetricCall(context: MatcherContext): boolean {
  return !('promise' in context)
}
