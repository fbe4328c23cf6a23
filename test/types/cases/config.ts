// The plugin in a config file.
import { defineConfig } from 'vitest/config'
import { type DeltacatOptions, deltacat } from 'vitest-deltacat/plugin'

const options: DeltacatOptions = {
  source: './a.deltacat.yaml',
  params: { bulk: 1 },
  clock: 'system',
  prebuild: ['**/*.yaml'],
}

export default defineConfig({
  plugins: [deltacat(), deltacat(options), deltacat({ source: { namespaces: {} }, prebuild: '**/*.deltacat.yaml' })],
  test: { pool: 'threads', projects: [{ extends: true, plugins: [deltacat()], test: { name: 'one' } }] },
})

// @ts-expect-error a misspelled option
deltacat({ sources: './a.deltacat.yaml' })
// @ts-expect-error a number is no glob
deltacat({ prebuild: 1 })
