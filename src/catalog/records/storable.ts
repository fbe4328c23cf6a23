import type { Data, DataType, Field, Table, Vector } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { bitmapOf } from './bitmap.ts'
import { dataOf } from './data.ts'
import { unifyDictionaries } from './dictionary.ts'
import { invalid, shown, unsupported } from './invalid.ts'
import { type DictionaryShape, type Shape, shapeOf } from './shape.ts'
import { batchOf, schemaOf, tableOf } from './table.ts'
import { formatType } from './type-format.ts'
import { field as fieldOf, typeOf } from './types.ts'

/** How a format stores tables. */
export interface Format {
  /** What stands for a type that the format can't hold; `null`: it can. `path` is the column's, for a refusal. */
  readonly coerce: (shape: Shape, path: string) => Coercion | null
  /** Every dictionary column has one dictionary. */
  readonly unifies: boolean
}
export interface Coercion {
  readonly to: DataType
  readonly convert: (data: Data) => Data
}

/** A column or child with its chunks, one for each batch. */
interface Column {
  readonly field: Field
  readonly chunks: readonly Data[]
}

/**
 * A table as a format can store it: types that it lacks coerced, at any depth, dictionaries unified, and what
 * apache-arrow's writer gets wrong put right. Columns that need none of it keep their buffers. Throws `unsupported`
 * for unions and month-day-nano intervals, `invalid-argument` for nulls in a column that may have none.
 */
export function storable(table: Table, format: Format): Table {
  const columns = table.schema.fields.map((field, index) => {
    const chunks = table.batches.map((batch) => batch.data.children[index]!)
    const nulls = field.nullable ? 0 : chunks.reduce((total, chunk) => total + chunk.nullCount, 0)
    if (nulls > 0)
      throw invalid(`Column ${shown(field.name)} is declared not null, but ${nulls} of its values are null.`)
    return storableColumn({ field, chunks }, format, field.name)
  })
  if (isAsItWas(table, columns)) return table
  const schema = schemaOf(
    columns.map(({ field }) => field),
    new Map(table.schema.metadata),
  )
  const batches = table.batches.map((batch, index) =>
    batchOf(
      schema,
      columns.map(({ chunks }) => chunks[index]!),
      batch.numRows,
    ),
  )
  return tableOf(schema, batches)
}

function isAsItWas({ schema, batches }: Table, columns: readonly Column[]): boolean {
  return columns.every(
    ({ field, chunks }, index) =>
      field === schema.fields[index] && chunks.every((chunk, at) => chunk === batches[at]!.data.children[index]),
  )
}

function storableColumn({ field, chunks }: Column, format: Format, path: string): Column {
  const shape = shapeOf(field.type)
  const coercion = format.coerce(shape, path)
  if (coercion !== null) {
    const coerced = { field: field.clone({ type: coercion.to }), chunks: chunks.map(coercion.convert) }
    return storableColumn(coerced, format, path)
  }
  switch (shape.kind) {
    case 'union':
      throw refused(path, field.type)
    case 'interval':
      if (shape.unit === 'month-day-nano') throw refused(path, field.type)
      break
    case 'null':
      return { field, chunks: chunks.map(({ type, length }) => nullsOf(type, length)) }
    case 'utf8':
    case 'binary':
      if (shape.layout === 'view') return { field, chunks: chunks.map(wholeView) }
      break
    case 'dictionary':
      return storableDictionary({ field, chunks }, shape, format, path)
    case 'list':
    case 'fixedList':
      return storableParent({ field, chunks }, [shape.child], format, path)
    case 'map':
      return storableParent({ field, chunks }, [shape.entries], format, path)
    case 'struct':
      return storableParent({ field, chunks }, shape.fields, format, path)
  }
  return { field, chunks }
}

function storableParent({ field, chunks }: Column, fields: readonly Field[], format: Format, path: string): Column {
  const children = fields.map((child, index) => {
    const column = { field: child, chunks: chunks.map((chunk) => chunk.children[index]!) }
    return storableColumn(column, format, `${path}.${child.name}`)
  })
  const areSame = children.every(
    (child, index) =>
      child.field === fields[index] && child.chunks.every((chunk, at) => chunk === chunks[at]!.children[index]),
  )
  if (areSame) return { field, chunks }
  const type = withChildren(
    shapeOf(field.type),
    children.map((child) => child.field),
  )
  const rebuilt = chunks.map((chunk, at) => {
    const { offset, length, nullCount } = chunk
    const parts = children.map((child) => child.chunks[at]!)
    return chunk.clone(type, offset, length, nullCount, undefined, parts)
  })
  return { field: field.clone({ type }), chunks: rebuilt }
}

function withChildren(shape: Shape, children: readonly Field[]): DataType {
  if (shape.kind === 'struct') return typeOf({ ...shape, fields: children })
  if (shape.kind !== 'map') return typeOf({ ...(shape as Shape & { kind: 'list' }), child: children[0]! })
  const [key, value] = children[0]!.type.children as [Field, Field]
  return typeOf({ ...shape, key, value })
}

function storableDictionary({ field, chunks }: Column, shape: DictionaryShape, format: Format, path: string): Column {
  const unified = format.unifies ? unifyDictionaries(field.type, chunks) : chunks
  const value = fieldOf('value', shape.value)
  const coerce = (values: readonly Data[]) => storableColumn({ field: value, chunks: values }, format, path)
  const { field: coerced } = coerce([])
  if (coerced === value) return { field, chunks: unified }
  const type = typeOf({ ...shape, value: coerced.type })
  const vectors = new Map<Vector, Vector>()
  const rebuilt = unified.map((chunk) => {
    const old = chunk.dictionary!
    const dictionary = vectors.get(old) ?? new (arrow().Vector)([...coerce(old.data).chunks])
    vectors.set(old, dictionary)
    const { length, nullCount } = chunk
    const values = chunk.values as ArrayBufferView
    return dataOf({ type, length, nullCount, nullBitmap: bitmapOf(chunk), values, dictionary })
  })
  return { field: field.clone({ type }), chunks: rebuilt }
}

/** apache-arrow forgets how many nulls there are in a slice of nulls, and its writer slices what is in lists. */
function nullsOf(type: DataType, length: number): Data {
  return slicedBy(dataOf({ type, length }), (_, sliceLength) => nullsOf(type, sliceLength))
}

/** apache-arrow writes a slice of a view column from twice its offset: this one's slices begin at 0. */
function wholeView(data: Data): Data {
  const { type, length, nullCount, values, variadicBuffers } = data
  const nullBitmap = bitmapOf(data)
  const whole = dataOf({ type, length, nullCount, nullBitmap, values: values as Uint8Array, variadicBuffers })
  const { slice } = whole
  return slicedBy(whole, (offset, sliceLength) => wholeView(slice.call(whole, offset, sliceLength)))
}

function slicedBy(data: Data, slice: (offset: number, length: number) => Data): Data {
  return Object.defineProperty(data, 'slice', { value: slice })
}

function refused(path: string, type: DataType): Error {
  const column = `Column ${shown(path)} has the type ${formatType(type)}`
  return unsupported(`${column}, which no content type can hold; store its parts as columns.`)
}
