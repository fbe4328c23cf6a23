import { halfOfNumber, numberOfHalf } from './float16.ts'
import { invalid, shown } from './invalid.ts'
import type { FloatBits } from './shape.ts'

const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const SPECIAL = /^([+-]?)\.?(?:(nan)|inf(?:inity)?)$/i

/** A JavaScript value as a number of the type, rounded to its nearest. Throws `invalid-argument`. */
export function floatOf(value: unknown, bits: FloatBits): number {
  if (typeof value === 'bigint') {
    if (BigInt(Number(value)) !== value) throw invalid(`${value} is not a number that float64 holds exactly`)
    return rounded(Number(value), bits)
  }
  if (typeof value !== 'number') throw invalid(`${shown(value)} is not a number`)
  return rounded(value, bits)
}

/** The number that a text writes: `1.5`, `-1e300`, `nan`, `inf` (YAML's `.nan` and `.inf` too). Throws `invalid-argument`. */
export function floatOfText(text: string, bits: FloatBits): number {
  const trimmed = text.trim()
  const special = SPECIAL.exec(trimmed)
  if (special !== null) {
    if (special[2] !== undefined) return Number.NaN
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  if (!FLOAT.test(trimmed)) throw invalid(`${shown(text)} is not a number`)
  const value = Number(trimmed)
  if (!Number.isFinite(value)) throw invalid(`${shown(text)} is beyond what float${bits} holds`)
  return rounded(value, bits)
}

function rounded(value: number, bits: FloatBits): number {
  if (bits === 64 || !Number.isFinite(value)) return value
  const nearest = bits === 32 ? Math.fround(value) : numberOfHalf(halfOfNumber(value))
  if (!Number.isFinite(nearest)) throw invalid(`${value} is beyond what float${bits} holds`)
  return nearest
}
