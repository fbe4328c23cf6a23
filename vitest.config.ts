import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need Python, a browser or a package made first; each has a script of its own.
    exclude: ['test/interop/**', 'test/browser/**', 'test/package/**', 'node_modules/**'],
    setupFiles: ['test/doors.ts'],
    testTimeout: 30_000,
  },
})
