import type { DataType, Field } from 'apache-arrow'
import { isPlainInParquet } from './parquet-types.ts'
import { schemaFromText, schemaToText } from './schema.ts'
import { type Shape, shapeOf } from './shape.ts'
import { schemaOf } from './table.ts'
import { typeOf } from './types.ts'

const KEY = 'ARROW:schema'
const TAIL = 8 // the footer's length, PAR1
const BINARY_FIELD = 0x18 // Thrift's compact protocol: the next field, of type binary

/**
 * A Parquet file whose Arrow schema has dictionaries that pyarrow reads as plain columns and parquet-wasm can't read,
 * rewritten to have those columns plain; `null` where the file has none, or no Arrow schema.
 */
export function withoutUnreadableDictionaries(file: Uint8Array): Uint8Array | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const length = bytes.length < TAIL ? 0 : bytes.readUInt32LE(bytes.length - TAIL)
  const start = bytes.length - TAIL - length
  const key = start < 4 ? -1 : bytes.indexOf(KEY, start)
  if (key < 0 || bytes[key + KEY.length] !== BINARY_FIELD) return null
  const size = readVarint(bytes, key + KEY.length + 1)
  const schema = schemaFromText(bytes.toString('latin1', size.end, size.end + size.value))
  const fields = schema?.fields.map(plainField)
  if (schema === null || fields!.every((field, index) => field === schema.fields[index])) return null
  const text = Buffer.from(schemaToText(schemaOf(fields!, schema.metadata)))
  const before = bytes.subarray(start, key + KEY.length + 1)
  const after = bytes.subarray(size.end + size.value, bytes.length - TAIL)
  const footer = Buffer.concat([before, varint(text.length), text, after])
  const tail = Buffer.from([0, 0, 0, 0, ...bytes.subarray(-4)])
  tail.writeUInt32LE(footer.length)
  return new Uint8Array(Buffer.concat([bytes.subarray(0, start), footer, tail]))
}

function plainField(field: Field): Field {
  const type = plainType(field.type)
  return type === field.type ? field : field.clone({ type })
}

function plainType(type: DataType): DataType {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'dictionary':
      return isPlainInParquet(shape) ? plainType(shape.value) : type
    case 'list':
    case 'fixedList': {
      const child = plainField(shape.child)
      return child === shape.child ? type : typeOf({ ...shape, child } as Shape)
    }
    case 'struct': {
      const fields = shape.fields.map(plainField)
      return fields.every((field, index) => field === shape.fields[index]) ? type : typeOf({ ...shape, fields })
    }
    case 'map': {
      const [key, value] = [plainField(shape.key), plainField(shape.value)]
      return key === shape.key && value === shape.value ? type : typeOf({ ...shape, key, value })
    }
  }
  return type
}

function readVarint(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0
  let end = start
  for (let scale = 1; end < start + 5; scale *= 128) {
    const byte = bytes[end++] ?? 0
    value += (byte & 127) * scale
    if (byte < 128) break
  }
  return { value, end }
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128)
  return Buffer.from([...bytes, rest])
}
