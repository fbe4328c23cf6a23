import { checkOptions, invalid, type OptionNames, shown } from './arguments.ts'
import { CatalogError, calledFrom } from './errors.ts'
import { didYouMean } from './records/nearest.ts'

/** How an injected fault shows. */
export interface FaultOptions {
  /** How many matching calls fail, from the next one on. 1 unless said. */
  readonly times?: number
  /** What the call throws; a `CatalogError` with code `fault` unless said. */
  readonly error?: unknown
  /** `before` it does anything, or `after` it has been done and committed: a lost answer. `before` unless said. */
  readonly when?: 'before' | 'after'
}

/** Faults to test a user's retries with. */
export interface Faults {
  /**
   * Makes the next calls of `call` fail; several injections on one call are used up one after the other.
   *
   * Throws `invalid-argument` if the catalog has no such call, or `times` is no positive integer.
   */
  inject(call: string, options?: FaultOptions): void
  /** How often each call is still to fail; `{}` where every injected fault has come. */
  readonly pending: Readonly<Record<string, number>>
  /** Removes the faults that are left. */
  clear(): void
}

/** What the catalog runs its calls through. */
export interface FaultRunner {
  readonly faults: Faults
  run<T>(call: string, work: () => T): T
}

const OPTIONS: OptionNames<FaultOptions> = { times: true, error: true, when: true }

interface Pending {
  left: number
  readonly when: 'before' | 'after'
  readonly error: unknown
}

const injected = new WeakSet<object>()
/** What was thrown and is no object: a text, say. One that is equal can't be told from it. */
const injectedValues = new Set<unknown>()

/** Whether this very error was thrown as an injected fault. */
export function isInjected(error: unknown): boolean {
  return isObject(error) ? injected.has(error) : injectedValues.has(error)
}

function isObject(error: unknown): error is object {
  return (typeof error === 'object' && error !== null) || typeof error === 'function'
}

/** The faults of one catalog, which knows the calls named `calls`. */
export function faultRunner(calls: ReadonlySet<string>): FaultRunner {
  const pending = new Map<string, Pending[]>()

  function take(call: string): Pending | undefined {
    const queue = pending.get(call)
    const fault = queue?.[0]
    if (queue === undefined || fault === undefined) return undefined
    fault.left -= 1
    if (fault.left === 0) queue.shift()
    if (queue.length === 0) pending.delete(call)
    return fault
  }

  function inject(call: string, options: FaultOptions = {}): void {
    checkOptions('inject', options, OPTIONS)
    const { times = 1, when = 'before', error } = options
    if (!calls.has(call)) {
      const known = [...calls].sort()
      const named = `The catalog has no call ${shown(call)}`
      throw invalid(`${named}${didYouMean(String(call), known, `; it has ${known.join(', ')}.`)}`)
    }
    if (!Number.isSafeInteger(times) || times < 1) {
      throw invalid(`A fault cannot come ${shown(times)} times; give a positive integer.`)
    }
    if (when !== 'before' && when !== 'after') {
      throw invalid(`A fault comes "before" or "after" a call, not ${shown(when)}.`)
    }
    const queue = pending.get(call) ?? []
    queue.push({ left: times, when, error })
    pending.set(call, queue)
  }

  const faults: Faults = {
    inject: (call, options) => calledFrom(faults.inject, () => inject(call, options)),
    get pending() {
      const sum = (queue: readonly Pending[]) => queue.reduce((times, { left }) => times + left, 0)
      return Object.fromEntries([...pending].map(([call, queue]) => [call, sum(queue)]))
    },
    clear() {
      pending.clear()
    },
  }
  return {
    faults,
    run(call, work) {
      const fault = pending.size === 0 ? undefined : take(call)
      if (fault === undefined) return work()
      if (fault.when === 'after') work()
      throw errorOf(fault, call)
    },
  }
}

function errorOf({ error, when }: Pending, call: string): unknown {
  const thrown =
    error ??
    new CatalogError(
      'fault',
      when === 'before'
        ? `An injected fault stopped ${call} before it did anything; try again.`
        : `An injected fault lost the answer of ${call} after it was done; find out what is there before trying again.`,
    )
  if (isObject(thrown)) injected.add(thrown)
  else injectedValues.add(thrown)
  return thrown
}
