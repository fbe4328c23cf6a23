import type { DataType } from 'apache-arrow'
import { invalid } from './arguments.ts'
import type { Cell } from './records/cells.ts'
import { floatText, formatType, shapeOf } from './records/late.ts'
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
      return shape.bits === 16 ? null : (cell) => floatText(cell as number, shape.bits, -6, 9)
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
