import type { DataType, Field } from 'apache-arrow'
import { shapeOf } from '../catalog/records/shape.ts'

/** The TypeScript type of a column's canonical cells. */
export function rowType({ type, nullable }: Field): string {
  const own = cellType(type)
  return nullable && own !== 'null' ? `${own} | null` : own
}

function cellType(type: DataType): string {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return 'boolean'
    case 'int':
      return shape.bits === 64 ? 'bigint' : 'number'
    case 'float':
      return 'number'
    case 'duration':
      return 'bigint'
    case 'utf8':
    case 'decimal':
    case 'date':
    case 'time':
    case 'timestamp':
      return 'string'
    case 'binary':
    case 'fixedBinary':
      return 'Uint8Array'
    case 'list':
    case 'fixedList':
      return `readonly (${rowType(shape.child)})[]`
    case 'struct':
      return `{ ${shape.fields.map((field) => `readonly ${JSON.stringify(field.name)}: ${rowType(field)}`).join('; ')} }`
    case 'map':
      return `readonly (readonly [${cellType(shape.key.type)}, ${rowType(shape.value)}])[]`
    case 'dictionary':
      return cellType(shape.value)
    default:
      return 'unknown'
  }
}
