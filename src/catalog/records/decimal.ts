import { invalid, shown } from './invalid.ts'

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** The type's parameters: its digits, and how many of them are after the point (negative: zeros before it). */
export interface DecimalType {
  readonly precision: number
  readonly scale: number
}

/** `10.50` of 1050 at scale 2: all of the scale's digits; with a negative scale the zeros it stands for. */
export function formatDecimal(unscaled: bigint, scale: number): string {
  if (scale <= 0) return unscaled === 0n ? '0' : `${unscaled}${'0'.repeat(-scale)}`
  const negative = unscaled < 0n
  const digits = String(negative ? -unscaled : unscaled).padStart(scale + 1, '0')
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The unscaled integer of a decimal's text. Throws `invalid-argument` for what the type can't hold exactly. */
export function parseDecimal(text: string, { precision, scale }: DecimalType): bigint {
  const match = DECIMAL.exec(text)
  const whole = match?.[2] ?? ''
  const fraction = match?.[3] ?? ''
  if (match === null || whole + fraction === '') throw invalid(`${shown(text)} is not a decimal number`)
  // The value is digits × 10^exponent; wanted is digits × 10^-scale.
  const shift = Number(match[4] ?? 0) - fraction.length + scale
  const significant = (whole + fraction).replace(/^0+/, '')
  if (significant === '') return 0n
  // The first digit is none of the zeros: too many digits are too large a value, and all of them dropped are some.
  const dropped = shift < 0 ? significant.slice(shift) : ''
  if (significant.length + shift > precision || /[1-9]/.test(dropped)) throw tooLong(text, precision, scale)
  const kept = shift < 0 ? significant.slice(0, shift) : significant + '0'.repeat(shift)
  return match[1] === '-' ? -BigInt(kept) : BigInt(kept)
}

function tooLong(text: string, precision: number, scale: number): Error {
  const digits = `${precision} digits, ${scale} of them after the point`
  return invalid(`${shown(text)} doesn't fit decimal(${precision},${scale}), which holds ${digits}`)
}
