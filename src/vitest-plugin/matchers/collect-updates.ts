// On a global symbol, as two copies of this module can meet in one worker.
const COLLECTED = Symbol.for('vitest-deltacat.updates-collected')

/** Says that somebody reads the updates from the tests' `meta` after the run: without it, nothing is updated. */
export function collectUpdates(): void {
  ;(globalThis as { [COLLECTED]?: boolean })[COLLECTED] = true
}

/** Whether anybody has said so. */
export function collectsUpdates(): boolean {
  return (globalThis as { [COLLECTED]?: boolean })[COLLECTED] === true
}
