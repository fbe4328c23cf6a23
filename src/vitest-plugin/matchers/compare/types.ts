import type { DataType, Field } from 'apache-arrow'
import { TypeId } from './type-ids.ts'

/** What of Arrow's types the comparison looks at; which keys are there depends on `typeId`. */
interface TypeKeys {
  readonly typeId: number
  readonly children?: readonly Field[] | null
  readonly dictionary?: DataType
  readonly isSigned?: boolean
  readonly bitWidth?: number
  readonly precision?: number
  readonly scale?: number
  readonly unit?: number
  readonly timezone?: string | null
  readonly byteWidth?: number
  readonly listSize?: number
}

/** The type of a column's values: a dictionary's own type is how it stores them. */
export function valueType(type: DataType): DataType {
  return type.typeId === TypeId.Dictionary ? valueType((type as DataType & { dictionary: DataType }).dictionary) : type
}

/** The types of a nested type's parts, in order. */
export function childTypes(type: DataType): readonly DataType[] {
  return ((type as TypeKeys).children ?? []).map((field) => field.type)
}

/**
 * Whether two columns hold the same kind of values, so that their cells can be equal. How they are stored doesn't
 * matter: a dictionary of strings, a string, a large string and a string view are one kind; so the tables that
 * `tableFromArrays` makes can be compared with what a catalog returns.
 */
export function sameValues(a: DataType, b: DataType): boolean {
  const x = valueType(a) as TypeKeys
  const y = valueType(b) as TypeKeys
  if (small(x.typeId) !== small(y.typeId)) return false
  if (x.isSigned !== y.isSigned || x.bitWidth !== y.bitWidth) return false
  if (x.precision !== y.precision || x.scale !== y.scale || x.unit !== y.unit) return false
  if ((x.timezone ?? null) !== (y.timezone ?? null)) return false
  if (x.byteWidth !== y.byteWidth || x.listSize !== y.listSize) return false
  const [p, q] = [x.children ?? [], y.children ?? []]
  const named = x.typeId === TypeId.Struct && y.typeId === TypeId.Struct
  return (
    p.length === q.length &&
    p.every((field, i) => sameValues(field.type, q[i]!.type) && (!named || field.name === q[i]!.name))
  )
}

/** Whether any part of a column of this type is a float, for which a tolerance means something. */
export function hasFloat(type: DataType): boolean {
  const values = valueType(type)
  return values.typeId === TypeId.Float || childTypes(values).some(hasFloat)
}

function small(typeId: number): number {
  if (typeId === TypeId.LargeUtf8 || typeId === TypeId.Utf8View) return TypeId.Utf8
  if (typeId === TypeId.LargeBinary || typeId === TypeId.BinaryView) return TypeId.Binary
  return typeId === TypeId.LargeList ? TypeId.List : typeId
}
