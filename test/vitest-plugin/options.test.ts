import { expect, it } from 'vitest'
import { type DeltacatOptions, deltacat } from '../../src/vitest-plugin/plugin.ts'

it('refuses an option that the plugin does not have', () => {
  const options = { prebuid: '*.yaml' } as DeltacatOptions
  expect(() => deltacat(options)).toThrow(
    "deltacat() has no option 'prebuid'; it takes source, params, clock, prebuild.",
  )
})

it('refuses a clock that there is not', () => {
  for (const clock of ['deterministic', 'system', undefined]) deltacat({ clock } as DeltacatOptions)
  const messageOf = (clock: unknown) => {
    try {
      deltacat({ clock } as DeltacatOptions)
    } catch (error) {
      return String(error)
    }
    return null
  }
  expect(['x', null, 5].map(messageOf)).toEqual([
    `TypeError: deltacat(): clock is "x"; it takes 'deterministic' or 'system'.`,
    "TypeError: deltacat(): clock is null; it takes 'deterministic' or 'system'.",
    "TypeError: deltacat(): clock is 5; it takes 'deterministic' or 'system'.",
  ])
})
