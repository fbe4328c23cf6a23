import { describe, expect, it } from 'vitest'
import { CatalogError } from '../../../src/catalog/errors.ts'
import { formatDecimal, parseDecimal } from '../../../src/catalog/records/decimal.ts'
import { fc } from '../../chance.ts'

/** What a decimal type holds of digits × 10^exponent: an integer at its scale, of its precision; `null` for neither. */
function held(digits: bigint, exponent: number, precision: number, scale: number): bigint | null {
  const shift = exponent + scale
  const divisor = shift < 0 ? 10n ** BigInt(-shift) : 1n
  if (digits % divisor !== 0n) return null
  const unscaled = shift < 0 ? digits / divisor : digits * 10n ** BigInt(shift)
  const size = unscaled < 0n ? -unscaled : unscaled
  return size < 10n ** BigInt(precision) ? unscaled : null
}

function parsed(text: string, precision: number, scale: number): bigint | null {
  try {
    return parseDecimal(text, { precision, scale })
  } catch (error) {
    if (error instanceof CatalogError && error.code === 'invalid-argument') return null
    throw error
  }
}

// Few digits, most of them zeros: what fits by a hair is as likely as what doesn't.
const digits = (maxLength: number) =>
  fc.array(fc.constantFrom('0', '0', '0', '1', '9'), { maxLength }).map((all) => all.join(''))
const type = fc
  .integer({ min: 1, max: 8 })
  .chain((precision) =>
    fc.record({ precision: fc.constant(precision), scale: fc.integer({ min: -4, max: precision }) }),
  )

describe('a decimal', () => {
  it('is read exactly, or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '-', '+'),
        digits(8),
        fc.option(digits(6)),
        fc.option(fc.integer({ min: -12, max: 12 })),
        type,
        (sign, whole, fraction, exponent, { precision, scale }) => {
          fc.pre(whole + (fraction ?? '') !== '')
          const text = `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`
          const size = BigInt(whole + (fraction ?? ''))
          const wanted = held(sign === '-' ? -size : size, (exponent ?? 0) - (fraction ?? '').length, precision, scale)
          expect(parsed(text, precision, scale)).toBe(wanted)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('is written so that it is read as the same', () => {
    fc.assert(
      fc.property(type, fc.bigInt({ min: -(10n ** 8n) + 1n, max: 10n ** 8n - 1n }), ({ precision, scale }, any) => {
        const unscaled = any % 10n ** BigInt(precision)
        expect(parseDecimal(formatDecimal(unscaled, scale), { precision, scale })).toBe(unscaled)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['0.0000', 2, 1, 0n],
    ['00120', 3, 0, 120n],
    ['1e9999', 76, 0, null],
    ['1e-9999', 76, 76, null],
    ['0e9999', 1, 0, 0n],
    ['1200', 2, -2, 12n],
    ['1250', 2, -2, null],
    ['0.5', 2, 0, null],
    ['', 2, 0, null],
    ['.', 2, 0, null],
    ['1e', 2, 0, null],
    [' 1', 2, 0, null],
  ])('%j in decimal(%i,%i) is %s', (text, precision, scale, unscaled) => {
    expect(parsed(text, precision, scale)).toBe(unscaled)
  })
})
