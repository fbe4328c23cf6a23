import { invalid, shown } from './invalid.ts'
import type { IntBits } from './shape.ts'

const INTEGER = /^[+-]?\d{1,400}$/

/** The least and the greatest value of an integer type. */
export function integerRange(bits: IntBits, signed: boolean): readonly [bigint, bigint] {
  const width = BigInt(bits)
  return signed ? [-(2n ** (width - 1n)), 2n ** (width - 1n) - 1n] : [0n, 2n ** width - 1n]
}

/** A JavaScript value as an integer that the type holds: bigint for 64 bits, else number. Throws `invalid-argument`. */
export function integerOf(value: unknown, bits: IntBits, signed: boolean): number | bigint {
  if (typeof value === 'number') {
    if (bits !== 64) {
      const [least, greatest] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1]
      // Adding 0 turns -0 into 0.
      if (Number.isInteger(value) && value >= least && value <= greatest) return value + 0
    }
    if (!Number.isInteger(value)) throw invalid(`${shown(value)} is not a whole number`)
    if (!Number.isSafeInteger(value)) {
      throw invalid(
        `${value} is beyond the integers that a number counts exactly; write a bigint, its digits with an n`,
      )
    }
    return inRange(BigInt(value), bits, signed)
  }
  if (typeof value === 'bigint') return inRange(value, bits, signed)
  // JSON has no exact 64-bit integers, so their text is taken; a text in a smaller column is a mistake.
  if (bits === 64 && typeof value === 'string') return integerOfText(value, bits, signed)
  throw invalid(`${shown(value)} is not a whole number`)
}

/** The integer that a text writes in decimal digits. Throws `invalid-argument`. */
export function integerOfText(text: string, bits: IntBits, signed: boolean): number | bigint {
  const trimmed = text.trim()
  if (!INTEGER.test(trimmed)) throw invalid(`${shown(text)} is not a whole number`)
  return inRange(BigInt(trimmed.replace('+', '')), bits, signed)
}

function inRange(value: bigint, bits: IntBits, signed: boolean): number | bigint {
  const [least, greatest] = integerRange(bits, signed)
  if (value < least || value > greatest) {
    throw invalid(`${value} is beyond what ${signed ? 'int' : 'uint'}${bits} holds, ${least} to ${greatest}`)
  }
  return bits === 64 ? value : Number(value)
}
