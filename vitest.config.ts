import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need Python, a browser or a package made first; each has a script of its own.
    exclude: ['test/interop/**', 'test/browser/**', 'test/package/**', 'node_modules/**'],
    setupFiles: ['test/doors.ts'],
    // No test depends on the time it takes: this ends what hangs, on the slowest machine.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
