import type { Data, DataType, Field, Vector } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { buildData } from './build.ts'
import { type DataParts, dataOf, type Offsets } from './data.ts'
import type { BatchParts, Node } from './ipc-buffers.ts'
import { checkBitmap, checkIndices, checkOffsets, checkTexts, checkViews } from './ipc-check.ts'
import type { IpcDictionaries } from './ipc-schema.ts'
import { type DictionaryShape, type Layout, type Shape, shapeOf } from './shape.ts'
import { validity } from './stored.ts'

/** What the columns of a batch are read with. */
export interface BatchContext {
  readonly parts: BatchParts
  readonly dictionaries: IpcDictionaries
  /** The dictionaries read so far, by id. */
  readonly vectors: ReadonlyMap<number, Vector>
  /** The bytes are of our own making: what is in the buffers isn't checked. */
  readonly isTrusted: boolean
}

interface ArrayOf<T> {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T
}

/** The next column of a batch. Throws `RangeError` where its buffers don't fit its type. */
export function readColumn(type: DataType, context: BatchContext): Data {
  const shape = shapeOf(type)
  const node = context.parts.node()
  const { length, nullCount } = node
  if (shape.kind === 'null') return dataOf({ type, length })
  const bitmap = context.parts.buffer()
  if (nullCount > 0 && !context.isTrusted) checkBitmap(bitmap, length, nullCount)
  const nullBitmap = nullCount > 0 ? bitmap : null
  const data = dataOf({ type, length, nullCount, nullBitmap, ...contents(type, shape, node, context) })
  if (!context.isTrusted) checkPlaces(data, shape)
  return data
}

/** Checks the values that say where others lie; those of null slots may say anything. */
function checkPlaces(data: Data, shape: Shape): void {
  if (shape.kind === 'dictionary') {
    checkIndices(data.values as ArrayLike<number>, validity(data), data.dictionary!.length)
  } else if ((shape.kind === 'utf8' || shape.kind === 'binary') && shape.layout === 'view') {
    checkViews(data.values as Uint8Array, data.variadicBuffers, validity(data), shape.kind === 'utf8')
  }
}

function contents(type: DataType, shape: Shape, node: Node, context: BatchContext): Partial<DataParts> {
  const { length } = node
  switch (shape.kind) {
    case 'utf8':
    case 'binary':
      return variable(shape.layout, shape.kind === 'utf8', length, context)
    case 'list':
      return list(shape.large, shape.child, length, context)
    case 'map':
      return list(false, shape.entries, length, context)
    case 'fixedList':
      return { children: [childOf(shape.child, length * shape.size, context)] }
    case 'struct':
      return { children: shape.fields.map((field) => childOf(field, length, context)) }
    case 'dictionary':
      return dictionary(type, shape, length, context)
    case 'bool':
      return { values: fixed(Uint8Array, Math.ceil(length / 8), context) }
    case 'fixedBinary':
      return { values: fixed(Uint8Array, length * shape.width, context) }
    case 'decimal':
      return { values: fixed(Uint32Array, (length * shape.bits) / 32, context) }
    case 'interval':
      return {
        values: fixed(Int32Array, length * { month: 1, 'day-time': 2, 'month-day-nano': 4 }[shape.unit], context),
      }
  }
  return { values: fixed(type.ArrayType as ArrayOf<ArrayBufferView>, length, context) }
}

/** The next buffer as so many elements; copied only where it lies on an odd address. */
function fixed<T extends ArrayBufferView>(array: ArrayOf<T>, length: number, { parts }: BatchContext): T {
  let bytes = parts.buffer()
  const size = length * array.BYTES_PER_ELEMENT
  if (bytes.length < size) throw new RangeError('a buffer that is too short')
  if (bytes.byteOffset % array.BYTES_PER_ELEMENT !== 0) bytes = bytes.slice(0, size)
  return new array(bytes.buffer, bytes.byteOffset, length)
}

function offsets(isLarge: boolean, length: number, context: BatchContext): Offsets {
  const { parts } = context
  // A column of no values may leave its one offset out.
  if (length === 0) {
    parts.buffer()
    return isLarge ? new BigInt64Array(1) : new Int32Array(1)
  }
  return isLarge ? fixed(BigInt64Array, length + 1, context) : fixed(Int32Array, length + 1, context)
}

function variable(layout: Layout, isText: boolean, length: number, context: BatchContext): Partial<DataParts> {
  const { parts, isTrusted } = context
  if (layout === 'view') {
    const values = fixed(Uint8Array, length * 16, context)
    const count = parts.viewBuffers()
    const variadicBuffers: Uint8Array[] = []
    for (let index = 0; index < count; index++) variadicBuffers.push(parts.buffer())
    return { values, variadicBuffers }
  }
  const valueOffsets = offsets(layout === 'large', length, context)
  const values = parts.buffer()
  if (!isTrusted) {
    checkOffsets(valueOffsets, values.length)
    if (isText) checkTexts(values, valueOffsets)
  }
  return { valueOffsets, values }
}

function list(isLarge: boolean, child: Field, length: number, context: BatchContext): Partial<DataParts> {
  const valueOffsets = offsets(isLarge, length, context)
  const items = readColumn(child.type, context)
  if (!context.isTrusted) checkOffsets(valueOffsets, items.length)
  return { valueOffsets, children: [items] }
}

function childOf(field: Field, length: number, context: BatchContext): Data {
  const child = readColumn(field.type, context)
  if (child.length < length) throw new RangeError('a child that is too short')
  return child
}

function dictionary(type: DataType, shape: DictionaryShape, length: number, context: BatchContext): Partial<DataParts> {
  const { id, isWide } = context.dictionaries.get(type)!
  const array = shape.indices.ArrayType as ArrayOf<Int32Array> & Pick<typeof Int32Array, 'from'>
  const values = isWide
    ? array.from(fixed(BigInt64Array, length, context) as Iterable<bigint>, Number)
    : fixed(array, length, context)
  // A dictionary that no value needs may be missing.
  const vector = context.vectors.get(id) ?? new (arrow().Vector)([buildData(shape.value, [])])
  return { values, dictionary: vector }
}
