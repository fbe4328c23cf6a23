import { defineConfig } from 'vitest/config'
import { deltacat } from 'vitest-deltacat/plugin'

export default defineConfig({
  plugins: [deltacat()],
  test: {
    include: ['*.spec.ts'],
    fileParallelism: false,
    watch: false,
    reporters: [],
    execArgv: ['--expose-gc'],
    testTimeout: 60_000,
  },
})
