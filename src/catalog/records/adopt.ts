import type { Data, DataType, Field, Table, Vector } from 'apache-arrow'
import { arrow } from './arrow.ts'
import { type Shape, shapeOf } from './shape.ts'
import { batchOf, schemaOf, tableOf } from './table.ts'
import { field, typeOf } from './types.ts'

/**
 * A table in the classes of our copy of `apache-arrow`, whose writers refuse another's: the same table where it has
 * them, else a new one over the same buffers. (`require('apache-arrow')` in a user's code gives another copy.)
 */
export function adopted(table: Table): Table {
  if (Object.prototype.isPrototypeOf.call(arrow().Table.prototype, table)) return table
  const vectors = new Map<Vector, Vector>()
  const schema = schemaOf(table.schema.fields.map(adoptedField), new Map(table.schema.metadata))
  const batches = table.batches.map((batch) => {
    const columns = schema.fields.map(({ type }, index) => adoptedData(batch.data.children[index]!, type, vectors))
    return batchOf(schema, columns, batch.numRows)
  })
  return tableOf(schema, batches)
}

function adoptedField({ name, type, nullable, metadata }: Field): Field {
  return field(name, typeOf(adoptedShape(shapeOf(type))), nullable, new Map(metadata))
}

function adoptedShape(shape: Shape): Shape {
  switch (shape.kind) {
    case 'list':
    case 'fixedList':
      return { ...shape, child: adoptedField(shape.child) }
    case 'struct':
      return { ...shape, fields: shape.fields.map(adoptedField) }
    case 'map':
      return { ...shape, key: adoptedField(shape.key), value: adoptedField(shape.value) }
    case 'dictionary': {
      const [indices, value] = [shape.indices, shape.value].map((type) => typeOf(adoptedShape(shapeOf(type))))
      return { ...shape, indices: indices!, value: value! }
    }
  }
  return shape
}

function adoptedData(data: Data, type: DataType, vectors: Map<Vector, Vector>): Data {
  const children = data.children.map((child, index) =>
    adoptedData(child, (type.children[index] as Field).type, vectors),
  )
  const { offset, length, nullCount, variadicBuffers } = data
  const buffers = [data.valueOffsets, data.values, data.nullBitmap] as never
  const dictionary = data.dictionary && adoptedVector(data.dictionary, type, vectors)
  return new (arrow().Data)(type, offset, length, nullCount, buffers, children, dictionary, variadicBuffers)
}

/** Chunks that share a dictionary go on sharing it. */
function adoptedVector(vector: Vector, type: DataType, vectors: Map<Vector, Vector>): Vector {
  const shape = shapeOf(type)
  const value = shape.kind === 'dictionary' ? shape.value : type
  const known = vectors.get(vector)
  const dictionary = known ?? new (arrow().Vector)(vector.data.map((data) => adoptedData(data, value, vectors)))
  vectors.set(vector, dictionary)
  return dictionary
}
