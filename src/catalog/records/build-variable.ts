import type { Data, DataType } from 'apache-arrow'
import { dataOf, type Validity } from './data.ts'
import { unsupported } from './invalid.ts'
import type { Layout } from './shape.ts'

/** A chunk of texts or binaries, in one of Arrow's three layouts. */
export function variableData(
  type: DataType,
  layout: Layout,
  values: readonly (string | Uint8Array | null)[],
  validity: Validity,
): Data {
  const { bytes, starts } = packed(values)
  const length = values.length
  if (layout === 'view') return viewData(type, bytes, starts, validity)
  if (layout === 'small' && bytes.length > 0x7fff_ffff) {
    throw unsupported('More than 2 GiB of text or binary in one column need a large_string or large_binary column.')
  }
  const valueOffsets = layout === 'large' ? BigInt64Array.from(starts, BigInt) : Int32Array.from(starts)
  return dataOf({ type, length, ...validity, valueOffsets, values: bytes })
}

/** A view column over bytes that lie one after the other. */
function viewData(type: DataType, bytes: Uint8Array, starts: ArrayLike<number>, validity: Validity): Data {
  const length = starts.length - 1
  const views = new Uint8Array(length * 16)
  const words = new DataView(views.buffer)
  for (let index = 0; index < length; index++) {
    const [start, end] = [starts[index]!, starts[index + 1]!]
    words.setInt32(index * 16, end - start, true)
    views.set(bytes.subarray(start, end - start > 12 ? start + 4 : end), index * 16 + 4)
    if (end - start > 12) words.setInt32(index * 16 + 12, start, true)
  }
  return dataOf({ type, length, ...validity, values: views, variadicBuffers: [bytes] })
}

/** Values one after the other, and where each starts. */
export function packed(values: readonly (string | Uint8Array | null)[]): { bytes: Uint8Array; starts: Float64Array } {
  const starts = new Float64Array(values.length + 1)
  let total = 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (value !== null) total += typeof value === 'string' ? Buffer.byteLength(value) : value.length
    starts[index + 1] = total
  }
  const bytes = new Uint8Array(total)
  const buffer = Buffer.from(bytes.buffer)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (typeof value === 'string') buffer.write(value, starts[index]!)
    else if (value !== null) bytes.set(value, starts[index])
  }
  return { bytes, starts }
}
