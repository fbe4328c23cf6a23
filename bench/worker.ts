/** Outside of a worker of Vitest, stands for one without the plugin: it is asked for the plugin's settings. */
export function standInForWorker(): void {
  Object.assign(globalThis, { __vitest_worker__: { providedContext: {} } })
}
