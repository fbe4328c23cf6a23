import type { DataType, Field, Schema } from 'apache-arrow'
import type { FlatTable } from './flatbuffer.ts'
import { unsupported } from './invalid.ts'
import { DECIMAL_DIGITS, FLOAT_BITS, INTERVALS, type IntBits, type Shape, UNITS } from './shape.ts'
import { schemaOf } from './table.ts'
import { field, mapType, typeOf } from './types.ts'

const MAX_DEPTH = 64
const INT_BITS: readonly IntBits[] = [8, 16, 32, 64]
const UNREADABLE: Readonly<Record<number, string>> = {
  14: 'a union',
  22: 'run-end encoded',
  25: 'a list_view',
  26: 'a large_list_view',
}

/** How the batches of a file hold a dictionary type. */
export interface IpcDictionary {
  /** The id under which they name its dictionary. */
  readonly id: number
  /** Its indices are 64 bits wide, which apache-arrow can't have: they are read as 32. */
  readonly isWide: boolean
}
export type IpcDictionaries = ReadonlyMap<DataType, IpcDictionary>

/** A schema, and how its dictionary types are held. */
export interface IpcSchema {
  readonly schema: Schema
  readonly dictionaries: IpcDictionaries
}

/**
 * Decodes a Schema table of Arrow's IPC format. Throws `unsupported` for a type that this catalog can't hold, and
 * `RangeError` for a damaged one.
 */
export function readIpcSchema(table: FlatTable): IpcSchema {
  if (table.int16(0, 0) !== 0) throw unsupported('The records are big-endian; write them on a little-endian machine.')
  const dictionaries = new Map<DataType, IpcDictionary>()
  const fields = table.tables(1).map((child) => readField(child, dictionaries, 0))
  return { schema: schemaOf(fields, readMetadata(table, 2)), dictionaries }
}

function readField(table: FlatTable, known: Map<DataType, IpcDictionary>, depth: number): Field {
  if (depth > MAX_DEPTH) throw new RangeError('types nested too deeply')
  const name = table.text(0) ?? ''
  const children = table.tables(5).map((child) => readField(child, known, depth + 1))
  const value = readType(table.uint8(2, 0), table.table(3), children, name)
  const dictionary = table.table(4)
  const type = dictionary === null ? value : dictionaryType(dictionary, value, known)
  return field(name, type, table.bool(1), readMetadata(table, 6))
}

function dictionaryType(encoding: FlatTable, value: DataType, known: Map<DataType, IpcDictionary>): DataType {
  const indexType = encoding.table(1)
  const { bits, signed } = indexType === null ? { bits: 32 as const, signed: true } : readInt(indexType)
  const indices = typeOf({ kind: 'int', bits: bits === 64 ? 32 : bits, signed })
  const type = typeOf({ kind: 'dictionary', indices, value, ordered: encoding.bool(2) })
  known.set(type, { id: encoding.int64(0), isWide: bits === 64 })
  return type
}

function readType(id: number, table: FlatTable | null, children: readonly Field[], name: string): DataType {
  if (table === null) throw new RangeError('a field without a type')
  if (id === 17) return readMap(table, children)
  const shape = readShape(id, table, children)
  if (shape !== null) return typeOf(shape)
  const what = UNREADABLE[id]
  if (what === undefined) throw new RangeError(`an unknown type ${id}`)
  throw unsupported(`The column or field "${name}" is ${what}, which a catalog can't hold; cast it to another type.`)
}

function readShape(id: number, table: FlatTable, children: readonly Field[]): Shape | null {
  switch (id) {
    case 1:
      return { kind: 'null' }
    case 2:
      return readInt(table)
    case 3:
      return { kind: 'float', bits: oneOf(FLOAT_BITS, table.int16(0, 0)) }
    case 4:
      return { kind: 'binary', layout: 'small' }
    case 5:
      return { kind: 'utf8', layout: 'small' }
    case 6:
      return { kind: 'bool' }
    case 7:
      return readDecimal(table)
    case 8:
      return { kind: 'date', unit: table.int16(0, 1) === 0 ? 'day' : 'ms' }
    case 9:
      return { kind: 'time', unit: oneOf(UNITS, table.int16(0, 1)) }
    case 10:
      return { kind: 'timestamp', unit: oneOf(UNITS, table.int16(0, 0)), timezone: table.text(1) || null }
    case 11:
      return { kind: 'interval', unit: oneOf(INTERVALS, table.int16(0, 0)) }
    case 12:
      return { kind: 'list', large: false, child: only(children) }
    case 13:
      return { kind: 'struct', fields: children }
    case 15:
      return { kind: 'fixedBinary', width: size(table.int32(0, 0)) }
    case 16:
      return { kind: 'fixedList', size: size(table.int32(0, 0)), child: only(children) }
    case 18:
      return { kind: 'duration', unit: oneOf(UNITS, table.int16(0, 1)) }
    case 19:
      return { kind: 'binary', layout: 'large' }
    case 20:
      return { kind: 'utf8', layout: 'large' }
    case 21:
      return { kind: 'list', large: true, child: only(children) }
    case 23:
      return { kind: 'binary', layout: 'view' }
    case 24:
      return { kind: 'utf8', layout: 'view' }
    default:
      return null
  }
}

function readInt(table: FlatTable): { kind: 'int'; bits: IntBits; signed: boolean } {
  const bits = INT_BITS.find((width) => width === table.int32(0, 0))
  if (bits === undefined) throw new RangeError('an integer of unknown width')
  return { kind: 'int', bits, signed: table.bool(1) }
}

function readDecimal(table: FlatTable): Shape {
  const [precision, scale, bits] = [table.int32(0, 0), table.int32(1, 0), table.int32(2, 128)]
  const most = DECIMAL_DIGITS[bits]
  if (most === undefined || precision < 1 || precision > most || Math.abs(scale) > most) {
    throw new RangeError("a decimal that can't be")
  }
  return { kind: 'decimal', precision, scale, bits }
}

function readMap(table: FlatTable, children: readonly Field[]): DataType {
  const pair = only(children).type.children as readonly Field[] | null
  if (pair?.length !== 2) throw new RangeError("a map's entries are not pairs")
  return mapType(pair[0]!, pair[1]!, table.bool(0))
}

function readMetadata(table: FlatTable, slot: number): Map<string, string> {
  return new Map(table.tables(slot).map((pair) => [pair.text(0) ?? '', pair.text(1) ?? '']))
}

function only(children: readonly Field[]): Field {
  if (children.length !== 1) throw new RangeError(`${children.length} children where one belongs`)
  return children[0]!
}

function oneOf<T>(values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new RangeError('an unknown unit or width')
  return value
}

function size(value: number): number {
  if (value < 0) throw new RangeError('a negative width')
  return value
}
