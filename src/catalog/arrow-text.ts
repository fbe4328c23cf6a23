import type { DataType } from 'apache-arrow'
import { invalid } from './arguments.ts'
import type { Cell } from './records/cells.ts'
import { formatType, shapeOf } from './records/late.ts'
import type { Shape } from './records/shape.ts'

/**
 * How Arrow casts a type's cells to text: DeltaCAT hashes that text. Throws `invalid-argument` for a type that Arrow
 * has no such cast for, or whose cast depends on time zone rules.
 */
export function arrowText(type: DataType): (cell: Exclude<Cell, null>) => string {
  const shape = shapeOf(type)
  if (shape.kind === 'dictionary') return arrowText(shape.value)
  const text = textOf(shape)
  if (text !== null) return text
  throw invalid(`A column of ${formatType(type)} has no text to hash; bucket by another column.`)
}

function textOf(shape: Shape): ((cell: Exclude<Cell, null>) => string) | null {
  switch (shape.kind) {
    case 'int':
    case 'bool':
    case 'utf8':
    case 'date':
    case 'time':
    case 'duration':
      return String
    case 'float':
      return shape.bits === 16 ? null : (cell) => floatText(cell as number, shape.bits)
    case 'decimal':
      return (cell) => decimalText(cell as string)
    case 'timestamp':
      return shape.timezone === null || shape.timezone === 'UTC' ? (cell) => (cell as string).replace('T', ' ') : null
    case 'binary':
    case 'fixedBinary':
      return bytesText
    default:
      return null
  }
}

/** The shortest digits that read back, with an exponent below 1e-6 and from 1e10 on. */
function floatText(value: number, bits: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const sign = value < 0 ? '-' : ''
  const [mantissa = '', power = ''] = shortest(Math.abs(value), bits).split('e')
  const digits = mantissa.replace('.', '')
  const exponent = Number(power)
  if (exponent < -6 || exponent >= 10) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = digits.slice(exponent + 1)
  return sign + whole + (fraction === '' ? '' : `.${fraction}`)
}

function shortest(value: number, bits: number): string {
  if (bits === 64) return value.toExponential()
  for (let digits = 0; digits < 9; digits += 1) {
    const text = value.toExponential(digits)
    if (Math.fround(Number(text)) === value) return text
  }
  return value.toExponential(9)
}

/** Plain digits, but with an exponent where the first digit stands below the sixth place after the point. */
function decimalText(cell: string): string {
  const sign = cell.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = cell.slice(sign.length).split('.')
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  const exponent = digits.length - 1 - fraction.length
  if (exponent >= -6) return cell
  return `${sign}${digits[0]}.${digits.slice(1)}E-${-exponent}`
}

function bytesText(cell: Exclude<Cell, null>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(cell as Uint8Array)
  } catch (cause) {
    throw invalid('A binary value that is not UTF-8 has no text to hash; bucket by another column.', cause)
  }
}
