import { defineConfig } from 'vitest/config'
import { deltacat } from 'vitest-deltacat/plugin'

export default defineConfig({
  plugins: [deltacat()],
  test: { root: import.meta.dirname, include: ['**/*.spec.ts'], testTimeout: 60_000 },
})
