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

/**
 * The shortest digits that give a float back, as Arrow writes them: `5`, `0.1`, `nan`; with an exponent, `1e+16`, where
 * that is below `least` or above `most`.
 */
export function floatText(value: number, bits: FloatBits, least: number, most: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const sign = value < 0 ? '-' : ''
  const [mantissa, power] = shortest(Math.abs(value), bits).split('e') as [string, string]
  const digits = mantissa.replace('.', '')
  const exponent = Number(power)
  if (exponent < least || exponent > most) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return digits.length > exponent + 1 ? `${sign}${whole}.${digits.slice(exponent + 1)}` : sign + whole
}

function shortest(magnitude: number, bits: FloatBits): string {
  if (bits === 64) return magnitude.toExponential()
  for (let digits = 0; digits < 9; digits++) {
    const text = magnitude.toExponential(digits)
    if (Math.fround(Number(text)) === magnitude) return text
  }
  return magnitude.toExponential(9)
}

function rounded(value: number, bits: FloatBits): number {
  if (bits === 64 || !Number.isFinite(value)) return value
  const nearest = bits === 32 ? Math.fround(value) : numberOfHalf(halfOfNumber(value))
  if (!Number.isFinite(nearest)) throw invalid(`${value} is beyond what float${bits} holds`)
  return nearest
}
