import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Packages are fetched and installed: minutes, not seconds, on a slow line.
  test: { include: ['test/package/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false },
})
