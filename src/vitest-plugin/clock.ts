import { shown } from '../catalog/records/invalid.ts'
import { withoutFrames, withPlace } from './frames.ts'
import { placeOf } from './place-of.ts'
import type { Clock } from './source.ts'

const clocks: readonly unknown[] = ['deterministic', 'system'] satisfies Clock[]

/**
 * Checks the clock of the config, or of a test, whose stack then leads to the line that sets it.
 *
 * @throws TypeError for what is none.
 */
export function checkClock(clock: unknown, testFile?: string): void {
  if (clocks.includes(clock)) return
  const whose = testFile === undefined ? 'deltacat(): ' : ''
  const error = new TypeError(`${whose}clock is ${shown(clock)}; it takes 'deterministic' or 'system'.`)
  if (testFile === undefined) throw error
  const place = typeof clock === 'string' ? placeOf(clock, testFile) : undefined
  throw withPlace(withoutFrames(error), 'clock', place)
}
