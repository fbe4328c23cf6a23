import { defineConfig } from 'vitest/config'

// One worker that keeps its modules: Python, and Ray in it, start once for the whole run.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/setup.ts'],
    setupFiles: ['test/doors.ts'],
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
