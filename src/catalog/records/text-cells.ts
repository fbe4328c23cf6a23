import { isUtf8 } from 'node:buffer'
import type { Data, Field } from 'apache-arrow'
import { formatDecimal } from './decimal.ts'
import { plainOf } from './dictionary.ts'
import { floatText } from './floats.ts'
import { invalid, shown, unsupported } from './invalid.ts'
import { leafOf, type Stored } from './leaf.ts'
import { type Shape, shapeOf } from './shape.ts'
import { storedReader, validity } from './stored.ts'
import { formatType } from './type-format.ts'

/** Whether a column's texts are quoted: those that may hold anything, as pyarrow quotes them. */
export function isQuoted(field: Field): boolean {
  const { kind } = plainShape(shapeOf(field.type))
  return kind === 'utf8' || kind === 'binary' || kind === 'fixedBinary'
}

/**
 * Reads a chunk's values as the texts that pyarrow writes into CSV; null where they are. Throws `unsupported` for a
 * type with children, `invalid-argument` for bytes that are no text.
 */
export function textReader(field: Field, data: Data, format: string): (row: number) => string | null {
  const shape = shapeOf(field.type)
  if (shape.kind === 'null') return () => null
  if (shape.kind === 'dictionary') return textReader(field.clone({ type: shape.value }), plainOf(data), format)
  if (leafOf(shape) === null) {
    const column = `column ${shown(field.name)} of type ${formatType(field.type)}`
    const others = shape.kind === 'interval' ? 'Parquet or Feather' : 'Parquet, Feather or JSON'
    throw unsupported(`${format} can't hold ${column}; store it as ${others}.`)
  }
  const isValid = validity(data)
  const read = storedReader(data, shape)
  const write = writer(shape, field.name, format)
  return (row) => (isValid(row) ? write(read(row)) : null)
}

function plainShape(shape: Shape): Shape {
  return shape.kind === 'dictionary' ? shapeOf(shape.value) : shape
}

function writer(shape: Shape, name: string, format: string): (stored: Stored) => string {
  switch (shape.kind) {
    case 'float':
      return (value) => floatText(value as number, shape.bits, -5, 14)
    case 'decimal':
      return (value) => scientific(value as bigint, shape.scale)
    case 'timestamp': {
      const { toCell } = leafOf(shape)!
      return (value) => (toCell(value) as string).replace('T', ' ')
    }
    case 'binary':
    case 'fixedBinary':
      return (value) => textOfBytes(value as Uint8Array, name, format)
  }
  const { toCell } = leafOf(shape)!
  return (value) => String(toCell(value))
}

function textOfBytes(bytes: Uint8Array, name: string, format: string): string {
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  throw invalid(
    `${format} can't hold the bytes of column ${shown(name)}, which are no UTF-8; store it as Parquet or Feather.`,
  )
}

/** A decimal as Arrow writes it: in digits, but for one that begins with more than six zeros or ends with any. */
function scientific(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled)
  const exponent = digits.length - 1 - scale
  if (scale >= 0 && exponent >= -6) return formatDecimal(unscaled, scale)
  const sign = unscaled < 0n ? '-' : ''
  return `${sign}${digits[0]}.${digits.slice(1)}E${exponent >= 0 ? '+' : ''}${exponent}`
}
