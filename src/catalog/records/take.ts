import type { Data } from 'apache-arrow'
import { type DataParts, dataOf, type Offsets } from './data.ts'
import { type Layout, type Shape, shapeOf } from './shape.ts'
import { validity } from './stored.ts'

const FEW_BYTES = 24

/** Some slots of a chunk, in any order and as often as wanted; -1 gives a null. Its buffers are copied once. */
export function take(data: Data, slots: Int32Array): Data {
  const shape = shapeOf(data.type)
  const { type } = data
  const length = slots.length
  if (shape.kind === 'null') return dataOf({ type, length })
  const isValid = validity(data)
  let nullCount = 0
  const nullBitmap = new Uint8Array((length + 7) >> 3)
  for (let index = 0; index < length; index++) {
    if (slots[index]! >= 0 && isValid(slots[index]!)) nullBitmap[index >> 3]! |= 1 << (index & 7)
    else nullCount++
  }
  return dataOf({
    type,
    length,
    nullCount,
    nullBitmap: nullCount > 0 ? nullBitmap : null,
    ...contents(data, shape, slots, isValid),
  })
}

function contents(
  data: Data,
  shape: Shape,
  slots: Int32Array,
  isValid: (index: number) => boolean,
): Partial<DataParts> {
  switch (shape.kind) {
    case 'bool':
      return { values: takeBits(data.values as Uint8Array, data.offset, slots) }
    case 'utf8':
    case 'binary':
      return takeVariable(data, shape.layout, slots, isValid)
    case 'list':
      return takeLists(data, shape.large, slots, isValid)
    case 'map':
      return takeLists(data, false, slots, isValid)
    case 'fixedList':
      return { children: [take(data.children[0]!, spread(slots, shape.size))] }
    case 'struct':
      return { children: data.children.map((child) => take(child, slots)) }
    case 'dictionary':
      return { values: takeElements(data.values as Elements, 1, slots), dictionary: data.dictionary! }
  }
  return { values: takeElements(data.values as Elements, data.stride, slots) }
}

/** Typed arrays, of which apache-arrow uses every kind; one kind stands for all. */
type Elements = Float64Array

function takeElements(values: Elements, stride: number, slots: Int32Array): Elements {
  const taken = new (values.constructor as typeof Float64Array)(slots.length * stride)
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index]!
    if (slot < 0) continue
    if (stride === 1) taken[index] = values[slot]!
    else for (let part = 0; part < stride; part++) taken[index * stride + part] = values[slot * stride + part]!
  }
  return taken
}

function takeBits(bits: Uint8Array, offset: number, slots: Int32Array): Uint8Array {
  const taken = new Uint8Array((slots.length + 7) >> 3)
  for (let index = 0; index < slots.length; index++) {
    const bit = offset + slots[index]!
    if (slots[index]! >= 0 && (bits[bit >> 3]! >> (bit & 7)) & 1) taken[index >> 3]! |= 1 << (index & 7)
  }
  return taken
}

function takeVariable(
  data: Data,
  layout: Layout,
  slots: Int32Array,
  isValid: (index: number) => boolean,
): Partial<DataParts> {
  if (layout === 'view') return takeViews(data, slots, isValid)
  const offsets = data.valueOffsets as ArrayLike<number | bigint>
  const valueOffsets = lengthsToOffsets(slots, layout === 'large', (slot) =>
    isValid(slot) ? Number(offsets[slot + 1]) - Number(offsets[slot]) : 0,
  )
  const bytes = new Uint8Array(Number(valueOffsets.at(-1)))
  copySlices(data.values as Uint8Array, offsets, slots, bytes, valueOffsets)
  return { valueOffsets, values: bytes }
}

/** Fills `to`, whose slices end where `ends` says, with those of `from` at the slots; a null's is empty. */
function copySlices(
  from: Uint8Array,
  starts: ArrayLike<number | bigint>,
  slots: Int32Array,
  to: Uint8Array,
  ends: ArrayLike<number | bigint>,
): void {
  let at = 0
  for (let index = 0; index < slots.length; index++) {
    const end = Number(ends[index + 1])
    if (at === end) continue
    let source = Number(starts[slots[index]!])
    // For a few bytes the call costs more than the copy.
    if (end - at > FEW_BYTES) to.set(from.subarray(source, source + end - at), at)
    else for (let byte = at; byte < end; byte++) to[byte] = from[source++]!
    at = end
  }
}

/** A null slot's view may say anything, so it isn't taken along. */
function takeViews(data: Data, slots: Int32Array, isValid: (index: number) => boolean): Partial<DataParts> {
  const views = data.values as Uint8Array
  const taken = new Uint8Array(slots.length * 16)
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index]!
    if (slot >= 0 && isValid(slot)) taken.set(views.subarray(slot * 16, slot * 16 + 16), index * 16)
  }
  return { values: taken, variadicBuffers: data.variadicBuffers }
}

function takeLists(
  data: Data,
  isLarge: boolean,
  slots: Int32Array,
  isValid: (index: number) => boolean,
): Partial<DataParts> {
  const offsets = data.valueOffsets as ArrayLike<number | bigint>
  const lengthOf = (slot: number) => (isValid(slot) ? Number(offsets[slot + 1]) - Number(offsets[slot]) : 0)
  const valueOffsets = lengthsToOffsets(slots, isLarge, lengthOf)
  const items = new Int32Array(Number(valueOffsets.at(-1)))
  let at = 0
  for (const slot of slots) {
    if (slot < 0) continue
    const end = at + lengthOf(slot)
    for (let item = Number(offsets[slot]); at < end; item++) items[at++] = item
  }
  return { valueOffsets, children: [take(data.children[0]!, items)] }
}

function lengthsToOffsets(slots: Int32Array, isLarge: boolean, lengthOf: (slot: number) => number): Offsets {
  const offsets = isLarge ? new BigInt64Array(slots.length + 1) : new Int32Array(slots.length + 1)
  let end = 0
  for (let index = 0; index < slots.length; index++) {
    if (slots[index]! >= 0) end += lengthOf(slots[index]!)
    offsets[index + 1] = isLarge ? BigInt(end) : end
  }
  return offsets
}

/** The items of fixed-size lists; those of a null one are nulls. */
function spread(slots: Int32Array, size: number): Int32Array {
  const items = new Int32Array(slots.length * size)
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index]!
    for (let item = 0; item < size; item++) items[index * size + item] = slot < 0 ? -1 : slot * size + item
  }
  return items
}
