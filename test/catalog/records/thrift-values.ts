/** A struct's values by the numbers of their fields: what a Parquet footer says, read apart from our own code. */
export function structOf(bytes: Uint8Array): unknown {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const integer = (): number => {
    const zigzag = varint()
    return Number((zigzag >> 1n) ^ -(zigzag & 1n))
  }
  const struct = (): unknown => {
    const fields: Record<number, unknown> = {}
    for (let field = 0; ; ) {
      const header = bytes[at++]!
      if (header === 0) return fields
      field += header >> 4
      fields[field] = value(header & 15)
    }
  }
  const value = (type: number): unknown => {
    if (type === 1 || type === 2) return type === 1
    if (type === 3) return bytes[at++]!
    if (type === 5 || type === 6) return integer()
    if (type === 12) return struct()
    if (type === 8) {
      const length = Number(varint())
      at += length
      return new TextDecoder().decode(bytes.subarray(at - length, at))
    }
    if (type !== 9) throw new TypeError(`type ${type}`)
    const header = bytes[at++]!
    const length = header >> 4 === 15 ? Number(varint()) : header >> 4
    return Array.from({ length }, () => value(header & 15))
  }
  const result = struct()
  if (at !== bytes.length) throw new RangeError(`${bytes.length - at} bytes are left`)
  return result
}
