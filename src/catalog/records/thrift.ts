/** Thrift's compact protocol, as Parquet's metadata uses it. */
const TYPES = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
  uuid: 13,
}
const MAX_DEPTH = 32

/**
 * Walks over a struct of unknown origin and returns where it ends. `RangeError` where it leaves its bytes, or has a
 * list with more elements than bytes are left: readers loop over those, or allocate them, before they notice.
 */
export function endOfStruct(bytes: Uint8Array, start: number, end: number): number {
  let at = start

  const take = (count: number): number => {
    if (count > end - at) throw new RangeError('metadata that ends too early')
    at += count
    return at - count
  }
  const byte = (): number => bytes[take(1)]!
  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const part = byte()
      value += (part & 127) * scale
      if (part < 128) return value
    }
  }
  const elements = (type: number, count: number, depth: number): void => {
    if (count > end - at) throw new RangeError('metadata with an endless list')
    for (let index = 0; index < count; index++) value(type === TYPES.false ? TYPES.byte : type, depth)
  }
  const list = (depth: number): void => {
    const header = byte()
    const count = header >> 4
    elements(header & 15, count === 15 ? varint() : count, depth)
  }
  const map = (depth: number): void => {
    const count = varint()
    if (count === 0) return
    const types = byte()
    if (count > end - at) throw new RangeError('metadata with an endless map')
    for (let index = 0; index < count; index++) {
      value(types >> 4, depth)
      value(types & 15, depth)
    }
  }
  const value = (type: number, depth: number): void => {
    switch (type) {
      case TYPES.true:
      case TYPES.false:
        return
      case TYPES.byte:
        take(1)
        return
      case TYPES.i16:
      case TYPES.i32:
      case TYPES.i64:
        varint()
        return
      case TYPES.double:
        take(8)
        return
      case TYPES.binary:
        take(varint())
        return
      case TYPES.list:
      case TYPES.set:
        list(depth + 1)
        return
      case TYPES.map:
        map(depth + 1)
        return
      case TYPES.struct:
        struct(depth + 1)
        return
      case TYPES.uuid:
        take(16)
        return
    }
    throw new RangeError('metadata of an unknown type')
  }
  const struct = (depth: number): void => {
    if (depth > MAX_DEPTH) throw new RangeError('metadata nested too deeply')
    for (;;) {
      const header = byte()
      if (header === 0) return
      if (header >> 4 === 0) varint()
      value(header & 15, depth)
    }
  }

  struct(0)
  return at
}
