import { expect, it } from 'vitest'
import { type DeltacatOptions, deltacat } from '../../src/vitest-plugin/plugin.ts'

it('refuses an option that the plugin does not have', () => {
  const options = { prebuid: '*.yaml' } as DeltacatOptions
  expect(() => deltacat(options)).toThrow(
    "deltacat() has no option 'prebuid'; it takes source, params, clock, prebuild.",
  )
})
