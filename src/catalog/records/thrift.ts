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
/** 64 bits, seven in each. */
const MOST_BYTES = 10
/** More than any struct of Parquet's has. */
const MOST_FIELDS = 31

/** A value: an integer, a list or set, a struct by the ids of its fields, and `null` for what nobody here asks for. */
export type ThriftValue = number | readonly ThriftValue[] | null

/**
 * Reads a struct of unknown origin, and where it ends. `RangeError` where it leaves its bytes, or has a list with more
 * elements than bytes are left: readers loop over those, or allocate them, before they notice.
 */
export function readStruct(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly fields: readonly ThriftValue[]; readonly end: number } {
  let at = start

  const take = (count: number): number => {
    if (count > end - at) throw new RangeError('metadata that ends too early')
    at += count
    return at - count
  }
  const byte = (): number => bytes[take(1)]!
  const varint = (): number => {
    let value = 0
    for (let place = 0; place < MOST_BYTES; place++) {
      const part = byte()
      value += (part & 127) * 128 ** place
      if (part < 128) return value
    }
    throw new RangeError('metadata with an endless number')
  }
  // Signs are folded into the lowest bit.
  const integer = (): number => {
    const folded = varint()
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
  }
  const elements = (type: number, count: number, depth: number): readonly ThriftValue[] => {
    if (count > end - at) throw new RangeError('metadata with an endless list')
    const values: ThriftValue[] = []
    for (let index = 0; index < count; index++) values.push(element(type, depth))
    return values
  }
  const list = (depth: number): readonly ThriftValue[] => {
    const header = byte()
    const count = header >> 4
    return elements(header & 15, count === 15 ? varint() : count, depth)
  }
  const map = (depth: number): void => {
    const count = varint()
    if (count === 0) return
    const types = byte()
    if (count > end - at) throw new RangeError('metadata with an endless map')
    for (let index = 0; index < count; index++) {
      element(types >> 4, depth)
      element(types & 15, depth)
    }
  }
  // A field's truth is its type; one in a list takes a byte.
  const element = (type: number, depth: number): ThriftValue =>
    value(type === TYPES.true || type === TYPES.false ? TYPES.byte : type, depth)
  const value = (type: number, depth: number): ThriftValue => {
    switch (type) {
      case TYPES.true:
      case TYPES.false:
        return null
      case TYPES.byte:
        take(1)
        return null
      case TYPES.i16:
      case TYPES.i32:
      case TYPES.i64:
        return integer()
      case TYPES.double:
        take(8)
        return null
      case TYPES.binary:
        take(varint())
        return null
      case TYPES.list:
      case TYPES.set:
        return list(depth + 1)
      case TYPES.map:
        map(depth + 1)
        return null
      case TYPES.struct:
        return struct(depth + 1)
      case TYPES.uuid:
        take(16)
        return null
    }
    throw new RangeError('metadata of an unknown type')
  }
  const struct = (depth: number): readonly ThriftValue[] => {
    if (depth > MAX_DEPTH) throw new RangeError('metadata nested too deeply')
    const fields: ThriftValue[] = []
    for (let id = 0; ; ) {
      const header = byte()
      if (header === 0) return fields
      // The distance from the field before, or an id of its own.
      id = header >> 4 === 0 ? integer() : id + (header >> 4)
      const read = value(header & 15, depth)
      // An array stays one while its indices are small.
      if (id >= 0 && id <= MOST_FIELDS) fields[id] = read
    }
  }

  const fields = struct(0)
  return { fields, end: at }
}
